"""The desk's one folded state."""

from app import keeper
from app.keeper import SituationKeeper
from models.operation.events.operation import NoteWritten
from models.operation.fold import empty_situation
from tests.unit.models.operation.stories import OPERATION, Teller


class Told:
    """A journal of what was told."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller

    def read(self, _operation_id, after_seq=0, limit=1000):
        return tuple(self.teller.events[after_seq : after_seq + limit])


def test_that_more_than_a_page_is_folded_in_one_go():
    teller = Teller()
    for number in range(2 * keeper._PAGE - 1):  # with the start: exactly two pages
        teller.tell(NoteWritten(text=str(number)), OPERATION)
    kept = SituationKeeper(Told(teller), empty_situation(OPERATION))
    assert kept.advance() == teller.situation
    assert kept.advance().seq == 2 * keeper._PAGE
    situation, changes = kept.take_changes()
    assert (situation.seq, changes.full) == (2 * keeper._PAGE, True)
    assert kept.take_changes() is None
