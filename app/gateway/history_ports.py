"""Where chunks of telemetry are kept: SQLite files of the site, or tables in PostgreSQL."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from models.telemetry.codec import Columns, Summary

RAW_DAYS = 30  # the least that is kept raw, whatever the class of tag
MINUTES_DAYS = 730


class Keep(NamedTuple):
    """How many days beside today a tag's raw samples and its minute aggregates are kept."""

    raw_days: int = RAW_DAYS
    minutes_days: int = MINUTES_DAYS


KeepOf = Callable[[str], Keep]


def keep_as_usual(_: str) -> Keep:
    """Return the same for every tag key."""
    return Keep()


class HistoryNewerError(Exception):
    """A newer program wrote this history; it is left untouched."""


class HistoryUnreachableError(OSError):
    """The database of the history is away or refuses; the text says why."""


class Chunk(NamedTuple):
    """One tag's chunk, ready to be stored."""

    tag_key: str
    summary: Summary
    data: bytes


class ChunkStore(Protocol):
    """Holds chunks; any thread may call. A failure is an OSError or a sqlite3.Error."""

    def write(self, chunks: Iterable[Chunk], window: str) -> None:
        """Store chunks once: a window that was stored before is left alone."""
        ...

    def columns(self, tag_key: str, from_us: int, to_us: int) -> list[Columns]:
        """Return the samples of a tag's chunks that touch the span [µs UTC], as few parts."""
        ...

    def summaries(self, tag_key: str, from_us: int, to_us: int) -> list[Summary]:
        """Return the summaries of the chunks of a tag that touch the span [µs UTC]."""
        ...

    def close(self) -> None:
        """Let connections go; a later call makes them anew."""
        ...


class Aging(Protocol):
    """Turns what is old into minute aggregates; raises as `ChunkStore`."""

    def run_once(self, now_us: int) -> bool:
        """Aggregate the oldest day that is due; return whether there was one."""
        ...

    def summaries(self, tag_key: str, from_us: int, to_us: int) -> list[Summary]:
        """Return the minutes of a tag that touch a span [µs UTC], by time."""
        ...
