"""What the map's benchmarks share: the window, the objects, questions to a page."""

import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage

from models.basics import LatLon

SIZE = (1280, 800)
CENTRE = LatLon(32.0, 118.0)
_HALF_LAT_DEG, _HALF_LON_DEG = 0.085, 0.16
_WITHIN_S = 180.0

Degrees = npt.NDArray[np.float64]


def places(count: int, seed: int = 1) -> tuple[Degrees, Degrees]:
    """Return latitudes and longitudes all over a city."""
    random = np.random.default_rng(seed)
    return (
        CENTRE.lat_deg + random.uniform(-_HALF_LAT_DEG, _HALF_LAT_DEG, count),
        CENTRE.lon_deg + random.uniform(-_HALF_LON_DEG, _HALF_LON_DEG, count),
    )


def spin(until: Callable[[], bool], within_s: float = _WITHIN_S) -> None:
    """Run the event loop until something is so.

    Raises
    ------
    TimeoutError
        When it isn't so in time.
    """
    end_s = time.perf_counter() + within_s
    loop = QEventLoop()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    QTimer.singleShot(int(within_s * 1000), loop.quit)
    loop.exec()
    timer.stop()
    if not until() and time.perf_counter() >= end_s:
        raise TimeoutError


def ask(page: QWebEnginePage, script: str) -> Any:
    """Evaluate in the page."""
    answers: list[Any] = []
    page.runJavaScript(f"JSON.stringify(({script}))", answers.append)
    spin(lambda: bool(answers))
    return json.loads(answers[0]) if answers[0] else None


def run_until(page: QWebEnginePage, script: str, result: str) -> Any:
    """Run a script and return what it put into a global at last."""
    page.runJavaScript(f"{result} = null; {script}")
    found = None
    while found is None:
        found = ask(page, result)
    return found


def pan_script(name: str, rounds: int) -> str:
    """Return a script that pans a map by a third of the view, to and fro, to painted each."""
    return f"""(() => {{
        const times = [];
        const step = () => {{
            const began = performance.now();
            {name}.panBy([(times.length % 2 ? -1 : 1) * 420, 90 * (times.length % 2 ? -1 : 1)],
                         {{animate: false}});
            requestAnimationFrame(() => {{
                const channel = new MessageChannel();
                channel.port1.onmessage = () => {{
                    times.push(performance.now() - began);
                    if (times.length < {rounds}) {{ setTimeout(step, 30); }}
                    else {{ window.panTimes = times; }}
                }};
                channel.port2.postMessage(null);
            }});
        }};
        step();
    }})()"""
