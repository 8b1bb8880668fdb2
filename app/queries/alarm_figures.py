"""The figures of an operation's alarm system by ISA-18.2, out of the stored journal."""

from app.journal import NO_LIMIT, Journal, decode_bodies
from app.journal_errors import journal_error
from models.ids import OperationId
from models.operation.events.alarm import AlarmRaised, AlarmReset, AlarmReturned
from models.store import StoreError
from models.telemetry.alarm_kpi import AlarmKpi, alarm_kpi, occurrences

_KINDS = (AlarmRaised.KIND, AlarmReturned.KIND, AlarmReset.KIND)


def alarm_figures(
    journal: Journal, operation_id: OperationId, end_us: int, length_us: int, operators: int
) -> AlarmKpi:
    """Return the figures of a span that ends at a moment; never on a UI thread.

    Parameters
    ----------
    journal : Journal
        Where the alarms stand.
    operation_id : OperationId
        Whose; of an unknown one ValueError.
    end_us : int
        End of the span, itself left out [µs UTC]; an operation that stopped before ends it.
    length_us : int
        Its length [µs]; 0 for all since the operation's start, which it never goes before.
    operators : int
        Among how many the alarms were shared, ≥ 1.

    Raises
    ------
    ValueError
        When the span is empty.
    JournalError
        When the store can't be read.
    """
    known = {operation.id: operation for operation in journal.operations()}
    if operation_id not in known:
        raise ValueError(f"{operation_id}: no such operation")
    operation = known[operation_id]
    if operation.stopped_us is not None:
        end_us = min(end_us, operation.stopped_us)
    begin_us = operation.started_us
    if length_us:
        begin_us = max(begin_us, end_us - length_us)
    try:
        with journal.store.reading() as session:
            bodies = journal.rows.bodies_of_kinds(session, operation_id, _KINDS, NO_LIMIT)
    except StoreError as error:
        raise journal_error(error) from error
    return alarm_kpi(occurrences(decode_bodies(bodies)), begin_us, end_us, operators)
