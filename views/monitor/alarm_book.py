"""Keeps the alarm list's rows: only what a snapshot touched is made anew."""

from collections.abc import Iterable

import msgspec

from app.desk import Reference
from models.operation.situation import Published, Situation
from views.monitor.alarm_rows import AlarmRow, Names, marks_of


class AlarmBook:
    """All alarms of the situation as rows, by id; `edition` counts changes of ids or names."""

    def __init__(self) -> None:
        self.edition = 0
        self.rows: dict[str, AlarmRow] = {}
        self._by_tag: dict[str, set[str]] = {}

    def load(self, situation: Situation, reference: Reference, language: str, now_us: int) -> None:
        """Make all rows anew."""
        self.rows, self._by_tag = {}, {}
        self.edition += 1
        self._put(situation, Names(reference, language), situation.alarms, now_us)

    def follow(
        self, published: Published, reference: Reference, language: str, now_us: int
    ) -> bool:
        """Take over what a snapshot touched; return whether that may have changed rows."""
        situation, touched = published.situation, published.changes.touched
        if published.changes.full:
            self.load(situation, reference, language, now_us)
            return True
        ids = set(touched.get("alarms", ())) | set(touched.get("raisings", ()))
        for tag_key in touched.get("stale_tags", ()):
            ids |= self._by_tag.get(tag_key, set())
        self._put(situation, Names(reference, language), ids, now_us)
        return bool(ids)

    def retime(self, situation: Situation, now_us: int) -> bool:
        """Set the marks that came or went with the time alone; return whether any did."""
        changed = {}
        for key, row in self.rows.items():
            marks = marks_of(situation, row.alarm, now_us)
            if marks != row.marks:
                changed[key] = marks
        for key, marks in changed.items():
            self.rows[key] = msgspec.structs.replace(self.rows[key], marks=marks)
        return bool(changed)

    def _put(self, situation: Situation, names: Names, ids: Iterable[str], now_us: int) -> None:
        for key in ids:
            alarm = situation.alarms.get(key)
            if alarm is None:
                gone = self.rows.pop(key, None)
                if gone is not None:
                    self.edition += 1
                    self._by_tag[gone.alarm.tag_key].discard(key)
                continue
            self.edition += key not in self.rows
            self.rows[key] = names.row(alarm, marks_of(situation, alarm, now_us))
            self._by_tag.setdefault(alarm.tag_key, set()).add(key)
