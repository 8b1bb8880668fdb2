"""The four-colour warning in words: colours, what adds to an index, why it is at least so bad."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from models.operation.warned import WarningColour
from models.telemetry.warning_colour import COLOURS
from models.telemetry.whole_colours import grade_factor
from views.wording import Toned, Wording


def severity_of(colour: str) -> int:
    """Return the severity 1…4 that a colour is drawn as: red is 1, blue 4."""
    return COLOURS.index(colour) + 1 if colour in COLOURS else len(COLOURS)


class WarningWords(QObject):
    """Words in the language of the screens."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def colour(self, colour: str) -> Toned:
        """Return the word of a colour with the tone of its badge."""
        words = {
            "red": self.tr("red"),
            "orange": self.tr("orange"),
            "yellow": self.tr("yellow"),
            "blue": self.tr("blue"),
        }
        return Toned(words.get(colour, colour), str(severity_of(colour)))

    def part(self, what: str, items: int, points: float) -> str:
        """Return what adds to an index and how much, e.g. '2 alarms, high +50'."""
        return f"{self._items(what, items)} +{points:g}"

    def _items(self, what: str, items: int) -> str:
        if what.startswith("alarm_"):
            priority = self._wording.priority(int(what.removeprefix("alarm_")))
            return self.tr("%n alarm(s), {priority}", "", items).format(priority=priority)
        match what:
            case "warning":
                return self.tr("%n early warning(s)", "", items)
            case "disabled":
                return self.tr("%n alarm(s) shelved, suppressed or out of service", "", items)
            case "stale":
                return self.tr("%n tag(s) without data", "", items)
            case "bypassed_interlock":
                return self.tr("%n interlock(s) bypassed", "", items)
            case "special_work":
                return self.tr("%n special work permit(s) in force", "", items)
            case "hidden_danger":
                return self.tr("%n hidden danger(s) open", "", items)
            case _:
                return f"{what} × {items}"

    def sum(self, parts: Iterable[tuple[str, int, float]], grade: str, factor: float) -> str:
        """Return all parts of an index in a line; a grade that weighs is named."""
        said = [self.part(*part) for part in parts]
        if said and grade and factor != 1:
            said.append(self.tr("grade {grade} × {factor}").format(grade=grade, factor=factor))
        return " · ".join(said)

    def least(self, name: str) -> str:
        """Return the rule that made a colour worse than its index; '' when none did."""
        words = {
            "life_safety": self.tr("red because an alarm stands that may kill"),
            "priority_1": self.tr("orange at least because a critical alarm stands"),
        }
        return words.get(name, name)

    def why(self, warned: WarningColour, most: int | None = None) -> str:
        """Return how a recorded colour came about; of more than `most` parts the lightest go."""
        parts = [(part.what, part.items, part.points) for part in warned.parts]
        shown = parts[:most]
        said = [self.least(warned.least)] if warned.least else []
        said += filter(None, [self.sum(shown, warned.grade, grade_factor(warned))])
        if len(shown) < len(parts):
            said.append(self.tr("%n more", "", len(parts) - len(shown)))
        return " · ".join(said)

    def colour_and_index(self, warned: WarningColour) -> str:
        """Return e.g. 'orange 62.5'."""
        return f"{self.colour(warned.colour).text} {warned.index:g}"
