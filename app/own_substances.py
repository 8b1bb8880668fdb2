"""Reads a site's own substances, `substances.toml` in its folder."""

from pathlib import Path

from app.site import SiteError
from models.hazard.own_substances import own_substances
from models.hazard.ports import HazardInputError
from models.hazard.substances import use_own

FILE_NAME = "substances.toml"


def load_own_substances(folder: Path) -> int:
    """Let the hazard models know a site's own substances; return how many there are.

    They stand before the program's own under the same CAS number. Without a file there are none.

    Raises
    ------
    SiteError
        When the file can't be read or makes no sense, naming the field.
    """
    path = folder / FILE_NAME
    try:
        found = own_substances(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        found = ()
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"{path}: {error}") from error
    except HazardInputError as error:
        raise SiteError(f"{path}: {error.field}: {error.reason}") from error
    use_own(found)
    return len(found)
