"""Puts the demonstration park into a site's reference data, once per seed and version."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol

from app.demo import DEMO_SEED
from app.demo.park import PARK_VERSION, Park, build_park
from app.reference import ReferenceChange
from app.site import Site
from models.registry.kinds import Record
from models.store.reference import Origin, Revision

FILE_NAME = "demonstration-park"
ACTOR = "demonstration"
_TABLES = (
    "cases", "enterprises", "hazards", "layout", "people", "plans", "response", "scenarios",
    "substances", "tags", "world",
)  # fmt: skip
# Kinds whose times count from the start of the operation.
_TIMED = ("cameras", "permits", "plans", "shifts")


class References(Protocol):
    """What is needed of `app.reference.ReferenceService`."""

    def revisions(self) -> tuple[Revision, ...]:
        """Return all revisions, oldest first."""
        ...

    def import_records(
        self, records: Mapping[str, Sequence[Record]], origin: Origin
    ) -> ReferenceChange:
        """Store records by kind as one revision, journalled."""
        ...


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did; `revision` holds the park either way."""

    revision: int
    rows: int
    fresh: bool


def fingerprint(seed: str = DEMO_SEED) -> str:
    """Return the SHA-256 of everything the park is made of."""
    digest = hashlib.sha256(f"{PARK_VERSION}:{seed}".encode())
    for name in _TABLES:
        digest.update((files("resources") / "demo" / f"{name}.toml").read_bytes())
    return digest.hexdigest()


def prepare_site(site: Site) -> bool:
    """Make a new site's folder with the mode demonstration; return whether it is new."""
    return site.create({"mode": "demonstration"})


def install_park(references: References, start_us: int, *, seed: str = DEMO_SEED) -> Installed:
    """Commit all rows as one revision, unless this very park is there already.

    Parameters
    ----------
    references : References
        The site's reference data; the change is journalled in its register operation.
    start_us : int
        Start of the operation [µs UTC]: permits and shifts are relative to it.
    """
    mark = fingerprint(seed)
    for revision in reversed(references.revisions()):
        if revision.origin.file_sha256 == mark and revision.undone_by is None:
            return Installed(revision.revision, 0, fresh=False)
    return _commit(references, build_park(seed, start_us), mark, start_us)


def renew_times(references: References, start_us: int, *, seed: str = DEMO_SEED) -> Installed:
    """Commit permits, shifts, plans and cameras anew for an operation that starts now."""
    park = build_park(seed, start_us)
    timed = {kind: park[kind] for kind in _TIMED}
    return _commit(references, timed, fingerprint(seed), start_us)


def _commit(references: References, park: Park, mark: str, start_us: int) -> Installed:
    rows = sum(len(records) for records in park.values())
    origin = Origin(
        kind="demonstration",
        at_us=start_us,
        actor=ACTOR,
        file_name=FILE_NAME,
        file_sha256=mark,
        rows_total=rows,
        accepted=rows,
    )
    change = references.import_records(park, origin)
    return Installed(change.revision, rows, fresh=True)
