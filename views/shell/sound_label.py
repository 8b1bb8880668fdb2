"""What sounds, the key that silences it, and the warning that nothing can be heard."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from views.i18n import Retranslating
from views.shell.sound import AlarmSound, SoundState
from views.theme import Theme, set_property
from views.widgets.badges import PlainLabel
from views.widgets.key_button import KeyButton

SILENCE_KEY = "F8"


class SoundLabel(Retranslating, QWidget):
    """Stands in the top bar; empty when a device is there and nothing sounds."""

    def __init__(self, theme: Theme, sound: AlarmSound, silence: QAction) -> None:
        super().__init__()
        self._sound = sound
        self._warning = PlainLabel()
        self._warning.setObjectName("noSound")
        set_property(self._warning, "severity", "3")
        self._button = KeyButton(theme, action=silence)
        self._button.setObjectName("silence")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._warning)
        row.addWidget(self._button)
        sound.state_changed.connect(self._on_state_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all text."""
        state = self._sound.state
        self._warning.setText("● " + self.tr("no sound"))
        self._warning.setToolTip(self.tr("No sound device: alarm tones can not be heard."))
        self._warning.setVisible(not state.available)
        self._button.setToolTip(self.tr("%n alarm(s) sounding", "", state.sounding))
        self._button.setVisible(state.sounding > 0)

    @Slot(object)
    def _on_state_changed(self, _state: SoundState) -> None:
        self.retranslate()
