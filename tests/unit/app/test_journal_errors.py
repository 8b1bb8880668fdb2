"""What the store says is said again in the journal's words, which the screen translates."""

import pytest

from app.journal_errors import (
    JournalBusyError,
    JournalDamagedError,
    JournalError,
    JournalFullError,
    JournalReadOnlyError,
    JournalRefusedError,
    journal_error,
    not_stored_code,
)
from models.store import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
)


@pytest.mark.parametrize(
    ("given", "kind", "code"),
    [
        (StoreFullError, JournalFullError, "not_stored_full"),
        (StoreReadOnlyError, JournalReadOnlyError, "not_stored_read_only"),
        (StoreBusyError, JournalBusyError, "not_stored_busy"),
        (StoreDamagedError, JournalDamagedError, "not_stored_damaged"),
        (StoreError, JournalError, "not_stored_failed"),
    ],
)
def test_that_each_fault_of_the_store_keeps_its_name(given, kind, code):
    error = journal_error(given("disk"))
    assert (type(error), str(error)) == (kind, "disk")
    assert not_stored_code(error) == code


def test_that_a_refused_batch_and_a_foreign_fault_have_their_own_words():
    assert not_stored_code(JournalRefusedError("empty")) == "not_stored_refused"
    assert not_stored_code(OSError("gone")) == "not_stored_failed"
