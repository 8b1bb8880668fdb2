"""Parts of a play about the cards on Watch."""

from PySide6.QtWidgets import QLabel

from tests.e2e.officer import Officer


async def card_texts(officer: Officer, card_id: str) -> list[str]:
    """Return what the card of a verification says, as soon as it shows whom to call.

    A card is painted in a turn of its own, after the situation has it.
    """

    def texts() -> list[str]:
        found = officer.desk.screens.watch.cards.widget(card_id).findChildren(QLabel)
        return [each.text() for each in found if each.isVisible()]

    await officer.until(lambda: "☎" in "".join(texts()), "the card shows whom to call")
    return texts()
