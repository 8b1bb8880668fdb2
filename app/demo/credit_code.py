"""统一社会信用代码 after GB 32100-2015: 18 characters with a check character."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
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


def check_character(first_17: str) -> str:
    """Return the 18th character of a code, 31 - sum(C·W) mod 31.

    Raises
    ------
    ValueError
        When a character isn't in the alphabet (I, O, S, V, Z never are) or the length is wrong.

    Examples
    --------
    >>> check_character("91350100M000100Y4")
    '3'
    """
    values = [_ALPHABET.index(char) for char in first_17]
    total = sum(value * weight for value, weight in zip(values, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def fictitious_code(number: int) -> str:
    """Return a valid code that nobody has: region 990000 doesn't exist.

    Examples
    --------
    >>> fictitious_code(1)[:16]
    '91990000YUNG0001'
    """
    first_17 = "91990000" + organisation_code(f"YUNG{number:04d}")
    return first_17 + check_character(first_17)
