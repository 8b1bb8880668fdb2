"""The theme: semantic tokens from one file per scheme → one palette and one style sheet.

No widget names a colour. A widget that paints asks `Theme.color(token)` and repaints on
`scheme_changed`; everything else is styled by `resources/themes/muster.qss`.
"""

import logging
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from views.fonts import FALLBACKS, FAMILY, load_fonts

_LOG = logging.getLogger("muster.theme")
SCHEMES = ("dark", "light", "contrast")
SYSTEM = "system"
_TOKEN = re.compile(r"@([a-z][\w.-]*)")
_PIXELS = re.compile(r"(\d+)px")
_DESIGN_HEIGHT_PX = 1080
_LEAST_SCALE, _MOST_SCALE = 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """One scheme as its file gives it."""

    name: str
    scheme: str
    least_contrast: float
    color: dict[str, str]


def load_tokens(name: str) -> Tokens:
    """Return the tokens of `resources/themes/<name>.toml`.

    Raises
    ------
    FileNotFoundError
        When there is no such theme.
    """
    text = (files("resources") / "themes" / f"{name}.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    return Tokens(name, raw["scheme"], float(raw["least_contrast"]), raw["color"])


def scale_for_height(height_px: int) -> float:
    """Return the scale that keeps text as large as on 1080 lines.

    Examples
    --------
    >>> scale_for_height(800), scale_for_height(1080), scale_for_height(2160)
    (1.0, 1.0, 2.0)
    """
    exact = height_px / _DESIGN_HEIGHT_PX
    return min(max(round(exact * 4) / 4, _LEAST_SCALE), _MOST_SCALE)


def style_sheet(template: str, tokens: Tokens, scale: float) -> str:
    """Fill the template: `@token` becomes its colour, `13px` is scaled, `1px` stays a hairline.

    Raises
    ------
    KeyError
        When the template names a token that the theme lacks.
    """

    def pixels(match: re.Match[str]) -> str:
        size = int(match.group(1))
        return match.group(0) if size <= 1 else f"{round(size * scale)}px"

    chevron = files("resources") / "icons" / f"chevron-{tokens.scheme}.png"
    template = template.replace("%chevron%", str(chevron).replace("\\", "/"))
    filled = _TOKEN.sub(lambda match: tokens.color[match.group(1)], template)
    return _PIXELS.sub(pixels, filled)


class Theme(QObject):
    """Applies one scheme to the application.

    Signals: scheme_changed(Theme): colours or sizes differ; repaint. scale_changed(float ratio
    to the scale before): comes first, for what was set in pixels.
    """

    scheme_changed = Signal(object)
    scale_changed = Signal(object)

    def __init__(self, wanted: str = "dark", scale: float | None = None) -> None:
        super().__init__()
        self._app = _application()
        self._template = (files("resources") / "themes" / "muster.qss").read_text("utf-8")
        self._wanted = wanted
        self._tokens = load_tokens("dark")
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[int, bool], QFont] = {}
        self._scale = scale or scale_for_height(self._app.primaryScreen().size().height())
        load_fonts()
        style = QStyleFactory.create("Fusion")
        if style is not None:
            self._app.setStyle(style)
        self._app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self.choose(wanted)

    @property
    def name(self) -> str:
        """The scheme in use: 'dark', 'light' or 'contrast'."""
        return self._tokens.name

    @property
    def wanted(self) -> str:
        """What was chosen: a scheme or 'system'."""
        return self._wanted

    @property
    def is_dark(self) -> bool:
        """Whether the background is dark (the map follows)."""
        return self._tokens.scheme == "dark"

    @property
    def scale(self) -> float:
        """How much larger than the design everything is drawn; 2.0 on 2160 lines."""
        return self._scale

    def px(self, size: int) -> int:
        """Return a design size [px of 1080 lines] in real pixels; hairlines stay 1."""
        return size if size <= 1 else round(size * self._scale)

    def pxs(self, *sizes: int) -> tuple[int, ...]:
        """Return design sizes in real pixels, as for the four margins of a layout."""
        return tuple(self.px(size) for size in sizes)

    def color(self, token: str) -> QColor:
        """Return a token's colour; KeyError when there is no such token.

        Painters ask a thousand times a second: it is made once. Copy it to change it.
        """
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = QColor(self._tokens.color[token])
        return found

    def hex(self, token: str) -> str:
        """Return a token's colour as '#rrggbb' (for the page and for plots)."""
        return self._tokens.color[token]

    def colors(self) -> dict[str, str]:
        """Return all tokens as '#rrggbb'."""
        return dict(self._tokens.color)

    def font(self, size_px: int = 13, *, bold: bool = False) -> QFont:
        """Return the one family at a design size; its figures are tabular. Copy it to change it."""
        found = self._fonts.get((size_px, bold))
        if found is None:
            found = self._fonts[size_px, bold] = QFont([FAMILY, *FALLBACKS])
            found.setPixelSize(self.px(size_px))
            found.setBold(bold)
        return found

    def choose(self, wanted: str) -> None:
        """Pin 'dark', 'light' or 'contrast', or follow the system."""
        if wanted not in (*SCHEMES, SYSTEM):
            _LOG.warning("theme %r is unknown; the dark one is used", wanted)
            wanted = "dark"
        self._wanted = wanted
        self._use(self._of_system() if wanted == SYSTEM else wanted)

    def set_scale(self, scale: float) -> None:
        """Draw everything larger or smaller."""
        before = self._scale
        self._scale = min(max(scale, _LEAST_SCALE), _MOST_SCALE)
        if self._scale != before:
            self._fonts = {}
            self.scale_changed.emit(self._scale / before)
            self._use(self._tokens.name)

    def _of_system(self) -> str:
        light = self._app.styleHints().colorScheme() is Qt.ColorScheme.Light
        return "light" if light else "dark"

    def _use(self, name: str) -> None:
        self._tokens = load_tokens(name)
        self._colors, self._fonts = {}, {}
        self._app.setPalette(self._palette())
        self._app.setFont(self.font())
        self._app.setStyleSheet(style_sheet(self._template, self._tokens, self._scale))
        self.scheme_changed.emit(self)

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "window",
            QPalette.ColorRole.WindowText: "text1",
            QPalette.ColorRole.Base: "pane",
            QPalette.ColorRole.AlternateBase: "raised",
            QPalette.ColorRole.Text: "text1",
            QPalette.ColorRole.Button: "pane",
            QPalette.ColorRole.ButtonText: "text1",
            QPalette.ColorRole.BrightText: "alarm.critical",
            QPalette.ColorRole.ToolTipBase: "raised",
            QPalette.ColorRole.ToolTipText: "text1",
            QPalette.ColorRole.PlaceholderText: "text3",
            QPalette.ColorRole.Highlight: "action",
            QPalette.ColorRole.HighlightedText: "on-accent",
            QPalette.ColorRole.Link: "action",
            QPalette.ColorRole.Mid: "line",
            QPalette.ColorRole.Light: "raised",
        }
        for role, token in roles.items():
            palette.setColor(role, self.color(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text3"))
        return palette

    @Slot()
    def _on_system_scheme_changed(self) -> None:
        if self._wanted == SYSTEM:
            self._use(self._of_system())


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a theme needs a QApplication")
    return app


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a changed dynamic property."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet looks at; nothing happens when it is the same."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it will be
            repolish(widget)
