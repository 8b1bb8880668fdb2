"""Reads a site's own substances, `substances.toml` in its folder."""

from app.site import Site, SiteError
from models.hazard.own_substances import own_substances
from models.hazard.ports import HazardInputError
from models.hazard.substances import use_own


def load_own_substances(site: Site) -> int:
    """Let the hazard models know a site's own substances; return how many there are.

    They stand before the program's own under the same CAS number. Without a file there are none.

    Raises
    ------
    SiteError
        When the file can't be read or makes no sense, naming the field.
    """
    path = site.substances_file
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
