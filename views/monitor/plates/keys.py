"""The keys of a page of plates: its acts in the registry, and their buttons below the board."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from views.actions import ActionSpec
from views.kit import ViewKit
from views.widgets.flow import FlowLayout
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

PageAct = tuple[str, Callable[[], str], str, Callable[[], object]]
"""Name, text, key and what is done."""


def add_acts(
    kit: ViewKit, page: QWidget, prefix: str, acts: Sequence[PageAct], enabled: Callable[[], bool]
) -> None:
    """Put a page's acts into the registry as `prefix.name`; their keys work on the page."""
    for name, text, key, run in acts:
        kit.actions.add(
            ActionSpec(
                id=f"{prefix}.{name}",
                text=text,
                run=run,
                shortcut=key,
                enabled=enabled,
                scope=page,
                group=f"monitor-{prefix}",
            )
        )


def over_keys(
    kit: ViewKit, prefix: str, names: Sequence[str], contents: Sequence[QWidget]
) -> QWidget:
    """Return a page's contents over the buttons of its acts."""
    px, pxs = kit.theme.px, kit.theme.pxs
    body, keys = QWidget(), QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in contents:
        column.addWidget(widget, 1)
    frame = QVBoxLayout(keys)
    frame.setContentsMargins(*pxs(8, 6, 8, 6))
    row = FlowLayout(px(8), px(6))
    frame.addLayout(row)
    for name in names:
        button = KeyButton(kit.theme, action=kit.actions.action(f"{prefix}.{name}"))
        row.addWidget(named(button, f"{prefix}-{name}"))
    column.addWidget(keys)
    return body
