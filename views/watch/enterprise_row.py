"""An enterprise that isn't blue, as Watch lists it: its colour, and what made it."""

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from models.registry.kinds import Enterprise, HazardSource
from models.telemetry.whole_colours import EnterpriseColour
from views.kit import ViewKit
from views.theme import set_property
from views.warning_words import WarningWords, severity_of
from views.widgets.badges import ElidedLabel, PlainLabel, plain_tip, wrapped_label
from views.widgets.chosen_row import ChosenRow
from views.widgets.severity import SeverityMark

_PARTS = 3  # of the worst source on the row; the tip and the accessible text have all
_SOURCES_IN_TIP = 8


class EnterpriseRow(ChosenRow):
    """Signals: chosen(str enterprise key)."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self.setObjectName("card")
        self._kit = kit
        self._words = WarningWords(kit.wording)
        self._explained = True
        self._mark = SeverityMark(kit.theme, 3)
        self._name = ElidedLabel(role="strong")
        self._colour = PlainLabel(role="strong")
        self._why = wrapped_label(role="secondary")
        head = QHBoxLayout()
        head.setSpacing(kit.theme.px(8))
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        head.addWidget(self._colour)
        column = QVBoxLayout(self)
        column.setContentsMargins(*kit.theme.pxs(10, 4, 10, 4))
        column.setSpacing(kit.theme.px(1))
        column.addLayout(head)
        column.addWidget(self._why)

    def show_enterprise(
        self, warned: EnterpriseColour, *, current: bool, explained: bool = True
    ) -> None:
        """Show this colour of an enterprise; one that isn't explained is when it has the focus."""
        self._explained = explained or current
        self._why.setVisible(self._explained or self.hasFocus())
        self.stand_for(warned.enterprise_key)
        worst, severity = warned.worst, severity_of(warned.colour)
        set_property(self, "severity", str(severity))
        set_property(self, "current", current)
        self._mark.set_severity(severity)
        row = self._kit.desk.reference.get(Enterprise.KIND, warned.enterprise_key)
        name = row.name.text(self._kit.language) if row is not None else ""
        self._name.setText(name or warned.enterprise_key or self.tr("Of no enterprise"))
        self._colour.setText(self._words.colour_and_index(worst))
        why = [self._source(worst.hazard_source_key), self._words.why(worst, _PARTS)]
        if len(warned.sources) > 1:
            why.append(self.tr("%n more source(s) above blue", "", len(warned.sources) - 1))
        self._why.setText(" · ".join(part for part in why if part))
        tip = "\n".join(
            " · ".join(
                filter(
                    None,
                    (
                        self._words.colour_and_index(each),
                        self._source(each.hazard_source_key),
                        self._words.why(each),
                    ),
                )
            )
            for each in warned.sources[:_SOURCES_IN_TIP]
        )
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(f"{self._name.text()} · {self._colour.text()}")
        self.setAccessibleDescription(tip)

    def _source(self, key: str) -> str:
        row = self._kit.desk.reference.get(HazardSource.KIND, key)
        return (row.name.text(self._kit.language) if row is not None else "") or key

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Explain the colour."""
        super().focusInEvent(event)
        self._why.setVisible(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give the room back."""
        super().focusOutEvent(event)
        self._why.setVisible(self._explained)
