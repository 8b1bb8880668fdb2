from typing import Any, cast

import numpy as np
import pytest

from app.demo.park import Park
from app.demo.world import DemoWorld
from models.basics import Name, Phone
from models.libraries.kinds import Team
from models.operation.events.base import Draft
from models.operation.events.card import CardOpened, CardVerificationStarted
from models.operation.events.incident import IncidentOpened
from models.operation.events.operation import InjectFired, InjectPostponed
from models.operation.events.order import OrderEscalated, OrderIssued, OrderReceived
from models.operation.events.plan import TaskCreated, TaskFinished
from models.registry.kinds import Tag
from models.telemetry.ports import Quality, SampleBatch
from tests.unit.app.demo.conftest import START_US, FakeJournal, Stage

SECOND = 1_000_000


def at(seconds: float) -> int:
    return START_US + int(seconds * SECOND)


def collect(world: DemoWorld, upto_s: float, step_s: float, from_s: float = 0.0) -> SampleBatch:
    batches = []
    moment = from_s
    while moment < upto_s:
        batches.append(world.sample(at(moment)))
        moment += step_s
    batches.append(world.sample(at(upto_s)))
    columns = {
        name: np.concatenate([getattr(b, name) for b in batches])
        for name in ("tag", "source_us", "arrival_us", "value", "quality")
    }
    return SampleBatch(**columns)


def series(world: DemoWorld, batch: SampleBatch, key: str) -> tuple[Any, Any]:
    mine = batch.tag == world.tag_keys.index(key)
    return (batch.source_us[mine] - START_US) / SECOND, batch.value[mine]


def first_above(world: DemoWorld, batch: SampleBatch, key: str, value: float) -> float:
    times, values = series(world, batch, key)
    return float(times[np.argmax(values > value)]) if (values > value).any() else np.inf


def issue(stage: Stage, order_id: str, team: Team, task_id: str = "", eta_s: float = 150.0) -> None:
    payload = OrderIssued(
        incident_id="i1",
        team_key=team.key,
        team_name=team.name,
        text="go",
        phones=team.phones,
        receipt_due_us=stage.now_us + 120 * SECOND,
        feedback_due_us=stage.now_us + 900 * SECOND,
        task_id=task_id,
        eta_s=eta_s,
        staging=team.position,
        route=(cast(Any, team.position), cast(Any, team.position)),
    )
    stage.say(Draft(payload=payload, subject=order_id, actor="P-02"))


def team(park: Park, key: str) -> Team:
    return next(cast(Team, row) for row in park["teams"] if row.key == key)


def test_that_samples_are_the_same_at_any_polling_rate(park: Park) -> None:
    slow = collect(DemoWorld(park, "2026", START_US), 270, 30.0)
    fast = collect(DemoWorld(park, "2026", START_US), 270, 0.37)
    for name in ("tag", "source_us", "value", "quality"):
        assert np.array_equal(getattr(slow, name), getattr(fast, name)), name


def test_that_another_seed_gives_other_samples(park: Park) -> None:
    one = collect(DemoWorld(park, "2026", START_US), 10, 1.0)
    other = collect(DemoWorld(park, "7", START_US), 10, 1.0)
    assert not np.array_equal(one.value, other.value)


def test_that_every_tag_speaks_within_its_period(park: Park) -> None:
    world = DemoWorld(park, "2026", START_US)
    batch = collect(world, 60, 1.0)
    tags = {row.key: cast(Tag, row) for row in park["tags"]}
    counts = np.bincount(batch.tag, minlength=len(tags))
    for key, count in zip(world.tag_keys, counts, strict=True):
        assert count == pytest.approx(60 / tags[key].period_s, abs=1), key


def test_that_values_stay_within_the_range_of_their_tag(park: Park) -> None:
    world = DemoWorld(park, "2026", START_US)
    batch = collect(world, 600, 60.0)
    tags = {row.key: cast(Tag, row) for row in park["tags"]}
    low = np.array([tags[key].low for key in world.tag_keys])[batch.tag]
    high = np.array([tags[key].high for key in world.tag_keys])[batch.tag]
    assert (batch.value >= low).all()
    assert (batch.value <= high).all()


