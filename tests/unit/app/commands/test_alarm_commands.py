from dataclasses import replace as replace_command
from dataclasses import replace as replace_context

import pytest
from msgspec.structs import replace

from app.commands import CommandRefusedError, handle
from app.commands.alarm import AcknowledgeAlarms, ResetAlarms, SilenceAlarms
from app.commands.alarm_holds import (
    ReturnToService,
    SetPlantState,
    ShelveAlarm,
    TakeOutOfService,
    UnshelveAlarm,
)
from models.basics import Name
from models.operation.events.alarm import (
    AlarmAcknowledged,
    AlarmReset,
    AlarmReturnedToService,
    AlarmShelved,
    AlarmsSilenced,
    PlantStateSet,
)
from models.operation.situation import Hold, ShiftOnDuty
from models.registry.kinds import Person, Shift
from tests.unit.app.commands.conftest import SmallReference


def test_that_acknowledging_names_the_occurrence_it_saw(context_for, situation):
    drafts = handle(AcknowledgeAlarms(alarm_ids=("GT-1/HH",)), context_for(situation))
    assert [type(d.payload) for d in drafts] == [AlarmAcknowledged]
    assert drafts[0].caused_by == "e-alarm"
    assert drafts[0].actor == "Wang Jianguo@desk-1"


def test_that_acknowledging_nothing_is_refused(context_for, situation):
    with pytest.raises(CommandRefusedError, match="nothing_to_acknowledge"):
        handle(AcknowledgeAlarms(alarm_ids=("GT-9/HH",)), context_for(situation))


def test_that_silence_names_only_known_alarms_and_acknowledges_none(context_for, situation):
    (draft,) = handle(SilenceAlarms(alarm_ids=("GT-1/HH", "nope")), context_for(situation))
    assert draft.payload == AlarmsSilenced(alarm_ids=("GT-1/HH",))


def test_that_silence_without_a_sounding_alarm_is_refused(context_for, situation):
    with pytest.raises(CommandRefusedError, match="nothing_sounds"):
        handle(SilenceAlarms(alarm_ids=("nope",)), context_for(situation))


def test_that_shelving_toxic_level_two_needs_the_duty_leader(context_for, situation):
    command = ShelveAlarm(alarm_id="GT-1/HH", reason="calibration", minutes=30)
    with pytest.raises(CommandRefusedError, match="duty_leader_needed"):
        handle(command, context_for(situation, role="officer"))
    (draft,) = handle(command, context_for(situation, role="duty_leader"))
    assert isinstance(draft.payload, AlarmShelved)


@pytest.mark.parametrize(("name", "allowed"), [
    ("Li Fang", True), ("李芳", True), ("Zhao Lei", True), ("Chen Yu", True),
    ("Wang Jianguo", False), ("Sun Min", False), ("anybody", False),
])  # fmt: skip
def test_that_only_another_who_leads_allows_it(context_for, situation, name, allowed):
    people = {
        "P1": Person(key="P1", name=Name("李芳", "Li Fang"), role="duty_leader"),
        "P2": Person(key="P2", name=Name(en="Sun Min"), role="officer"),
        "P3": Person(key="P3", name=Name(en="Wang Jianguo"), role="duty_leader"),
    }
    rows = {
        "people": people,
        "shifts": {"A": Shift(key="A", name=Name(en="A"), leader="Zhao Lei")},
    }
    holder = ShiftOnDuty(person="Chen Yu", role="duty_leader", shift="B", since_us=1)
    context = context_for(situation.with_(shift=holder), role="officer")
    context = replace_context(context, reference=SmallReference(rows))
    command = ShelveAlarm(alarm_id="GT-1/HH", reason="x", minutes=5, approved_by=name)
    if allowed:
        (draft,) = handle(command, context)
        assert draft.payload.approved_by == ("P1" if name in {"Li Fang", "李芳"} else name)
    else:
        with pytest.raises(CommandRefusedError, match="no_such_leader"):
            handle(command, context)


