from models.basics import Name
from models.libraries.kinds import Plan
from models.operation.plan_match import match_plans

ASKED = {
    "hazard_source_key": "HS1", "enterprise_key": "E1", "substance": "chlorine",
    "cas": "7782-50-5", "incident_kind": "toxic_leak", "now_us": 100,
}  # fmt: skip


def _plan(key, **fields):
    return Plan(key=key, name=Name(en=key), **fields)


def test_that_the_plan_of_the_source_itself_stands_first():
    plans = [
        _plan("kind", incident_kinds=("toxic_leak",)),
        _plan("substance", substances=("7782-50-5",)),
        _plan("source", hazard_source_keys=("HS1",)),
        _plan("enterprise", enterprise_keys=("E1",)),
    ]
    found = [match.plan.key for match in match_plans(plans, **ASKED)]
    assert found == ["source", "substance", "enterprise", "kind"]


def test_that_a_plan_for_another_substance_or_source_does_not_fit():
    plans = [
        _plan("ammonia", substances=("7664-41-7",), incident_kinds=("toxic_leak",)),
        _plan("other", hazard_source_keys=("HS2",), incident_kinds=("toxic_leak",)),
    ]
    assert match_plans(plans, **ASKED) == ()


def test_that_an_expired_plan_warns_and_stands_behind_a_valid_equal():
    plans = [
        _plan("a-old", incident_kinds=("toxic_leak",), expires_us=100),
        _plan("b-new", incident_kinds=("toxic_leak",), expires_us=101),
    ]
    matches = match_plans(plans, **ASKED)
    assert [(m.plan.key, m.expired) for m in matches] == [("b-new", False), ("a-old", True)]
