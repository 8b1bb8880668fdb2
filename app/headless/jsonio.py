"""Reads and writes the JSON of headless commands, naming file and place when it is bad."""

import sys
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from app.cli import BadInputError

T = TypeVar("T")


def read_json(file: str, kind: type[T]) -> T:
    """Read a JSON file ('-' is standard input) as `kind`.

    Raises
    ------
    BadInputError
        Naming the file and the place in it.
    """
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror or error}") from error
    try:
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{file}: {error}") from error


def write_json(value: Any) -> None:  # noqa: ANN401 - anything msgspec can write
    """Print a value as indented JSON."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    sys.stdout.write(text.decode() + "\n")
