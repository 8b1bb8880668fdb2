"""What holds for every story: prefixes, batches, checkpoints, order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.operation.checkpoint import (
    CheckpointDamagedError,
    decode_checkpoint,
    encode_checkpoint,
)
from models.operation.events import payload_type, registered_kinds
from models.operation.fold import HANDLERS, FoldOrderError, empty_situation, fold, fold_all
from models.operation.situation import Situation
from tests.unit.models.operation.stories import OPERATION, Teller, draw

SEEDS = st.integers(0, 2**32)
LENGTHS = st.integers(0, 150)


def test_that_every_registered_kind_has_a_handler() -> None:
    assert set(HANDLERS) == {payload_type(kind) for kind in registered_kinds()}


@settings(max_examples=60)
@given(SEEDS, LENGTHS, st.data())
def test_that_any_prefix_folded_equals_the_state_then(
    seed: int, length: int, data: st.DataObject
) -> None:
    events = draw(seed, length)
    states = [empty_situation(OPERATION)]
    for event in events:
        states.append(fold(states[-1], event))
    cut = data.draw(st.integers(0, len(events)))
    assert fold_all(states[0], events[:cut])[0] == states[cut]
    assert fold_all(states[cut], events[cut:])[0] == states[-1]


@settings(max_examples=60)
@given(SEEDS, LENGTHS)
def test_that_checkpoint_gives_back_the_situation(seed: int, length: int) -> None:
    situation, _ = fold_all(empty_situation(OPERATION), draw(seed, length))
    assert decode_checkpoint(encode_checkpoint(situation)) == situation


@settings(max_examples=40)
@given(SEEDS, LENGTHS, st.data())
def test_that_touched_names_every_difference(seed: int, length: int, data: st.DataObject) -> None:
    events = draw(seed, length)
    cut = data.draw(st.integers(0, len(events)))
    before, _ = fold_all(empty_situation(OPERATION), events[:cut])
    after, changes = fold_all(before, events[cut:])
    assert changes.last_seq == len(events)
    for name, keys in _differences(before, after):
        assert keys <= changes.touched.get(name, frozenset())


def _differences(before: Situation, after: Situation) -> list[tuple[str, set[str]]]:
    found = []
    for name in Situation.__dataclass_fields__:
        if name in {"seq", "recorded_us", "next_sweep_us"}:
            continue
        old, new = getattr(before, name), getattr(after, name)
        if hasattr(old, "items"):
            keys = {key for key in {*old, *new} if old.get(key) != new.get(key)}
            found.append((name, keys))
        elif old != new:
            found.append((name, {""}))
    return found


@settings(max_examples=30)
@given(SEEDS, LENGTHS)
def test_that_folding_leaves_the_given_situation_as_it_was(seed: int, length: int) -> None:
    events = draw(seed, length)
    half = len(events) // 2
    before, _ = fold_all(empty_situation(OPERATION), events[:half])
    kept = decode_checkpoint(encode_checkpoint(before))
    fold_all(before, events[half:])
    assert before == kept


def test_that_gap_repetition_and_foreign_events_are_refused() -> None:
    told = Teller()
    told.wait(1)
    first, second = told.events
    with pytest.raises(FoldOrderError):
        fold(empty_situation(OPERATION), second)
    with pytest.raises(FoldOrderError):
        fold(told.situation, second)
    with pytest.raises(FoldOrderError):
        fold(empty_situation("other"), first)


@pytest.mark.parametrize("damage", [b"", b"nonsense", "cut", "packed"])
def test_that_damaged_checkpoint_is_refused(damage: bytes | str) -> None:
    import zstandard

    body = encode_checkpoint(Teller().situation)
    if damage == "cut":
        damage = body[:-5]
    elif damage == "packed":
        damage = zstandard.ZstdCompressor().compress(b"\x93\x01\x02\x03")
    assert isinstance(damage, bytes)
    with pytest.raises(CheckpointDamagedError):
        decode_checkpoint(damage)
