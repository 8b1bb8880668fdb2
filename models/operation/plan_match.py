"""Which plan matches an incident, and what is to be said about it."""

from collections.abc import Iterable

from models.basics import Value
from models.libraries.kinds import Plan


class PlanMatch(Value, frozen=True, kw_only=True):
    """A plan and how well it fits; `reasons` name what matched, `expired` only warns."""

    plan: Plan
    score: int
    reasons: tuple[str, ...]
    expired: bool


def match_plans(
    plans: Iterable[Plan],
    *,
    hazard_source_key: str,
    enterprise_key: str,
    substance: str,
    cas: str,
    incident_kind: str,
    now_us: int,
) -> tuple[PlanMatch, ...]:
    """Return the plans that fit, best first.

    The most specific ground counts most: the hazard source itself (8), its substance (4), its
    enterprise (2), the kind of incident (1). A plan that names sources, substances, enterprises
    or kinds and none of ours in a group it names loses that group; a plan without any match is
    left out. At equal score a valid plan stands before an expired one, then the key decides.
    """
    matches = []
    for plan in plans:
        grounds = (
            (8, "hazard_source", hazard_source_key in plan.hazard_source_keys),
            (4, "substance", bool({substance, cas} - {""} & set(plan.substances))),
            (2, "enterprise", enterprise_key in plan.enterprise_keys),
            (1, "incident_kind", incident_kind in plan.incident_kinds),
        )
        score = sum(weight for weight, _, met in grounds if met)
        if score == 0 or _excluded(plan, hazard_source_key, substance, cas):
            continue
        matches.append(
            PlanMatch(
                plan=plan,
                score=score,
                reasons=tuple(name for _, name, met in grounds if met),
                expired=plan.expires_us is not None and plan.expires_us <= now_us,
            )
        )
    return tuple(sorted(matches, key=lambda m: (-m.score, m.expired, m.plan.key)))


def _excluded(plan: Plan, hazard_source_key: str, substance: str, cas: str) -> bool:
    """Return whether the plan is written for other sources or other substances only."""
    other_source = (
        bool(plan.hazard_source_keys) and hazard_source_key not in plan.hazard_source_keys
    )
    known = {substance, cas} - {""}
    other_substance = bool(plan.substances) and bool(known) and not known & set(plan.substances)
    return other_source or other_substance
