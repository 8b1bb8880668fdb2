from collections.abc import Iterator

import pytest

from models.basics import LatLon, Name
from models.libraries.kinds import Team
from models.registry.kinds import Enterprise, Receptor
from models.store import StoreError, open_store
from models.store.reference import Diff, Origin, ReferenceStore, UndoRefusedError, UnknownKindError
from models.store.store import Store

BY = Origin("teams", at_us=1, actor="officer", file_name="t.csv", rows_total=3, accepted=2)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def rows(store: Store) -> ReferenceStore:
    return ReferenceStore(store)


def team(key: str, name: str = "x", people: int = 0) -> Team:
    return Team(key=key, name=Name(en=name), people=people, position=LatLon(31.0, 121.0))


def names(rows: ReferenceStore, revision: int | None = None) -> dict[str, str]:
    return {key: row.name.en for key, row in rows.view(revision).all("teams").items()}


def test_that_a_view_of_an_empty_store_is_empty(rows: ReferenceStore) -> None:
    assert rows.view().revision == 0
    assert dict(rows.view().all("teams")) == {}
    assert rows.view().get("teams", "A") is None


def test_that_every_revision_stays_as_it_was(rows: ReferenceStore) -> None:
    assert rows.commit({"teams": [team("A", "one"), team("B")]}, BY) == Diff(1, added=2)
    assert rows.commit({"teams": [team("A", "two"), team("B")]}, BY) == Diff(
        2, changed=1, unchanged=1
    )
    assert rows.commit({}, BY, removed={"teams": ["A", "never"]}) == Diff(3, removed=1)
    assert [names(rows, revision) for revision in (0, 1, 2, 3, None)] == [
        {},
        {"A": "one", "B": "x"},
        {"A": "two", "B": "x"},
        {"B": "x"},
        {"B": "x"},
    ]


def test_that_an_old_revision_shares_what_nobody_wrote_since(rows: ReferenceStore) -> None:
    plant = Enterprise(key="E", name=Name(en="Plant"), position=LatLon(31.0, 121.0))
    rows.commit({"teams": [team("A", "one")], "enterprises": [plant]}, BY)
    rows.commit({"teams": [team("A", "two")]}, BY)
    newest = rows.view().preload(("teams", "enterprises"))
    old = rows.view(1)
    assert old.revision == 1
    assert old.all("enterprises") is newest.all("enterprises")
    assert old.all("teams")["A"].name.en == "one"
    assert newest.all("teams")["A"].name.en == "two"


def test_that_rows_come_back_as_they_went_in_ordered_by_key(rows: ReferenceStore) -> None:
    teams = [team("b", "乙"), team("A", "甲"), team("a", "丙", people=3)]
    rows.commit({"teams": teams}, BY)
    stored = rows.view().all("teams")
    assert list(stored) == sorted(stored)
    assert set(stored.values()) == set(teams)


def test_that_undo_restores_rows_changed_added_and_removed_in_one_step(
    rows: ReferenceStore,
) -> None:
    rows.commit({"teams": [team("A", "one"), team("B")]}, BY)
    school = Receptor(key="S", name=Name(en="School"))
    rows.commit(
        {"teams": [team("A", "two"), team("C")], "receptors": [school]},
        BY,
        removed={"teams": ["B"]},
    )
    diff = rows.undo(2, BY)
    assert (diff.revision, diff.removed, diff.changed) == (3, 2, 2)
    assert names(rows) == {"A": "one", "B": "x"}
    assert dict(rows.view().all("receptors")) == {}
    assert names(rows, 2) == {"A": "two", "C": "x"}


def test_that_undo_goes_back_step_by_step(rows: ReferenceStore) -> None:
    for name in ("one", "two", "three"):
        rows.commit({"teams": [team("A", name)]}, BY)
    seen = []
    while (newest := rows.newest_undoable()) is not None:
        rows.undo(newest.revision, BY)
        seen.append((newest.revision, names(rows).get("A")))
    assert seen == [(3, "two"), (2, "one"), (1, None)]


