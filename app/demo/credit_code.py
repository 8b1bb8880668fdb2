"""Credit codes of the fictitious park: valid after GB 32100-2015, and nobody's."""

from models.registry.credit_code import check_character

_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code(body: str) -> str:
    """Return the nine characters of GB 11714-1997: eight of the body and the check character.

    Examples
    --------
    >>> organisation_code("D2143569")
    'D2143569X'
    """
    total = sum(
        _ORGANISATION_ALPHABET.index(char) * weight
        for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    check = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def fictitious_code(number: int) -> str:
    """Return a valid code that nobody has: region 990000 doesn't exist.

    Examples
    --------
    >>> fictitious_code(1)[:16]
    '91990000YUNG0001'
    """
    first_17 = "91990000" + organisation_code(f"YUNG{number:04d}")
    return first_17 + check_character(first_17)
