"""Notes at trends in the fold: they stay for a day, then the record alone has them."""

from models.operation.events.trend import TrendNoted, TrendNoteWithdrawn
from tests.unit.models.operation.stories import Teller


def test_that_a_note_is_in_the_snapshot_for_a_day() -> None:
    teller = Teller()
    noted = TrendNoted(tag_keys=("T1", "T2"), hazard_source_key="V-1", from_us=5, to_us=9, text="a")
    teller.tell(noted, "N1", actor="Li@desk-1")

    note = teller.situation.trend_notes["N1"]
    assert (note.tag_keys, note.hazard_source_key) == (("T1", "T2"), "V-1")
    assert (note.from_us, note.to_us, note.text, note.by) == (5, 9, "a", "Li@desk-1")
    assert note.noted_us == teller.now_us

    assert "N1" in teller.wait(23.9).trend_notes
    assert "N1" not in teller.wait(0.2).trend_notes


def test_that_a_note_that_is_withdrawn_leaves_the_snapshot() -> None:
    teller = Teller()
    teller.tell(TrendNoted(tag_keys=("T1",), from_us=5, to_us=9, text="a"), "N1")
    teller.tell(TrendNoted(tag_keys=("T1",), from_us=5, to_us=9, text="b"), "N2")
    teller.tell(TrendNoteWithdrawn(tag_keys=("T1",), reason="wrong pump"), "N1")
    assert set(teller.situation.trend_notes) == {"N2"}
