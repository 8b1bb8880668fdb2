"""What every panel is given: the desk's services and the face they are shown with."""

from dataclasses import dataclass

from app.desk import DeskApi
from views.actions import ActionRegistry
from views.i18n import Translator
from views.theme import Theme
from views.wording import Wording


@dataclass(frozen=True, slots=True)
class ViewKit:
    """Passed to the constructor of stations and panels; nothing in it is global."""

    desk: DeskApi
    theme: Theme
    translator: Translator
    wording: Wording
    actions: ActionRegistry

    @property
    def language(self) -> str:
        """'zh' or 'en', for `Name.text`."""
        return self.translator.language
