"""Whom the roster names now: a pure reading of the reference data."""

from dataclasses import dataclass

from app.desk import Reference
from models.registry.kinds import Person, Shift

OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Rostered:
    """Keys of the person and the shift, and the person's role; '' where the roster says nothing."""

    person_key: str = ""
    role: str = OFFICER
    shift_key: str = ""


def people(reference: Reference) -> tuple[Person, ...]:
    """Return the users of the desk."""
    return tuple(row for row in reference.all("people").values() if isinstance(row, Person))


def shifts(reference: Reference) -> tuple[Shift, ...]:
    """Return the roster in order of time."""
    found = [row for row in reference.all("shifts").values() if isinstance(row, Shift)]
    return tuple(sorted(found, key=lambda row: (row.starts_us, row.key)))


def rostered(reference: Reference, now_us: int) -> Rostered:
    """Return who leads the shift that runs at `now_us`; without one the first person, no shift."""
    known = {person.key: person for person in people(reference)}
    for shift in shifts(reference):
        if shift.starts_us <= now_us < shift.ends_us:
            person = next((known[key] for key in (shift.leader, *shift.officers) if key in known),
                          None)  # fmt: skip
            if person is not None:
                return Rostered(person.key, person.role or OFFICER, shift.key)
            return Rostered(shift_key=shift.key)
    first = next(iter(known.values()), None)
    return Rostered(first.key, first.role or OFFICER) if first is not None else Rostered()
