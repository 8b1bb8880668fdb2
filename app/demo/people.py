"""People of the park: receptors, desk users, shifts, contractors, permits, cameras."""

from typing import Any

from app.demo.grid import Grid, polar
from app.demo.layout import SOURCE
from app.demo.sites import Equipment
from app.demo.tables import load_table
from models.basics import Name, Phone
from models.registry.kinds import Camera, Contractor, Permit, Person, Receptor, Shift, Tag
from models.times import HOUR_US, MINUTE_US, SECOND_US

_TERMINAL = 5


def outside_people() -> list[tuple[float, float, int]]:
    """Return (x m, y m, persons) who live or stay outside the park, the larger of day and night."""
    rows = load_table("people")["receptor"]
    return [(r[4], r[5], max(r[6], r[7])) for r in rows if r[0] != "RC-CENTRE"]


def receptors(grid: Grid) -> tuple[Receptor, ...]:
    """Return the people to protect, with day and night numbers."""
    return tuple(
        Receptor(
            key=key,
            type=kind,
            name=Name(zh=f"{zh}（虚构）", en=f"{en} (fictitious)"),
            position=grid.at(x, y),
            people_day=day,
            people_night=night,
            phones=(Phone(number=number, person=who),),
            address=address,
            source=SOURCE,
            fictitious=True,
        )
        for key, kind, zh, en, x, y, day, night, number, who, address in load_table("people")[
            "receptor"
        ]
    )


def persons() -> tuple[Person, ...]:
    """Return the users of the desk."""
    return tuple(
        Person(
            key=key,
            name=Name(zh=zh, en=en),
            role=role,
            phones=(Phone(number=f"1000008200{k + 1:02d}", person=zh),),
            source=SOURCE,
            fictitious=True,
        )
        for k, (key, zh, en, role) in enumerate(load_table("people")["person"])
    )


def shifts(start_us: int) -> tuple[Shift, ...]:
    """Return the four shifts around the start of the operation."""
    rows = []
    for key, zh, en, leader, officers, starts_h, hours in load_table("people")["shift"]:
        begin = start_us + starts_h * HOUR_US
        rows.append(
            Shift(
                key=key,
                name=Name(zh=zh, en=en),
                leader=leader,
                officers=tuple(officers),
                starts_us=begin,
                ends_us=begin + hours * HOUR_US,
                source=SOURCE,
                fictitious=True,
            )
        )
    return tuple(rows)


def contractors() -> tuple[Contractor, ...]:
    """Return the contractors with people in the park."""
    return tuple(
        Contractor(
            key=key,
            name=Name(zh=zh, en=en),
            people=people,
            phones=(Phone(number=number, person=who),),
            source=SOURCE,
            fictitious=True,
        )
        for key, zh, en, people, number, who in load_table("people")["contractor"]
    )


def permits(
    grid: Grid, items: list[Equipment], tags: tuple[Tag, ...], start_us: int
) -> tuple[Permit, ...]:
    """Return the special-work permits; their times are relative to the start."""
    rows = []
    for row in load_table("people")["permit"]:
        item = _item(items, row[5])
        place = row[13] or polar(item.x_m, item.y_m, 130, 18)
        rows.append(_permit(grid, item, tags, start_us, row, place))
    return tuple(rows)


def _permit(
    grid: Grid,
    item: Equipment,
    tags: tuple[Tag, ...],
    start_us: int,
    row: list[Any],
    place: tuple[float, float],
) -> Permit:
    key, zh, en, work, grade, _, _, people, contractor, guardian, number, begin, end, _ = row
    calibrated = tuple(
        tag.key
        for tag in tags
        if work == "calibration" and tag.key == detector_of(tags, item.row.key)
    )
    return Permit(
        key=key,
        name=Name(zh=zh, en=en),
        position=grid.at(place[0], place[1]),
        enterprise_key=item.row.enterprise_key,
        hazard_source_key=item.row.key,
        work=work,
        grade=grade,
        tags=calibrated,
        people=people,
        contractor=contractor,
        guardian=Phone(number=number, person=guardian, role="监护人 guardian"),
        valid_from_us=start_us + begin * MINUTE_US,
        valid_to_us=start_us + end * MINUTE_US,
        source=SOURCE,
        fictitious=True,
    )


def detector_of(tags: tuple[Tag, ...], hazard_source_key: str) -> str:
    """Return the key of the first gas detector of a hazard source."""
    return min(
        tag.key
        for tag in tags
        if tag.hazard_source_key == hazard_source_key and tag.quantity == "gas"
    )


def _item(items: list[Equipment], word: str) -> Equipment:
    """Return equipment named `V-203`, `@37R` (enterprise and letter) or `@pump`."""
    if word == "@pump":
        return next(i for i in items if i.type == "pump" and i.enterprise == _TERMINAL)
    if word.startswith("@"):
        owner, letter = int(word[1:-1]), word[-1]
        return next(i for i in items if i.enterprise == owner and i.row.key[0] == letter)
    return next(i for i in items if i.row.key == word)


def cameras(grid: Grid, start_us: int) -> tuple[Camera, ...]:
    """Return the cameras; one of them stopped long ago."""
    return tuple(
        Camera(
            key=key,
            name=Name(zh=zh, en=en),
            position=grid.at(x, y),
            last_frame_us=start_us - age_s * SECOND_US,
            source=SOURCE,
            fictitious=True,
        )
        for key, zh, en, x, y, age_s in load_table("people")["camera"]
    )
