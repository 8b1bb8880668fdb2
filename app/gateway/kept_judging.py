"""The alarm logic's memory on disk, so that a gateway that was killed goes on where it stopped.

Every few seconds the memory is written beside the open window, with the place in the window up to
which it has judged and the journal's `seq` that it has heard. What came after both is judged
again at the next start (`models.telemetry.alarm_resuming`).
"""

import logging
import os
import zlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from app.gateway.books import JournalPort
from app.gateway.open_window import DamagedWindowError, read_window, window_prefix
from models.ids import OperationId
from models.operation.events.base import Event
from models.operation.fold import fold_all
from models.operation.situation import Situation
from models.telemetry.alarm_resuming import Tail
from models.telemetry.alarm_state import KeptAlarms
from models.telemetry.ports import SampleBatch
from models.telemetry.samples import concat

_LOG = logging.getLogger("muster.gateway.judging")
_VERSION = 2  # of what the logic remembers; another version's memory is left alone
_CRC_BYTES = 4
_PAGE = 2000


class Position(NamedTuple):
    """A place in the open window: its file's name and the bytes before the place."""

    window: str = ""
    offset: int = 0


class KeptJudging(msgspec.Struct, frozen=True, kw_only=True):
    """The memory of a gateway's alarm logic, and what it had read by then.

    `digest` is that of the tags, the grid and the share (`Judging.digest`).
    """

    version: int
    operation_id: str
    seq: int
    digest: bytes
    position: Position
    alarms: KeptAlarms

    @classmethod
    def of(
        cls, situation: Situation, digest: bytes, position: Position, alarms: KeptAlarms
    ) -> "KeptJudging":
        """Return what is to be written when a situation's last event has been heard."""
        return cls(
            version=_VERSION,
            operation_id=situation.operation_id,
            seq=situation.seq,
            digest=digest,
            position=position,
            alarms=alarms,
        )


class KeptFile:
    """The file of one gateway in the folder of the history."""

    def __init__(self, folder: Path, name: str = "") -> None:
        self._folder = folder
        self._prefix = window_prefix(name)
        self.path = folder / f"judged{name and '.' + name}.bin"

    def write(self, kept: KeptJudging) -> None:
        """Replace what is kept; for an executor. A failure is logged: the older one stays."""
        body = msgspec.msgpack.encode(kept)
        fresh = self.path.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(zlib.crc32(body).to_bytes(_CRC_BYTES, "little") + body)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            _LOG.warning("what the alarms remember isn't kept: %s", error)

    def read(self, operation_id: str) -> KeptJudging | None:
        """Return what is kept of an operation, None when nothing is or it can't be used."""
        try:
            data = self.path.read_bytes()
            crc, body = data[:_CRC_BYTES], data[_CRC_BYTES:]
            if zlib.crc32(body).to_bytes(_CRC_BYTES, "little") != crc:
                raise ValueError("the file is damaged")  # noqa: TRY301 - one way out for all
            kept = msgspec.msgpack.decode(body, type=KeptJudging)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            _LOG.warning("delays of alarms begin anew: %s: %s", self.path, error)
            return None
        if kept.version != _VERSION or kept.operation_id != operation_id:
            return None
        return kept

    def samples_after(self, kept: KeptJudging) -> SampleBatch | None:
        """Return what was stored after a state was kept, None when that can't be told.

        Windows that were begun later hold it too; the one that the place is in is there unless
        it was stored as chunks since.
        """
        place = self._folder / kept.position.window
        paths = {path for path in self._folder.glob(f"{self._prefix}*.log") if path != place}
        if kept.position.offset and not place.exists():
            _LOG.warning("delays of alarms begin anew: %s was stored since", place.name)
            return None
        batches = _whole(place, kept.position.offset) if place.exists() else []
        later = sorted(
            (found for path in paths if (found := _whole(path, 0))),
            key=lambda found: int(found[0].arrival_us[0]),
        )
        for found in later:
            if int(found[0].arrival_us[0]) > kept.alarms.judged_us:
                batches += found
        return concat(batches)


def _whole(path: Path, offset: int) -> list[SampleBatch]:
    """Return the batches of a window after an offset, as far as they are whole."""
    batches: list[SampleBatch] = []
    try:
        batches.extend(keyed.batch for keyed in read_window(path, offset))
    except (OSError, DamagedWindowError) as error:
        _LOG.warning("not all can be judged again: %s", error)
    return batches


def events_after(
    journal: JournalPort, situation: Situation, seq: int
) -> tuple[list[Event], Situation]:
    """Return the events after `seq` and the situation after the last one.

    Raises
    ------
    JournalError
        When the store refuses.
    """
    events: list[Event] = []
    while True:
        after = events[-1].seq if events else seq
        page = journal.read(OperationId(situation.operation_id), after, _PAGE)
        events += page
        if len(page) < _PAGE:
            break
    fresh = [event for event in events if event.seq > situation.seq]
    return events, fold_all(situation, fresh)[0]


def read_tail(
    file: KeptFile, journal: JournalPort, situation: Situation
) -> tuple[KeptJudging, Tail] | None:
    """Return what is kept and what is stored of the time after it; None: nothing to go on from.

    Raises
    ------
    JournalError
        When the store refuses.
    """
    kept = file.read(situation.operation_id)
    if kept is None or kept.seq > situation.seq:
        return None
    samples = file.samples_after(kept)
    if samples is None:
        return None
    events, latest = events_after(journal, situation, kept.seq)
    return kept, Tail(samples, events, latest)
