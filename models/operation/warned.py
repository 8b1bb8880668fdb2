"""What warns of hazard sources in a situation: colours, early warnings, normal courses."""

from models.basics import Value
from models.operation.events.early_warning import (
    CourseNotTrained,
    CourseTrained,
    EarlyWarningRaised,
)
from models.operation.events.warning import Colour, ColourPart


class WarningColour(Value, frozen=True, kw_only=True):
    """The colour of a hazard source that isn't blue, and what made it when it changed."""

    hazard_source_key: str
    enterprise_key: str
    colour: Colour
    index: float
    parts: tuple[ColourPart, ...]
    grade: str
    least: str
    since_us: int
    event_id: str


class EarlyWarning(Value, frozen=True, kw_only=True):
    """An early warning as it was told last; a cleared one stays for a day."""

    id: str
    what: EarlyWarningRaised
    raised_us: int
    told_us: int
    event_id: str
    cleared_us: int | None = None


class WarningCourse(Value, frozen=True, kw_only=True):
    """The normal course of a hazard source, and whether somebody asked for a newer one."""

    hazard_source_key: str
    trained: CourseTrained | None = None
    trained_us: int | None = None
    asked_us: int | None = None
    asked_by: str = ""
    failed: CourseNotTrained | None = None