@pytest.mark.parametrize(
    ("revision", "code"),
    [(9, "undo_unknown"), (3, "undo_of_undo"), (2, "undo_done"), (1, "undo_changed_since")],
)
def test_that_an_undo_that_would_lose_something_is_refused(
    rows: ReferenceStore, revision: int, code: str
) -> None:
    rows.commit({"teams": [team("A", "one")]}, BY)
    rows.commit({"teams": [team("B")]}, BY)
    rows.undo(2, BY)
    rows.commit({"teams": [team("A", "two")]}, BY)
    with pytest.raises(UndoRefusedError) as refused:
        rows.undo(revision, BY)
    assert refused.value.code == code
    assert rows.head() == 4


def test_that_a_row_edited_by_hand_tells_before_and_after(rows: ReferenceStore) -> None:
    rows.commit({"teams": [team("A", "one")]}, BY)
    _, change = rows.change_row("teams", "A", team("A", "two"), BY)
    assert (change.before, change.after) == (team("A", "one"), team("A", "two"))
    _, change = rows.change_row("teams", "A", None, BY)
    assert (change.before, change.after) == (team("A", "two"), None)
    assert names(rows) == {}
    rows.undo(3, BY)
    assert names(rows) == {"A": "two"}


def test_that_a_failure_beside_the_rows_stores_nothing(rows: ReferenceStore) -> None:
    def fails(_session: object, revision: int) -> None:
        raise RuntimeError(f"no journal for {revision}")

    rows.commit({"teams": [team("A")]}, BY)
    with pytest.raises(RuntimeError, match="no journal for 2"):
        rows.commit({"teams": [team("B")]}, BY, alongside=fails)
    with pytest.raises(RuntimeError, match="no journal for 2"):
        rows.undo(1, BY, alongside=fails)
    assert rows.head() == 1
    assert names(rows) == {"A": "x"}
    assert rows.revisions()[0].undone_by is None


def test_that_a_record_of_another_kind_stores_nothing(rows: ReferenceStore) -> None:
    plant = Enterprise(key="E", name=Name(en="E"))
    with pytest.raises(ValueError, match="enterprises 'E' among teams"):
        rows.commit({"teams": [team("A"), plant]}, BY)
    with pytest.raises(ValueError, match="enterprises 'E' is not teams 'E'"):
        rows.change_row("teams", "E", plant, BY)
    assert rows.head() == 0


def test_that_the_same_key_twice_in_one_commit_stores_nothing(rows: ReferenceStore) -> None:
    with pytest.raises(StoreError):
        rows.commit({"teams": [team("A"), team("A", "again")]}, BY)
    assert rows.head() == 0


def test_that_unknown_kinds_are_refused_by_name(rows: ReferenceStore) -> None:
    with pytest.raises(UnknownKindError, match="dragons"):
        rows.view().all("dragons")
    with pytest.raises(LookupError, match="newest is 0"):
        rows.view(1)


def test_that_views_share_what_did_not_change(rows: ReferenceStore) -> None:
    plant = Enterprise(key="E", name=Name(en="E"))
    rows.commit({"teams": [team("A")], "enterprises": [plant]}, BY)
    first = rows.view().preload()
    rows.commit({"teams": [team("A", "two")]}, BY)
    second = rows.view()
    assert second.all("enterprises") is first.all("enterprises")
    assert second.all("teams") is not first.all("teams")
    assert first.get("teams", "A") == team("A")
    assert rows.view() is second


def test_that_a_revision_remembers_its_file_and_its_undo(rows: ReferenceStore) -> None:
    rows.commit({"teams": [team("A")]}, BY)
    rows.undo(1, Origin("teams", 2, "other"))
    first, second = rows.revisions()
    assert (first.origin, first.undone_by, first.undoes) == (BY, 2, None)
    assert (second.origin.actor, second.undoes) == ("other", 1)
    assert rows.newest_undoable() is None


def test_that_another_program_sees_the_commit(rows: ReferenceStore, store: Store) -> None:
    other = ReferenceStore(store)
    assert other.view().revision == 0
    rows.commit({"teams": [team("A")]}, BY)
    assert other.view().get("teams", "A") == team("A")
