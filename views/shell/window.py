"""The main window: it places rail, bars, map and stations; they own their behaviour."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.desk import Notice, ReplayApi
from models.operation.situation import Published
from views.actions import ActionSpec
from views.i18n import Retranslating
from views.kit import ViewKit
from views.shell.central import Central
from views.shell.failure_bar import FailureBar
from views.shell.layout_store import LayoutStore
from views.shell.live_band import LiveBand
from views.shell.mode_band import ModeBand
from views.shell.palette import Palette
from views.shell.rail import Rail
from views.shell.scaling import rescale
from views.shell.sound import AlarmSound, DevicePlayer, Player
from views.shell.sound_label import SILENCE_KEY, SoundLabel
from views.shell.station import PLACES, Station
from views.shell.strip import Strip
from views.shell.top_bar import TopBar
from views.widgets.keys import KeepsWhileTyping
from views.widgets.naming import named
from views.widgets.notice_bar import NoticeBar

_LEAST_PX = (1200, 700)


class MainWindow(Retranslating, QMainWindow):
    """One window on one desk.

    Signals: station_changed(str id), closing(): the user wants to leave; `may_close` decides.
    """

    station_changed = Signal(object)
    closing = Signal()

    def __init__(
        self,
        kit: ViewKit,
        map_widget: QWidget,
        stations: Sequence[Station],
        layouts: LayoutStore,
        notice_sentence: Callable[[Notice], str],
        *,
        player: Player | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("muster")
        self.setWindowIcon(QIcon(str(Path(str(files("resources"))) / "icons" / "muster.svg")))
        self.kit = kit
        KeepsWhileTyping(self)
        self.may_close = False
        self._mode = ""
        self._name = ""
        self.rail = Rail(kit.theme)
        self.sound = AlarmSound(kit.desk, player or DevicePlayer(self), self)
        silence = kit.actions.add(
            ActionSpec("alarms.silence", self._text_silence, self.sound.silence, SILENCE_KEY)
        )
        self.top_bar = TopBar(
            kit.desk, kit.theme, kit.wording, SoundLabel(kit.theme, self.sound, silence)
        )
        self.live_band = LiveBand(kit)
        self.band = ModeBand(kit.theme, kit.wording)
        self.failures = FailureBar(kit.desk, kit.theme)
        self.strip = Strip(kit.desk, kit.theme, kit.wording)
        self.central = Central(
            kit.theme, map_widget, {station.id: station for station in stations}, layouts
        )
        self.notices = NoticeBar(kit.theme, notice_sentence)
        self._place()
        self.find_palette = Palette(kit, self)
        kit.actions.set_window(self)
        self._add_actions()
        self.rail.chosen.connect(self.open_station)
        kit.theme.scale_changed.connect(self._on_scale_changed)
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        kit.desk.notice.connect(self._on_notice)
        kit.desk.replay_changed.connect(self._on_replay_changed)
        self.live_band.left_for_alarm.connect(self._on_left_for_alarm)
        self._show_mode()
        self.retranslate()

    def _place(self) -> None:
        shell = named(QWidget(), "shell")
        column = QVBoxLayout(shell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self.live_band, self.band, self.top_bar, self.failures, self.strip):
            column.addWidget(bar)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.central, 1)
        right.addWidget(self.notices)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        column.addLayout(middle, 1)
        self.setCentralWidget(shell)
        least = (self.kit.theme.px(each) for each in _LEAST_PX)
        self.setMinimumSize(*least)

    def _add_actions(self) -> None:
        for place in PLACES:
            self.kit.actions.add(
                ActionSpec(
                    id=f"station.{place.id}",
                    text=_TitleOf(self.rail, place.id),
                    run=_OpenStation(self, place.id),
                    shortcut=place.key,
                    group="stations",
                )
            )

        self.kit.actions.add(ActionSpec("find", self._text_find, self.find_palette.open, "Ctrl+K"))

    def _text_find(self) -> str:
        return self.tr("Find")

    def _text_silence(self) -> str:
        return self.tr("Silence")

    def retranslate(self) -> None:
        """Set all text."""
        self._show_name()
        self.kit.actions.retranslate()

    def _show_name(self) -> None:
        self._name = self.kit.desk.situation.name
        self.setWindowTitle(f"Muster · {self._name}" if self._name else "Muster")

    @property
    def station(self) -> str:
        """The station on screen."""
        return self.central.current

    @Slot(object)
    def open_station(self, station_id: str) -> None:
        """Show a station; the map stays as it is."""
        self.central.show_station(station_id)
        self.rail.show_current(station_id)
        self.station_changed.emit(station_id)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout; the composition root shuts down first, then closes again."""
        self.central.save()
        if self.may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        situation = published.situation
        if situation.mode != self._mode:
            self._show_mode()
        if situation.name != self._name:
            self._show_name()

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        if self._mode == "replay":
            self.band.show_mode(self._mode, self._speed(), now_us)

    @Slot(object)
    def _on_notice(self, notice: Notice) -> None:
        self.notices.say(notice)

    @Slot(object)
    def _on_scale_changed(self, ratio: float) -> None:
        rescale(self, ratio)
        self.central.lay_out()

    @Slot(object)
    def _on_replay_changed(self, _replay: ReplayApi | None) -> None:
        self._show_mode()
        self.kit.actions.refresh()

    @Slot()
    def _on_left_for_alarm(self) -> None:
        self.open_station("watch")

    def _speed(self) -> float | None:
        replay: ReplayApi | None = self.kit.desk.replay
        return replay.speed if replay is not None else None

    def _show_mode(self) -> None:
        self._mode = self.kit.desk.situation.mode
        self.band.show_mode(self._mode, self._speed(), self.kit.desk.clock.now_us())
        self.central.show_mode(self._mode)


class _TitleOf:
    """The rail's title of a station, asked anew after a change of language."""

    def __init__(self, rail: Rail, station_id: str) -> None:
        self._rail = rail
        self._station_id = station_id

    def __call__(self) -> str:
        return self._rail.titles()[self._station_id]


class _OpenStation:
    """Opens one station."""

    def __init__(self, window: MainWindow, station_id: str) -> None:
        self._window = window
        self._station_id = station_id

    def __call__(self) -> None:
        self._window.open_station(self._station_id)
