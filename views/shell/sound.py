"""Plays the alarm tones; where no device plays, that is said on screen, never kept quiet."""

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, Signal, Slot

from app.commands.alarm import SilenceAlarms
from app.desk import DeskApi
from models.operation.situation import Published, Situation
from views.shell.sound_logic import SoundLogic, SoundPlan
from views.shell.tones import CHIME, PATTERNS, RATE_HZ, pcm

_LOG = logging.getLogger("muster.sound")


@dataclass(frozen=True, slots=True)
class SoundState:
    """What the top bar shows: can it sound, and how many alarms sound now."""

    available: bool
    sounding: int = 0


class Player(Protocol):
    """Something that plays tones."""

    def available(self) -> bool:
        """Return whether anybody can hear it."""
        ...

    def play(self, priority: int) -> None:
        """Play one cycle of a tone."""
        ...

    def stop(self) -> None:
        """Be quiet."""
        ...


class DevicePlayer(QObject):
    """Plays through the machine's default output."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink: Any = None
        self._buffer: QBuffer | None = None
        try:
            from PySide6 import QtMultimedia  # may lack its system library
        except ImportError as error:
            _LOG.info("no sound: %s", error)
            self._media: Any = None
        else:
            self._media = QtMultimedia
        self._device: Any = None
        self._devices: Any = None
        if self._media is not None:
            self._devices = self._media.QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._on_audio_outputs_changed)
            self._on_audio_outputs_changed()

    def available(self) -> bool:
        """Return whether there is an output device, as the system told last: to ask takes long."""
        return self._device is not None and not self._device.isNull()

    def play(self, priority: int) -> None:
        """Play one cycle; what played before is cut off."""
        self.stop()
        if not self.available():
            return
        form = self._media.QAudioFormat()
        form.setSampleRate(RATE_HZ)
        form.setChannelCount(1)
        form.setSampleFormat(self._media.QAudioFormat.SampleFormat.Int16)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pcm(priority)))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = self._media.QAudioSink(self._device, form, self)
        self._sink.start(self._buffer)

    def stop(self) -> None:
        """Be quiet."""
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
            self._sink = None
        if self._buffer is not None:
            self._buffer.deleteLater()
            self._buffer = None

    @Slot()
    def _on_audio_outputs_changed(self) -> None:
        self._device = self._media.QMediaDevices.defaultAudioOutput()


class AlarmSound(QObject):
    """Sounds what the live situation asks for; a replay never sounds.

    Signals: state_changed(SoundState).
    """

    state_changed = Signal(object)

    def __init__(self, desk: DeskApi, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._player = player
        self._logic = SoundLogic()
        self._situation: Situation = desk.situation
        self._plan = SoundPlan()
        self._state = SoundState(available=player.available())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_cycle)
        desk.live_published.connect(self._on_live_published)
        desk.ticked.connect(self._on_ticked)

    @property
    def state(self) -> SoundState:
        """What the top bar shows."""
        return self._state

    @Slot()
    def silence(self) -> None:
        """Silence what sounds now and put that on record."""
        alarm_ids = self._logic.silence()
        if alarm_ids:
            seen = tuple(self._situation.alarms[key].event_id for key in alarm_ids)
            self._desk.execute(SilenceAlarms(alarm_ids=alarm_ids, seen=seen))
        self._judge()

    def is_sounding(self) -> bool:
        """Return whether there is something to silence."""
        return self._plan.tone is not None

    @Slot(object)
    def _on_live_published(self, published: Published) -> None:
        self._situation = published.situation
        self._judge()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        self._judge()

    def _judge(self) -> None:
        # Clocks of the live operation go on under a replay, so the tick's own time isn't used.
        before = self._plan.tone
        self._plan = self._logic.update(self._situation, self._desk.clock.now_us())
        if self._plan.chime:
            self._player.play(CHIME)
        if self._plan.tone != before:
            self._restart()
        state = SoundState(self._player.available(), len(self._plan.alarm_ids))
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)

    def _restart(self) -> None:
        tone = self._plan.tone
        if tone is None:
            self._timer.stop()
            self._player.stop()
            return
        self._player.play(tone)
        self._timer.start(round(PATTERNS[tone].cycle_s * 1000))

    @Slot()
    def _on_cycle(self) -> None:
        if self._plan.tone is not None:
            self._player.play(self._plan.tone)
