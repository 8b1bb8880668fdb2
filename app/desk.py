"""What the screens may ask of the program: the one object that views are given.

`Desk` lives on the UI thread. It publishes frozen values by queued signals and takes commands;
it never lets a view touch the store. `app.main` builds it.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from app.clock import Clock
from models.basics import LatLon
from models.operation.events.base import Event
from models.operation.events.report import Sentence
from models.operation.situation import Published, Situation
from models.registry.kinds import Record
from models.telemetry.alarm_kpi import AlarmKpi
from models.telemetry.ports import SourceState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LiveValue:
    """The latest value of a tag as a screen shows it."""

    tag_key: str
    value: float
    quality: int
    source_us: int
    arrival_us: int


@dataclass(frozen=True, slots=True)
class GatewayState:
    """What the desk knows of its gateway; `failing` are its functions that don't work now."""

    connected: bool
    detail: str
    sources: tuple[SourceState, ...] = ()
    dropped_frames: int = 0
    scan_us: float = 0.0
    restarted: int = 0
    failing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A non-blocking notice: what failed, why, what next. `code` is translated by views."""

    severity: int
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TrendData:
    """History of one tag for a plot: arrays as lists of equal length; NaN where no data."""

    tag_key: str
    times_us: Sequence[int]
    values: Sequence[float]
    qualities: Sequence[int]


class Reference(Protocol):
    """Reference data at one revision, held in memory; rows are `Record` subclasses."""

    revision: int

    def all(self, kind: str) -> Mapping[str, Record]:
        """Return all rows of a kind by key, e.g. `all('teams')`."""
        ...

    def get(self, kind: str, key: str) -> Record | None:
        """Return one row or None."""
        ...


class Command(Protocol):
    """A frozen dataclass from `app.commands`; `actor` is filled in by the desk when empty."""


class ReplayApi(Protocol):
    """A running replay. Signals: moment(Situation), span(tuple of start and end, µs UTC)."""

    moment: Any
    span: Any
    start_us: int
    end_us: int

    @property
    def operation_id(self) -> str:
        """The operation that is replayed."""
        ...

    @property
    def speed(self) -> float:
        """Operation seconds per second; 0 is paused."""
        ...

    def now_us(self) -> int:
        """Return the moment on screen [µs UTC]."""
        ...

    def set_speed(self, speed: float) -> None:
        """Play at a speed; 0 pauses."""
        ...

    def seek(self, moment_us: int) -> None:
        """Show a moment."""
        ...


class DeskApi(Protocol):
    """The services of the desk. Signals are PySide6 signals that carry one object.

    published(Published) · live_published(Published, also under a replay) ·
    live_values(tuple[LiveValue, ...]) · gateway_state(GatewayState) · notice(Notice) ·
    ticked(int now_us, as object, 1 Hz) · reference_changed(Reference) ·
    replay_changed(ReplayApi or None)
    """

    published: Any
    live_published: Any
    live_values: Any
    gateway_state: Any
    notice: Any
    ticked: Any
    reference_changed: Any
    replay_changed: Any

    clock: Clock
    reference: Reference
    """On screen: under a replay that of its day."""
    live_reference: Reference
    situation: Situation
    live_situation: Situation
    gateway: GatewayState
    latest: dict[str, LiveValue]
    replay: Any
    desk_id: str
    actor: str
    role: str
    time_zone: str

    def execute(self, command: Command) -> "asyncio.Future[tuple[Event, ...]]":
        """Run a command off the UI thread; the future has the stored events or the refusal."""
        ...

    def take_shift(
        self, person: str, role: str, shift: str, takeover_reason: str = ""
    ) -> "asyncio.Future[tuple[Event, ...]]":
        """Let somebody take the watch; from then on the desk acts in their name and role."""
        ...

    def in_reader(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Run a read on a reader thread."""
        ...

    def in_worker(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Run a computation on the model thread."""
        ...

    def events(self, after_seq: int, limit: int) -> "asyncio.Future[tuple[Event, ...]]":
        """Read the journal."""
        ...

    def timeline(self, incident_id: str) -> "asyncio.Future[tuple[Event, ...]]":
        """Read everything about an incident, up to the moment on screen."""
        ...

    def operations(self) -> "asyncio.Future[tuple[Any, ...]]":
        """Read the list of operations (`app.journal.Operation`)."""
        ...

    def alarm_figures(
        self, operation_id: str, end_us: int, length_us: int, operators: int
    ) -> "asyncio.Future[AlarmKpi]":
        """Read how well the alarm system of an operation served (`app.queries.alarm_figures`)."""
        ...

    def situation_at(self, recorded_us: int) -> "asyncio.Future[Situation]":
        """Fold the situation as it was known at a moment."""
        ...

    def report_sentences(
        self, incident_id: str, language: str
    ) -> "asyncio.Future[tuple[tuple[Sentence, ...], int, str]]":
        """Draft a report's sentences from the journal, with the head (seq, hash) they rest on."""
        ...

    def trend(
        self, tag_keys: Sequence[str], from_us: int, to_us: int, points: int
    ) -> "asyncio.Future[tuple[TrendData, ...]]":
        """Read history for a plot, reduced to about `points` by min/max."""
        ...

    def trend_events(
        self, tag_keys: Sequence[str], from_us: int, to_us: int
    ) -> "asyncio.Future[tuple[Event, ...]]":
        """Read what the journal has about tags within a span (`app.queries.trend_events`)."""
        ...

    def set_reference(self, reference: Reference) -> None:
        """Use another revision of the reference data; it must be in memory already."""
        ...

    def say(self, severity: int, code: str, detail: str = "") -> None:
        """Show a non-blocking notice."""
        ...

    def enter_replay(self, operation_id: str = "") -> ReplayApi:
        """Look at an operation by time."""
        ...

    def leave_replay(self) -> None:
        """Return to the live situation."""
        ...


__all__ = [
    "Command",
    "DeskApi",
    "GatewayState",
    "LatLon",
    "LiveValue",
    "Notice",
    "Published",
    "Reference",
    "ReplayApi",
    "TrendData",
]
