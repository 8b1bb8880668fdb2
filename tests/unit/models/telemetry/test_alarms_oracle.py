"""The numpy alarm logic against the plain-Python oracle on random traces."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.basics import Name
from models.ids import EventId, OperationId
from models.operation.events import alarm as events
from models.operation.events.base import Event
from models.operation.fold import empty_situation, fold
from models.registry.kinds import Limit, Tag
from models.telemetry.alarms import AlarmLogic
from models.telemetry.samples import concat, empty_batch, make_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry import oracle

GRID = oracle.GRID
START = 1_800_000_000_000_000

_values = st.one_of(
    st.sampled_from(
        [-20.0, 0.0, 9.0, 10.0, 11.0, 19.5, 20.0, 48.0, 50.0, 80.0, 90.0, 100.0, 130.0]
    ),
    st.floats(-30, 140, width=32),
    st.sampled_from([float("nan"), float("inf")]),
)
_LATE_MS = [-50, 400, 6_000, 59_000, 61_000, 70_000, 600_000]
_KINDS = ["HH", "H", "L", "LL", "RISE", "FALL", "DEV", "STATE", "COUNT", "STALE"]
_levels = {
    "RISE": [0.0, 100.0, 900.0], "FALL": [0.0, 100.0, 900.0], "DEV": [0.0, 10.0, 40.0],
    "STATE": [0.0, 10.0, 50.0], "COUNT": [1.0, 2.0, 2.5], "STALE": [0.0],
}  # fmt: skip


@st.composite
def _limit(draw, kind):
    level = draw(st.sampled_from(_levels.get(kind, [50.0, 90.0, 200.0])))
    return Limit(
        kind=kind,
        value=100.0 - level if kind in ("L", "LL") else level,
        priority=draw(st.sampled_from([1, 2, 3, 4])),
        deadband=draw(st.sampled_from([0.0, 2.0, 10.0])),
        on_delay_s=draw(st.sampled_from([0.0, 0.0, 0.25, 1.1, 3.0])),
        off_delay_s=draw(st.sampled_from([0.0, 0.0, 0.5, 2.0])),
        window_s=draw(st.sampled_from([0.25, 1.0, 3.0])),
        setpoint=50.0,
        versus=draw(st.sampled_from(["", "T0", "T1", "gone"])) if kind == "DEV" else "",
        latch=draw(st.sampled_from([False, False, True])),
        realarm_s=draw(st.sampled_from([0.0, 0.0, 0.5, 2.0])),
        ack_expires_s=draw(st.sampled_from([0.0, 0.0, 0.5, 2.0])),
        suppressed_when=draw(
            st.sampled_from([(), (), ("T0=10",), ("T1=50", "U=shutdown"), ("U=shutdown", "no")])
        ),
    )


@st.composite
def _tags(draw):
    tags = []
    for i in range(draw(st.integers(1, 3))):
        kinds = draw(st.lists(st.sampled_from(_KINDS), unique=True, max_size=4))
        tags.append(
            Tag(
                key=f"T{i}",
                name=Name(en="t"),
                limits=tuple(draw(_limit(kind)) for kind in kinds),
                safety=draw(st.sampled_from(["", "toxic", "combustible", "fire", "trip"])),
                period_s=draw(st.sampled_from([1.0, 2.5])),
            )
        )
    return tags


_ACTS = [
    events.AlarmAcknowledged(),
    events.AlarmAcknowledged(),
    events.AlarmReset(),
    events.AlarmUnshelved(reason="by hand"),
    events.AlarmSuppressed(reason="start-up"),
    events.AlarmUnsuppressed(),
    events.AlarmTakenOutOfService(reason="calibration"),
    events.AlarmTakenOutOfService(reason="repair", until_us=START + 4_000_000),
    events.AlarmReturnedToService(),
    events.PlantStateSet(state="shutdown"),
    events.PlantStateSet(state=""),
    events.AlarmsSilenced(alarm_ids=()),
]
_acts = st.one_of(  # a number shelves for so many µs
    st.sampled_from(_ACTS), st.sampled_from([500_000, 2_000_000, 7_200_000_000])
)


@st.composite
def _trace(draw):
    tags = draw(_tags())
    steps = []
    for _ in range(draw(st.integers(1, 40))):
        what = draw(
            st.sampled_from(["samples", "samples", "samples", "act", "act", "gap", "burst"])
        )
        if what == "gap":
            steps.append(("gap", draw(st.sampled_from([1, 2, 9, 30])), None))
        elif what == "act":
            tag = draw(st.sampled_from(tags))
            limits = [limit.kind for limit in tag.limits]
            kind = draw(st.sampled_from(limits or ["H"]))
            steps.append(
                (
                    "act",
                    f"{tag.key}/{kind}",
                    (draw(_acts), draw(st.booleans()), draw(st.booleans())),
                )
            )
        else:
            n = 12 if what == "burst" else 5
            rows = draw(
                st.lists(
                    st.tuples(
                        st.integers(0, len(tags) - 1), _values,
                        st.sampled_from([0, 0, 0, 0, 1, 2, 3]),
                        st.integers(0, 3) | st.sampled_from(_LATE_MS),
                    ), max_size=n,
                )
            )  # fmt: skip
            steps.append(("samples", rows, draw(st.integers(1, GRID))))
    return tags, steps


def _event(seq, subject, payload, recorded, caused_by=None, actor="x"):
    return Event(
        operation_id=OperationId("op"), seq=seq, id=EventId(str(seq)), event_time_us=recorded,
        recorded_time_us=recorded, actor=actor, subject=subject, payload=payload,
        caused_by=caused_by, previous_hash=b"", hash=b"",
    )  # fmt: skip


def _plain(draft):
    payload = draft.payload
    match payload:
        case events.AlarmRaised() | events.AlarmReturned() | events.AlarmLatched():
            what = payload.value
        case events.TagWentStale() | events.TagCameBack():
            what = payload.tag_keys
        case _:
            what = payload.reason
    return draft.event_time_us, payload.KIND, draft.subject, what


class _Race:
    """Runs both logics over one trace; slots are given to the numpy one in lumps."""

    def __init__(self, tags):
        self.logic = AlarmLogic(TagTable(tags), GRID, start_us=START)
        self.oracle = oracle.Oracle(tags, START)
        self.now, self.seq = START, 0
        self.expected, self.got, self.batches = [], [], []
        self.situation = empty_situation("op")
        self.all_stored = True

    def catch_up(self, *, store):
        fresh = self.logic.judge(concat(self.batches), self.now)
        self.batches = []
        self.got += [_plain(draft) for draft in fresh]
        self.all_stored = self.all_stored and (store or not fresh)
        if store:
            for draft in fresh:
                self.seq += 1
                event = _event(
                    self.seq, draft.subject, draft.payload, draft.event_time_us, None, draft.actor
                )
                self._tell(event, None)

    def _tell(self, event, shelf):
        self.logic.apply(event)
        self.situation = fold(self.situation, event)
        if event.payload.KIND == "plant.state_set":
            self.oracle.say(event.subject, event.payload.state)
        for alarm in self.oracle.alarms:
            if alarm.name == event.subject:
                alarm.act(event.payload.KIND, event, shelf)

    def samples(self, rows, offset):
        rows = [(i, self.now - j * 1000, v, q) for i, v, q, j in rows]
        keys = self.logic._tags.keys
        self.oracle.slot(
            self.now + GRID,
            [(keys[i], s, v, q, self.now + offset) for i, s, v, q in rows],
            self.expected,
        )
        if rows:
            tag, source, value, quality = zip(*rows, strict=True)
            self.batches.append(make_batch(tag, source, self.now + offset, value, quality))
        self.now += GRID

    def act(self, subject, what, *, store, old):
        self.catch_up(store=store)
        shelf = None
        if isinstance(what, int):
            shelf = self.now + what
            what = events.AlarmShelved(reason="r", until_us=shelf)
        self.seq += 1
        cause = EventId("another") if old else None
        if isinstance(what, events.PlantStateSet):
            subject = "U"
        self._tell(_event(self.seq, subject, what, self.now, cause), shelf)


@settings(max_examples=int(os.environ.get("MUSTER_ALARM_TRACES", "1000")))
@given(_trace(), st.booleans())
def test_that_any_trace_gives_the_events_of_the_plain_logic(trace, tell_all):
    """`tell_all`: every draft is stored before the next act, as a healthy gateway does."""
    tags, steps = trace
    race = _Race(tags)
    for what, first, second in steps:
        if what == "samples":
            race.samples(first, second)
        elif what == "gap":
            for _ in range(first):
                race.samples([], 1)
        else:
            race.act(first, second[0], store=second[1] or tell_all, old=second[2])
    race.catch_up(store=True)
    assert race.got == race.expected
    for alarm in race.oracle.alarms:
        assert race.logic.state(alarm.name) == alarm.state
        if race.all_stored:
            folded = race.situation.alarms.get(alarm.name)
            assert (folded.state if folded else "normal") == alarm.state


def test_that_the_oracle_itself_raises_and_returns():
    tag = Tag(key="T", name=Name(en="t"), limits=(Limit(kind="H", value=50.0, priority=1),))
    plain, out = oracle.Oracle([tag], START), []
    plain.slot(START + GRID, [("T", 0, 60.0, 0, 0)], out)
    plain.slot(START + 2 * GRID, [("T", 1, 40.0, 0, 1)], out)
    assert [row[1] for row in out] == ["alarm.raised", "alarm.returned"]
    with pytest.raises(AssertionError):
        assert plain.alarms[0].state == "normal"


def test_that_an_empty_table_is_judged_without_complaint():
    assert AlarmLogic(TagTable([]), GRID, start_us=START).judge(empty_batch(), START + GRID) == []
