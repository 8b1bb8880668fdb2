"""The real gateway under a fast clock: `python -m tests.soak.day_gateway SITE ORIGIN_US SPEED`."""

import sys
from pathlib import Path

from app.site import Site
from tests.e2e.clocked_gateway import run_gateway
from tests.soak.fast_clock import FastClock


def main(path: str, origin_us: str, speed: str) -> int:
    """Run until told to stop."""
    return run_gateway(Site(Path(path)), FastClock(int(origin_us), float(speed)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
