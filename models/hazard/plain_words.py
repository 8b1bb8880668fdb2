"""Names and CAS numbers as they are compared: however an input method or a sheet wrote them."""

import re
import unicodedata

_DASHES = re.compile(r"[\u2010-\u2015\u2212\uff0d\ufe63]")
_PREFIX = re.compile(r"^cas(?:\s*no\.?)?[\s:#]*", re.IGNORECASE)


def plain_name(name: str) -> str:
    """Return a name without blanks, in one case and width.

    Examples
    --------
    >>> plain_name("ＬＰＧ "), plain_name("Carbon  Monoxide")
    ('lpg', 'carbonmonoxide')
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def plain_cas(cas: str) -> str:
    """Return a CAS number with plain digits and hyphens, without blanks or 'CAS' before it.

    Examples
    --------
    >>> plain_cas("７６６４－41–7 "), plain_cas("CAS No. 7664-41-7"), plain_cas(" ")
    ('7664-41-7', '7664-41-7', '')
    """
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", cas))
    return "".join(_PREFIX.sub("", text.strip()).split())
