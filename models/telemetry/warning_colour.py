"""The four-colour warning of a hazard source, and what made it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from models.operation.events.warning import Colour
from models.operation.situation import Situation
from models.registry.kinds import HazardSource, Permit
from models.rules import load_rules
from models.telemetry.alarm_safety import is_protected

COLOURS: tuple[Colour, ...] = ("red", "orange", "yellow", "blue")
BYPASS = "interlock_bypass"
"""Quantity of a tag whose standing alarm says that an interlock is bypassed."""
_HELD = frozenset({"shelved", "suppressed", "out_of_service"})


class Reason(NamedTuple):
    """What adds to a score: a row of `[points]`, how many items, the points they give."""

    what: str
    items: int
    points: float


class Warned(NamedTuple):
    """Colour, score (0 … 100) and reasons, the heaviest first.

    `least` names the rule that made the colour worse than the score; empty when none did.
    """

    key: str
    colour: Colour
    score: float
    reasons: tuple[Reason, ...]
    least: str = ""


def warn_source(
    key: str, grade: str, items: Mapping[str, int], *, life_safety: bool = False
) -> Warned:
    """Return the warning of one hazard source.

    Parameters
    ----------
    key, grade : str
        Its key and its grade by GB 18218, empty when it has none.
    items : mapping
        Row of `[points]` in `resources/rules/warning_colours.toml` → how many, ≥ 0; a row that
        isn't there raises KeyError.
    life_safety : bool
        Whether an alarm stands that may kill.

    Examples
    --------
    >>> warn_source("V-1", "一级", {"alarm_2": 1, "special_work": 1}).colour
    'yellow'
    >>> warn_source("V-1", "", {}, life_safety=True).colour
    'red'
    """
    rules = load_rules("warning_colours")
    reasons = []
    for what, count in items.items():
        each, most = rules["points"][what]
        if count > 0:
            reasons.append(Reason(what, count, float(min(each * count, most))))
    reasons.sort(key=lambda reason: (-reason.points, reason.what))
    factor = rules["grade"].get(grade, 1.0)
    score = min(100.0, factor * sum(reason.points for reason in reasons))
    colour: Colour = next((c for c in COLOURS[:-1] if score >= rules["colours"][c]), "blue")
    least = ""
    for name, holds in (("life_safety", life_safety), ("priority_1", items.get("alarm_1", 0) > 0)):
        floor: Colour = rules["least"][name]
        if holds and COLOURS.index(floor) < COLOURS.index(colour):
            colour, least = floor, name
    return Warned(key, colour, score, tuple(reasons), least)


def in_force(permit: Permit, at_us: int) -> bool:
    """Return whether a permit is in force at a moment [µs UTC]."""
    return permit.valid_from_us <= at_us <= permit.valid_to_us


def warnings_of(
    situation: Situation,
    sources: Iterable[HazardSource],
    permits: Iterable[Permit] = (),
    more: Mapping[str, Mapping[str, int]] | None = None,
    *,
    source_of_tag: Mapping[str, str] | None = None,
    bypass_tags: Collection[str] = (),
    at_us: int | None = None,
) -> dict[str, Warned]:
    """Return the warnings of hazard sources by key, as the situation stands.

    Parameters
    ----------
    situation : Situation
        Alarms, early warnings and stale tags.
    sources, permits : iterables
        Rows of these kinds.
    more : mapping, optional
        Hazard source → items that other parts of the program know: `bypassed_interlock`,
        `hidden_danger`.
    source_of_tag : mapping, optional
        Tag → hazard source, to place stale tags.
    bypass_tags : collection of str
        Tags whose standing alarm is a bypassed interlock, counted as that alone.
    at_us : int, optional
        The moment at which permits are looked at [µs UTC]; the recorded time without it.
    """
    rows = {source.key: source for source in sources}
    items: dict[str, Counter[str]] = {key: Counter((more or {}).get(key, {})) for key in rows}
    kills = set()
    for alarm in situation.alarms.values():
        if alarm.hazard_source_key not in items:
            continue
        found = items[alarm.hazard_source_key]
        found["disabled"] += alarm.state in _HELD
        if alarm.returned_us is None and alarm.occurrences > 0:
            bypass = alarm.tag_key in bypass_tags
            found["bypassed_interlock" if bypass else f"alarm_{alarm.priority}"] += 1
            if is_protected(alarm.safety, alarm.limit):
                kills.add(alarm.hazard_source_key)
    moment_us = situation.recorded_us if at_us is None else at_us
    for warning in situation.early_warnings.values():
        if warning.cleared_us is None and warning.what.hazard_source_key in items:
            items[warning.what.hazard_source_key]["warning"] += 1
    for permit in permits:
        if in_force(permit, moment_us) and permit.hazard_source_key in items:
            items[permit.hazard_source_key]["special_work"] += 1
    places = source_of_tag or {}
    for tag_key in situation.stale_tags:
        if places.get(tag_key) in items:
            items[places[tag_key]]["stale"] += 1
    return {
        key: warn_source(key, source.grade, items[key], life_safety=key in kills)
        for key, source in rows.items()
    }
