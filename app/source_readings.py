"""What the detectors around an incident say of the air, for the estimate of its source.

A reading counts as what it is worth: over its range it says "at least", a faulted, calibrating,
silent or unfit detector says nothing, and a zero is never "clear".
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from app.desk import LiveValue, Reference
from models.basics import LatLon
from models.hazard.estimation.readings import Reading
from models.hazard.substances import Substance, find_substance, ppm_to_kg_m3
from models.operation.situation import Incident, Situation
from models.registry.kinds import HazardSource, Permit, Tag
from models.rules import load_rules
from models.telemetry.ports import Quality
from models.telemetry.surroundings import distance_m
from models.telemetry.tags import patience_us

_GAS = {"toxic", "combustible"}
_VERIFIED = {"instrument": "fault", "calibration": "calibrating"}


@dataclass(frozen=True, slots=True)
class Detector:
    """A detector of the gas; `ppm` is what one of its units is."""

    tag: Tag
    position: LatLon
    ppm: float

    @property
    def is_catalytic(self) -> bool:
        """Whether it may read anything above the explosive limit: a bead that says % LEL."""
        return "lel" in self.tag.unit.casefold()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a detector's reading isn't to be taken for the air: a state of the engine, and words."""

    state: str
    why: str


def ppm_of_unit(unit: str, substance: Substance) -> float | None:
    """Return how many ppm of a substance one unit is; None for a unit that says no concentration.

    Examples
    --------
    >>> chlorine = find_substance("chlorine")
    >>> ppm_of_unit("ppm", chlorine), round(ppm_of_unit("mg/m³", chlorine), 3)
    (1.0, 0.345)
    >>> ppm_of_unit("%LEL", chlorine) is None
    True
    """
    plain = unit.casefold().replace(" ", "").replace("³", "3")
    match plain:
        case "ppm" | "ppmv" | "umol/mol" | "μmol/mol":
            return 1.0
        case "ppb" | "ppbv":
            return 1e-3
        case "%lel" | "lel" | "lel%":
            return substance.lel_ppm / 100.0 if substance.lel_ppm is not None else None
        case "%" | "%vol" | "vol%" | "%v/v":
            return 1e4
        case "mg/m3":
            return 1e-6 / ppm_to_kg_m3(1.0, substance.molar_mass_g_mol)
        case _:
            return None


def substance_of(
    situation: Situation, reference: Reference, incident: Incident
) -> Substance | None:
    """Return the gas that is looked for: the incident's, else that of its first-out detector."""
    if incident.substance or incident.cas:
        return find_substance(incident.substance, incident.cas)
    for card_id in incident.card_ids:
        card = situation.cards.get(card_id)
        for alarm_id in (card.first_alarm_id, *card.alarm_ids) if card is not None else ():
            alarm = situation.alarms.get(alarm_id)
            tag = reference.get(Tag.KIND, alarm.tag_key) if alarm is not None else None
            found = find_substance(tag.substance) if isinstance(tag, Tag) else None
            if found is not None:
                return found
    return None


def place_of(situation: Situation, reference: Reference, incident: Incident) -> LatLon | None:
    """Return around where to look: the incident's place, else its first-out detector's."""
    if incident.position is not None:
        return incident.position
    for card_id in incident.card_ids:
        card = situation.cards.get(card_id)
        for alarm_id in (card.first_alarm_id, *card.alarm_ids) if card is not None else ():
            alarm = situation.alarms.get(alarm_id)
            tag = reference.get(Tag.KIND, alarm.tag_key) if alarm is not None else None
            if tag is not None and tag.position is not None:
                return tag.position
    return None


def detectors_around(
    reference: Reference, place: LatLon, substance: Substance
) -> tuple[tuple[Detector, ...], int]:
    """Return the nearest detectors of the gas around a place, and how many more there were.

    A detector that is set to another gas says nothing of this one and isn't taken.
    """
    rules = load_rules("estimation")
    near = []
    for tag in reference.all(Tag.KIND).values():
        if not isinstance(tag, Tag) or tag.position is None or not _sees(tag, substance):
            continue
        away_m = distance_m(tag.position, place)
        ppm = ppm_of_unit(tag.unit, substance)
        if ppm is not None and away_m <= rules["around_m"]:
            near.append((away_m, tag.key, Detector(tag, tag.position, ppm)))
    near.sort(key=lambda each: each[:2])
    most = int(rules["most_detectors"])
    return tuple(each for _, _, each in near[:most]), max(0, len(near) - most)


