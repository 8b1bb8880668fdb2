"""A drawn area around a place, for tests of zones that nobody computed."""

from models.basics import LatLon
from models.operation.drawn import Drawing
from models.operation.sketch import Sketch


def square(around: LatLon, half_deg: float = 0.004) -> tuple[LatLon, ...]:
    return tuple(
        LatLon(around.lat_deg + dy * half_deg, around.lon_deg + dx * half_deg)
        for dy, dx in ((-1, -1), (-1, 1), (1, 1), (1, -1))
    )


def drawing(around: LatLon, key: str = "D1", **more: object) -> Drawing:
    values: dict[str, object] = {
        "id": key, "incident_id": "I1", "revision": 2, "added_us": 1, "added_by": "Li@desk-1",
        "changed_us": 1, "changed_by": "Li@desk-1", "event_id": "e",
        "sketch": Sketch(shape="polygon", points=square(around)),
    }  # fmt: skip
    return Drawing(**(values | more))  # type: ignore[arg-type]
