"""An estimate of where a leak comes from, in the screen's language."""

from PySide6.QtCore import QObject

from models.hazard.estimation.ports import SourceEstimate, Suspect, Taken
from models.hazard.ports import Caution
from views.map.words import MapWords
from views.wording import Toned, Wording

_LIKELY = 0.5


class EstimateWords(QObject):
    """Verdict, rate, readings, doubts."""

    def __init__(self, wording: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._wording = wording
        self._cautions = MapWords(self)

    def verdict(self, made: SourceEstimate) -> str:
        """Return what the readings say, or that they can't tell."""
        found = made.estimate
        if found.verdict == "cannot_tell":
            return self.tr("THE DATA CAN'T TELL where it comes from, nor how much it is.")
        best = found.candidates[0] if found.candidates else None
        if best is None or best.probability < _LIKELY or not best.key:
            if best is not None and not best.key and best.probability >= _LIKELY:
                return self.tr("No hazard source on record fits: look at the area on the map.")
            return self.tr("It comes from the area on the map; no source stands out.")
        return self.tr("Most likely {name} ({share}): an estimate, the commander decides.").format(
            name=self.suspect(best), share=self._wording.probability(best.probability)
        )

    def suspect(self, row: Suspect) -> str:
        """Return a candidate's name."""
        if not row.key:
            return self.tr("anywhere else: the area on the map")
        return row.name.text(self._wording.language) or row.key

    def rate(self, made: SourceEstimate) -> str:
        """Return the rate with its interval, or that nothing is known of it."""
        if made.release_kg_s is None or made.estimate.verdict == "cannot_tell":
            return self.tr("Rate: not known.")
        low, middle, high = made.release_kg_s
        return self.tr("Rate about {middle} kg/s, nine in ten between {low} and {high}.").format(
            middle=kg_s(middle), low=kg_s(low), high=kg_s(high)
        )

    def reads(self, row: Taken) -> str:
        """Return what a detector shows."""
        return "—" if row.value is None else self._wording.number(row.value, row.unit)

    def taken(self, row: Taken) -> Toned:
        """Return in a word how its reading was taken; none is ever clean air."""
        return {
            "value": Toned(self.tr("a value"), "4"),
            "at_least": Toned(self.tr("AT LEAST"), "1"),
            "below": Toned(self.tr("not clear"), "3"),
            "nothing": Toned(self.tr("NO INFORMATION"), "2"),
        }[row.evidence.kind]

    def why(self, row: Taken) -> str:
        """Return why it was taken so."""
        code, _, detail = row.why.partition(":")
        if row.evidence.kind == "nothing" and code == "permit":
            return self.tr("permit {key}: somebody works on it").format(key=detail)
        if row.evidence.kind == "nothing" and code == "out_of_service":
            return self.tr("its alarm is out of service")
        if row.evidence.kind == "nothing" and code == "verified":
            return self.tr("verified as calibration or instrument fault")
        if row.evidence.kind == "below":
            return self.tr("under {limit} ppm, or silent").format(limit=f"{row.evidence.ppm:.2g}")
        return {
            "over_range": self.tr("over its range"),
            "fault": self.tr("faulted"),
            "poisoned": self.tr("was over its range: its bead may be damaged"),
            "calibrating": self.tr("being calibrated"),
            "stale": self.tr("no data comes"),
        }.get(row.evidence.why, row.evidence.why)

    def facts(self, made: SourceEstimate) -> str:
        """Return what it rests on."""
        inputs = {each.name: each for each in made.estimate.inputs}
        spread = inputs["direction_sd"]
        text = self.tr("Wind of {mast}: {wind}, direction ± {spread}°")
        if spread.assumed:
            text = self.tr("Wind of {mast}: {wind}, direction ± {spread}° (ASSUMED)")
        wind = text.format(
            mast=made.seen.wind.source or "?",
            wind=self._wording.wind(made.seen.wind),
            spread=f"{spread.value:g}",
        )
        moments = len(made.seen.earlier) + 1
        text = self.tr("{detectors} detectors, {rounds} moments a minute apart")
        if moments == 1:
            text = self.tr("{detectors} detectors at one moment")
        rounds = text.format(detectors=len(made.taken), rounds=moments)
        if made.left_out:
            rounds += self.tr(", {count} farther ones left out").format(count=made.left_out)
        model = self.tr("Assumed: one steady source near the ground, plumes on flat land.")
        return "\n".join((f"{wind} · {rounds}", model))

    def doubts(self, made: SourceEstimate) -> str:
        """Return all doubts in words."""
        told = (*made.estimate.warnings, *made.warnings)
        return " ".join(self._caution(each) for each in told)

    def fault(self, code: str) -> str:
        """Return why there is no estimate."""
        known = {
            "no_place": self.tr("No place and no detector is known: set the place first (P)."),
            "no_substance": self.tr("The substance isn't known: no detector can be chosen."),
            "no_detectors": self.tr("No detector of this gas stands around: nothing can be told."),
            "no_wind": self.tr("No mast speaks: enter the wind first (Ctrl+E)."),
            "calm": self.tr("Calm: no wind carries the gas, so nothing can be traced back."),
            "closed": self.tr("The incident is closed: nothing is estimated any more."),
            "cancelled": self.tr("Stopped."),
        }
        default = self.tr("It could not be computed: {reason}").format(reason=code)
        return known.get(code, default)

    def _caution(self, caution: Caution) -> str:
        known = {
            "nothing_read": self.tr(
                "No detector reads gas. That isn't clean air: the plume may pass between them."
            ),
            "too_few_detectors": self.tr("Too few detectors to tell place, rate and wind apart."),
            "anywhere": self.tr("The readings fit a source in much of the area."),
            "detectors_without_information": self.tr(
                "Detectors without information don't count as clean air."
            ),
            "masts_disagree": self.tr("The masts disagree: the nearest one counts."),
            "one_moment": self.tr(
                "One moment only: in some minutes, with other winds, more can be told."
            ),
            "no_history": self.tr("The history didn't answer: only what is read now counts."),
            "dense_source": self.tr(
                "Heavy gas: near the source it spreads by its own weight; a plume is taken here."
            ),
            "rate_unbounded": self.tr("The readings don't say how large the rate may be at most."),
        }
        return known.get(caution.code) or self._cautions.caution(caution)


def kg_s(rate: float) -> str:
    """Return a rate to two figures.

    Examples
    --------
    >>> kg_s(0.0456), kg_s(123.4)
    ('0.046', '120')
    """
    return f"{float(f'{rate:.2g}'):g}"