def _sees(tag: Tag, substance: Substance) -> bool:
    if tag.quantity != "gas" and tag.safety not in _GAS:
        return False
    found = find_substance(tag.substance) if tag.substance else None
    return found is not None and found.cas == substance.cas


def sources_around(
    reference: Reference, detectors: Iterable[Detector], substance: Substance
) -> tuple[HazardSource, ...]:
    """Return the hazard sources that hold the gas in the area that is searched."""
    margin_m = float(load_rules("estimation")["margin_m"])
    places = [each.position for each in detectors]
    south, north = _span([place.lat_deg for place in places])
    west, east = _span([place.lon_deg for place in places])
    found = []
    for row in reference.all(HazardSource.KIND).values():
        if not isinstance(row, HazardSource) or row.position is None:
            continue
        holds = find_substance(row.substance, row.cas)
        if holds is None or holds.cas != substance.cas:
            continue
        nearest = LatLon(
            min(max(row.position.lat_deg, south), north),
            min(max(row.position.lon_deg, west), east),
        )
        if distance_m(row.position, nearest) <= margin_m:
            found.append(row)
    return tuple(sorted(found, key=lambda row: row.key))


def _span(values: list[float]) -> tuple[float, float]:
    return min(values), max(values)


def doubts_now(
    situation: Situation, reference: Reference, detectors: Iterable[Detector], now_us: int
) -> dict[str, Doubt]:
    """Return by key what is known against detectors now: permits, holds, verifications.

    A permit that names a detector means that somebody works on it, with test gas or covered.
    """
    keys = {each.tag.key for each in detectors}
    found: dict[str, Doubt] = {}
    for card in situation.cards.values():
        state = _VERIFIED.get(card.result)
        for alarm_id in card.alarm_ids if state is not None else ():
            alarm = situation.alarms.get(alarm_id)
            if state is not None and alarm is not None and alarm.state != "normal":
                found[alarm.tag_key] = Doubt(state, f"verified:{card.result}")
    for alarm in situation.alarms.values():
        if any(hold.state == "out_of_service" for hold in alarm.holds):
            found[alarm.tag_key] = Doubt("fault", "out_of_service")
    for permit in reference.all(Permit.KIND).values():
        if isinstance(permit, Permit) and permit.valid_from_us <= now_us <= permit.valid_to_us:
            for key in permit.tags:
                found[key] = Doubt("calibrating", f"permit:{permit.key}")
    return {key: doubt for key, doubt in found.items() if key in keys}


def reading_of(
    detector: Detector,
    sample: LiveValue | None,
    *,
    now_us: int,
    doubt: Doubt | None = None,
    silent: bool = False,
    was_over: bool = False,
) -> Reading:
    """Return a detector's sample as the engine's reading [ppm].

    Parameters
    ----------
    sample : LiveValue or None
        The last one until `now_us` [µs UTC]; None where there is none.
    doubt : Doubt, optional
        What is known against the detector.
    silent : bool
        The gateway says that nothing comes from it.
    was_over : bool
        It was over its range in the last minutes: a catalytic bead may be damaged since, and
        counts as poisoned.
    """
    tag = detector.tag
    full = detector.ppm * tag.high if tag.high > 0 else None
    state = _state(tag, sample, now_us, silent=silent)
    if state in {"ok", "over_range"} and doubt is not None:
        state = doubt.state
    elif state == "ok" and was_over and detector.is_catalytic:
        state = "poisoned"
    value = sample.value if sample is not None and math.isfinite(sample.value) else 0.0
    return Reading(
        key=tag.key,
        position=detector.position,
        value_ppm=min(max(value * detector.ppm, 0.0), 1e6),
        state=state,
        range_ppm=min(full, 1e6) if full is not None else None,
        sensor="catalytic" if detector.is_catalytic else "",
        at_us=sample.arrival_us if sample is not None else None,
    )


def _state(tag: Tag, sample: LiveValue | None, now_us: int, *, silent: bool) -> str:
    if sample is None or silent or sample.quality == Quality.STALE:
        return "stale"
    if now_us - sample.arrival_us > patience_us(tag):
        return "stale"
    if sample.quality >= Quality.BAD or not math.isfinite(sample.value):
        return "fault"
    drift = float(load_rules("estimation")["zero_drift"])
    if sample.value < tag.low - drift * (tag.high - tag.low):
        return "fault"
    return "over_range" if tag.high > 0 and sample.value >= tag.high else "ok"
