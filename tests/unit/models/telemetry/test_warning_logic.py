import numpy as np

from models.basics import Name
from models.libraries.kinds import Signature
from models.operation.events.early_warning import EarlyWarningRaised, TagCause
from models.registry.kinds import HazardSource
from models.telemetry.source_model import Training, train
from models.telemetry.warning_logic import Readings, WarningLogic, is_measured, source_tags
from tests.unit.models.telemetry.build import SECOND, START, Record, tag

SOURCES = {"V-1": HazardSource(key="V-1", name=Name(en="Tank"), enterprise_key="E")}
TAGS = (
    tag("LI-1", ("H", 80.0), hazard_source_key="V-1", unit="%"),
    tag("PI-1", hazard_source_key="V-1", unit="bar"),
    tag("XV-1", ("STATE", 1.0), hazard_source_key="V-1"),
)


def _calm(rows, seed=0):
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 1, rows)
    return np.column_stack(
        [50 + level, 8 + 0.2 * level + rng.normal(0, 0.03, rows), np.zeros(rows)]
    )


class _Plant:
    """Feeds a row a second and keeps the record."""

    def __init__(self, tags=TAGS, mine=None):
        self.record = Record()
        self.now_us = START
        self.tags, self.mine = tags, mine
        self.begin()

    def begin(self):
        self.logic = WarningLogic(self.tags, SOURCES, self.record.situation, self.now_us, self.mine)

    def train(self, version=1):
        rows = _calm(900)[:, :2]
        at_us = START - np.arange(900, 0, -1) * SECOND
        model = train(Training(("LI-1", "PI-1"), at_us, rows), SECOND, version, 400)
        self.logic.use_model("V-1", model)

    def feed(self, rows, quality=0):
        told = []
        for row in rows:
            self.now_us += SECOND
            n = len(row)
            readings = Readings(
                np.array(row), np.full(n, self.now_us), np.full(n, quality, np.uint8)
            )
            drafts = self.logic.step(readings, self.now_us)
            self.record.store(drafts)
            told += [(d.payload.KIND, d.subject) for d in drafts]
        return told

    @property
    def warnings(self):
        return self.record.situation.early_warnings


def test_that_measurements_are_judged_and_states_are_not():
    assert [is_measured(each) for each in TAGS] == [True, True, False]
    found = source_tags(TAGS, SOURCES)["V-1"]
    assert (found.places, found.period_us) == ((0, 1), SECOND)
    slow = [tag("A", hazard_source_key="V-1", period_s=30.0), tag("B", hazard_source_key="else")]
    assert source_tags(slow, SOURCES)["V-1"].period_us == 30 * SECOND


def test_that_a_source_belongs_to_whose_its_first_tag_is():
    assert source_tags(TAGS, SOURCES, [False, True, True]) == {}
    assert source_tags(TAGS, SOURCES, [True, False, False]).keys() == {"V-1"}


def test_that_a_departure_from_the_normal_course_is_raised_explained_and_cleared():
    plant = _Plant()
    plant.train(version=4)
    assert plant.feed(_calm(100, seed=3)) == []
    fault = _calm(120, seed=4)
    fault[:, 1] += 1.2
    began_us = plant.now_us
    assert plant.feed(fault) == [("early_warning.raised", "course/V-1")]
    said = plant.warnings["course/V-1"].what
    assert (said.kind, said.hazard_source_key, said.enterprise_key) == ("course", "V-1", "E")
    assert "PI-1" in {cause.tag_key for cause in said.tags}
    [cause] = [cause for cause in said.tags if cause.tag_key == "PI-1"]
    assert cause.value > cause.normal
    assert (cause.unit, cause.score > 0) == ("bar", True)
    assert began_us <= said.since_us <= began_us + 10 * SECOND
    assert (said.compared.version, said.compared.rows) == (4, 900)
    assert plant.feed(_calm(400, seed=5)) == [("early_warning.cleared", "course/V-1")]
    assert plant.warnings["course/V-1"].cleared_us is not None