def test_that_nothing_crosses_a_limit_outside_the_script(park: Park) -> None:
    world = DemoWorld(park, "2026", START_US)
    batch = collect(world, 3600, 120.0)
    tags = {row.key: cast(Tag, row) for row in park["tags"]}
    scripted = {key for key, tag in tags.items() if tag.substance == "chlorine"} | {"GT-1201"}
    for k, key in enumerate(world.tag_keys):
        values = batch.value[batch.tag == k]
        for limit in tags[key].limits:
            crossed = values > limit.value if "H" in limit.kind else values < limit.value
            assert key in scripted or not crossed.any(), (key, limit.kind)


def test_that_the_pump_detector_reaches_level_one_at_minute_two_and_falls_back(
    park: Park,
) -> None:
    world = DemoWorld(park, "2026", START_US)
    batch = collect(world, 240, 30.0)
    times, values = series(world, batch, "GT-1201")
    above = times[values > 25]
    assert 120 <= above[0] <= 126
    assert 150 <= above[-1] <= 165
    assert values.max() < 50
    assert values[times > 180].max() < 5


def test_that_two_chlorine_detectors_reach_level_two_in_minute_four_nearest_first(
    park: Park,
) -> None:
    world = DemoWorld(park, "2026", START_US)
    batch = collect(world, 300, 30.0)
    nearest = first_above(world, batch, "GT-2031", 0.68)
    second = first_above(world, batch, "GT-2032", 0.68)
    assert 240 < nearest < second < 300
    assert first_above(world, batch, "GT-2034", 0.34) == np.inf


def test_that_the_turning_wind_moves_which_detectors_see_the_plume(park: Park) -> None:
    world = DemoWorld(park, "2026", START_US)
    batch = collect(world, 620, 30.0)
    assert 420 < first_above(world, batch, "GT-2034", 0.68) < 480
    assert 420 < first_above(world, batch, "GT-2902", 0.68) < 600
    times, values = series(world, batch, "GT-2036")
    assert values[(times > 380) & (times < 420)].mean() > values[times > 560].mean()


def test_that_a_saturated_detector_is_no_good_reading(park: Park) -> None:
    world = DemoWorld(park, "2026", START_US)
    batch = collect(world, 420, 30.0)
    mine = batch.tag == world.tag_keys.index("GT-2031")
    full = mine & (batch.value >= 10.0)
    assert full.any()
    assert (batch.quality[full] == Quality.UNCERTAIN).all()


def test_that_the_wind_turns_by_forty_degrees_and_one_mast_disagrees(park: Park) -> None:
    world = DemoWorld(park, "2026", START_US)
    batch = collect(world, 600, 30.0)
    means = {}
    for mast in ("MAST-1", "MAST-2", "MAST-3"):
        times, values = series(world, batch, f"{mast}-WD")
        means[mast] = (values[times < 420].mean(), values[times > 480].mean())
    before, after = means["MAST-1"]
    assert after - before == pytest.approx(40, abs=3)
    assert abs(means["MAST-1"][0] - means["MAST-2"][0]) < 10
    assert abs(means["MAST-1"][0] - means["MAST-3"][0]) > 35


def test_that_the_script_fires_at_its_minutes_and_the_call_rings(stage: Stage) -> None:
    stage.run_to(600)
    fired = {
        e.payload.inject_key: (e.event_time_us - START_US) / SECOND
        for e in stage.journal.events
        if isinstance(e.payload, InjectFired)
    }
    assert fired == {
        "OPEN-SILENT": 0,
        "OPEN-PUMP": 120,
        "OPEN-CHLORINE": 240,
        "OPEN-WIND": 420,
        "OPEN-CALL": 480,
    }
    rang = [e for e in stage.journal.events if e.kind == "call.rang"]
    assert len(rang) == 1
    assert "家合仓库" in cast(Any, rang[0].payload).script


def test_that_a_postponed_inject_moves_alone(stage: Stage) -> None:
    stage.run_to(60)
    stage.say(
        Draft(
            payload=InjectPostponed(inject_key="OPEN-PUMP", by_s=100),
            subject="OPEN-PUMP",
            actor="P-01",
        )
    )
    stage.run_to(500)
    fired = {
        e.subject: (e.event_time_us - START_US) / SECOND
        for e in stage.journal.events
        if e.kind == "inject.fired"
    }
    assert fired["OPEN-PUMP"] == 220
    assert fired["OPEN-CHLORINE"] == 240
    batch = collect(stage.world, 240, 10.0, from_s=100)
    assert first_above(stage.world, batch, "GT-1201", 25) >= 220


