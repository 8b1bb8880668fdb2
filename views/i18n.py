"""Chinese and English, switched while running.

The convention: a widget with visible text inherits `Retranslating` (first in the bases) and sets
all of its text in `retranslate()`. It calls `retranslate()` itself at the end of `__init__`; a
LanguageChange event calls it again. The source language is English: `self.tr("…")`, with
`.format()` outside. Chinese comes from `resources/i18n/zh.toml` through
`python -m views.tools.translations`.
"""

import logging
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from models.basics import Language

_LOG = logging.getLogger("muster.i18n")
LANGUAGES: tuple[Language, ...] = ("zh", "en")

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Retranslating(_Base):
    """Mix-in of every widget with visible text: sets it again when the language changes."""

    def retranslate(self) -> None:
        """Set all visible text."""

    def changeEvent(self, event: QEvent) -> None:
        """Set the text again on a change of language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Translator(QObject):
    """Holds the language of the screens.

    Signals: language_changed(str 'zh' or 'en'): after all widgets have been told.
    """

    language_changed = Signal(object)

    def __init__(self, language: Language = "zh") -> None:
        super().__init__()
        self._installed: list[QTranslator] = []
        self._language: Language = language
        self.choose(language)

    @property
    def language(self) -> Language:
        """'zh' or 'en'."""
        return self._language

    @property
    def locale(self) -> QLocale:
        """The locale of the language, for dates written out."""
        return QLocale("zh_CN" if self._language == "zh" else "en_GB")

    def choose(self, language: Language) -> None:
        """Switch; every widget gets a LanguageChange event."""
        if language not in LANGUAGES:
            _LOG.warning("language %r is unknown; Chinese is used", language)
            language = "zh"
        self._language = language
        for old in self._installed:
            QApplication.removeTranslator(old)
        self._installed = [
            each for each in self._catalogues() if QApplication.installTranslator(each)
        ]
        QLocale.setDefault(self.locale)
        self.language_changed.emit(language)

    def toggle(self) -> None:
        """Switch to the other language."""
        self.choose("en" if self._language == "zh" else "zh")

    def _catalogues(self) -> list[QTranslator]:
        own = QTranslator(self)
        path = Path(str(files("resources"))) / "i18n" / f"muster_{self._language}.qm"
        if not own.load(str(path)):
            _LOG.warning("the translations can't be read from %s", path)
        found = [own]
        qt = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._language == "zh" and qt.load("qtbase_zh_CN", folder):
            found.insert(0, qt)
        return found
