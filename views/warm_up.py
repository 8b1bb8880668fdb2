"""Makes ready, in idle moments, what a switch of stations would otherwise wait for."""

import ast
import importlib
import importlib.util
import logging
import pkgutil
import sys
import time
from collections.abc import Iterable, Iterator
from importlib.abc import InspectLoader
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Slot

_LOG = logging.getLogger("muster.views")
_PAUSE_MS = 15
_TURN_S = 0.006
_TOUCHED = 5
_PACKAGE = "/"
_under_way: dict[str, Iterator[None]] = {}


def import_modules(names: Iterable[str]) -> None:
    """Import modules: on a thread only what brings no class of Qt."""
    for name in names:
        importlib.import_module(name)


def import_parts_of(name: str) -> Iterator[None]:
    """Import a station's module with a step for each module of its folder."""
    package = importlib.import_module(name.rpartition(".")[0])
    for part in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{part}")
        yield
    importlib.import_module(name)


def touch_classes() -> Iterator[None]:
    """Touch Qt's classes, a few at a time, on the UI thread: PySide makes each when first touched.

    pyqtgraph touches them all while it is imported.
    """
    for module in (QtCore, QtGui, QtWidgets):
        names = dir(module)
        for first in range(0, len(names), _TOUCHED):
            for name in names[first : first + _TOUCHED]:
                getattr(module, name)
            yield


def import_in_steps(name: str, parts: Iterable[str] = (), before: str = "") -> Iterator[None]:
    """Import a package statement by statement, so that no step stops the UI thread.

    Parameters
    ----------
    name : str
        The package.
    parts : iterable of str
        Its modules that take long, each before those that import it; one that isn't there is left
        out. A '/' at the end marks a package that is taken statement by statement too.
    before : str
        The prefix of the first import in the package before which the parts are imported, one a
        step.

    Whoever needs the package earlier calls `finish_import`.
    """
    if name in sys.modules or name in _under_way:
        return
    steps = _import_steps(name, tuple(parts), before)
    _under_way[name] = steps
    try:
        while _under_way.get(name) is steps:
            try:
                next(steps)
            except StopIteration:
                return
            yield
    finally:
        _under_way.pop(name, None)


def finish_import(name: str) -> None:
    """Take the steps that are left of an import at once."""
    for _ in _under_way.pop(name, ()):
        pass


def _import_steps(name: str, parts: tuple[str, ...] = (), before: str = "") -> Iterator[None]:
    spec = importlib.util.find_spec(name)
    loader = spec.loader if spec is not None else None
    source = loader.get_source(name) if isinstance(loader, InspectLoader) else None
    if spec is None or source is None:
        importlib.import_module(name)
        return
    module = importlib.util.module_from_spec(spec)
    statements = ast.parse(source, spec.origin or name).body
    yield
    sys.modules[name] = module
    try:
        for statement in statements:
            if isinstance(statement, ast.ImportFrom):
                if before and (statement.module or "").startswith(before):
                    yield from _import_parts(name, parts)
                    before = ""
                yield
            _execute(statement, module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)


def _execute(statement: ast.stmt, module: ModuleType) -> None:
    code = compile(ast.Module([statement], []), module.__file__ or module.__name__, "exec")
    exec(code, module.__dict__)  # noqa: S102 - the package's own text, as an import runs it


def _import_parts(name: str, parts: tuple[str, ...]) -> Iterator[None]:
    for part in parts:
        whole = f"{name}.{part.removesuffix(_PACKAGE)}"
        try:
            if part.endswith(_PACKAGE):
                yield from _import_steps(whole)
            else:
                importlib.import_module(whole)
        except ModuleNotFoundError:
            _LOG.debug("there is no %s", whole)
        yield


class WarmUp(QObject):
    """Takes a few milliseconds of steps each time the UI thread has nothing else to do."""

    def __init__(self, steps: Iterator[object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._on_timer)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def stop(self) -> None:
        """Leave the rest for when it is needed."""
        self._timer.stop()

    @property
    def is_running(self) -> bool:
        """Whether steps are left."""
        return self._timer.isActive()

    @Slot()
    def _on_timer(self) -> None:
        end_s = time.perf_counter() + _TURN_S
        while time.perf_counter() < end_s:
            try:
                next(self._steps)
            except StopIteration:
                self._timer.stop()
                return
