"""The composition root: builds the desk out of its parts. The only module that imports views."""

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from zoneinfo import ZoneInfo

import qasync
from PySide6.QtWidgets import QApplication, QMessageBox

from app.attach import GatewayLink
from app.clock import SystemClock, as_datetime
from app.contour_follower import ContourFollower
from app.crash import CrashGuard
from app.desk_id import desk_id
from app.desk_runtime import DeskRuntime
from app.dispatching import Dispatcher
from app.estimate_follower import EstimateFollower
from app.fire_follower import FireFollower
from app.garbage import UiGarbage
from app.locks import FileLock
from app.logs import set_up_logging
from app.opening import OpenedSite, SiteOpeningError, open_site
from app.own_substances import load_own_substances
from app.reference import ReferenceService, Register
from app.settings import LoadedSettings, Settings, SettingsError, load_settings
from app.site import Site, SiteError, site_path
from app.stalls import StallWatch
from app.supervisor import Supervisor
from app.terrain import TerrainChooser
from app.zone_follower import ZoneFollower
from models.ids import RandomIds
from views.assembly import Screens
from views.leaving import LeaveBox
from views.map.scheme import register_scheme
from views.map.webengine import prepare
from views.services import Services

_LOG = logging.getLogger("muster.desk")
EXIT_FAILED = 1
EXIT_BAD_SITE = 2
EXIT_NO_DISPLAY = 3
_READY_WITHIN_S = 180.0
_GATEWAY_WITHIN_S = 1.0
_SWITCH_S = 0.0005


OnReady = Callable[["DeskApp"], None]


