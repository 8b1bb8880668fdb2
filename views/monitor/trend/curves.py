"""The curves of a trend: the chosen one on top, another span of time faintly under all."""

from collections.abc import Mapping

from models.registry.kinds import Tag
from views.monitor.plot.painting import Curve
from views.monitor.plot.pyramid import Pyramid
from views.monitor.trend.dress import Subject
from views.monitor.trend.looks import blended, curve_token
from views.monitor.trend.units import UnitScales, value_limits
from views.theme import Theme

_DIM = 0.35
_GROUND = "plot.background"


class TrendCurves:
    """Keeps scales and curve objects as long as they fit: what is the same is painted cheaply."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.scales = UnitScales()
        self.drawn: tuple[Curve, ...] = ()

    def forget(self, *, scales: bool = False) -> None:
        """Make the curves anew: samples or colours are others; with `scales` those too."""
        self.drawn = ()
        if scales:
            self.scales.forget()

    def fit(self, subject: Subject, from_s: float, to_s: float) -> None:
        """Let the scales hold what a span [s] shows, and the curves be those of the subject."""
        known: dict[str, list[float]] = {tag.unit: [] for tag in subject.tags}
        held = [each for each in (subject.pyramids, subject.then) if each is not None]
        for tag in subject.tags:
            for pyramids in held:
                known[tag.unit] += pyramids[tag.key].reach(from_s, to_s)
        for tag in subject.limited:
            known[tag.unit] += [limit.value for limit in value_limits(tag)]
        if self.scales.fit(known) or not self.drawn:
            self.drawn = tuple(self._curves(subject))

    def _curves(self, subject: Subject) -> list[Curve]:
        tags, chosen = subject.tags, subject.chosen
        order = sorted(range(len(tags)), key=lambda number: tags[number] == chosen)
        under = subject.then or {}
        found = [
            self._curve(number, tags[number], chosen, under, fainter=True)
            for number in order
            if subject.then is not None
        ]
        found += [self._curve(number, tags[number], chosen, subject.pyramids) for number in order]
        return found

    def _curve(
        self,
        number: int,
        tag: Tag,
        chosen: Tag | None,
        pyramids: Mapping[str, Pyramid],
        *,
        fainter: bool = False,
    ) -> Curve:
        color, ground = (self._theme.color(each) for each in (curve_token(number), _GROUND))
        for dims in (chosen is not None and tag != chosen, fainter):
            color = blended(color, ground, _DIM) if dims else color
        return Curve(pyramids[tag.key], self.scales[tag.unit], color)
