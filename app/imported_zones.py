"""Makes a zone of what another program's file says; the officer may say which level is which."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.exchange.aloha.reading import Outline, ZoneFile
from app.exchange.aloha.words import Severity
from app.given_zones import Surroundings
from app.zones import exposed_people
from models.basics import LatLon, Name
from models.hazard.given_zone import GivenFrom, GivenLevel, given_zone
from models.hazard.ground import distance_m
from models.hazard.ports import Caution, HazardInputError, Input, ZoneResult
from models.hazard.substances import find_substance
from models.operation.situation import Incident

ELSEWHERE_M = 200.0
FARTHEST_M = 100_000.0
OUTSIDE_CONFIDENCE = 0.05
"""ALOHA: for 95 % of the time the wind keeps the cloud within its confidence lines."""

Choices = Mapping[int, Severity | None]
"""Placemark → its level; None leaves it out."""

_COLOURS: dict[Severity, Name] = {
    3: Name(zh="红区", en="Red"), 2: Name(zh="橙区", en="Orange"), 1: Name(zh="黄区", en="Yellow"),
}  # fmt: skip
_KEYS: dict[Severity, str] = {3: "red", 2: "orange", 1: "yellow"}


@dataclass(frozen=True, slots=True)
class ImportedZone:
    """A zone of a file, and what the file says of the wind's turning, if anything."""

    result: ZoneResult
    contours: ZoneResult | None


def told_by_file(file: ZoneFile) -> dict[int, Severity | None]:
    """Return which level each outline is as far as the file tells."""
    return {outline.number: outline.severity for outline in file.outlines}


def imported_zone(file: ZoneFile, choices: Choices, around: Surroundings) -> ImportedZone:
    """Return a file's outlines as a zone with the receptors inside.

    Parameters
    ----------
    file : ZoneFile
        What was read.
    choices : mapping
        The level of each outline by its placemark; None leaves it out.
    around : Surroundings
        The incident, the registry and the hour.

    Raises
    ------
    HazardInputError
        `levels` when every outline is left out, `source` when the file is about another place
        (more than 100 km away), else the level that makes no sense.
    """
    taken = [o for o in file.outlines if choices.get(o.number) is not None]
    zones = [outline for outline in taken if not outline.is_confidence]
    if not zones:
        raise HazardInputError("levels", "no outline is taken as a threat zone")
    origin = file.source or around.incident.position or _middle(zones)
    warnings = _warnings(file, taken, around.incident, origin)
    given = GivenFrom(
        kind="imported",
        model=file.program,
        origin=origin,
        inputs=_inputs(file, choices, origin),
        warnings=warnings,
    )
    people = exposed_people(around.reference, around.hour)
    result = given_zone(given, _levels(zones, choices, None), people)
    sure = [outline for outline in taken if outline.is_confidence]
    if not sure:
        return ImportedZone(result, None)
    contours = given_zone(given, _levels(sure, choices, OUTSIDE_CONFIDENCE), people)
    return ImportedZone(result, contours)


def _levels(
    outlines: list[Outline], choices: Choices, probability: float | None
) -> list[GivenLevel]:
    found = []
    for outline in outlines:
        severity = choices[outline.number]
        assert severity is not None  # what is left out isn't here
        concern, colour = outline.concern, _COLOURS[severity]
        flammable = "lel_" if concern.is_flammable else ""
        found.append(
            GivenLevel(
                key=f"{flammable}{_KEYS[severity]}",
                label=Name(
                    zh=f"{colour.zh} {concern.text}".strip(),
                    en=f"{colour.en} {concern.text}".strip(),
                ),
                severity=severity,
                rings=outline.rings,
                threshold=concern.threshold,
                unit=concern.unit,
                source=outline.name,
                probability=probability,
            )
        )
    return found


def _inputs(file: ZoneFile, choices: Choices, origin: LatLon) -> tuple[Input, ...]:
    left = [o.name for o in file.outlines if choices.get(o.number) is None]
    found = [
        Input(name="file", value=file.file_name),
        Input(name="file_sha256", value=file.sha256),
        Input(
            name="source",
            value=f"{origin.lat_deg:.6f}, {origin.lon_deg:.6f}",
            source="file" if file.source is not None else "incident",
            assumed=file.source is None,
        ),
    ]
    for outline in file.outlines:
        severity = choices.get(outline.number)
        if severity is not None:
            by = "file" if outline.severity == severity else "officer"
            name = f"outline {outline.number} {_KEYS[severity]}"
            found.append(Input(name=name, value=outline.name, source=by))
    found += [Input(name=f"said: {name}", value=value, source="file") for name, value in file.facts]
    if left:
        found.append(Input(name="left_out", value=" · ".join(left), source="officer"))
    if file.text:
        found.append(Input(name="text", value=file.text, source="file"))
    return tuple(found)


def _warnings(
    file: ZoneFile, taken: list[Outline], incident: Incident, origin: LatLon
) -> tuple[Caution, ...]:
    """Return what to doubt of a file; refuse one that is about another place."""
    found = [Caution(code="imported", text="Imported, not computed here: no input was checked.")]
    away_m = distance_m(origin, incident.position) if incident.position is not None else 0.0
    if away_m > FARTHEST_M:
        raise HazardInputError(
            "source", f"the file is about a place {away_m / 1000:,.0f} km from the incident"
        )
    if away_m > ELSEWHERE_M:
        text = f"The file's source lies {away_m:,.0f} m from the incident's place."
        found.append(Caution(code="source_elsewhere", text=text))
    if file.source is None:
        text = "The file names no source: the incident's place is taken."
        found.append(Caution(code="source_assumed", text=text))
    if _is_another(file, incident):
        text = "The file is about another substance than the incident."
        found.append(Caution(code="other_substance", text=text))
    if any(outline.from_lines for outline in taken):
        text = "Lines count with all the ground they enclose."
        found.append(Caution(code="lines_enclosed", text=text))
    if len(taken) < len(file.outlines):
        text = "Some outlines of the file were left out by the officer."
        found.append(Caution(code="left_out", text=text))
    return tuple(found)


def _is_another(file: ZoneFile, incident: Incident) -> bool:
    """Return whether the file names a substance that is known to be another one."""
    named = dict(file.facts).get("Chemical Name", "")
    one = find_substance(named) if named else None
    other = find_substance(incident.substance, incident.cas) if incident.substance else None
    return one is not None and other is not None and one.cas != other.cas


def _middle(outlines: list[Outline]) -> LatLon:
    corners = [corner for outline in outlines for ring in outline.rings for corner in ring]
    lats = [corner.lat_deg for corner in corners]
    lons = [corner.lon_deg for corner in corners]
    return LatLon((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
