"""Who leads, and so may allow what needs a leader: by watch, shift or role."""

from collections.abc import Collection
from dataclasses import dataclass

from app.desk import Reference
from models.basics import Name
from models.operation.situation import Situation
from models.registry.kinds import Person, Shift


@dataclass(frozen=True, slots=True)
class Leader:
    """One who leads: `key` in the roster, or the name where the roster doesn't know them."""

    key: str
    name: Name

    def is_called(self, said: str) -> bool:
        """Return whether a word names this leader: key, or name in either language.

        Spaces and capitals make no other person of anybody.
        """
        return _plain(said) in map(_plain, filter(None, (self.key, self.name.zh, self.name.en)))


def is_same_person(reference: Reference, one: str, other: str) -> bool:
    """Return whether two words name one person, by key or by name in either language."""
    if _plain(one) == _plain(other):
        return True
    people = (Leader(row.key, row.name) for row in reference.all("people").values())
    return any(person.is_called(one) and person.is_called(other) for person in people)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def leaders(
    situation: Situation,
    reference: Reference,
    now_us: int,
    roles: Collection[str],
    besides: str,
) -> tuple[Leader, ...]:
    """Return all who lead but the actor `besides`, those on duty at `now_us` [µs UTC] first.

    Whoever has the watch in one of the roles, leads a shift, or has the role: a leader may be
    called when off duty. A journal names people by key or by name in either language.
    """
    people = [row for row in reference.all("people").values() if isinstance(row, Person)]
    shifts = [row for row in reference.all("shifts").values() if isinstance(row, Shift)]
    holder = situation.shift
    now = {holder.person} if holder is not None and holder.role in roles else set()
    now |= {shift.leader for shift in shifts if shift.starts_us <= now_us < shift.ends_us}
    named = (now | {shift.leader for shift in shifts}) - {""}
    known = [Leader(person.key, person.name) for person in people]
    found = [
        leader
        for leader, person in zip(known, people, strict=True)
        if person.role in roles or any(map(leader.is_called, named))
    ]
    strangers = sorted(said for said in named if not any(each.is_called(said) for each in known))
    found += [Leader(said, Name(en=said)) for said in strangers]
    own = besides.partition("@")[0].strip()
    others = [leader for leader in found if not leader.is_called(own)]
    return tuple(sorted(others, key=lambda leader: not any(map(leader.is_called, now))))
