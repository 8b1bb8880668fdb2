"""The four-colour warning of an enterprise or a hazard source as facts, for who shows a record."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject

from models.operation.warned import WarningColour
from models.registry.kinds import Enterprise, HazardSource, Record
from models.telemetry.whole_colours import enterprise_colours
from views.kit import ViewKit
from views.warning_words import WarningWords, severity_of

READ = frozenset({"warning_colours"})
"""Fields of the situation that these facts are read from."""


class ColourFact(NamedTuple):
    """Whose ('' for the record itself), its colour, a severity '' or '1'…'3', how it came about."""

    source: str
    text: str
    severity: str
    why: str


class ColourFacts(QObject):
    """Reads the colours on record: in a replay those of its moment."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._words = WarningWords(kit.wording)

    def of(self, record: Record) -> tuple[ColourFact, ...]:
        """Return the facts: nothing of a record that has no colour.

        An enterprise's own colour comes first, then its hazard sources that aren't blue.
        """
        situation = self._kit.desk.situation
        match record:
            case HazardSource():
                warned = situation.warning_colours.get(record.key)
                return (self._fact("", warned),)
            case Enterprise():
                return tuple(self._enterprise(record.key))
            case _:
                return ()

    def _enterprise(self, key: str) -> Iterator[ColourFact]:
        desk = self._kit.desk
        every = enterprise_colours(
            desk.situation.warning_colours.values(), desk.reference.all(HazardSource.KIND)
        )
        sources = next((each.sources for each in every if each.enterprise_key == key), ())
        if not sources:
            yield self._fact("", None, self.tr("no hazard source of it above blue"))
            return
        yield self._fact(
            "", sources[0], self.tr("that of the worst of %n hazard source(s)", "", len(sources))
        )
        for each in sources:
            row = desk.reference.get(HazardSource.KIND, each.hazard_source_key)
            name = row.name.text(self._kit.language) if row is not None else ""
            yield self._fact(name or each.hazard_source_key, each)

    def _fact(self, source: str, warned: WarningColour | None, why: str = "") -> ColourFact:
        if warned is None:
            return ColourFact(source, self._words.colour("blue").text, "", why)
        text = self._words.colour_and_index(warned)
        if not why:
            since = self._kit.wording.time(warned.since_us, self._now_us())
            text = self.tr("{colour} since {time}").format(colour=text, time=since)
            why = self._words.why(warned)
        return ColourFact(source, text, str(severity_of(warned.colour)), why)

    def _now_us(self) -> int:
        desk = self._kit.desk
        return desk.clock.now_us() if desk.replay is None else int(desk.replay.now_us())
