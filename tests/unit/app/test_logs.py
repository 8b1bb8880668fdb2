"""The program's log file."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logs import set_up_logging, shut_down_logging


@pytest.fixture(autouse=True)
def closed_logs() -> Iterator[None]:
    yield
    shut_down_logging()
    logging.getLogger("muster").setLevel(logging.NOTSET)


def test_that_a_second_set_up_does_not_write_lines_twice(tmp_path: Path) -> None:
    set_up_logging(tmp_path, "desk")
    set_up_logging(tmp_path, "desk")
    logging.getLogger("muster.desk").info("opened %s", "演示")
    lines = (tmp_path / "desk.log").read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("INFO muster.desk MainThread: opened 演示")
    assert lines[0][10] == "T"


@pytest.mark.expect_log("no log file in")
def test_that_a_missing_folder_costs_the_file_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(tmp_path / "nowhere", "desk")
    assert "no log file in" in capsys.readouterr().err
