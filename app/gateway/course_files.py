"""The stored normal courses of hazard sources: one file each, by mode of the operation."""

import hashlib
import logging
from pathlib import Path

from models.telemetry.source_model import ModelError, SourceModel, decoded, digest, encoded

_LOG = logging.getLogger("muster.gateway.courses")


class CourseFiles:
    """A folder of the site; a live operation and a drill never share a course."""

    def __init__(self, folder: Path, mode: str) -> None:
        self._folder = folder / mode

    def _path(self, source_key: str) -> Path:
        # a key is a text of the site: what a file system makes of it is nobody's to guess
        return self._folder / f"{hashlib.sha256(source_key.encode()).hexdigest()[:32]}.npz"

    def store(self, source_key: str, model: SourceModel) -> str:
        """Store a course in place of the one before; return its digest. OSError when it fails."""
        content = encoded(model)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(source_key)
        beside = path.with_suffix(".new")
        beside.write_bytes(content)
        beside.replace(path)
        return digest(content)

    def load(self, source_key: str, known_as: str) -> SourceModel | None:
        """Return the course that the record names; None when the file is another or none."""
        try:
            content = self._path(source_key).read_bytes()
        except OSError:
            return None
        if digest(content) != known_as:
            return None
        try:
            return decoded(content)
        except ModelError as error:
            _LOG.warning("the normal course of %s: %s", source_key, error)
            return None