@pytest.mark.parametrize("said", ["Wang Jianguo", "王建国", "P3", "WANG JIANGUO"])
def test_that_nobody_allows_it_to_oneself_under_another_name(context_for, situation, said):
    people = {"P3": Person(key="P3", name=Name("王建国", "Wang Jianguo"), role="duty_leader")}
    context = replace_context(
        context_for(situation, role="officer"),
        actor="wang jianguo@desk-1",
        reference=SmallReference({"people": people}),
    )
    command = ShelveAlarm(alarm_id="GT-1/HH", reason="x", minutes=5, approved_by=said)
    with pytest.raises(CommandRefusedError, match="no_such_leader"):
        handle(command, context)


def test_that_a_name_of_blanks_is_no_name(context_for, situation):
    command = ShelveAlarm(alarm_id="GT-1/HH", reason="x", minutes=5, approved_by="  ")
    with pytest.raises(CommandRefusedError, match="duty_leader_needed"):
        handle(command, context_for(situation, role="officer"))


@pytest.mark.parametrize("minutes", [0, 61])
def test_that_a_safety_alarm_is_shelved_for_an_hour_at_most(context_for, situation, minutes):
    command = ShelveAlarm(alarm_id="GT-1/HH", reason="x", minutes=minutes)
    with pytest.raises(CommandRefusedError, match="shelving_too_long"):
        handle(command, context_for(situation, role="duty_leader"))


def test_that_shelving_asks_for_a_reason(context_for, situation):
    command = ShelveAlarm(alarm_id="GT-1/HH", reason=" ", minutes=5)
    with pytest.raises(CommandRefusedError, match="reason_missing"):
        handle(command, context_for(situation, role="duty_leader"))


def test_that_an_unknown_or_unshelved_alarm_cannot_be_unshelved(context_for, situation):
    with pytest.raises(CommandRefusedError, match="unknown_alarm"):
        handle(UnshelveAlarm(alarm_id="x", reason="r"), context_for(situation))
    with pytest.raises(CommandRefusedError, match="not_shelved"):
        handle(UnshelveAlarm(alarm_id="GT-1/HH", reason="r"), context_for(situation))


def _held(situation, state):
    hold = Hold(state=state, reason="r", by="x", since_us=0)
    alarm = replace(situation.alarms["GT-1/HH"], holds=(hold,))
    return situation.with_(alarms=situation.alarms.set("GT-1/HH", alarm))


HOLDS = [
    ShelveAlarm(alarm_id="GT-1/HH", reason="calibration", minutes=30),
    TakeOutOfService(alarm_id="GT-1/HH", reason="calibration", minutes=30),
]


@pytest.fixture
def roster(context_for, situation):
    """A context for an officer, with a shift that runs now and one that is over."""

    def build(person="P9"):
        context = context_for(situation.with_(shift=None), role="officer")
        now = context.now_us
        people = {
            key: Person(key=key, name=Name(zh, en), role=role)
            for key, zh, en, role in (
                ("P1", "李芳", "Li Fang", "duty_leader"),
                ("P2", "李敏", "Li Min", "officer"),
                ("P3", "陈晓", "Chen Xiao", "duty_leader"),
                ("P9", "郑岚", "Zheng Lan", "duty_leader"),
            )
        }
        shifts = {
            "A": Shift(key="A", name=Name(en="A"), leader="P1", officers=("P2",),
                       starts_us=now - 1, ends_us=now + 1),
            "B": Shift(key="B", name=Name(en="B"), leader="P3", starts_us=now - 9, ends_us=now),
        }  # fmt: skip
        reference = SmallReference({"people": people, "shifts": shifts})
        watch = ShiftOnDuty(person=person, role="duty_leader", shift="A", since_us=0)
        return replace_context(
            context, reference=reference, situation=context.situation.with_(shift=watch)
        )

    return build


