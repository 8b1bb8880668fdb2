"""`muster doctor`: what is installed, reachable, writable, and each setting's origin.

It only looks: no folder is made, nothing is migrated or started.
"""

import argparse
import json
import os
import platform
import shutil
import socket
import sys
from importlib import metadata
from pathlib import Path

import msgspec

from app.cli import BadInputError
from app.headless.jsonio import write_json
from app.settings import LoadedSettings, SettingsError, load_settings
from app.site import Site, SiteError, site_path
from models.store.errors import StoreError
from models.store.opening import stored_revision
from models.store.store import Store
from models.store.version import HEAD

_PACKAGES = (
    *("PySide6", "pyqtgraph", "folium", "shapely", "geopandas", "pyogrio", "pyproj", "SQLAlchemy"),
    *("alembic", "psycopg", "qasync", "numpy", "scipy", "msgspec", "immutables", "zstandard"),
    "pyarrow",
    *("aiomqtt", "openpyxl", "lxml", "pypinyin", "platformdirs"),
)
_LOW_DISK_BYTES = 1 << 30
_CONNECT_S = 2.0


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing looked at; `ok` false makes the doctor exit 1."""

    area: str
    name: str
    ok: bool
    detail: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the findings; exit 1 when something is wrong."""
    site = Site(site_path(args.site))
    try:
        loaded = load_settings(site.site_file)
    except SettingsError as error:
        raise BadInputError(str(error)) from error
    checks = [*_installed(), *_writable(site), *_reachable(site, loaded)]
    checks += [
        Check(area="settings", name=name, ok=False, detail="no such setting")
        for name in loaded.unknown_variables
    ]
    ok = all(check.ok for check in checks)
    settings = [
        {"key": key, "value": value, "origin": origin.layer, "place": origin.place}
        for key, value, origin in loaded.items()
    ]
    if args.json:
        write_json({"ok": ok, "site": str(site.path), "checks": checks, "settings": settings})
    else:
        _print(site, checks, loaded)
    return 0 if ok else 1


def _installed() -> list[Check]:
    found = [
        Check(area="installed", name="Python", ok=True, detail=platform.python_version()),
    ]
    for name in _PACKAGES:
        try:
            found.append(Check(area="installed", name=name, ok=True, detail=metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append(Check(area="installed", name=name, ok=False, detail="missing"))
    return found


def _writable(site: Site) -> list[Check]:
    if not site.path.exists():
        parent = next(path for path in site.path.parents if path.exists())
        ok = os.access(parent, os.W_OK)
        can = "can" if ok else "can NOT"
        return [
            Check(
                area="writable",
                name="site",
                ok=ok,
                detail=f"{site.path}: not made yet; {parent} {can} be written",
            )
        ]
    try:
        site.check_writable()
    except SiteError as error:
        return [Check(area="writable", name="site", ok=False, detail=str(error))]
    free_bytes = shutil.disk_usage(site.path).free
    return [
        Check(area="writable", name="site", ok=True, detail=str(site.path)),
        Check(
            area="writable",
            name="disk",
            ok=free_bytes >= _LOW_DISK_BYTES,
            detail=f"{free_bytes / 1e9:.1f} GB free",
        ),
    ]


def _reachable(site: Site, loaded: LoadedSettings) -> list[Check]:
    checks = [_store(site, loaded.settings.store_url)]
    mqtt = loaded.settings.mqtt
    if mqtt.enabled:
        problem = _connect(mqtt.host, mqtt.port)
        where = f"{mqtt.host}:{mqtt.port}"
        checks.append(
            Check(
                area="reachable",
                name="broker",
                ok=not problem,
                detail=f"{where}: {problem or 'answers'}",
            )
        )
    else:
        checks.append(
            Check(area="reachable", name="broker", ok=True, detail="off (mqtt.enabled = false)")
        )
    checks.append(_gateway(site.gateway_file))
    return checks


def _store(site: Site, configured: str) -> Check:
    if not configured and not site.operations_db.exists():
        return Check(area="reachable", name="store", ok=True, detail="not made yet")
    store = Store(site.store_url(configured))
    try:
        revision = stored_revision(store)
    except StoreError as error:
        return Check(area="reachable", name="store", ok=False, detail=str(error))
    finally:
        store.close()
    newest = "" if revision == HEAD else f" (this program writes {HEAD})"
    return Check(
        area="reachable", name="store", ok=True, detail=f"{store.label}: schema {revision}{newest}"
    )


def _gateway(file: Path) -> Check:
    try:
        port = int(json.loads(file.read_text("utf-8"))["port"])
    except FileNotFoundError:
        return Check(area="reachable", name="gateway", ok=True, detail="not running")
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Check(area="reachable", name="gateway", ok=False, detail=f"{file}: {error}")
    problem = _connect("127.0.0.1", port)
    # After a crash the file stays behind; the next start replaces it.
    detail = f"port {port}: {f'not running ({problem})' if problem else 'answers'}"
    return Check(area="reachable", name="gateway", ok=True, detail=detail)


def _connect(host: str, port: int) -> str:
    try:
        socket.create_connection((host, port), timeout=_CONNECT_S).close()
    except OSError as error:
        return error.strerror or str(error) or "no answer"
    return ""


def _print(site: Site, checks: list[Check], loaded: LoadedSettings) -> None:
    lines = [f"site {site.path}"]
    lines += [
        f"{'ok ' if check.ok else 'BAD'} {check.area:10} {check.name:14} {check.detail}"
        for check in checks
    ]
    for key, value, origin in loaded.items():
        place = f" {origin.place}" if origin.place else ""
        lines.append(f"    {key:20} = {value!r}  [{origin.layer}{place}]")
    sys.stdout.write("\n".join(lines) + "\n")
