"""Reads MBTiles: tiles in an SQLite file, rows counted from the south.

References
----------
MBTiles Specification 1.3.
"""

import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path


class MbtilesError(Exception):
    """The file is no MBTiles or is damaged; the text says what."""


class MbtilesDatabase:
    """An MBTiles file opened for reading alone; several threads may ask it."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises
        ------
        MbtilesError
            When it isn't there or isn't MBTiles.
        """
        if not path.is_file():
            raise MbtilesError("there is no such file")
        self._lock = threading.Lock()
        # immutable: nobody writes it here, and a write-protected folder can't hold lock files
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise MbtilesError(str(error)) from error
        try:
            self.metadata: Mapping[str, str] = self._read_metadata()
            self.zooms = self._read_zooms()
        except (sqlite3.Error, MbtilesError) as error:
            self._connection.close()
            raise MbtilesError(f"is no readable MBTiles file: {error}") from error

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile as stored; `row` counts from the north as web maps do.

        Raises
        ------
        MbtilesError
            When the file is damaged there.

        Notes
        -----
        MBTiles counts rows from the south: 2^zoom - 1 - row.
        """
        try:
            with self._lock:
                found = self._connection.execute(
                    "SELECT tile_data FROM tiles"
                    " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                    (zoom, column, 2**zoom - 1 - row),
                ).fetchone()
        except sqlite3.Error as error:
            raise MbtilesError(f"tile {zoom}/{column}/{row} can't be read: {error}") from error
        return None if found is None or found[0] is None else bytes(found[0])

    def any_tile(self) -> bytes | None:
        """Return one tile of the last zoom: its first bytes say what the tiles are."""
        try:
            with self._lock:
                found = self._connection.execute(
                    "SELECT tile_data FROM tiles WHERE zoom_level = ? LIMIT 1", (self.zooms[1],)
                ).fetchone()
        except sqlite3.Error as error:
            raise MbtilesError(str(error)) from error
        return None if found is None or found[0] is None else bytes(found[0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _read_metadata(self) -> dict[str, str]:
        try:
            rows = self._connection.execute("SELECT name, value FROM metadata").fetchall()
        except sqlite3.OperationalError:  # some writers leave the table out
            return {}
        return {str(name): str(value) for name, value in rows if value is not None}

    def _read_zooms(self) -> tuple[int, int]:
        low, high = self._connection.execute(
            "SELECT min(zoom_level), max(zoom_level) FROM tiles"
        ).fetchone()
        if low is None:
            raise MbtilesError("it holds no tiles")
        return int(low), int(high)
