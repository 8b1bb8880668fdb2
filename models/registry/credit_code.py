"""The unified social credit code (统一社会信用代码) of an enterprise and its check character."""

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def check_character(body: str) -> str:
    """Return the check character C18 = 31 - (Σ Cᵢ·3^(i-1) mod 31), 31 counting as 0.

    Parameters
    ----------
    body : str
        The first 17 characters (or the whole code: the rest is not looked at).

    Raises
    ------
    ValueError
        When it is shorter than 17 or holds a character outside 0-9, A-Z without I, O, S, V, Z.

    References
    ----------
    GB 32100-2015, clause 4.6 and annex A; weights 3^(i-1) mod 31, modulus 31.

    Examples
    --------
    >>> check_character("91350100M000100Y4")
    '3'
    """
    if len(body) < LENGTH - 1:
        raise ValueError(f"{body!r}: {LENGTH - 1} characters are needed, {len(body)} given")
    total = 0
    for char, weight in zip(body, _WEIGHTS, strict=False):
        if char not in _VALUES:
            raise ValueError(f"{body!r}: {char!r} is no character of a credit code")
        total += _VALUES[char] * weight
    return ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    """Whether a text is a credit code with the right check character.

    Examples
    --------
    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y44")
    (True, False)
    >>> is_credit_code("100000033493")
    False
    """
    if len(code) != LENGTH or any(char not in _VALUES for char in code):
        return False
    return check_character(code) == code[-1]
