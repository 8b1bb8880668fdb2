"""An alarm's guidance is that of the nearest who gives any; the plan is the one that would run."""

import pytest

from app.guidance import Guidance, guidance_among, guidance_of, plan_for_alarm
from models.basics import Name
from models.libraries.kinds import Plan
from models.operation.situation import Alarm
from models.registry.kinds import Enterprise, HazardSource, Limit, Tag

SAYS = {level: Name(en=level) for level in ("limit", "hazard_source", "enterprise")}


class _Reference:
    def __init__(self, *rows):
        self._rows = {(row.KIND, row.key): row for row in rows}

    def get(self, kind, key):
        return self._rows.get((kind, key))

    def all(self, kind):
        return {key: row for (found, key), row in self._rows.items() if found == kind}


def _rows(*levels):
    limits = (
        Limit(kind="L", value=0.0, priority=1),
        Limit(
            kind="H", value=1.0, priority=2, guidance=SAYS["limit"] if "limit" in levels else Name()
        ),
    )
    yield Tag(key="T", name=Name(en="t"), limits=limits)
    own = SAYS["hazard_source"] if "hazard_source" in levels else Name()
    yield HazardSource(key="S", name=Name(en="s"), guidance=own, substance="chlorine")
    own = SAYS["enterprise"] if "enterprise" in levels else Name()
    yield Enterprise(key="E", name=Name(en="e"), guidance=own)


def _alarm(limit="H", priority=2, **more):
    fields = {"tag_key": "T", "hazard_source_key": "S", "enterprise_key": "E", "safety": "toxic"}
    return Alarm(
        id=f"T/{limit}", limit=limit, state="unacknowledged", priority=priority, value=1.0,
        limit_value=1.0, unit="", raised_us=1, event_id="e", **(fields | more),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "by"),
    [
        (("limit", "hazard_source", "enterprise"), "limit"),
        (("hazard_source", "enterprise"), "hazard_source"),
        (("enterprise",), "enterprise"),
    ],
)
def test_that_guidance_is_inherited(levels, by):
    assert guidance_of(_Reference(*_rows(*levels)), _alarm()) == Guidance(SAYS[by], by)


def test_that_nobody_s_guidance_is_none():
    assert guidance_of(_Reference(*_rows()), _alarm()) == Guidance()
    assert guidance_of(_Reference(), _alarm()) == Guidance()
    assert guidance_among(_Reference(*_rows()), [_alarm()]) == Guidance()


def test_that_the_gravest_alarm_that_has_guidance_gives_it():
    reference = _Reference(*_rows("limit"))
    assert guidance_among(reference, [_alarm(), _alarm("L", 1)]).given_by == "limit"
    reference = _Reference(*_rows("limit", "enterprise"))
    assert guidance_among(reference, [_alarm(), _alarm("L", 1)]).given_by == "enterprise"


def test_that_the_plan_is_the_best_match_of_the_source():
    named = Plan(key="P1", name=Name(en="source"), hazard_source_keys=("S",))
    general = Plan(key="P2", name=Name(en="all"), enterprise_keys=("E",), expires_us=5)
    reference = _Reference(*_rows(), named, general)
    found = plan_for_alarm(reference, _alarm(), "S", "E", 10)
    assert found is not None
    assert found.plan == named
    found = plan_for_alarm(reference, None, "", "E", 10)
    assert found is not None
    assert (found.plan, found.expired) == (general, True)
    assert plan_for_alarm(reference, None, "", "", 10) is None
