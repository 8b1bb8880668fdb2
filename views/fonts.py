"""The bundled family: loaded from `resources/fonts`, so that no screen depends on the machine."""

import logging
from importlib.resources import files
from pathlib import Path

from PySide6.QtGui import QFontDatabase

_LOG = logging.getLogger("muster.theme")
FAMILY = "Muster Sans"
FALLBACKS = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif")


def font_files() -> tuple[Path, ...]:
    """Return the bundled font files."""
    folder = Path(str(files("resources"))) / "fonts"
    return tuple(sorted(folder.glob("*.otf")))


def load_fonts() -> bool:
    """Load the bundled fonts once; False (logged) when one can't be read."""
    if FAMILY in QFontDatabase.families():
        return True
    found = font_files()
    loaded = [QFontDatabase.addApplicationFont(str(path)) >= 0 for path in found]
    if not found or not all(loaded):
        _LOG.warning("the bundled fonts can't be read from %s", [str(path) for path in found])
        return False
    return True
