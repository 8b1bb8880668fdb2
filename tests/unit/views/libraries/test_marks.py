import pytest
from immutables import Map

from models.basics import Name, Phone
from models.libraries.kinds import Depot, Plan, Stock, Team
from models.operation.situation import Situation
from models.registry.kinds import Camera, Enterprise, Permit, Receptor
from models.times import DAY_US, MINUTE_US
from views.libraries.marks import Mark, mark_of

NOW_US = 1_800_000_000_000_000
EMPTY = Situation(operation_id="o")
NAME = Name("甲", "A")


def code(mark: Mark | None) -> str:
    return mark.code if mark else ""


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, "expired"), (0, "expired"), (30, "expires_soon"), (31, "")]
)
def test_that_a_plan_is_marked_by_its_expiry(days: int, expected: str) -> None:
    plan = Plan(key="P", name=NAME, expires_us=NOW_US + days * DAY_US)

    assert code(mark_of(plan, EMPTY, NOW_US)) == expected


def test_that_a_plan_without_a_date_carries_no_mark() -> None:
    assert mark_of(Plan(key="P", name=NAME), EMPTY, NOW_US) is None


def test_that_todays_dead_number_marks_a_team() -> None:
    team = Team(key="T", name=NAME, phones=(Phone(number="1"), Phone(number="2")))
    dead = EMPTY.with_(dead_numbers=Map({"1": "e"}))

    assert mark_of(team, EMPTY, NOW_US) is None
    assert code(mark_of(team, dead, NOW_US)) == "number_dead"


def test_that_a_team_whose_numbers_are_all_dead_is_worse() -> None:
    team = Team(key="T", name=NAME, phones=(Phone(number="1", dead=True),))

    assert mark_of(team, EMPTY, NOW_US) == Mark("no_number", 2)


def test_that_a_team_without_numbers_is_marked_but_a_receptor_is_not() -> None:
    assert code(mark_of(Team(key="T", name=NAME), EMPTY, NOW_US)) == "no_number"
    assert mark_of(Receptor(key="R", name=NAME), EMPTY, NOW_US) is None


def test_that_the_control_rooms_number_marks_an_enterprise() -> None:
    room = (Phone(number="1", dead=True), Phone(number="2"))

    enterprise = Enterprise(key="E", name=NAME, control_room=room)

    assert code(mark_of(enterprise, EMPTY, NOW_US)) == "number_dead"


def test_that_stock_moved_away_empties_a_depot() -> None:
    stock = (
        Stock(material="foam", name=NAME, quantity=3, unit="t"),
        Stock(material="sand", name=NAME, quantity=1, unit="t"),
    )
    depot = Depot(key="D", name=NAME, stock=stock)
    partly = EMPTY.with_(stock_moves=Map({"D/foam": -3.0}))
    wholly = EMPTY.with_(stock_moves=Map({"D/foam": -3.0, "D/sand": -1.0}))

    assert mark_of(depot, EMPTY, NOW_US) is None
    assert code(mark_of(depot, partly, NOW_US)) == "partly_empty"
    assert code(mark_of(depot, wholly, NOW_US)) == "empty"


def test_that_a_depot_with_nothing_on_record_is_empty() -> None:
    assert code(mark_of(Depot(key="D", name=NAME), EMPTY, NOW_US)) == "empty"


def test_that_a_permit_is_over_at_its_end() -> None:
    permit = Permit(key="W", name=NAME, valid_to_us=NOW_US)

    assert code(mark_of(permit, EMPTY, NOW_US)) == "permit_over"
    assert mark_of(permit, EMPTY, NOW_US - 1) is None


def test_that_a_picture_older_than_an_hour_stands_still() -> None:
    camera = Camera(key="C", name=NAME, last_frame_us=NOW_US - 61 * MINUTE_US)

    assert code(mark_of(camera, EMPTY, NOW_US)) == "picture_still"
    assert mark_of(camera, EMPTY, NOW_US - 2 * MINUTE_US) is None
