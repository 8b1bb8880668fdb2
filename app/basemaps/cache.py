"""Tiles of servers on disk: within a size, with an age, and good for days without a network."""

import contextlib
import logging
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from maps.tiles.grid import TileId

log = logging.getLogger(__name__)

_KEPT_SHARE = 0.8
_SUFFIX = ".tile"


@dataclass(frozen=True, slots=True)
class Cached:
    """A tile on disk; an empty body says that the server has none there."""

    body: bytes
    is_fresh: bool


class TileCache:
    """Keeps tiles by server; the oldest go when it grows over its size. Thread-safe."""

    def __init__(self, folder: Path, clock: Clock, *, limit_bytes: int, fresh_s: float) -> None:
        self._folder = folder
        self._clock = clock
        self._limit_bytes = limit_bytes
        self._fresh_s = fresh_s
        self._lock = threading.Lock()
        self._size_bytes: int | None = None

    def get(self, server_id: str, tile: TileId) -> Cached | None:
        """Return a tile, None when it was never here; one that can't be read counts as not here."""
        path = self._path(server_id, tile)
        try:
            age_s = self._now_s() - path.stat().st_mtime
            body = path.read_bytes()
        except OSError:
            return None
        return Cached(body, -self._fresh_s < age_s < self._fresh_s)

    def put(self, server_id: str, tile: TileId, body: bytes) -> None:
        """Keep a tile; a disk that refuses is reported in the log and nothing else."""
        path = self._path(server_id, tile)
        part = path.with_suffix(f".{threading.get_ident()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(body)
            os.utime(part, (self._now_s(), self._now_s()))
            with self._lock:
                with contextlib.suppress(FileNotFoundError):
                    self._add(-path.stat().st_size)
                part.replace(path)
                self._add(len(body))
                if self._size_bytes is not None and self._size_bytes > self._limit_bytes:
                    self._shrink()
        except OSError as error:
            log.warning("a map tile can't be kept: %s", error.strerror)
            part.unlink(missing_ok=True)

    def size_bytes(self) -> int:
        """Return how much is held."""
        with self._lock:
            self._add(0)
            return self._size_bytes or 0

    def _add(self, count: int) -> None:
        if self._size_bytes is None:
            self._size_bytes = sum(size for _, size, _ in self._listed())
        self._size_bytes += count

    def _listed(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self._folder.rglob(f"*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                about = path.stat()
                found.append((about.st_mtime, about.st_size, path))
        return found

    def _shrink(self) -> None:
        listed = sorted(self._listed())
        size = sum(each[1] for each in listed)
        for _, bytes_, path in listed:
            if size <= self._limit_bytes * _KEPT_SHARE:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                size -= bytes_
        self._size_bytes = size

    def _now_s(self) -> float:
        return self._clock.now_us() / 1e6

    def _path(self, server_id: str, tile: TileId) -> Path:
        return self._folder / server_id / str(tile.z) / str(tile.x) / f"{tile.y}{_SUFFIX}"