def test_that_hours_of_normal_values_raise_hardly_anything():
    plant = _Plant()
    plant.train()
    told = plant.feed(_calm(7200, seed=6))
    assert len(told) <= 2


def test_that_a_tag_heading_for_its_limit_tells_when_and_tells_again_when_that_changed():
    plant = _Plant()
    rows = _calm(1600, seed=7)
    rows[:, 0] = 50 + 0.2 * np.random.default_rng(8).normal(size=1600)
    rows[800:, 0] += 0.02 * np.arange(800)
    rows[1200:, 0] += 0.06 * np.arange(400)
    plant.feed(rows[:800])
    assert not plant.warnings
    told = plant.feed(rows[800:1200])
    assert told[0] == ("early_warning.raised", "trend/LI-1")
    first = plant.warnings["trend/LI-1"]
    assert plant.feed(rows[1200:1500])[-1] == ("early_warning.raised", "trend/LI-1")
    later = plant.warnings["trend/LI-1"]
    assert later.raised_us == first.raised_us
    assert later.told_us > first.told_us
    ahead = later.what.ahead
    assert (ahead.limit, ahead.value, ahead.confidence) == ("H", 80.0, 0.9)
    assert ahead.earliest_us < ahead.reached_us < ahead.latest_us
    assert ahead.reached_us < first.what.ahead.reached_us
    assert len(told) <= 4
    assert later.what.tags[0].value > later.what.tags[0].normal
    flat = rows[1400:1401].repeat(400, axis=0)
    flat[:, 0] += 0.2 * np.random.default_rng(9).normal(size=400)
    assert plant.feed(flat)[-1] == ("early_warning.cleared", "trend/LI-1")


def test_that_a_restarted_logic_clears_what_is_over():
    plant = _Plant()
    plant.train()
    fault = _calm(60, seed=4)
    fault[:, 1] += 1.2
    plant.feed(fault[:0])
    plant.feed(_calm(20, seed=3))
    assert plant.feed(fault) == [("early_warning.raised", "course/V-1")]
    plant.begin()
    plant.train()
    assert plant.feed(_calm(200, seed=5)) == [("early_warning.cleared", "course/V-1")]


def test_that_bad_values_and_foreign_tags_are_not_judged():
    plant = _Plant(mine=[False, False, False])
    assert plant.logic.sources == {}
    assert plant.feed(_calm(10)) == []
    bad = _Plant()
    bad.train()
    fault = _calm(100, seed=4)
    fault[:, 1] += 1.2
    assert bad.feed(fault, quality=2) == []
    assert bad.logic.rows_heard == {"V-1": 0}


def test_that_what_another_gateway_raised_is_left_to_it():
    cause = TagCause(tag_key="LI-1", value=1.0, normal=0.0, score=5.0, since_us=START)
    for mine, cleared in (([False, True, True], 0), ([True, True, True], 2)):
        plant = _Plant()
        for kind in ("trend", "course"):
            raised = EarlyWarningRaised(
                kind=kind, by="x", hazard_source_key="V-1", since_us=START, tags=(cause,)
            )
            plant.record.add(f"{kind}/x", raised)
        plant.mine = mine
        plant.begin()
        assert len(plant.feed(_calm(130))) == cleared


def test_that_a_course_of_tags_that_are_gone_is_not_used():
    plant = _Plant(tags=TAGS[:1])
    plant.train()
    assert not plant.logic.has_model("V-1")


def test_that_after_a_silence_a_course_begins_at_what_it_finds():
    plant = _Plant()
    plant.train()
    plant.feed(_calm(50, seed=3))
    plant.now_us += 3600 * SECOND
    moved = _calm(200, seed=5)
    moved[:, 0] += 1.0
    moved[:, 1] += 0.2
    assert plant.feed(moved) == []


