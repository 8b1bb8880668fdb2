"""A base map made by a real process, stopped, refused."""

import sys

from pytestqt.qtbot import QtBot

from app.basemaps.catalogue import BaseMapCatalogue
from tests.unit.maps.tiles.town import town
from views.base_maps.job import BaseMapJob

WAIT_MS = 60_000


def test_that_a_process_makes_a_base_map_and_tells_its_progress(tmp_path, qtbot: QtBot):
    job = BaseMapJob(tmp_path / "site")
    shares: list[float] = []
    job.progressed.connect(lambda _step, share: shares.append(share))
    with qtbot.waitSignal(job.ended, timeout=WAIT_MS) as ended:
        job.start(town().write(tmp_path / "town.osm"))
    assert ended.args == [[], ""]
    assert shares == sorted(shares)
    assert len(shares) > 3
    assert [m.name for m in BaseMapCatalogue(tmp_path / "site" / "tiles").all()] == ["town"]


def test_that_a_refused_file_is_said_by_its_code(tmp_path, qtbot: QtBot):
    (tmp_path / "x.mbtiles").write_bytes(b"nothing")
    job = BaseMapJob(tmp_path / "site")
    with qtbot.waitSignal(job.ended, timeout=WAIT_MS) as ended:
        job.start(tmp_path / "x.mbtiles")
    assert ended.args == [[], "unknown_format"]


def test_that_a_job_is_stopped_when_it_is_cancelled(tmp_path, qtbot: QtBot):
    endless = (
        "import signal, sys\n"
        'sys.stderr.write(\'{"step": "reading", "share": 0.1}\\n\')\n'
        "sys.stderr.flush()\n"
        "signal.pause()\n"
    )
    job = BaseMapJob(tmp_path, python=(sys.executable, "-c", endless))
    job.progressed.connect(job.cancel)
    with qtbot.waitSignal(job.ended, timeout=WAIT_MS) as ended:
        job.start(tmp_path / "town.osm")
    assert ended.args == [[], "cancelled"]
    assert not job.is_running


def test_that_a_job_ends_with_its_desk(tmp_path, qtbot: QtBot):
    job = BaseMapJob(tmp_path / "site")
    with qtbot.waitSignal(job.progressed, timeout=WAIT_MS):
        job.start(town().write(tmp_path / "town.osm"))
    job.shut_down()
    assert not job.is_running


def test_that_a_program_that_does_not_start_or_dies_is_said(tmp_path, qtbot: QtBot):
    for python, code in (
        ((str(tmp_path / "missing"),), "not_started"),
        ((sys.executable, "-c", "import os; os.abort()"), "broken"),
    ):
        job = BaseMapJob(tmp_path, python=python)
        with qtbot.waitSignal(job.ended, timeout=WAIT_MS) as ended:
            job.start(tmp_path / "town.osm")
        assert ended.args == [[], code]
