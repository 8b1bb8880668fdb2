"""Which number of a list is called next: round the list, without those that don't work."""

from collections.abc import Container, Sequence

from models.basics import Phone


def next_phone(phones: Sequence[Phone], called: Phone, dead: Container[str]) -> Phone:
    """Return who comes after the one called; one without a number when no number works.

    The place in the list counts, not how many were called: a number that is marked dead later
    moves nobody. One that isn't in the list is followed by the list's first.

    Parameters
    ----------
    phones : sequence of Phone
        In calling order.
    called : Phone
        The one called now; it comes last, when no other works.
    dead : container of str
        Numbers known dead besides those marked so in the list.

    Examples
    --------
    >>> a, b, c = (Phone(number=n) for n in "123")
    >>> next_phone((a, b, c), b, {"1"}).number
    '3'
    """
    first = phones.index(called) + 1 if called in phones else 0
    for phone in (*phones[first:], *phones[:first]):
        if not phone.dead and phone.number not in dead:
            return phone
    return Phone(number="")
