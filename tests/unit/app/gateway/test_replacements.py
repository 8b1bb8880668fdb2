"""Silent orders name the next best team; the gateway's loop never waits for the search."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from immutables import Map

from app.commands.escalation import Escalation
from app.demo.park import build_park
from app.desk import Reference
from app.dispatching import Dispatcher
from app.gateway.replacements import AHEAD_US, ForesightedEscalation, Replacements
from models.basics import LatLon, Name, Phone
from models.dispatch.ports import Route
from models.ids import SeededIds
from models.operation.events.order import OrderEscalated
from models.operation.situation import Incident, Order, Situation
from models.times import SECOND_US
from views.tools.preview_desk import FixedReference

START_US = 1_800_000_000_000_000
DUE_US = START_US + 60 * SECOND_US
PHONE = Phone(number="201", person="Li")


def silent_order(team_key: str = "T1") -> Order:
    return Order(
        id="O1",
        incident_id="I1",
        team_key=team_key,
        team_name=Name("一队", "Team 1"),
        text="go",
        phones=(PHONE,),
        called=PHONE,
        issued_us=START_US,
        receipt_due_us=DUE_US,
        feedback_due_us=DUE_US + 900 * SECOND_US,
        event_id="e1",
    )


def situation(order: Order, position: LatLon | None = None) -> Situation:
    incident = Incident(
        id="I1",
        number="I-1",
        title=Name("氯", "Chlorine"),
        incident_kind="toxic_leak",
        place=Name("罐区", "Tanks"),
        position=position,
        hazard_source_key="",
        enterprise_key="",
        substance="",
        cas="",
        wind=(),
        opened_us=START_US,
        happened_us=None,
        event_id="e0",
    )
    return Situation(
        operation_id="op", orders=Map({order.id: order}), incidents=Map({"I1": incident})
    )


class SlowFinder:
    """Answers when the test lets it."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.asked = 0
        self.fails = False

    def travel_times(self, reference: Reference) -> None:
        del reference

    def replacement(self, order: Order, situation: Situation, reference: Reference) -> Route:
        del order, situation, reference
        self.asked += 1
        self.may_answer.wait(5)
        if self.fails:
            raise ValueError("no roads")
        return Route(team_key="T2", eta_s=240.0, distance_m=3000.0, line=())


def escalated(escalation: ForesightedEscalation, at_us: int) -> list[OrderEscalated]:
    drafts = escalation.due(situation(silent_order()), FixedReference(), at_us)
    return [d.payload for d in drafts if isinstance(d.payload, OrderEscalated)]


def test_that_the_search_begins_before_the_receipt_falls_due() -> None:
    finder = SlowFinder()
    with ThreadPoolExecutor(1) as pool:
        replacements = Replacements(lambda: finder, pool)
        escalation = ForesightedEscalation(Escalation(SeededIds("s"), replacements), replacements)
        assert escalated(escalation, DUE_US - AHEAD_US - 1) == []
        assert finder.asked == 0
        assert escalated(escalation, DUE_US - AHEAD_US) == []
        finder.may_answer.set()
        pool.submit(int).result(5)
        (payload,) = escalated(escalation, DUE_US)
        assert (payload.replacement_team_key, payload.replacement_eta_s) == ("T2", 240.0)
        assert finder.asked == 1


def test_that_a_slow_search_never_delays_an_escalation() -> None:
    finder = SlowFinder()
    with ThreadPoolExecutor(1) as pool:
        replacements = Replacements(lambda: finder, pool)
        escalation = ForesightedEscalation(Escalation(SeededIds("s"), replacements), replacements)
        escalated(escalation, DUE_US - SECOND_US)
        (payload,) = escalated(escalation, DUE_US)
        assert payload.step == 1
        assert payload.replacement_team_key == ""
        finder.may_answer.set()


def test_that_a_signed_order_is_forgotten() -> None:
    finder = SlowFinder()
    finder.may_answer.set()
    with ThreadPoolExecutor(1) as pool:
        replacements = Replacements(lambda: finder, pool)
        order = silent_order()
        replacements.look_ahead(situation(order), FixedReference(), DUE_US)
        pool.submit(int).result(5)
        assert replacements(order, situation(order), FixedReference()) is not None
        replacements.look_ahead(Situation(operation_id="op"), FixedReference(), DUE_US)
        assert replacements(order, situation(order), FixedReference()) is None


@pytest.mark.expect_log("no replacement for order O1: no roads")
def test_that_a_failed_search_leaves_the_escalation_without_a_team() -> None:
    finder = SlowFinder()
    finder.fails = True
    finder.may_answer.set()
    with ThreadPoolExecutor(1) as pool:
        replacements = Replacements(lambda: finder, pool)
        replacements.look_ahead(situation(silent_order()), FixedReference(), DUE_US)
        pool.submit(int).result(5)
        assert replacements(silent_order(), situation(silent_order()), FixedReference()) is None


def test_that_the_park_has_a_next_best_team_with_its_time(tmp_path: Path) -> None:
    rows = build_park("muster", START_US)
    reference = FixedReference({kind: {r.key: r for r in each} for kind, each in rows.items()})
    team = next(t for t in reference.all("teams").values() if t.position is not None)
    place = next(s for s in reference.all("hazard-sources").values() if s.position is not None)
    order = silent_order(team.key)
    now = situation(order, place.position)
    with ThreadPoolExecutor(1) as pool:
        replacements = Replacements(lambda: Dispatcher(tmp_path), pool)
        replacements.warm(reference).result(30)
        replacements.look_ahead(now, reference, DUE_US)
        pool.submit(int).result(30)
        route = replacements(order, now, reference)
    assert route is not None
    assert route.team_key != team.key
    assert route.eta_s is not None
    assert 0 < route.eta_s < 3600
