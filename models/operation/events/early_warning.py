"""Early warnings (早期预警); the subject is what is warned of, as in `trend/TAG`."""

from typing import ClassVar, Literal

import msgspec

from models.basics import Name
from models.operation.events.base import Payload, register

WarningKind = Literal["trend", "course", "signature"]


class TagCause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tag that isn't as usual: what it is, what is compared with it, since when.

    `score` is signed: above or below; how rare it is as a standard normal deviate, of a trend the
    slope in its standard errors.
    """

    tag_key: str
    value: float
    normal: float
    score: float
    since_us: int
    unit: str = ""


class LimitAhead(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A limit that a tag is heading for: when it is reached as it goes now, and the band of that.

    `latest_us` is None where the band has no end.
    """

    limit: str
    value: float
    reached_us: int
    earliest_us: int
    latest_us: int | None = None
    confidence: float = 0.9


class NormalCourseRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which normal course a warning compares with."""

    version: int
    from_us: int
    to_us: int
    rows: int


@register
class EarlyWarningRaised(Payload, frozen=True, kw_only=True):
    """Something isn't as usual, and what says so; raised again where a time to a limit changed.

    `by` is `slope`, or what stood out most from a normal course: a `tag`, all of them together
    (`T2`), how they go together (`Q`); of a signature its key.
    """

    KIND: ClassVar[str] = "early_warning.raised"
    kind: WarningKind
    by: str
    hazard_source_key: str
    since_us: int
    tags: tuple[TagCause, ...]
    enterprise_key: str = ""
    score: float = 0.0
    ahead: LimitAhead | None = None
    compared: NormalCourseRef | None = None
    explanation: Name = Name()


@register
class EarlyWarningCleared(Payload, frozen=True, kw_only=True):
    """It is as usual again, or nobody can tell any more."""

    KIND: ClassVar[str] = "early_warning.cleared"
    reason: Literal["usual", "not_judged"] = "usual"


@register
class CourseTrainingAsked(Payload, frozen=True, kw_only=True):
    """An officer wants the normal course of a hazard source (the subject) trained anew."""

    KIND: ClassVar[str] = "early_warning.training_asked"
    reason: str = ""


@register
class CourseTrained(Payload, frozen=True, kw_only=True):
    """A hazard source (the subject) is judged by this normal course from now on.

    `begins_at` is the score from which it warns, `false_alarms` the share of normal rows kept
    apart from the training that reach it; `digest` names the stored course.
    """

    KIND: ClassVar[str] = "early_warning.course_trained"
    version: int
    from_us: int
    to_us: int
    rows: int
    tag_keys: tuple[str, ...]
    begins_at: float
    false_alarms: float
    digest: str


@register
class CourseNotTrained(Payload, frozen=True, kw_only=True):
    """No normal course could be trained for a hazard source (the subject); the old one stays."""

    KIND: ClassVar[str] = "early_warning.course_not_trained"
    reason: Literal["few_rows", "no_tag", "unsteady", "unreadable", "failed"]
    rows: int = 0
    detail: str = ""
