"""Keeps the sizes and choices of each station in a small file of the user's folder."""

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

_LOG = logging.getLogger("muster.layout")
_VERSION = 1


class LayoutStore:
    """Sizes and choices by name. A file that can't be read is logged and the defaults are used.

    Parameters
    ----------
    path : Path or None
        None keeps the sizes in memory only.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._sizes: dict[str, list[int]] = {}
        self._choices: dict[str, Any] = {}
        self._read()

    def get(self, name: str, count: int) -> list[int] | None:
        """Return `count` stored sizes [px], or None."""
        sizes = self._sizes.get(name)
        return sizes if sizes is not None and len(sizes) == count else None

    def put(self, name: str, sizes: Sequence[int]) -> None:
        """Remember sizes [px]; `save` writes them."""
        self._sizes[name] = list(sizes)

    def choice(self, name: str) -> object:
        """Return a stored choice as it came from the file (anything JSON), None without one."""
        return self._choices.get(name)

    def put_choice(self, name: str, value: object) -> None:
        """Remember a choice that JSON can hold; `save` writes it, None forgets it."""
        if value is None:
            self._choices.pop(name, None)
        else:
            self._choices[name] = value

    def save(self) -> None:
        """Write the file; a full or read-only disk costs the layout, not the desk."""
        if self._path is None:
            return
        kept = {"version": _VERSION, "sizes": self._sizes, "choices": self._choices}
        text = json.dumps(kept, indent=1, sort_keys=True)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partial = self._path.with_suffix(".part")
            partial.write_text(text, "utf-8")
            partial.replace(self._path)
        except OSError as error:
            _LOG.warning("the layout was not kept in %s: %s", self._path, error)

    def _read(self) -> None:
        if self._path is None or not self._path.is_file():
            return
        try:
            raw = json.loads(self._path.read_text("utf-8"))
            self._sizes, self._choices = _sizes(raw), dict(raw.get("choices", {}))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            _LOG.warning("the layout in %s can't be used, defaults are: %s", self._path, error)
            with suppress(OSError):  # kept, since the next save would overwrite it
                self._path.replace(self._path.with_name(f"{self._path.name}.damaged"))


def _sizes(raw: dict[str, Any]) -> dict[str, list[int]]:
    if raw["version"] != _VERSION:
        raise ValueError(f"version {raw['version']}")
    return {str(name): [_size(each) for each in sizes] for name, sizes in raw["sizes"].items()}


def _size(raw: object) -> int:
    if not isinstance(raw, int) or not 0 <= raw <= 100_000:
        raise ValueError(f"size {raw!r}")
    return raw
