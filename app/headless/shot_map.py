"""Waits for the map page: a picture of a page that is still being laid out shows a blank."""

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.main import DeskApp

_WITHIN_S = 20.0
_LOOK_S = 0.2
_ASK = """requestAnimationFrame(() => requestAnimationFrame(() => {
  document.body.dataset.painted = "%d " + window.innerWidth + " " + window.innerHeight;
})); 0"""
_marks = itertools.count(1)


async def map_painted(desk: "DeskApp") -> None:
    """Return once the page has painted two frames in the size of its widget.

    Raises
    ------
    TimeoutError
        When it doesn't within 20 s.
    """
    backend = desk.screens.map.backend
    page: Any = getattr(backend, "page", None)
    if page is None or not desk.screens.map.isVisible():
        return  # the plain map paints at once
    deadline = asyncio.get_running_loop().time() + _WITHIN_S
    while asyncio.get_running_loop().time() < deadline:
        mark = next(_marks)
        await _run(page, _ASK % mark)
        await asyncio.sleep(_LOOK_S)
        told = str(await _run(page, "document.body.dataset.painted")).split()
        wanted = backend.size()  # a bar beside the page is no part of it
        sizes = [float(each) * page.zoomFactor() for each in told[1:]]
        if told and told[0] == str(mark) and _is_near(sizes, (wanted.width(), wanted.height())):
            await asyncio.sleep(_LOOK_S)
            return
    raise TimeoutError(f"the map wasn't painted within {_WITHIN_S:g} s")


def _is_near(sizes: list[float], wanted: tuple[int, int]) -> bool:
    return all(abs(size - goal) <= 3 for size, goal in zip(sizes, wanted, strict=True))


async def _run(page: Any, script: str) -> object:  # noqa: ANN401 - Qt isn't imported here
    """Run a script in the page and return its value."""
    future: asyncio.Future[object] = asyncio.get_running_loop().create_future()

    def take(value: object) -> None:
        if not future.done():
            future.set_result(value)

    page.runJavaScript(script, 0, take)
    return await asyncio.wait_for(future, _WITHIN_S)