def test_that_an_inject_brought_forward_never_lies_in_the_past(stage: Stage) -> None:
    stage.run_to(60)
    payload = InjectPostponed(inject_key="OPEN-PUMP", by_s=-300)
    stage.say(Draft(payload=payload, subject="OPEN-PUMP", actor="P-01"))
    stage.run_to(62)
    fired = next(e for e in stage.journal.events if e.kind == "inject.fired" and e.seq > 1)
    assert fired.subject == "OPEN-PUMP"
    assert fired.event_time_us == at(60)


def test_that_a_fired_inject_cannot_be_postponed(stage: Stage) -> None:
    stage.run_to(130)
    stage.say(
        Draft(
            payload=InjectPostponed(inject_key="OPEN-PUMP", by_s=100),
            subject="OPEN-PUMP",
            actor="P-01",
        )
    )
    stage.run_to(400)
    assert stage.kinds("OPEN-PUMP").count("inject.fired") == 1


def test_that_the_control_room_tells_a_calibration_from_a_leak(stage: Stage) -> None:
    for card, tag, source, moment in (
        ("c1", "GT-1201", "P-120", 130),
        ("c2", "GT-2031", "V-203", 262),
    ):
        stage.run_to(moment)
        opened = CardOpened(
            first_alarm_id=f"{tag}/H",
            hazard_source_key=source,
            enterprise_key="",
            title=Name(en="x"),
            priority=1,
        )
        stage.say(Draft(payload=opened, subject=card, actor="gateway"))
        started = CardVerificationStarted(phone="1", person="p", due_us=at(moment + 60))
        stage.say(Draft(payload=started, subject=card, actor="P-02"))
    stage.run_to(280)
    answers = {
        e.payload.data["card_id"]: e.payload.data["result"]
        for e in stage.journal.events
        if isinstance(e.payload, InjectFired) and e.payload.type == "control_room_answer"
    }
    assert answers == {"c1": "calibration", "c2": "real"}


def test_that_a_dead_number_gives_no_answer_and_the_next_one_gives_one(stage: Stage) -> None:
    stage.run_to(262)
    opened = CardOpened(
        first_alarm_id="GT-2031/H",
        hazard_source_key="V-203",
        enterprise_key="",
        title=Name(en="x"),
        priority=1,
    )
    stage.say(Draft(payload=opened, subject="c1", actor="gateway"))
    for phone, person in (("1", "first"), ("2", "second")):
        started = CardVerificationStarted(phone=phone, person=person, due_us=at(322))
        stage.say(Draft(payload=started, subject="c1", actor="P-02"))
        stage.run_to(264)
    stage.run_to(300)
    answers = [
        e
        for e in stage.journal.events
        if isinstance(e.payload, InjectFired) and e.payload.type == "control_room_answer"
    ]
    assert [e.payload.data["said_by"] for e in answers] == ["second"]
    assert [e.subject for e in answers] == ["c1"]


def test_that_a_team_signs_starts_drives_arrives_and_reports(stage: Stage, park: Park) -> None:
    stage.run_to(300)
    issue(stage, "o1", team(park, "T-03"), eta_s=240.0)
    stage.run_to(1300)
    kinds = stage.kinds("o1")
    assert kinds == [
        "order.issued", "order.received", "order.started", "order.reported", "order.reported"
    ]  # fmt: skip
    received = next(e for e in stage.journal.events if e.kind == "order.received")
    assert 5 <= (received.event_time_us - at(300)) / SECOND <= 15
    moves = stage.kinds("T-03")
    assert moves.count("position.reported") >= 20
    statuses = [
        cast(Any, e.payload).status
        for e in stage.journal.events
        if e.subject == "T-03" and e.kind == "team.status_changed"
    ]
    assert statuses == ["under_way", "on_site", "ready"]


