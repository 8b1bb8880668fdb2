"""The system packages that Debian and Ubuntu need, and their installation."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

# One entry is one need; its names differ between releases, the newer name stands first.
Need = tuple[str, ...]


class SetUpError(Exception):
    """The set-up can't go on; the text says what to do."""


_T64 = ("libasound2", "libglib2.0-0")
_QT_LIBRARIES = (
    "libnss3",
    "libnspr4",
    "libasound2",
    "libdbus-1-3",
    "libegl1",
    "libgl1",
    "libglx0",
    "libopengl0",
    "libgbm1",
    "libdrm2",
    "libfontconfig1",
    "libfreetype6",
    "libglib2.0-0",
    "libgssapi-krb5-2",
    "libx11-6",
    "libx11-xcb1",
    "libxext6",
    "libxrender1",
    "libxcomposite1",
    "libxdamage1",
    "libxrandr2",
    "libxtst6",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxkbfile1",
    "libxcb1",
    "libxcb-cursor0",
    "libxcb-dri3-0",
    "libxcb-glx0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libpulse0",
    "fonts-noto-cjk",
)
DESK: tuple[Need, ...] = tuple((f"{n}t64", n) if n in _T64 else (n,) for n in _QT_LIBRARIES)
SERVERS = ("mosquitto", "postgresql")
TEST: tuple[Need, ...] = (*((name,) for name in SERVERS), ("xvfb",))

_POLICY = Path("/usr/sbin/policy-rc.d")
_NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/muster-tests.conf")


def has_apt() -> bool:
    """Return whether this is Debian or one of its kin."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def venv_needs() -> tuple[Need, ...]:
    """Return the package that `python -m venv` lacks here; Debian ships it apart."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return ((f"python{version}-venv", "python3-venv"),)
    return ()


def installed_in(listing: str) -> set[str]:
    """Return the names that `dpkg-query` lists as installed ("ii NAME" lines)."""
    lines = (line.split() for line in listing.splitlines())
    return {words[1] for words in lines if len(words) == 2 and words[0].endswith("i")}


def missing(needs: Sequence[Need], installed: Collection[str]) -> list[Need]:
    """Return the needs that no installed package meets."""
    return [need for need in needs if not any(name in installed for name in need)]


def chosen(needs: Sequence[Need], is_available: Callable[[str], bool]) -> list[str]:
    """Return for each need the first name this release has, else the last (apt will say so)."""
    return [next((name for name in need if is_available(name)), need[-1]) for need in needs]


def command_text(packages: Sequence[str]) -> str:
    """Return what to type when we may not install."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def ensure(needs: Sequence[Need]) -> None:
    """Install what is missing when we are root, else say the command.

    Raises
    ------
    SetUpError
        When packages are missing and we may not or cannot install them.
    """
    lacking = missing(needs, _installed())
    if not lacking:
        return
    if os.geteuid() != 0:
        packages = chosen(lacking, _is_available)
        raise SetUpError(f"System packages are missing. Run:\n  {command_text(packages)}")
    _apt(["update"])
    packages = chosen(lacking, _is_available)
    print(f"Installing {len(packages)} system packages: {' '.join(packages)}", flush=True)
    with _services_off():
        _apt(["install", "-y", "--no-install-recommends", *packages])
    _disable([name for name in SERVERS if name in packages])


def _installed() -> set[str]:
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}\n"],
        capture_output=True,
        text=True,
        check=True,
    )
    return installed_in(listing.stdout)


def _is_available(name: str) -> bool:
    answer = subprocess.run(
        ["apt-cache", "policy", name],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    return any(
        line.strip().startswith("Candidate:") and "(none)" not in line
        for line in answer.stdout.splitlines()
    )


def _apt(arguments: Sequence[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", "-q", *arguments], check=False, env=environment)
    if done.returncode:
        raise SetUpError(f"apt-get {' '.join(arguments)} failed (exit {done.returncode})")


@contextlib.contextmanager
def _services_off() -> Iterator[None]:
    """Keep the packages from starting services and making a cluster; our tests start their own."""
    made: list[Path] = []
    try:
        for path, text in (
            (_POLICY, "#!/bin/sh\nexit 101\n"),
            (_NO_CLUSTER, "create_main_cluster = false\n"),
        ):
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
                made.append(path)
                path.chmod(0o755 if path == _POLICY else 0o644)
        yield
    finally:
        for path in made:
            path.unlink(missing_ok=True)


def _disable(services: Sequence[str]) -> None:
    if services and shutil.which("systemctl"):
        # Only the ones we just installed; without systemd running there is nothing to do.
        subprocess.run(["systemctl", "disable", *services], capture_output=True, check=False)