def test_that_a_long_warning_keeps_its_beginning():
    plant = _Plant()
    plant.train()
    plant.feed(_calm(30, seed=3))
    fault = np.tile(_calm(500, seed=4), (16, 1))
    fault[:, 1] += 1.2
    assert plant.feed(fault) == [("early_warning.raised", "course/V-1")]
    assert plant.warnings["course/V-1"].cleared_us is None


def test_that_a_signature_that_matches_is_told_with_its_tags_and_is_over_after_a_minute():
    plant = _Plant()
    wrong = Signature(key="S-2", name=Name(en="?"), pattern="LI-1 dances")
    right = Signature(
        key="S-1", name=Name(en="Overfill"), pattern="LI-1 rises 2 and XV-1 below 0.5",
        explanation=Name(en="The level rises while the outlet is shut"),
    )  # fmt: skip
    assert plant.logic.use_signatures([right, wrong]).keys() == {"S-2"}
    rows = np.column_stack([50 + 0.02 * np.arange(400), np.full(400, 8.0), np.zeros(400)])
    assert plant.feed(rows) == [("early_warning.raised", "signature/S-1")]
    said = plant.warnings["signature/S-1"].what
    assert [cause.tag_key for cause in said.tags] == ["LI-1", "XV-1"]
    rows[:, 2] = 1.0
    told = plant.feed(rows[300:])
    assert told[-1] == ("early_warning.cleared", "signature/S-1")


def test_that_a_signature_taken_up_from_the_record_is_cleared_when_it_no_longer_matches():
    plant = _Plant()
    raised = EarlyWarningRaised(
        kind="signature", by="x", hazard_source_key="V-1", since_us=START, tags=()
    )
    plant.record.add("signature/x", raised)
    plant.begin()
    assert plant.feed(_calm(100)) == [("early_warning.cleared", "signature/x")]


RAISED, CLEARED = (f"early_warning.{what}" for what in ("raised", "cleared"))
TREND = "trend/LI-1"


def _levels(*parts):
    """Return rows of a level that rises by so much a row, in parts of (rows, slope)."""
    rises = np.concatenate([np.full(rows, slope) for rows, slope in parts])
    rows = _calm(rises.size, seed=7)
    rows[:, 0] = 30 + np.cumsum(rises) + 0.2 * np.random.default_rng(8).normal(size=rises.size)
    return rows


def _heading(*then):
    """Return a plant whose level is heading for its limit, and the rows that follow."""
    plant, rows = _Plant(), _levels((800, 0.0), (400, 0.02), *then)
    assert plant.feed(rows[:1200])[-1] == (RAISED, TREND)
    return plant, rows[1200:]


def test_that_a_restart_does_not_end_a_trend_that_goes_on():
    plant, rows = _heading((700, 0.02))
    plant.begin()
    told = plant.feed(rows)
    assert CLEARED not in dict(told)
    assert plant.warnings[TREND].cleared_us is None


def test_that_a_restart_tells_again_when_the_time_changed_and_ends_what_is_over():
    plant, rows = _heading((300, 0.08), (300, 0.0))
    before = plant.warnings[TREND].what.ahead.reached_us
    plant.begin()
    assert plant.feed(rows[:300])[-1] == (RAISED, TREND)
    assert plant.warnings[TREND].what.ahead.reached_us < before
    assert plant.feed(rows[300:])[-1] == (CLEARED, TREND)


def test_that_a_trend_whose_tag_nobody_reads_is_not_over_but_one_that_turned_is():
    plant, rows = _heading((600, 0.02), (400, 0.0))
    assert plant.feed(rows[:600], quality=2) == []
    assert plant.feed(rows[600:]) == [(CLEARED, TREND)]


def test_that_a_trend_of_a_tag_that_is_gone_is_over():
    plant, rows = _heading((200, 0.02))
    plant.tags = TAGS[1:]
    plant.begin()
    assert plant.feed(rows[:, 1:]) == [(CLEARED, TREND)]
