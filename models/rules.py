"""Rule tables that authorities change: TOML under `resources/rules/`, with their sources."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_rules(name: str) -> dict[str, Any]:
    """Return the table `resources/rules/<name>.toml`.

    Raises
    ------
    FileNotFoundError
        When there is no such table.
    """
    text = (files("resources") / "rules" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
