"""Parts of a play about orders and teams."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from shapely.geometry import LineString, Polygon

from models.operation.situation import Order, Situation
from tests.e2e.officer import Officer


def open_incident_id(situation: Situation) -> str:
    """Return the id of the open incident, '' when there is none."""
    found = (i.id for i in situation.incidents.values() if i.closed_us is None)
    return next(found, "")


def model_zone_id(situation: Situation) -> str:
    """Return the id of a model's zone that stands, '' when there is none."""
    zones = situation.zones.values()
    return next((z.id for z in zones if z.result.kind == "model" and not z.replaced_by), "")


def proposed_teams(officer: Officer) -> list[dict[str, object]]:
    """Return what the dispatch list shows: teams in order, with times and ways."""
    proposal = officer.desk.screens.command.dispatch.proposal
    if proposal is None:
        return []
    return [
        {
            "team": each.team_key,
            "eta_s": each.route.eta_s,
            "distance_m": round(each.route.distance_m),
            "inside_m": round(each.route.inside_m),
            "approximate": each.route.approximate,
            "inside_zone_m": round(_inside_m(each.route.line, officer.situation)),
        }
        for each in proposal.teams.ranked
    ]


def _inside_m(line: tuple[object, ...], situation: Situation) -> float:
    """Measure, on our own, how much of a way lies inside the zones that stand [m]."""
    if len(line) < 2:
        return 0.0
    points = [(p.lon_deg * 0.853, p.lat_deg) for p in line]  # type: ignore[attr-defined]
    way = LineString(points)
    inside = 0.0
    for zone in situation.zones.values():
        if zone.withdrawn_us is not None or zone.replaced_by:
            continue
        for level in zone.result.levels:
            ring = [(p.lon_deg * 0.853, p.lat_deg) for p in level.rings[0]]
            inside = max(inside, way.intersection(Polygon(ring).buffer(0)).length * 111_195)
    return inside


async def issue_order(officer: Officer) -> Order:
    """Bring up the order sheet and issue what it shows: two keys."""
    before = set(officer.situation.orders)
    command = officer.desk.screens.command
    await officer.until(
        lambda: command.dispatch.current is not None and not command.dispatch.awaits,
        "a team is proposed",
    )
    await officer.press(Qt.Key.Key_O)
    sheet: QDialog = await officer.sheet("order-sheet")
    assert sheet.isVisible()
    await officer.press(Qt.Key.Key_Return)

    def issued() -> str:
        return next(iter(set(officer.situation.orders) - before), "")

    order_id = await officer.until(issued, "the order is issued")
    return officer.situation.orders[order_id]


async def state_of(officer: Officer, order_id: str, state: str, within_s: float = 15.0) -> Order:
    """Wait until an order is in a state."""
    await officer.until(
        lambda: officer.situation.orders[order_id].state == state, f"the order is {state}", within_s
    )
    return officer.situation.orders[order_id]


async def sign_and_report(officer: Officer, order_id: str, words: str) -> None:
    """Carry the chosen order through: signed, under way, reported back."""
    await officer.press(Qt.Key.Key_S)
    await state_of(officer, order_id, "received")
    await officer.press(Qt.Key.Key_W)
    await state_of(officer, order_id, "started")
    await officer.press(Qt.Key.Key_D)
    await officer.answer(words)
    await state_of(officer, order_id, "reported")


async def choose_order(officer: Officer, order_id: str) -> None:
    """Click an order's row."""
    orders = officer.desk.screens.command.orders
    await officer.click(orders.row(order_id))
    await officer.until(
        lambda: orders.current_order is not None and orders.current_order.id == order_id,
        "the order is chosen",
    )
