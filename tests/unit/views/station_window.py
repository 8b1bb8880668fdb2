"""The real stations in the real window, on a desk in memory."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.dispatching import DispatchProposal
from models.basics import LatLon, Phone
from models.dispatch.ports import Route
from models.dispatch.proposal import TeamProposal, TeamProposals
from tests.unit.views.fakes import SilentPlayer
from tests.unit.views.told_desk import ToldDesk
from views.command.station import CommandStation
from views.drill.station import DrillStation
from views.kit import ViewKit
from views.review.station import ReviewStation
from views.shell.layout_store import LayoutStore
from views.shell.window import MainWindow
from views.shift.watch_keeping import WatchKeeping
from views.watch.station import WatchStation

ROUTE = (LatLon(32.0, 118.0), LatLon(32.01, 118.01))


class TwoTeams:
    """A dispatcher that always proposes the same two teams."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def propose(
        self, situation: object, reference: object, incident_id: str, needs: tuple[str, ...]
    ) -> DispatchProposal:
        del situation, reference
        self.asked.append((incident_id, needs))
        ranked = tuple(
            TeamProposal(
                team_key=key,
                covers=(),
                lacks=(),
                route=Route(team_key=key, eta_s=eta_s, distance_m=2500.0, line=ROUTE),
                phones=(Phone(number=number, person=person),),
            )
            for key, eta_s, number, person in (
                ("T1", 240.0, "201", "Li"),
                ("T2", 420.0, "301", "Sun"),
            )
        )
        return DispatchProposal(incident_id, TeamProposals(ranked=ranked, excluded=()), None)


class NoZones:
    """Remembers the rates that were entered."""

    def __init__(self) -> None:
        self.rates: list[tuple[str, object]] = []
        self.since_us: list[int] = []

    def set_rate(self, incident_id: str, rate: object, *, wind_since_us: int = 0) -> None:
        self.rates.append((incident_id, rate))
        self.since_us.append(wind_since_us)


@dataclass
class Stage:
    """A window with its desk and stations."""

    desk: ToldDesk
    kit: ViewKit
    window: MainWindow
    watch: WatchStation
    command: CommandStation
    drill: DrillStation
    review: ReviewStation
    shift: WatchKeeping
    zones: NoZones
    player: SilentPlayer

    def open(self, station: str) -> None:
        """Go to a station."""
        self.window.open_station(station)
        while not self.window.central.is_whole:
            QApplication.processEvents()
        for each in (self.watch, self.command, self.drill, self.review):
            each.set_active(active=each.id == station)
        self.kit.actions.refresh()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key wherever the focus is."""
        target = QApplication.focusWidget()
        QTest.keyClick(target if target is not None else self.window, key, modifier)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        if text.isascii():
            QTest.keyClicks(target, text)
            return
        assert isinstance(target, QLineEdit)  # as an input method enters it
        target.setText(target.text() + text)
        target.textEdited.emit(target.text())

    def shown(self, name: str) -> str:
        """Return the text of the visible label of this name."""
        settle()
        labels = [w for w in self.window.findChildren(QLabel, name) if w.isVisible()]
        assert labels, f"no {name} is shown"
        return labels[0].text()

    def texts(self, part: QWidget | None = None) -> str:
        """Return all visible label texts, joined."""
        settle()
        host = part or self.window
        return "\n".join(w.text() for w in host.findChildren(QLabel) if w.isVisible())


def settle() -> None:
    """Let new children show themselves."""
    QCoreApplication.sendPostedEvents()


def freed(qtbot: QtBot, sheet: QWidget, act: Callable[[], object]) -> None:
    """Do something; fail when the sheet isn't destroyed by it."""
    gone: list[bool] = []
    sheet.destroyed.connect(lambda *_: gone.append(True))
    act()
    qtbot.waitUntil(lambda: bool(gone), timeout=2000)


def closes_and_frees(qtbot: QtBot, sheet: QWidget) -> None:
    """Close a sheet; fail when it isn't destroyed."""
    freed(qtbot, sheet, sheet.close)


def build(kit: ViewKit, desk: ToldDesk) -> Stage:
    """Put the stations into a window."""
    player, zones = SilentPlayer(), NoZones()
    watch = WatchStation(kit)
    command = CommandStation(kit, TwoTeams(), zones)  # type: ignore[arg-type]
    drill, review = DrillStation(kit), ReviewStation(kit)
    window = MainWindow(
        kit,
        QWidget(),
        (watch, command, drill, review),
        LayoutStore(None),
        lambda notice: notice.code,
        player=player,
    )
    window.may_close = True
    shift = WatchKeeping(kit, window.central)
    stage = Stage(desk, kit, window, watch, command, drill, review, shift, zones, player)

    def go(incident_id: str) -> None:
        stage.open("command")
        command.show_incident(incident_id)

    watch.incident_opened.connect(go)
    return stage
