"""What the journal refuses and what can be wrong with it; `code` is translated on screen."""

from models.store import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
)


class JournalError(Exception):
    """An append or a read that didn't happen; nothing was stored in part."""

    code = "journal_failed"


class JournalFullError(JournalError):
    """The disk is full; the batch is not stored."""

    code = "journal_full"


class JournalReadOnlyError(JournalError):
    """The store may not be written; the batch is not stored."""

    code = "journal_read_only"


class JournalBusyError(JournalError):
    """Another program held the store too long; the batch is not stored, try again."""

    code = "journal_busy"


class JournalDamagedError(JournalError):
    """The store is damaged, or was written by a newer program."""

    code = "journal_damaged"


class JournalRefusedError(JournalError):
    """The batch itself makes no sense; nothing is wrong with the store."""

    code = "journal_refused"


class OperationUnknownError(JournalRefusedError):
    """There is no such operation and the batch doesn't start one."""

    code = "operation_unknown"


class OperationStartedError(JournalRefusedError):
    """The operation has started already."""

    code = "operation_started"


class OperationStoppedError(JournalRefusedError):
    """The operation has stopped; its record is closed."""

    code = "operation_stopped"


class OperationReplayError(JournalRefusedError):
    """A replay looks at a record and writes none."""

    code = "operation_replay"


class JournalMovedError(JournalRefusedError):
    """Somebody appended since the caller looked; look again."""

    code = "journal_moved"


class DuplicateEventError(JournalRefusedError):
    """An event with this id is stored already and differs from the one given."""

    code = "event_duplicate"


class InvalidPayloadError(JournalRefusedError):
    """A payload that can't be stored; the text names the field."""

    code = "payload_invalid"


_KINDS: tuple[tuple[type[StoreError], type[JournalError]], ...] = (
    (StoreFullError, JournalFullError),
    (StoreReadOnlyError, JournalReadOnlyError),
    (StoreBusyError, JournalBusyError),
    (StoreDamagedError, JournalDamagedError),
)


def journal_error(error: StoreError) -> JournalError:
    """Return the journal's word for what is wrong with the store."""
    for store_type, journal_type in _KINDS:
        if isinstance(error, store_type):
            return journal_type(str(error))
    return JournalError(str(error))


def not_stored_code(error: BaseException) -> str:
    """Return the notice code of something that was not stored: e.g. `not_stored_full`."""
    known = {"journal_full", "journal_read_only", "journal_busy", "journal_damaged"}
    if isinstance(error, JournalRefusedError):
        return "not_stored_refused"
    code = error.code if isinstance(error, JournalError) else ""
    return f"not_stored_{code.removeprefix('journal_') if code in known else 'failed'}"
