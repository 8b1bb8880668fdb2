"""A desk in memory whose reads end at once, or when the test says so."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from app.desk import Notice, TrendData
from models.operation.events import Event
from models.operation.situation import Alarm, Situation
from models.registry.kinds import Record
from views.tools import sample
from views.tools.preview_desk import FixedReference, PreviewDesk

T = TypeVar("T")


class Ended(Generic[T]):
    """A future that has ended: its callbacks run at once, without a loop."""

    def __init__(self, result: T | None = None, error: BaseException | None = None) -> None:
        self._result = result
        self._error = error

    def add_done_callback(self, function: Callable[["Ended[T]"], object]) -> None:
        function(self)

    def cancelled(self) -> bool:
        return False

    def exception(self) -> BaseException | None:
        return self._error

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._result


class Held(Ended[Any]):
    """A future that ends when the test lets it."""

    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__()
        self._function = function
        self._callbacks: list[Callable[[Any], object]] = []

    def add_done_callback(self, function: Callable[[Any], object]) -> None:
        self._callbacks.append(function)

    def end(self) -> None:
        try:
            self._result = self._function()
        except Exception as error:
            self._error = error
        for callback in self._callbacks:
            callback(self)


class StationDesk(PreviewDesk):
    """Reads run on the spot; with `hold` they wait in `held`. `said` keeps the notices."""

    def __init__(self, situation: Situation, rows: Mapping[str, Sequence[Record]]) -> None:
        kinds = {kind: {row.key: row for row in records} for kind, records in rows.items()}
        super().__init__(situation, FixedReference(kinds))
        self.hold = False
        self.held: list[Held] = []
        self.said: list[Notice] = []
        self.asked_trends: list[tuple[str, ...]] = []
        self.asked_spans_s: list[tuple[float, float]] = []
        self.trends: dict[str, TrendData] = {}
        self.held_trends: list[Held] | None = None
        self.happened: tuple[Event, ...] | Exception = ()
        self.notice.connect(self.said.append)

    def in_reader(self, function: Callable[[], Any]) -> Any:
        if self.hold:
            self.held.append(Held(function))
            return self.held[-1]
        try:
            return Ended(function())
        except Exception as error:
            return Ended(error=error)

    def trend(self, tag_keys: Sequence[str], from_us: int, to_us: int, points: int) -> Any:
        del points
        self.asked_trends.append(tuple(tag_keys))
        self.asked_spans_s.append((from_us / 1e6, to_us / 1e6))

        def read() -> tuple[TrendData, ...]:
            known = (self.trends[key] for key in tag_keys if key in self.trends)
            return tuple(_within(one, from_us, to_us) for one in known)

        if self.held_trends is not None:
            self.held_trends.append(Held(read))
            return self.held_trends[-1]
        return Ended(read())

    def trend_events(self, tag_keys: Sequence[str], from_us: int, to_us: int) -> Any:
        del tag_keys, from_us, to_us
        happened = self.happened
        return Ended(error=happened) if isinstance(happened, Exception) else Ended(happened)

    @property
    def codes(self) -> list[str]:
        return [notice.code for notice in self.said]


def alarm(tag: str, limit: str, priority: int, state: str, value: float = 5.0) -> Alarm:
    return sample.alarm(tag, limit, priority, state, value, 60)


def _within(one: TrendData, from_us: int, to_us: int) -> TrendData:
    rows = zip(one.times_us, one.values, one.qualities, strict=True)
    kept = [row for row in rows if from_us <= row[0] <= to_us]
    times, values, qualities = zip(*kept, strict=True) if kept else ((), (), ())
    return TrendData(one.tag_key, times, values, qualities)