def test_that_the_nearest_team_is_silent_until_the_next_person_is_called(
    stage: Stage, park: Park
) -> None:
    stage.run_to(300)
    silent = team(park, "T-02")
    issue(stage, "o1", silent)
    stage.run_to(430)
    assert stage.kinds("o1") == ["order.issued"]
    escalated = OrderEscalated(step=1, to=silent.phones[1], receipt_due_us=at(550))
    stage.say(Draft(payload=escalated, subject="o1", actor="system"))
    stage.run_to(445)
    received = next(e for e in stage.journal.events if isinstance(e.payload, OrderReceived))
    assert received.payload.phone == silent.phones[1].number
    assert received.subject == "o1"


def test_that_a_dead_number_never_answers(stage: Stage, park: Park) -> None:
    stage.run_to(300)
    issue(stage, "o1", team(park, "T-06"))
    stage.run_to(600)
    assert stage.kinds("o1") == ["order.issued"]
    escalated = OrderEscalated(
        step=1, to=Phone(number="10000090062", person="b"), receipt_due_us=at(700)
    )
    stage.say(Draft(payload=escalated, subject="o1", actor="system"))
    stage.run_to(620)
    assert "order.received" in stage.kinds("o1")


def test_that_finishing_the_isolating_task_ends_the_leak(stage: Stage, park: Park) -> None:
    stage.run_to(400)
    opened = IncidentOpened(
        number="I-1",
        title=Name(en="x"),
        incident_kind="toxic_leak",
        place=Name(en="x"),
        hazard_source_key="V-203",
    )
    stage.say(Draft(payload=opened, subject="i1", actor="P-02"))
    created = TaskCreated(
        incident_id="i1",
        plan_key="PLAN-CL2",
        clause_key="C2",
        action=Name(en="shut"),
        deliverable=Name(),
        role="x",
        offset_s=0,
        starts_us=at(400),
        due_us=at(700),
        needs=("isolate_source",),
    )
    stage.say(Draft(payload=created, subject="t1", actor="P-02"))
    stage.run_to(600)
    stage.say(Draft(payload=TaskFinished(result="shut"), subject="t1", actor="P-02"))
    closed = collect(stage.world, 1200, 60.0, from_s=590)
    going_on = collect(DemoWorld(park, "2026", START_US), 1200, 60.0, from_s=590)
    assert series(stage.world, closed, "GT-2034")[1][-1] < 0.34
    assert series(stage.world, going_on, "GT-2034")[1][-1] > 0.68


def test_that_a_restart_in_the_middle_gives_the_same_future(stage: Stage, park: Park) -> None:
    stage.run_to(300)
    issue(stage, "o1", team(park, "T-03"))
    stage.run_to(425)
    again = DemoWorld(park, "2026", START_US)
    again.react(stage.journal.events)
    copy = Stage(again, FakeJournal(list(stage.journal.events)), stage.now_us)
    stage.run_to(1200)
    copy.run_to(1200)
    told = [(e.event_time_us, e.subject, e.payload) for e in stage.journal.events]
    assert [(e.event_time_us, e.subject, e.payload) for e in copy.journal.events] == told
    stage.world.resume(at(1190))
    again.resume(at(1190))
    assert np.array_equal(stage.world.sample(at(1200)).value, again.sample(at(1200)).value)


@pytest.mark.parametrize(
    "key", ["AMMONIA", "SPHERE", "BENZENE", "RUNAWAY", "HYDROGEN", "TANKER", "FLUORIDE"]
)
def test_that_any_scenario_runs_through_the_same_world(park: Park, key: str) -> None:
    stage = Stage(DemoWorld(park, "2026", START_US, scenario_key=key))
    stage.run_to(1000, step_s=5.0)
    fired = [e.subject for e in stage.journal.events if e.kind == "inject.fired"]
    scenario = next(cast(Any, row) for row in park["scenarios"] if row.key == key)
    assert fired == [inject.key for inject in scenario.injects if inject.at_s <= 1000]
    batch = stage.world.sample(at(1000))
    leaks = [i for i in scenario.injects if i.type == "release"]
    if leaks:
        tags = {row.key: cast(Tag, row) for row in park["tags"]}
        batch = collect(DemoWorld(park, "2026", START_US, scenario_key=key), 900, 60.0)
        limits = {
            k: tags[name].limits[0].value
            for k, name in enumerate(sorted(tags))
            if tags[name].quantity == "gas"
        }
        seen = [k for k, value in limits.items() if batch.value[batch.tag == k].max() > value]
        assert seen
