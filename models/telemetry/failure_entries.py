"""Entries of the failure library (失效数据库) out of what a verification confirmed."""

from models.libraries.kinds import Failure
from models.operation.situation import Card

CONFIRMED = frozenset({"real", "process_upset", "instrument"})


def failure_of(card: Card) -> Failure | None:
    """Return the entry of a verified card; None where nothing failed or nobody answered.

    Parameters
    ----------
    card : Card
        A card whose result may be any of the coded ones.

    Notes
    -----
    A real event and a process upset are failures of the hazard source, an instrument's result is
    one of the tag that alarmed first; calibration and permit work are no failures. The key comes
    from the card, so that one event is entered once however often it is asked for. The mode is
    `result: first alarm`; people refine it in the library.
    """
    if card.result not in CONFIRMED:
        return None
    tag_key = card.first_alarm_id.rpartition("/")[0]
    at_source = card.result != "instrument" and card.hazard_source_key
    return Failure(
        key=f"event-{card.id}",
        name=card.title,
        equipment=card.hazard_source_key if at_source else tag_key,
        mode=f"{card.result}: {card.first_alarm_id}",
        happened_us=card.opened_us,
        source=f"journal, card {card.id}, {card.said_by}" if card.said_by else f"card {card.id}",
        remarks=card.note,
    )
