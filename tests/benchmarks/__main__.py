"""`python3 run.py bench [NAME …]`: run benchmarks, print the table, exit 1 when a bar fails."""

import argparse
import importlib
import os
import sys
import traceback
from pathlib import Path

from views.map import webengine
from views.map.scheme import register_scheme

_FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Return the benchmarks there are."""
    return sorted(path.stem.removeprefix("bench_") for path in _FOLDER.glob("bench_*.py"))


def main(argv: list[str]) -> int:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(names())}")
    wanted = parser.parse_args(argv).names or names()
    if unknown := sorted(set(wanted) - set(names())):
        parser.error(f"no benchmark {', '.join(unknown)}; there are: {', '.join(names())}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    webengine.prepare()  # before any of them makes the process's one application
    register_scheme()
    failed = 0
    lines = []
    for name in wanted:
        try:
            rows = importlib.import_module(f"tests.benchmarks.bench_{name}").rows()
        except Exception:
            traceback.print_exc()
            lines.append(f"{name:44} BROKEN")
            failed += 1
            continue
        for row in rows:
            print(row.text(), flush=True)
            lines.append(row.text())
            failed += not row.holds
    print("\n" + "\n".join(lines))
    print(f"{len(lines) - failed} hold, {failed} fail")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
