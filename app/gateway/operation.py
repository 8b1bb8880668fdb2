"""The site's running operation: found in the journal, or started."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from app.clock import Clock
from app.journal import Journal, Operation
from app.reference import REGISTER
from models.ids import IdSource, OperationId
from models.operation.events.base import Draft
from models.operation.events.operation import Mode, OperationStarted, OperationStopped
from models.times import from_us

ACTOR = "gateway"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an operation is to be when one has to be started."""

    mode: Mode
    site: str
    revision: int
    seed: str = ""


def find_open(journal: Journal, mode: Mode) -> Operation | None:
    """Return the operation of this mode that runs; the earliest when there are several."""
    for operation in journal.operations():
        if operation.id == REGISTER or operation.mode != mode:
            continue
        if operation.stopped_us is None:
            return operation
    return None


def ensure_operation(journal: Journal, clock: Clock, ids: IdSource, wanted: Wanted) -> OperationId:
    """Return the id of the running operation of a mode; start one when none runs.

    Desk and gateway may call it at the same moment: both end up with the earlier one, the other
    is stopped at once.

    Raises
    ------
    JournalError
        When the store refuses.
    """
    found = find_open(journal, wanted.mode)
    if found is not None:
        return found.id
    now_us = clock.now_us()
    own = OperationId(ids.next(now_us))
    started = OperationStarted(
        mode=wanted.mode,
        name=f"{wanted.mode} {from_us(now_us):%Y-%m-%d}",
        site=wanted.site,
        software_version=software_version(),
        reference_revision=wanted.revision,
        seed=wanted.seed,
    )
    journal.append(own, [Draft(payload=started, subject=own, actor=ACTOR)])
    first = find_open(journal, wanted.mode)
    if first is None or first.id == own:
        return own
    stopped = OperationStopped(reason="another operation was started at the same moment")
    journal.append(own, [Draft(payload=stopped, subject=own, actor=ACTOR)])
    return first.id


def software_version() -> str:
    """Return the installed version of the program."""
    try:
        return version("muster")
    except PackageNotFoundError:  # run from a checkout
        return "0"
