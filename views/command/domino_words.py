"""Domino effects in the screen's language."""

from PySide6.QtCore import QObject

from models.hazard.fires import DominoHit, DominoTable
from models.hazard.ports import HazardInputError
from views.wording import Toned, Wording

_MINUTE_S = 60.0
_HOUR_S = 3600.0


class DominoWords(QObject):
    """Words of a table and of its rows."""

    def __init__(self, wording: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._wording = wording

    def verdict(self, hit: DominoHit) -> Toned:
        """Return the verdict in a word."""
        return {
            "may_fail": Toned(self.tr("MAY FAIL"), "1"),
            "too_short": Toned(self.tr("too short-lived"), "3"),
            "near": Toned(self.tr("near its threshold"), "2"),
            "below": Toned(self.tr("below"), ""),
        }[hit.verdict]

    def vessel(self, hit: DominoHit) -> str:
        """Return the class of a vessel."""
        return {
            "atmospheric": self.tr("atmospheric"),
            "pressurised": self.tr("pressurised"),
            "elongated": self.tr("column, reactor"),
        }.get(hit.vessel, hit.vessel)

    def received(self, hit: DominoHit, lasts_s: float | None) -> str:
        """Return what it receives, for how long."""
        text = self._amount(hit, hit.received)
        if hit.effect == "overpressure" or lasts_s is None:
            return text
        return self.tr("{amount} for {time}").format(amount=text, time=self.time(lasts_s))

    def threshold(self, hit: DominoHit) -> str:
        """Return the threshold; what is only recalled is said to be unverified."""
        text = self._amount(hit, hit.threshold)
        return text if hit.verified else self.tr("{amount}, unverified").format(amount=text)

    def fails(self, hit: DominoHit) -> str:
        """Return after how long it may fail, where a rule gives it."""
        if hit.fails_after_s is None:
            return "—"
        return self.tr("{time}, unverified").format(time=self.time(hit.fails_after_s))

    def time(self, seconds: float) -> str:
        """Return a rough span: '18 s', '15 min', '6 h'."""
        if seconds < _MINUTE_S:
            return self.tr("{n} s").format(n=f"{seconds:.0f}")
        if seconds < 2 * _HOUR_S:
            return self.tr("{n} min").format(n=f"{seconds / _MINUTE_S:.0f}")
        hours = seconds / _HOUR_S
        return self.tr("{n} h").format(n=f"{hours:.0f}") if hours < 48 else self.tr("> 2 days")

    def title(self, table: DominoTable) -> str:
        """Return the case, who is at risk of it, and whether it happens."""
        language = self._wording.language
        if table.burning:
            text = self.tr("It burns or has exploded at {source}: {case}.")
        else:
            text = self.tr("IF IT IGNITES at {source}: {case}.")
        return text.format(
            source=table.source_name.text(language) or self.tr("the incident's place"),
            case=table.case.name.text(language),
        )

    def choice(self, table: DominoTable) -> str:
        """Return a case with how many may fail, for the list."""
        count = self.tr("{n} may fail").format(n=len(table.may_fail))
        return f"{table.case.name.text(self._wording.language)} · {count}"

    def basis(self, table: DominoTable) -> str:
        """Return what the table rests on: figures, wind, thresholds, what is left out."""
        parts = [self._event(table), self._wind(table)]
        sources = sorted({hit.source for hit in table.hits})
        parts += [self.tr("Thresholds: {source}.").format(source=each) for each in sources]
        times = sorted({hit.failure_source for hit in table.hits if hit.failure_source})
        parts += [self.tr("Times to failure: {source}.").format(source=each) for each in times]
        parts.append(
            self.tr(
                "Typical leak of the register's inventory, held until it is empty; no shielding, "
                "no cooling. Sizes of vessels are taken from their inventories."
            )
        )
        if table.left_out:
            parts.append(self.tr("%n neighbour(s) farther off are not listed.", "", table.left_out))
        return "\n".join(part for part in parts if part)

    def fault(self, error: HazardInputError) -> str:
        """Return why nothing can be said."""
        reasons = {
            "position": self.tr("The incident has no place: set it (P)."),
            "source": self.tr("The incident has no hazard source: nothing is known to burn."),
            "inventory_t": self.tr("The register holds no inventory of this source."),
            "fires": self.tr("Its substance isn't on record as flammable: no fire or explosion."),
            "substance": self.tr("Its substance isn't on record."),
        }
        return reasons.get(error.field) or self.tr("It could not be computed: {reason}").format(
            reason=str(error)
        )

    def _amount(self, hit: DominoHit, value: float) -> str:
        unit = "kPa" if hit.effect == "overpressure" else "kW/m²"
        kilo = value / 1e3
        return f"{kilo:.0f}\u00a0{unit}" if kilo >= 10 else f"{kilo:.1f}\u00a0{unit}"

    def _event(self, table: DominoTable) -> str:
        event = table.case.event
        match event.kind:
            case "pool_fire":
                text = self.tr("A pool of {diameter} m burning {rate} kg/s").format(
                    diameter=f"{event.diameter_m:.0f}",
                    rate=f"{event.burn_kg_m2_s * 0.785398 * event.diameter_m**2:.2g}",
                )
            case "jet_fire":
                text = self.tr("A jet of {rate} kg/s, taken to point at each neighbour").format(
                    rate=f"{event.burn_kg_s:.2g}"
                )
            case "fireball":
                text = self.tr("A fireball of {tonnes} t").format(tonnes=f"{event.mass_kg / 1e3:g}")
            case _:
                text = self.tr("A blast like {tonnes} t of TNT, at the source").format(
                    tonnes=f"{event.tnt_kg / 1e3:.2g}"
                )
        if table.lasts_s:
            text = self.tr("{what}, {time} long").format(what=text, time=self.time(table.lasts_s))
        return self.tr("{text}.").format(text=text)

    def _wind(self, table: DominoTable) -> str:
        if table.case.event.kind != "pool_fire":
            return ""
        if table.wind is None:
            return self.tr("No wind is known: the flame is taken to stand upright.")
        return self.tr("The flame leans with {wind}.").format(wind=self._wording.wind(table.wind))
