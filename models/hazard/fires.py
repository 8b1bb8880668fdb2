"""What a fire or an explosion and its domino effect say about themselves: values, no physics."""

from typing import Literal

from models.basics import LatLon, Name, Value, Wind
from models.hazard.ports import ZoneResult
from models.rules import load_rules

Verdict = Literal["may_fail", "too_short", "near", "below"]


class DominoEvent(Value, frozen=True, kw_only=True):
    """What happens at a source.

    'pool_fire': `diameter_m`, `burn_kg_m2_s`, `heat_j_kg`, `clean`, `most_w_m2`; 'jet_fire':
    `burn_kg_s`, `heat_j_kg`, `radiant_fraction`; 'fireball': `mass_kg`, `heat_j_kg`; 'blast':
    `tnt_kg`. `duration_s` is how long a pool or a jet burns; 0 when that isn't known.
    """

    kind: Literal["pool_fire", "jet_fire", "fireball", "blast"]
    diameter_m: float = 0.0
    burn_kg_m2_s: float = 0.0
    burn_kg_s: float = 0.0
    heat_j_kg: float = 45e6
    radiant_fraction: float = 0.25
    clean: bool = False
    most_w_m2: float = 265e3
    mass_kg: float = 0.0
    tnt_kg: float = 0.0
    duration_s: float = 0.0


class FireCase(Value, frozen=True, kw_only=True):
    """One fire or explosion: `how` it was made, `assumed` what was taken for granted."""

    key: str
    name: Name
    event: DominoEvent
    how: str
    assumed: tuple[str, ...] = ()
    source: str = ""
    verified: bool = False


class DominoHit(Value, frozen=True, kw_only=True):
    """What a neighbour receives; `ratio` is received over threshold, `escalates` from 1 on.

    `fails_after_s` is how long it bears that heat [s]; None where no rule gives it. `verdict`
    takes that time and the event's own into account.
    """

    key: str
    name: Name
    vessel: str
    effect: Literal["heat", "overpressure"]
    distance_m: float
    received: float
    threshold: float
    unit: str
    ratio: float
    escalates: bool
    source: str
    verified: bool
    fails_after_s: float | None = None
    failure_source: str = ""
    verdict: Verdict = "below"


class DominoTable(Value, frozen=True, kw_only=True):
    """Which neighbours receive what of one case, worst first.

    `burning`: it happens, else it is what might happen. `lasts_s` is how long it acts [s], None
    when unknown. `left_out` neighbours within 5 km are farther than those listed.
    """

    case: FireCase
    source_key: str
    source_name: Name
    position: LatLon
    burning: bool
    hits: tuple[DominoHit, ...]
    lasts_s: float | None = None
    left_out: int = 0
    wind: Wind | None = None

    @property
    def at_risk(self) -> tuple[DominoHit, ...]:
        """Those that receive their threshold or more, first those that it may break."""
        found = [hit for hit in self.hits if hit.escalates]
        return tuple(sorted(found, key=lambda hit: hit.verdict != "may_fail"))

    @property
    def may_fail(self) -> tuple[DominoHit, ...]:
        """Those that may fail: the others at risk bear what is too short for that."""
        return tuple(hit for hit in self.hits if hit.verdict == "may_fail")


def case_name(key: str) -> Name:
    """Return the name of a fire case by its key, e.g. 'jet_fire:large'; '' and '' if unknown.

    Examples
    --------
    >>> case_name("jet_fire:large").en, case_name("fireball").zh, case_name("x").en
    ('Jet fire: large hole', '沸腾液体扩展蒸气爆炸火球', '')
    """
    kind, _, size = key.partition(":")
    row = load_rules("fire_cases").get(kind)
    if not isinstance(row, dict):
        return Name()
    name = Name(**row["name"])
    rules = load_rules("release_scenarios")
    sizes = {each["key"]: each["name"] for each in rules["hole"]}
    sizes["full_bore"] = rules["full_bore"]["name"]
    sized = sizes.get(size)
    if sized is None:
        return name
    return Name(zh=f"{name.zh}（{sized['zh']}）", en=f"{name.en}: {sized['en'].lower()}")


def is_burning(result: ZoneResult) -> bool:
    """Return whether a fire's zone is of what happens, not of what might happen."""
    return any(each.name == "burning" and each.value == "yes" for each in result.inputs)


def fire_case_key(result: ZoneResult) -> str:
    """Return the key of the case that a fire's zone is of; '' for other zones."""
    return next((str(each.value) for each in result.inputs if each.name == "fire_case"), "")
