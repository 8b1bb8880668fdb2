"""The red line under the top bar: a safety function failed, and what to do about it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.desk import DeskApi, GatewayState
from models.operation.situation import Published
from views.i18n import Retranslating
from views.theme import Theme
from views.widgets.badges import PlainLabel

GATEWAY = "gateway"
_UNRECORDED = frozenset({"journal", "history"})


class FailureBar(Retranslating, QFrame):
    """One line per failed function; gone when all work."""

    def __init__(self, desk: DeskApi, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("failureBar")
        self._theme = theme
        self._recorded: dict[str, str] = dict(desk.live_situation.failures)
        self._gateway = ""
        self._told: dict[str, str] = {}
        self._lines: list[PlainLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(4))
        self._column.setSpacing(theme.px(2))
        desk.live_published.connect(self._on_published)  # a replay hides no failure
        desk.gateway_state.connect(self._on_gateway_state)
        self.retranslate()

    def failures(self) -> dict[str, str]:
        """Return what has failed: function → detail; what can't be recorded is told directly."""
        found = self._told | self._recorded
        if self._gateway:
            found[GATEWAY] = self._gateway
        return found

    def retranslate(self) -> None:
        """Set all text."""
        found = self.failures()
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = []
        for function, detail in found.items():
            line = PlainLabel(self._sentence(function, detail))
            line.setWordWrap(True)
            line.setObjectName(f"failure-{function}")
            self._lines.append(line)
            self._column.addWidget(line)
        self.setVisible(bool(found))
        self.setAccessibleName(self.tr("Failed safety functions"))

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        recorded = dict(published.situation.failures)
        if recorded != self._recorded:
            self._recorded = recorded
            self.retranslate()

    @Slot(object)
    def _on_gateway_state(self, state: GatewayState) -> None:
        gateway = "" if state.connected else (state.detail or "-")
        # A record that can't be written can't say so itself.
        told = dict(state.failing) if _UNRECORDED & dict(state.failing).keys() else {}
        if (gateway, told) != (self._gateway, self._told):
            self._gateway, self._told = gateway, told
            self.retranslate()

    def _sentence(self, function: str, detail: str) -> str:
        kind, _, name = function.partition(":")
        known = {
            GATEWAY: (
                self.tr("The gateway does not answer: alarms and values are not being judged."),
                self.tr("Muster restarts it by itself; until then watch the plants' own screens."),
            ),
            "source": (
                self.tr("A source of values is away ({name}): its values are stale.").format(
                    name=name
                ),
                self.tr("Muster goes on connecting; ask the control rooms by phone meanwhile."),
            ),
            "peer": (
                self.tr("The gateway {name} gives no sign of life.").format(name=name),
                self.tr("Start it again; until then watch its tags on the plants' own screens."),
            ),
            "siren": (
                self.tr("The siren does not answer."),
                self.tr("Warn by loudspeaker and phone."),
            ),
            "journal": (
                self.tr("The record can not be written."),
                self.tr("Free disk space or call IT; write down what is said until then."),
            ),
            "history": (
                self.tr("Measured values are not being kept."),
                self.tr("Free disk space or call IT; live values and alarms go on."),
            ),
            "record": (
                self.tr("Something that the gateway told is missing in the record."),
                self.tr("Watch the plants' own screens and tell IT: it may have been an alarm."),
            ),
            "reference": (
                self.tr("New reference data do not count: alarms are judged by the former ones."),
                self.tr("Go by the plants' own screens where a limit was changed, and tell IT."),
            ),
            "sound": (
                self.tr("Alarm tones can not be heard."),
                self.tr("Watch the alarm counts; connect a loudspeaker."),
            ),
        }
        what, act = known.get(
            kind,
            (
                self.tr("A safety function has failed: {name}.").format(name=function),
                self.tr("Go on by phone and tell IT."),
            ),
        )
        parts = ["◆ " + what, act]
        if kind == "peer":
            parts.append(self._unwatched(detail))
        elif detail and detail != "-":
            parts.append(f"({detail})")
        return " ".join(parts)

    def _unwatched(self, detail: str) -> str:
        """Return which tags nobody watches, of a text such as "2: A, B"."""
        count, _, keys = detail.partition(": ")
        if count == "0":
            return self.tr("No tag is unwatched: the broker gives its messages to the others.")
        return self.tr("Unwatched tags ({count}): {keys}").format(count=count, keys=keys)
