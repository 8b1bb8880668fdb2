"""pyqtgraph, brought in small steps: imported at once it would stop the UI thread."""

from collections.abc import Iterator

from views.warm_up import finish_import, import_in_steps

_PACKAGE = "pyqtgraph"
# What it imports of Python and of others without Qt: a thread may read these.
WITHOUT_QT = (
    "subprocess", "importlib.resources", "decimal", "colorama", "xml.etree.ElementTree",
    "numpy.typing", "pydoc", "multiprocessing.connection", "mmap",
)  # fmt: skip
# Its slow modules, each before those that import it.
_SLOW = (
    "GraphicsScene.mouseEvents", "GraphicsScene.GraphicsScene", "graphicsItems.GraphicsItem",
    "graphicsItems.GraphicsWidget", "graphicsItems.AxisItem", "graphicsItems.ScatterPlotItem",
    "graphicsItems.TextItem", "graphicsItems.ViewBox.ViewBoxMenu",
    "graphicsItems.ViewBox.ViewBox", "graphicsItems.InfiniteLine", "Qt.OpenGLHelpers",
    "graphicsItems.PlotCurveItem", "graphicsItems.PlotDataItem", "graphicsItems.LegendItem",
    "graphicsItems.PlotItem.plotConfigTemplate_generic", "graphicsItems.PlotItem.PlotItem",
    "widgets.ColorMapMenu", "SignalProxy", "widgets.SpinBox",
    "graphicsItems.GradientEditorItem", "graphicsItems.ImageItem", "Vector", "Transform3D",
    "SRTTransform", "graphicsItems.ROI", "widgets.GraphicsView",
    "imageview.ImageViewTemplate_generic", "imageview.ImageView", "widgets.TreeWidget",
    "parametertree/",
    "multiprocess.parallelizer",
)  # fmt: skip


def bring_plots() -> Iterator[None]:
    """Import pyqtgraph, a little with every step."""
    for name in ("PySide6.QtTest", "PySide6.QtSvg", "PySide6.QtOpenGLWidgets"):
        yield from import_in_steps(name)
    yield from import_in_steps(_PACKAGE, _SLOW, "graphicsItems")


def need_plots() -> None:
    """Have pyqtgraph whole, before it is used: a plot may be wanted while it is being imported."""
    finish_import(_PACKAGE)
