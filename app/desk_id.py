"""The desk's short stable name, kept in the user's folder: it stands behind every actor's name."""

import logging
import re
import socket
from pathlib import Path

from app.settings import user_file

_LOG = logging.getLogger("muster.desk")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")
_UNNAMED = "desk"


def desk_id(file: Path | None = None) -> str:
    """Return this desk's id: as kept in `file`, else made of the machine's name and kept.

    The machine may be renamed later; the desk keeps its name. A file that can't be written costs
    the memory of it only.
    """
    path = file or user_file().with_name("desk-id")
    try:
        kept = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    if _ID.fullmatch(kept):
        return kept
    made = made_of(socket.gethostname())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made + "\n", "utf-8")
    except OSError as error:
        _LOG.warning("the desk's id was not kept in %s: %s", path, error)
    return made


def made_of(host: str) -> str:
    """Return an id made of a host's name: letters, digits and dashes, at most 16.

    Examples
    --------
    >>> made_of("Duty-Room_2.park.example")
    'duty-room-2'
    """
    first = host.partition(".")[0].lower()
    plain = re.sub(r"[^a-z0-9]+", "-", first).strip("-")[:16].strip("-")
    return plain or _UNNAMED