def has_display() -> bool:
    """Return whether a window can be shown here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_desk(args: argparse.Namespace, on_ready: OnReady | None = None) -> int:
    """Open the desk and return the exit code.

    0 after an orderly end, 1 when it never became ready, 2 when the site can't be used, 3
    without a display.
    """
    if not has_display():
        print(  # noqa: T201 - nobody can see a window
            "muster: no display. Set DISPLAY or WAYLAND_DISPLAY, or QT_QPA_PLATFORM=offscreen.",
            file=sys.stderr,
        )
        return EXIT_NO_DISPLAY
    site = Site(site_path(args.site))
    try:
        site.create({"mode": "demonstration"})
        loaded = load_settings(
            site.site_file, command_line={"language": args.language, "theme": args.theme}
        )
        load_own_substances(site)
        lock = site.lock_desk()
    except (SiteError, SettingsError) as error:
        return _refuse(str(error))
    set_up_logging(site.logs, "desk", loaded.settings.log_level)
    # A busy thread keeps the others out for this long each time the UI thread calls into Qt.
    sys.setswitchinterval(_SWITCH_S)
    app = _application()
    clock = SystemClock()
    try:
        opened = open_site(site, loaded.settings, clock)
    except SiteOpeningError as error:
        return _refuse(str(error))
    return _run(app, site, loaded, opened, clock, lock, args, on_ready)


def _application() -> QApplication:
    prepare()
    register_scheme()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("muster")
    app.setQuitOnLastWindowClosed(False)
    return app


def _run(
    app: QApplication,
    site: Site,
    loaded: LoadedSettings,
    opened: OpenedSite,
    clock: SystemClock,
    lock: FileLock,
    args: argparse.Namespace,
    on_ready: OnReady | None,
) -> int:
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    guard = CrashGuard()
    guard.install(loop, site.logs)
    garbage = UiGarbage(loop)
    garbage.start()

    async def live() -> int:
        # made in the running loop: a screen may ask for something while it is being made
        desk = DeskApp(site, loaded.settings, opened, clock, getattr(args, "scale", None))
        guard.failed.connect(desk.tell_unexpected)
        _leave_on_signals(loop, desk)

        def ready() -> None:
            _LOG.info("ready")
            if on_ready is not None:
                on_ready(desk)
            if args.exit_when_ready:
                desk.quit(0)

        return await desk.run(ready)

    try:
        with loop:
            code: int = loop.run_until_complete(live())
    finally:
        with contextlib.suppress(OSError):
            opened.store.close()
        lock.release()
        guard.remove()
        garbage.stop()
    return code


def _leave_on_signals(loop: asyncio.AbstractEventLoop, desk: "DeskApp") -> None:
    """Let Ctrl+C, a closed terminal and the end of the session close the desk in order."""

    def leave(*_: object) -> None:
        loop.call_soon_threadsafe(desk.leave_unasked)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)


class DeskApp:
    """A running desk: runtime, gateway link, screens. Drivers and checks get it when ready."""

    def __init__(
        self,
        site: Site,
        settings: Settings,
        opened: OpenedSite,
        clock: SystemClock,
        scale: float | None = None,
    ) -> None:
        self.site = site
        self.settings = settings
        self.opened = opened
        self._done: asyncio.Future[int] | None = None
        self._stop_gateway = True
        self._situation_shown = asyncio.Event()
        self._map_shown = asyncio.Event()
        self._supervisor = Supervisor()
        self.stalls = StallWatch()
        offset = ZoneInfo(settings.timezone).utcoffset(as_datetime(clock))
        self.runtime = DeskRuntime(
            journal=opened.journal,
            reader=opened.reader,
            operation_id=opened.operation_id,
            start=opened.situation,
            reference=opened.reference,
            clock=clock,
            ids=RandomIds(),
            utc_offset_h=offset.total_seconds() / 3600 if offset else 0.0,
            time_zone=settings.timezone,
            desk_id=desk_id(),
            load_reference=lambda revision: opened.reference_store.view(revision).preload(),
        )
        self.link = GatewayLink(site, self.runtime, self._supervisor)
        terrain = TerrainChooser(settings.terrain)
        self.zones = ZoneFollower(self.runtime, terrain)
        self.contours = ContourFollower(self.runtime)
        self.fires = FireFollower(self.runtime)
        self.estimates = EstimateFollower(self.runtime, self.zones, terrain)
        register = Register(mode=settings.mode, site=site.path.name)
        references = ReferenceService(opened.store, opened.journal, clock, RandomIds(), register)
        self.screens = Screens(
            self.runtime,
            Services(
                site,
                settings,
                Dispatcher(site.tiles),
                self.zones,
                self.contours,
                self.estimates,
                references,
            ),
            scale,
        )

    async def run(self, ready: Callable[[], None]) -> int:
        """Show the desk until somebody leaves; return the exit code."""
        self._done = asyncio.get_running_loop().create_future()
        window = self.screens.window
        window.closing.connect(self._on_closing)
        self.runtime.published.connect(self._on_first_published)
        self.screens.map.shown.connect(self._map_shown.set)
        self.runtime.start()
        self.stalls.start()
        window.show()
        self._supervisor.start("gateway start", self._start_link)
        self._supervisor.start("ready", lambda: self._watch_ready(ready))
        code = await self._done
        await self._shut_down()
        return code

    def quit(self, code: int, *, stop_gateway: bool = True) -> None:
        """Leave; the desk owns the gateway's stop."""
        self._stop_gateway = stop_gateway
        if self._done is not None and not self._done.done():
            self._done.set_result(code)

    def leave_unasked(self) -> None:
        """Leave on a signal: a gateway that watches real values runs on, a simulated one ends."""
        mode = self.settings.mode
        _LOG.info("told to leave by a signal")
        self.quit(0, stop_gateway=mode != "live")

    def tell_unexpected(self, text: str) -> None:
        """Say that something failed that nobody foresaw; the desk goes on."""
        self.runtime.say(2, "unexpected", text)

    async def _watch_ready(self, ready: Callable[[], None]) -> None:
        """Usable: the situation is on screen and the map drew. Ready: the gateway answers too."""
        try:
            async with asyncio.timeout(_READY_WITHIN_S):
                await self._situation_shown.wait()
                await self._map_shown.wait()
                _LOG.info("usable")
                self.stalls.count_from_now()
                gc.freeze()  # the park stays: walking through it stops the screen
                self.screens.warm_up()
                await self.link.attached.wait()
        except TimeoutError:
            what = "gateway" if self._map_shown.is_set() else "map"
            _LOG.error("not ready within %d s: the %s is missing", _READY_WITHIN_S, what)
            self.quit(EXIT_FAILED)
            return
        ready()

    async def _start_link(self) -> None:
        """Look for the gateway once the map is there: started together, both come later."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GATEWAY_WITHIN_S):
                await self._map_shown.wait()
        self.link.start()

    def _on_first_published(self, _published: object) -> None:
        self.runtime.published.disconnect(self._on_first_published)
        self._situation_shown.set()

    def _on_closing(self) -> None:
        """Ask what becomes of the gateway: it watches on when it is left running."""
        window = self.screens.window
        if window.findChild(LeaveBox) is None:
            box = LeaveBox(window)
            box.decided.connect(self._on_leave_decided)
            box.open()

    def _on_leave_decided(self, stop_gateway: bool) -> None:  # noqa: FBT001 - Qt passes it so
        self.quit(0, stop_gateway=stop_gateway)

    async def _shut_down(self) -> None:
        if self._stop_gateway:
            await self.link.stop_gateway()
        await self._supervisor.shut_down()
        self.stalls.stop()
        self.screens.shut_down()
        self.contours.stop()
        self.estimates.stop()
        self.runtime.stop()


def _refuse(text: str) -> int:
    """Say on stderr, and in a box where there is a screen, why the desk can't open."""
    print(f"muster: {text}", file=sys.stderr)  # noqa: T201 - the last word before leaving
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen" and not QApplication.instance():
        app = QApplication(sys.argv[:1])
        QMessageBox.critical(None, "Muster", text)
        app.quit()
    return EXIT_BAD_SITE
