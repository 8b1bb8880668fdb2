"""What run.py decides: who needs a display, what is missing, what counts as covered."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import run
from app.bootstrap import checks, debian, environment, running
from tests.benchmarks.ratio import Row, best_ratio, best_speedup


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ([], True),
        (["--exit-when-ready"], True),
        (["--site", "doctor", "--theme", "dark"], True),
        (["--site=x"], True),
        (["--site", "x", "doctor"], False),
        (["shots", "DIR"], False),
        (["--help"], False),
    ],
)
def test_that_only_a_call_without_subcommand_opens_the_desk(words: list[str], opens: bool) -> None:
    assert running.opens_desk(words) is opens


def test_that_only_linux_can_lack_a_display() -> None:
    assert running.lacks_display({}, "linux")
    assert not running.lacks_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert not running.lacks_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert not running.lacks_display({}, "win32")
    assert not running.lacks_display({}, "darwin")


def test_that_without_is_read_in_both_spellings() -> None:
    assert checks.without(["--without", "postgresql,mosquitto", "-x"]) == (
        "postgresql",
        "mosquitto",
    )
    assert checks.without(["--without=mosquitto"]) == ("mosquitto",)
    assert checks.without(["tests/unit"]) == ()


def test_that_a_need_is_met_by_any_of_its_names() -> None:
    listing = "ii  libasound2t64\nrc  libnss3\nii  xvfb\nun  mosquitto\n"
    installed = debian.installed_in(listing)
    needs = (("libasound2t64", "libasound2"), ("libnss3",), ("xvfb",), ("mosquitto",))
    assert debian.missing(needs, installed) == [("libnss3",), ("mosquitto",)]


def test_that_the_release_decides_the_name() -> None:
    needs = [("libasound2t64", "libasound2"), ("libnss3",)]
    assert debian.chosen(needs, {"libasound2", "libnss3"}.__contains__) == ["libasound2", "libnss3"]
    assert debian.chosen(needs, {"libasound2t64"}.__contains__) == ["libasound2t64", "libnss3"]
    assert "apt-get install -y --no-install-recommends a b" in debian.command_text(["a", "b"])


def test_that_lock_and_interpreter_both_change_the_stamp() -> None:
    prints = {
        environment.fingerprint(b"a", "3.11"),
        environment.fingerprint(b"b", "3.11"),
        environment.fingerprint(b"a", "3.12"),
    }
    assert len(prints) == 3


def test_that_an_environment_of_another_python_is_told_apart() -> None:
    settings = "home = /usr/bin\nversion = 3.12.1\n"
    assert environment.made_by_this_python(settings, "3.12.9 (main)")
    assert not environment.made_by_this_python(settings, "3.1.2 (main)")
    assert environment.made_by_this_python("version_info = 3.11.2.final.0", "3.11.7 x")


def test_that_windows_keeps_its_interpreter_elsewhere() -> None:
    assert environment.venv_python(Path("v"), "win32") == Path("v/Scripts/python.exe")
    assert environment.venv_python(Path("v"), "linux") == Path("v/bin/python")


def test_that_the_newest_suitable_interpreter_is_found() -> None:
    assert run.other_python({"python3.11": "/a", "python3.12": "/b"}.get) == "/b"
    assert run.other_python({"python3.14": "/c"}.get) is None


def test_that_an_unsuitable_python_says_so(tmp_path: Path) -> None:
    script = (
        "import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 x'; sys.argv = ['run.py'];"
        "import run; run.shutil.which = None; run.other_python = lambda: None; sys.exit(run.main())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13; this is 3.9.2" in done.stderr


def test_that_the_set_up_needs_the_standard_library_only() -> None:
    # -S leaves the installed packages out, so that any import of one fails.
    path = f"sys.path.insert(0, {str(environment.ROOT)!r})"
    command = [sys.executable, "-I", "-S", "-c"]
    command.append(f"import sys; {path}; import app.bootstrap.running")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_that_the_lock_holds_pinned_names_with_hashes_and_nothing_else() -> None:
    lock = environment.LOCK.read_text("utf-8")
    name = r"[\w.-]+(?:\[[\w,-]+\])?==[\w.+!]+(?: ; [^\\\n]+)? \\\n"
    pin = re.compile(rf"{name}(?:    --hash=sha256:[0-9a-f]{{64}}(?: \\)?\n)+")
    assert pin.sub("", lock) == ""  # so no address and no option of the package client
    assert len(pin.findall(lock)) > 50


def test_that_no_file_of_code_is_longer_than_500_lines() -> None:
    packages = ("app", "views", "models", "maps", "tests")
    paths = [path for name in packages for path in (environment.ROOT / name).rglob("*.py")]
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    assert {path: count for path, count in lines.items() if count > 500} == {}
    assert sorted(lines.values())[len(lines) // 2] <= 200


def test_that_a_pattern_without_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("")
    assert checks.listed_files("# said\n*.py  # all\n\n", tmp_path) == ["a.py"]
    with pytest.raises(ValueError, match=r"gone\.py matches no file"):
        checks.listed_files("a.py\ngone.py\n", tmp_path)


def test_that_an_uncovered_branch_is_a_gap() -> None:
    report = {
        "files": {
            "a.py": {"missing_lines": [], "missing_branches": []},
            "b.py": {"missing_lines": [], "missing_branches": [[3, 5]]},
        }
    }
    assert checks.gaps(["a.py"], report) == []
    assert checks.gaps(["b.py"], report) == ["b.py: lines [] branches [3->5]"]
    assert checks.gaps(["c.py"], report) == ["c.py: no test imports it"]


def test_that_a_bar_holds_on_its_own_side_and_never_for_nan() -> None:
    assert Row("r", 1.4, 1.5).holds
    assert not Row("r", 1.6, 1.5).holds
    assert Row("r", 61, 60, more_is_better=True).holds
    assert not Row("r", float("nan"), 60, more_is_better=True).holds
    assert "FAILS" in Row("r", 1.6, 1.5).text()


def test_that_a_slow_moment_of_the_yardstick_buys_nothing() -> None:
    times = iter([4.0, 2.0, 3.0, 2.0, 4.0, 9.0])
    assert best_ratio(int, int, measure=lambda _: next(times)) == 1.5
    times = iter([4.0, 2.0, 1.0, 2.0, 9.0, 3.0])
    assert best_speedup(int, int, measure=lambda _: next(times)) == 2.0
