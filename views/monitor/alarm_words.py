"""Words of the alarm list: ISA-18.2 states by name, marks, who holds an alarm and until when."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from views.actors import Actors
from views.kit import ViewKit
from views.monitor.alarm_rows import AlarmRow, Group, GroupRow, ListRow, Mark, since_us
from views.monitor.tag_names import name_under
from views.watch.alarm_text import hold_lines
from views.widgets.table_model import Column
from views.wording import Toned

STATES = (
    "unacknowledged", "acknowledged", "returned_unacknowledged", "latched_unacknowledged",
    "latched_acknowledged", "shelved", "suppressed", "out_of_service",
)  # fmt: skip
MARKS: tuple[Mark, ...] = ("chattering", "stale", "no_data")


class AlarmWords(QObject):
    """Columns of the list and what stands in them. `sorted_by` says column and direction."""

    def __init__(self, kit: ViewKit, sorted_by: Callable[[], tuple[str, bool]]) -> None:
        super().__init__()
        self._kit = kit
        self._actors = Actors(kit.desk, kit.wording)
        self._sorted_by = sorted_by

    def state(self, state: str) -> str:
        """Return the ISA-18.2 name of a state."""
        return self._kit.wording.alarm_state(state).text

    def mark(self, mark: str) -> str:
        """Return the word of a mark."""
        return {
            "chattering": self.tr("chattering"),
            "stale": self.tr("stale > 24 h"),
            "no_data": self.tr("no data"),
        }[mark]

    def group(self, group: Group) -> str:
        """Return how a grouping is called."""
        return {
            "": self.tr("Not grouped"),
            "source": self.tr("By hazard source"),
            "enterprise": self.tr("By enterprise"),
            "priority": self.tr("By priority"),
        }[group]

    def columns(self) -> tuple[Column[ListRow], ...]:
        """Return the columns in order; each sorts."""
        column = self._column
        return (
            column("time", self._time, 112),
            column("priority", self._priority, 88, severity=_severity),
            column("point", lambda row: row.id, 96),
            Column("name", self._title("name"), self._name, tip=self._tip, stretch=True),
            Column("state", self._title("state"), lambda _: "", word=self._state, width=112),
            column("standing", self._standing, 84, right=True, ticks=True),
            column("value", self._value, 84, right=True),
            column("limit", self._limit, 84, right=True),
            column("marks", self._marks, 84, colour="alarm.medium"),
            column("held", self._held, 96, ticks=True),
            column("count", _times, 48, right=True),
            column("source", lambda row: row.source, 196),
            column("enterprise", lambda row: row.enterprise, 124),
        )

    def _heading(self, key: str) -> str:
        return {
            "time": self.tr("Time"),
            "priority": self.tr("Priority"),
            "point": self.tr("Point"),
            "name": self.tr("Name"),
            "state": self.tr("State"),
            "standing": self.tr("Stands for"),
            "value": self.tr("Value"),
            "limit": self.tr("Limit"),
            "marks": self.tr("Marks"),
            "held": self.tr("Held"),
            "count": self.tr("Times"),
            "source": self.tr("Hazard source"),
            "enterprise": self.tr("Enterprise"),
        }[key]

    def _column(
        self,
        key: str,
        text: Callable[[AlarmRow], str],
        width: int,
        *,
        right: bool = False,
        ticks: bool = False,
        colour: str = "",
        severity: Callable[[ListRow], int | None] = lambda _: None,
    ) -> Column[ListRow]:
        """Return a column whose cells are empty in the titles of groups."""

        def shown(row: ListRow) -> str:
            return "" if isinstance(row, GroupRow) else text(row)

        return Column(
            key,
            self._title(key),
            shown,
            right=right,
            ticks=ticks,
            width=width,
            severity=severity,
            token=lambda _: colour or None,
            tip=self._tip,
        )

    def _title(self, key: str) -> Callable[[], str]:
        def shown() -> str:
            column, reverse = self._sorted_by()
            title = self._heading(key)
            return f"{title} {'↑' if reverse else '↓'}" if column == key else title

        return shown

    # Cells

    def _time(self, row: AlarmRow) -> str:
        if row.never_rose:
            return "—"
        return self._kit.wording.time(row.alarm.raised_us, self._now_us())

    def _now_us(self) -> int:
        replay = self._kit.desk.replay
        return self._kit.desk.clock.now_us() if replay is None else int(replay.now_us())

    def _priority(self, row: AlarmRow) -> str:
        return self._kit.wording.priority(row.priority)

    def _name(self, row: ListRow) -> str:
        if not isinstance(row, GroupRow):
            return name_under(row.name, row.source)
        kind, key = row.id
        if kind == "priority":
            name = self._kit.wording.priority(row.priority)
        else:
            nowhere = {
                "source": self.tr("At no hazard source"),
                "enterprise": self.tr("Of no enterprise"),
            }
            name = row.name if key else nowhere[kind]
        count = self.tr("%n alarm(s)", "", row.count)
        return f"{name} · {count}"

    def _state(self, row: ListRow) -> Toned | None:
        if isinstance(row, GroupRow):
            if not row.waiting:
                return None
            return Toned(self.tr("%n unacknowledged", "", row.waiting), "1")
        return self._kit.wording.alarm_state(row.alarm.state)

    def _standing(self, row: AlarmRow) -> str:
        since = since_us(row)
        return "" if since is None else self._kit.wording.duration(self._now_us() - since)

    def _value(self, row: AlarmRow) -> str:
        value = float("nan") if row.never_rose else row.alarm.value
        return self._kit.wording.number(value, row.unit)

    def _limit(self, row: AlarmRow) -> str:
        if row.alarm.limit == "STALE":
            return ""
        return self._kit.wording.number(row.limit_value, row.unit)

    def _marks(self, row: AlarmRow) -> str:
        return " · ".join(self.mark(mark) for mark in row.marks)

    def _held(self, row: AlarmRow) -> str:
        if not row.alarm.holds:
            return ""
        hold, wording = row.alarm.holds[0], self._kit.wording
        left = ""
        if hold.until_us is not None:
            left = wording.countdown(hold.until_us, self._now_us())
        parts = (left, hold.reason, self._actors.name(hold.by))
        return " · ".join(part for part in parts if part)

    def _tip(self, row: ListRow) -> str | None:
        if isinstance(row, GroupRow):
            return None
        alarm = row.alarm
        lines = [f"{row.id} · {row.name}", " · ".join(filter(None, (row.source, row.enterprise)))]
        if alarm.acknowledged_us is not None:
            when = self._kit.wording.time(alarm.acknowledged_us, self._now_us())
            who = self._actors.name(alarm.acknowledged_by)
            lines.append(self.tr("acknowledged {time} by {who}").format(time=when, who=who))
        if row.marks:
            lines.append(self._marks(row))
        lines += hold_lines(self._kit, self._actors, alarm)
        return "\n".join(line for line in lines if line)


def _severity(row: ListRow) -> int | None:
    return row.priority


def _times(row: AlarmRow) -> str:
    return str(row.alarm.occurrences) if row.alarm.occurrences > 1 else ""
