"""Names of capabilities, in both languages (`resources/rules/capabilities.toml`)."""

from models.basics import Name
from models.rules import load_rules


def capability_name(key: str) -> Name:
    """Return the name of a capability; one the table lacks is its own name.

    Examples
    --------
    >>> capability_name("water_curtain").en
    'water curtain'
    """
    entry = load_rules("capabilities")["name"].get(key)
    return Name(**entry) if entry else Name(zh=key, en=key)


def split_words(text: str) -> Name:
    """Return 'Chinese English' written in one string as a name; other text is both.

    Examples
    --------
    >>> split_words("专家组 Experts").en
    'Experts'
    """
    zh, space, en = text.partition(" ")
    if space and not zh.isascii() and en.isascii():
        return Name(zh=zh, en=en)
    return Name(zh=text, en=text)
