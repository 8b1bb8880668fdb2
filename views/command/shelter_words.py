"""Shelter-or-leave advice in the screen's language."""

from PySide6.QtCore import QObject

from models.hazard.advice import ReceptorAdvice, Way, ZoneAdvice
from models.hazard.ports import Caution
from models.times import SECOND_US
from views.wording import Toned, Wording

_SECTORS = 8


class ShelterWords(QObject):
    """`began_us` is when the release is taken to have begun."""

    def __init__(self, wording: Wording, began_us: int, parent: QObject) -> None:
        super().__init__(parent)
        self._wording = wording
        self._began_us = began_us

    def verdict(self, advice: ReceptorAdvice) -> Toned:
        """Return the advice in a word."""
        return {
            "shelter": Toned(self.tr("shelter"), "3"),
            "leave": Toned(self.tr("LEAVE"), "1"),
            "ventilate": Toned(self.tr("come out"), "ok"),
            "undecided": Toned(self.tr("NO ADVICE"), "2"),
        }[advice.verdict]

    def doing(self, advice: ReceptorAdvice) -> str:
        """Return what to do until when: no shelter without its end."""
        if advice.verdict == "shelter" and advice.stay is not None and advice.stay.end_s:
            return self.tr("close up; at {clock} come out and ventilate").format(
                clock=self._clock(advice.stay.end_s)
            )
        if advice.verdict == "ventilate":
            return self.tr(
                "the cloud should have passed: measure outdoors, then come out and ventilate"
            )
        if advice.verdict == "leave" and advice.way is not None:
            return self._way(advice.way)
        return self.tr("the commander decides on site")

    def why(self, advice: ReceptorAdvice) -> str:
        """Return the reason; loads nearer than a factor 2 in concentration decide little."""
        text = {
            "no_shelter": self.tr("flammable, fire, blast or isolation: no building shelters"),
            "no_shelter_no_way": self.tr("no building shelters, and every way crosses the danger"),
            "nothing_computed": self.tr("nothing by this model: not the same as clear"),
            "no_end": self.tr("the cloud doesn't end: a shelter without an end is none"),
            "no_end_no_way": self.tr("no end of the cloud, and every way crosses the danger"),
            "passed": self.tr("indoors is worse than outdoors by now"),
            "no_way": self.tr("every way crosses the danger; the stay has an end"),
            "harmless_indoors": self.tr("indoors less than 60 min at the second level"),
            "lower_indoors": self.tr("the load is less indoors than on the way"),
            "lower_on_the_way": self.tr("the load is less on the way than indoors"),
        }.get(advice.reason, advice.reason)
        return self.tr("{reason}, but both are alike").format(reason=text) if advice.close else text

    def loads(self, advice: ReceptorAdvice) -> str:
        """Return the loads of staying and of leaving as multiples of the smaller one."""
        if advice.stay is None or advice.way is None:
            return "—"
        least = min(advice.stay.load, advice.way.load)
        if least <= 0:
            return self.tr("one of them is nothing")
        return f"{_short(advice.stay.load / least)} : {_short(advice.way.load / least)}"

    def facts(self, found: ZoneAdvice) -> str:
        """Return what the advice rests on: measured, assumed, unverified."""
        inputs = {each.name: each for each in found.inputs}
        rate, wind = inputs["release_rate"], inputs["wind_speed"]
        assumed_rate = self.tr("ASSUMED")
        told = self.tr("{rate} kg/s for {minutes} min, wind {wind} m/s from {direction}°").format(
            rate=f"{assumed_rate} {rate.value:g}" if rate.assumed else f"{rate.value:g}",
            minutes=f"{round(float(inputs['duration'].value) / 60, 1):g}",
            wind=f"{wind.value:g}",
            direction=f"{float(inputs['wind_from'].value):.0f}",
        )
        assumed = self.tr(
            "Assumed: release began {began}; {changes} air changes an hour; warned after "
            "{warned} min, on the way {ready} min later ({slow} min where people need help), "
            "{pace} m/s ({slow_pace} m/s), {detour} times the straight line."
        ).format(
            began=self._clock(0),
            changes=f"{inputs['air_changes'].value:g}",
            warned=f"{float(inputs['warning'].value) / 60:g}",
            ready=f"{float(inputs['preparing'].value) / 60:g}",
            slow=f"{float(inputs['preparing_slow'].value) / 60:g}",
            pace=f"{inputs['walking'].value:g}",
            slow_pace=f"{inputs['walking_slow'].value:g}",
            detour=f"{inputs['detour'].value:g}",
        )
        load = self.tr("Load ∫C^n dt with n = {n}: {source}").format(
            n=f"{found.exponent:g}",
            source=found.probit_source or self.tr("assumed, no toxic probit is on record"),
        )
        return "\n".join((told, assumed, load))

    def caution(self, caution: Caution) -> str:
        """Return a doubt in words."""
        return {
            "shelter_assumed": self.tr(
                "Times, buildings and pace are judged, not known of these places."
            ),
            "shelter_straight": self.tr(
                "Ways are straight lines on foot: check roads, walls and water."
            ),
            "shelter_steady": self.tr("If wind or rate change, ask again."),
            "end_assumed": self.tr(
                "Before anybody comes out: make sure that the leak has stopped, and measure."
            ),
            "no_probit": self.tr("No toxic probit: loads are compared with n = 1."),
            "probit_unverified": self.tr("The toxic exponent is recalled and unverified."),
            "explosion_not_computed": self.tr("It burns: no explosion is computed here."),
        }.get(caution.code, caution.text)

    def _way(self, way: Way) -> str:
        return self.tr("to the {side} ({bearing}°), {distance} on foot, out by {clock}").format(
            side=self._side(way.bearing_deg),
            bearing=f"{way.bearing_deg:.0f}",
            distance=self._wording.distance(way.distance_m),
            clock=self._clock(way.out_s),
        )

    def _side(self, bearing_deg: float) -> str:
        names = (
            self.tr("north"), self.tr("north-east"), self.tr("east"), self.tr("south-east"),
            self.tr("south"), self.tr("south-west"), self.tr("west"), self.tr("north-west"),
        )  # fmt: skip
        return names[round(bearing_deg / (360 / _SECTORS)) % _SECTORS]

    def _clock(self, since_s: float) -> str:
        return self._wording.clock(self._began_us + round(since_s) * SECOND_US)


def _short(multiple: float) -> str:
    if multiple < 10:
        return f"{multiple:.1f}".removesuffix(".0")
    return f"{multiple:.0f}" if multiple < 1000 else "> 1000"
