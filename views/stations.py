"""The seven stations: the watch at once, the others when first opened or in an idle moment.

Their modules are imported as late: plots and file readers bring libraries that a start doesn't
need.
"""

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from views.base_maps.job import BaseMapJob
from views.kit import ViewKit
from views.map.base_maps import BaseMapFeed
from views.map.drawing_desk import DrawingDesk
from views.map.layer_keeper import LayerKeeper
from views.map.widget import MapWidget
from views.map_station import MapStation
from views.monitor import plots
from views.services import Services
from views.shell.late_station import LateStation
from views.shell.station import Station
from views.watch.station import WatchStation

if TYPE_CHECKING:
    from views.command.station import CommandStation
    from views.drill.station import DrillStation
    from views.libraries.station import LibrariesStation
    from views.monitor.station import MonitorStation
    from views.monitor.trend.page import TrendPage
    from views.review.station import ReviewStation

S = TypeVar("S", bound=Station)

# What the late stations and the models need, read on a thread so that no switch waits for it.
# Nothing of Qt: PySide makes its classes when they are first touched, and two threads that touch
# them at the same time crash.
LATE_MODULES = (
    "app.exchange.stage", "app.exchange.osm", "pyproj", "scipy.sparse.csgraph", "scipy.optimize",
    "models.hazard.model_choice", "models.hazard.zone_model",
    *plots.WITHOUT_QT,
)  # fmt: skip


class Stations(QObject):
    """Makes the stations. Signals: made(str id): a late station exists from now on."""

    made = Signal(object)

    def __init__(
        self,
        kit: ViewKit,
        services: Services,
        map_widget: MapWidget,
        layers: LayerKeeper,
        base_maps: BaseMapFeed,
        drawing: DrawingDesk,
    ) -> None:
        super().__init__()
        self.base_map_job = BaseMapJob(services.site.path, self)
        self.kit = kit
        self._services = services
        self.watch = WatchStation(kit)
        self._map = LateStation(
            "map",
            lambda: MapStation(kit, map_widget, layers, base_maps, self.base_map_job, drawing),
        )
        self._command = LateStation("command", self._make_command, ("views.command.station",))
        self._plot: TrendPage | None = None
        self._monitor = LateStation(
            "monitor", self._make_monitor, ("views.monitor.station",), self._make_plot
        )
        self._libraries = LateStation(
            "libraries", self._make_libraries, ("views.libraries.station",)
        )
        self._drill = LateStation("drill", self._make_drill, ("views.drill.station",))
        self._review = LateStation("review", self._make_review, ("views.review.station",))

    @property
    def late(self) -> tuple[LateStation[Any], ...]:
        """All but the watch, the likeliest first."""
        return (
            self._command, self._map, self._monitor, self._review, self._libraries, self._drill,
        )  # fmt: skip

    @property
    def command(self) -> "CommandStation":
        """Command 指挥."""
        return self._command.station

    @property
    def monitor(self) -> "MonitorStation":
        """Monitor 监测."""
        return self._monitor.station

    @property
    def libraries(self) -> "LibrariesStation":
        """Libraries 资源库."""
        return self._libraries.station

    @property
    def drill(self) -> "DrillStation":
        """Drill 演练."""
        return self._drill.station

    @property
    def review(self) -> "ReviewStation":
        """Review 复盘."""
        return self._review.station

    def _make_command(self) -> "CommandStation":
        from views.command.station import CommandStation as Command

        services = self._services
        return self._tell(
            Command(
                self.kit,
                services.dispatcher,
                services.zones,
                services.contours,
                services.estimates,
            )
        )

    def _make_monitor(self) -> "MonitorStation":
        from views.monitor.station import MonitorStation as Monitor

        return self._tell(Monitor(self.kit, self._plot))

    def _make_plot(self) -> None:
        from views.monitor.trend.page import TrendPage as Page

        self._plot = Page(self.kit)

    def _make_libraries(self) -> "LibrariesStation":
        from views.libraries.station import LibrariesStation as Libraries

        return self._tell(Libraries(self.kit, self._services.references))

    def _make_drill(self) -> "DrillStation":
        from views.drill.station import DrillStation as Drill

        return self._tell(Drill(self.kit))

    def _make_review(self) -> "ReviewStation":
        from views.review.station import ReviewStation as Review

        return self._tell(Review(self.kit))

    def _tell(self, station: S) -> S:
        self.made.emit(station)
        return station
