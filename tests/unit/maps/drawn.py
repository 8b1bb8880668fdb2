"""Drawings of every kind around the small park's origin."""

from maps.sketch_geometry import offset
from models.operation.drawn import Drawing
from models.operation.sketch import Sketch
from tests.unit.maps.world import ORIGIN, near


def drawing(key: str, sketch: Sketch, *, revision: int = 1, incident: str = "") -> Drawing:
    """Return a drawing somebody made."""
    return Drawing(
        id=key, incident_id=incident, sketch=sketch, revision=revision, added_us=1,
        added_by="Li@desk-1", changed_us=1, changed_by="Li@desk-1", event_id=f"e-{key}",
    )  # fmt: skip


def sketches() -> tuple[Sketch, ...]:
    """Return one sketch of every shape and of every meaning."""
    west = -900
    return (
        Sketch(shape="circle", points=(ORIGIN,), radius_m=150.0, meaning="hot_line"),
        Sketch(shape="circle", points=(ORIGIN,), radius_m=300.0, meaning="warm_line"),
        Sketch(
            shape="polygon", meaning="cold_line",
            points=(near(-500, -500), near(600, -500), near(700, 500), near(-450, 520)),
        ),
        Sketch(shape="point", points=(near(-700, 0),), meaning="command_post", label="FCP"),
        Sketch(shape="rectangle", points=(near(-800, -300), near(-600, -150)), meaning="staging"),
        Sketch(shape="point", points=(near(-380, 120),), meaning="decontamination"),
        Sketch(shape="point", points=(near(-560, 330),), meaning="water_supply", label="40 L/s"),
        Sketch(shape="point", points=(near(-620, -80),), meaning="casualty_collection"),
        Sketch(
            shape="line", points=(near(400, 300), near(200, 620), near(-300, 700)),
            meaning="evacuation_route",
        ),
        Sketch(shape="point", points=(near(-350, 720),), meaning="assembly", label="School"),
        Sketch(shape="point", points=(near(620, -420),), meaning="road_block"),
        Sketch(shape="point", points=(near(-260, 150),), meaning="entry_point"),
        Sketch(shape="point", points=(near(west, 500),), label="camera 3"),
        Sketch(shape="line", points=(near(west, 350), near(west + 150, 400)), ink="caution"),
        Sketch(shape="buffer", base="line", points=(near(west, 150), near(west + 150, 200)),
               radius_m=40.0, ink="danger"),
        Sketch(shape="text", points=(near(west, 0),), label="wind gap", ink="caution"),
        Sketch(shape="arrow", points=(near(west, -450), near(west + 220, -400)), ink="own"),
        Sketch(shape="sector", points=(ORIGIN,), radius_m=900.0, bearing_deg=67.0,
               opening_deg=40.0, ink="caution"),
        Sketch(shape="rectangle", points=(near(800, 200), offset(near(800, 200), 45.0, 200.0)),
               ink="safe"),
    )  # fmt: skip
