"""`python3 run.py soak NAME [ARGS]`: one of the long runs.

A soak is a module `tests/soak/NAME.py` with `def main(argv: list[str]) -> int`.
"""

import importlib
import sys
from pathlib import Path

_FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Return the long runs there are: modules that declare `main`."""
    return sorted(
        path.stem
        for path in _FOLDER.glob("*.py")
        if not path.stem.startswith("_") and "\ndef main(" in path.read_text("utf-8")
    )


def main(argv: list[str]) -> int:
    """Run the named soak and return its exit code."""
    if not argv or argv[0] not in names():
        print(f"usage: run.py soak NAME [ARGS]; NAME of: {', '.join(names()) or 'none yet'}")
        return 2
    code: int = importlib.import_module(f"tests.soak.{argv[0]}").main(argv[1:])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
