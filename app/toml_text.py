"""Writes small TOML files; the standard library only reads them."""

import json
import os
from collections.abc import Mapping
from pathlib import Path


def toml_text(values: Mapping[str, object]) -> str:
    """Return dotted keys with text, numbers, truths and lists of text as TOML.

    Examples
    --------
    >>> print(toml_text({"language": "zh", "mqtt.port": 1883}), end="")
    language = "zh"
    <BLANKLINE>
    [mqtt]
    port = 1883
    """
    tables: dict[str, list[str]] = {"": []}
    for key, value in values.items():
        table, _, name = key.rpartition(".")
        tables.setdefault(table, []).append(f"{name} = {_value(value)}\n")
    parts = ["".join(tables.pop(""))]
    parts += [f"[{table}]\n" + "".join(lines) for table, lines in tables.items()]
    return "\n".join(part for part in parts if part)


def write_toml(path: Path, values: Mapping[str, object]) -> None:
    """Write the file in one step: a reader sees the old text or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(toml_text(values))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, (bool, int, float, str)):
        # JSON's strings, numbers and truths are TOML's; only DEL needs escaping besides.
        return json.dumps(value, ensure_ascii=False, allow_nan=False).replace("\x7f", "\\u007f")
    raise TypeError(f"{type(value).__name__} can't be written to a settings file")
