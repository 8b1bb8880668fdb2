"""Logging: named loggers under `muster`, a rotating file in the site, warnings to stderr.

The log is not the journal and carries no personal data.
"""

import logging
import logging.handlers
import sys
import time
from pathlib import Path

ROOT = "muster"
_FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s %(threadName)s: %(message)s"
_MAX_BYTES = 4 * 1024 * 1024
_KEPT = 5


def set_up_logging(folder: Path, program: str, level: str = "INFO") -> None:
    """Send the program's log to `folder/program.log` and warnings to stderr.

    A folder that can't be written loses the file, never the program: stderr says so.
    Calling it again replaces the former handlers.
    """
    root = logging.getLogger(ROOT)
    shut_down_logging()
    logging.raiseExceptions = False  # a full disk costs log lines, not a traceback for each
    formatter = logging.Formatter(_FORMAT, datefmt="%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    console = logging.StreamHandler(sys.stderr)
    console.setLevel(logging.WARNING)
    handlers: list[logging.Handler] = [console]
    problem: OSError | None = None
    try:
        handlers.append(
            logging.handlers.RotatingFileHandler(
                folder / f"{program}.log",
                maxBytes=_MAX_BYTES,
                backupCount=_KEPT,
                encoding="utf-8",
                delay=False,
            )
        )
    except OSError as error:
        problem = error
    for handler in handlers:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    root.setLevel(level)
    if problem is not None:
        root.warning("no log file in %s: %s", folder, problem.strerror)


def shut_down_logging() -> None:
    """Close the program's handlers."""
    root = logging.getLogger(ROOT)
    for handler in list(root.handlers):
        if isinstance(handler, logging.StreamHandler):
            root.removeHandler(handler)
            handler.close()
