"""Early warnings in words: which tags, since when, compared to what; and their normal courses."""

from PySide6.QtCore import QObject

from models.operation.events.base import Event
from models.operation.events.early_warning import (
    CourseNotTrained,
    CourseTrained,
    EarlyWarningRaised,
    LimitAhead,
    TagCause,
)
from views.wording import Wording


class EarlyWarningWords(QObject):
    """Words in the language of the screens."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def title(self, what: EarlyWarningRaised) -> str:
        """Return a warning in a few words: of which tags."""
        keys = ", ".join(cause.tag_key for cause in what.tags)
        if what.kind == "trend" and what.ahead is not None:
            return self.tr("{tag} is heading for {limit}").format(tag=keys, limit=what.ahead.limit)
        if what.kind == "signature":
            return self.tr("risk signature {key}: {tags}").format(key=what.by, tags=keys)
        return self.tr("{tags} not as usual").format(tags=keys)

    def lines(self, what: EarlyWarningRaised, now_us: int) -> list[str]:
        """Return what explains a warning, a line each."""
        explanation = what.explanation.text(self._wording.language)
        found = [explanation] if explanation else []
        found += [self._cause(what, cause, now_us) for cause in what.tags]
        if what.ahead is not None and what.tags:
            found.insert(0, self._ahead(what.ahead, what.tags[0].unit, now_us))
        together = {
            "T2": self.tr("together they are farther from usual than each alone ({score})"),
            "Q": self.tr("they no longer go together as they did ({score})"),
        }.get(what.by)
        if together:
            found.append(together.format(score=f"{what.score:.1f}"))
        if what.compared is not None:
            span = " – ".join(
                self._wording.time(at_us, now_us)
                for at_us in (what.compared.from_us, what.compared.to_us)
            )
            found.append(
                self.tr("compared with normal course {version}: {rows} rows of {span}").format(
                    version=what.compared.version, rows=what.compared.rows, span=span
                )
            )
        return found

    def _ahead(self, ahead: LimitAhead, unit: str, now_us: int) -> str:
        band = [self._wording.time(ahead.earliest_us, now_us)]
        if ahead.latest_us is not None:
            band.append(self._wording.time(ahead.latest_us, now_us))
            words = self.tr("{limit} {value} at about {time} ({share} between {first} and {last})")
        else:
            words = self.tr("{limit} {value} at about {time} ({share} not before {first})")
        return words.format(
            limit=ahead.limit,
            value=self._wording.number(ahead.value, unit),
            time=self._wording.time(ahead.reached_us, now_us),
            share=f"{ahead.confidence:.0%}",
            first=band[0],
            last=band[-1],
        )

    def _cause(self, what: EarlyWarningRaised, cause: TagCause, now_us: int) -> str:
        words: dict[str, str] = {
            "tag": self.tr("{tag} {value}, usually {normal}, since {time}"),
            "trend": self.tr("{tag} {value}, coming from {normal} since {time}"),
            "signature": self.tr("{tag} {value}, {normal} five minutes before; since {time}"),
        }
        return words["tag" if what.kind == "course" else what.kind].format(
            tag=cause.tag_key,
            value=self._wording.number(cause.value, cause.unit),
            normal=self._wording.number(cause.normal, cause.unit),
            time=self._wording.time(cause.since_us, now_us),
        )

    def raised(self, event: Event, what: EarlyWarningRaised) -> str:
        """Return the line of a log."""
        lines = "; ".join(self.lines(what, event.event_time_us))
        return self.tr("Early warning: {0} ({1})").format(self.title(what), lines)

    def cleared(self, event: Event, _payload: object) -> str:
        """Return the line of a log."""
        return self.tr("Early warning over: {0}").format(event.subject.partition("/")[2])

    def trained(self, source: str, payload: CourseTrained) -> str:
        """Return the line of a log."""
        return self.tr("Normal course {0} of {1} trained on {2} rows, {3} tags").format(
            payload.version, source, payload.rows, len(payload.tag_keys)
        )

    def why_not(self, payload: CourseNotTrained) -> str:
        """Return why there is no newer course."""
        words = {
            "few_rows": self.tr("only {rows} normal rows in the last 24 h; 400 are needed"),
            "no_tag": self.tr("no tag of it has values"),
            "unsteady": self.tr("its values are too unsteady to say what is usual"),
        }
        return words.get(payload.reason, payload.detail or payload.reason).format(rows=payload.rows)