@pytest.mark.parametrize("command", HOLDS, ids=["shelve", "service"])
@pytest.mark.parametrize("said", ["P1", "李芳", "Li Fang", " Zheng Lan ", "Chen Xiao"])
def test_that_another_leader_may_allow_it(roster, command, said):
    (draft,) = handle(replace_command(command, approved_by=said), roster())
    assert draft.payload.approved_by in {"P1", "P3", "P9"}
    assert draft.payload.until_us == roster().now_us + 30 * 60_000_000


@pytest.mark.parametrize("command", HOLDS, ids=["shelve", "service"])
@pytest.mark.parametrize("said", ["Li Min", "the boss", "P4"])
def test_that_nobody_else_may_allow_it(roster, command, said):
    with pytest.raises(CommandRefusedError, match="no_such_leader"):
        handle(replace_command(command, approved_by=said), roster())


@pytest.mark.parametrize("command", HOLDS, ids=["shelve", "service"])
def test_that_what_may_kill_is_held_for_an_hour_at_most(roster, command):
    long = replace_command(command, approved_by="P1", minutes=61)
    with pytest.raises(CommandRefusedError, match="shelving_too_long"):
        handle(long, roster())
    with pytest.raises(CommandRefusedError, match="duty_leader_needed"):
        handle(command, roster())


def test_that_an_alarm_held_before_it_rose_is_protected_by_its_tag(context_for, situation):
    unknown = replace(situation.alarms["GT-1/HH"], safety="")
    quiet = situation.with_(alarms=situation.alarms.set("GT-1/HH", unknown))
    with pytest.raises(CommandRefusedError, match="duty_leader_needed"):
        handle(HOLDS[0], context_for(quiet, role="officer"))


@pytest.mark.parametrize("command", HOLDS, ids=["shelve", "service"])
def test_that_what_kills_nobody_needs_no_leader(context_for, situation, command):
    mild = replace(situation.alarms["GT-1/HH"], safety="process")
    quiet = situation.with_(alarms=situation.alarms.set("GT-1/HH", mild))
    (draft,) = handle(command, context_for(quiet, role="officer"))
    assert draft.payload.approved_by == ""


def test_that_an_alarm_returns_to_service_once(context_for, situation):
    command = ReturnToService(alarm_id="GT-1/HH")
    (draft,) = handle(command, context_for(_held(situation, "out_of_service")))
    assert draft.payload == AlarmReturnedToService()
    with pytest.raises(CommandRefusedError, match="in_service"):
        handle(command, context_for(situation))


def test_that_a_shelved_alarm_comes_off_the_shelf(context_for, situation):
    command = UnshelveAlarm(alarm_id="GT-1/HH", reason="done")
    assert handle(command, context_for(_held(situation, "shelved")))


def test_that_only_a_latched_alarm_is_reset(context_for, situation):
    command = ResetAlarms(alarm_ids=("GT-1/HH",))
    with pytest.raises(CommandRefusedError, match="nothing_to_reset"):
        handle(command, context_for(situation))
    alarm = replace(situation.alarms["GT-1/HH"], latched=True)
    latched = situation.with_(alarms=situation.alarms.set("GT-1/HH", alarm))
    (draft,) = handle(command, context_for(latched))
    assert (draft.payload, draft.caused_by) == (AlarmReset(), "e-alarm")


def test_that_a_unit_state_needs_a_unit_and_a_reason(context_for, situation):
    context = context_for(situation)
    (draft,) = handle(SetPlantState("HS1", "shutdown", "overhaul"), context)
    assert (draft.subject, draft.payload) == (
        "HS1",
        PlantStateSet(state="shutdown", reason="overhaul"),
    )
    with pytest.raises(CommandRefusedError, match="unknown_unit"):
        handle(SetPlantState("HS9", "shutdown", "overhaul"), context)
    with pytest.raises(CommandRefusedError, match="reason_missing"):
        handle(SetPlantState("HS1", "shutdown", " "), context)
