"""A plain map of the small park on a desk in memory, for tests of what stands around the map."""

from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from tests.unit.maps.world import ORIGIN, park, published, situation
from tests.unit.views.station_desk import StationDesk
from views.actions import ActionRegistry
from views.i18n import Translator
from views.kit import ViewKit
from views.map.widget import MapWidget
from views.theme import Theme, load_tokens
from views.wording import Wording


def kit_of(theme: Theme, translator: Translator, wording: Wording) -> ViewKit:
    rows = {kind: list(held.values()) for kind, held in park().kinds.items()}
    desk = StationDesk(situation(), rows)
    return ViewKit(desk, theme, translator, wording, ActionRegistry())


@contextmanager
def plain_map(qtbot: QtBot) -> Iterator[MapWidget]:
    """Yield a shown map of 800 × 500 px at the origin, zoom 15."""
    widget = MapWidget(plain=True)
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    with qtbot.waitSignal(widget.ready):
        widget.show()
    widget.set_theme(load_tokens("dark").color, "dark")
    widget.set_language("en")
    with qtbot.waitSignal(widget.shown):
        widget.set_reference(park(), "en")
    widget.show_situation(published())
    widget.fly_to(ORIGIN, 15.0)
    yield widget
    widget.shut_down()
