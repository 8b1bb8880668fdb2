#!/usr/bin/env python3
"""Sets Muster up and runs it. Needs nothing but Python; see README.md.

python3 run.py [ARGS]            open the desk, or run a subcommand (`python3 run.py doctor`)
python3 run.py test [ARGS]       lint, types, import contracts and all tests
python3 run.py bench [ARGS]      the benchmarks
python3 run.py soak NAME [ARGS]  one of the long runs

This file keeps to old syntax, so that an old Python can still say what is wrong.
"""

import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
SUPPORTED = ((3, 13), (3, 12), (3, 11))
_PICKED = "MUSTER_RUN_PYTHON"  # set for the interpreter we handed over to


def other_python(which=getattr(shutil, "which", lambda name: None)):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, B008
    """Return the path of a suitable interpreter on the PATH, None when there is none."""
    for major, minor in SUPPORTED:
        path = which("python%d.%d" % (major, minor))
        if path:
            return path
    return None


def main():  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Check the interpreter, then hand over to `app.bootstrap`."""
    if sys.version_info[:2] in SUPPORTED:
        os.environ.pop(_PICKED, None)
        sys.path.insert(0, ROOT)
        from app.bootstrap.running import run

        return run(sys.argv[1:])
    other = None if os.environ.get(_PICKED) else other_python()
    if other is None:
        sys.stderr.write(
            "Muster needs Python 3.11, 3.12 or 3.13; this is %s and the PATH holds no other.\n"
            "Install one (Debian, Ubuntu: apt-get install python3; else python.org) and call "
            "it: python3.12 run.py\n" % sys.version.split()[0]
        )
        return 1
    environment = dict(os.environ)
    environment[_PICKED] = "1"
    return subprocess.call([other, os.path.abspath(__file__)] + sys.argv[1:], env=environment)


if __name__ == "__main__":
    sys.exit(main())
