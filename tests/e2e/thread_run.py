"""The thread from an empty site to its result, with its own broker: `python thread_run.py DIR`.

Everything happens in this process and its children, so that it can be put into a network
namespace as a whole.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import paho.mqtt.client as paho

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.servers.mosquitto import Mosquitto  # noqa: E402 - the checkout is no package

DATA = Path(__file__).with_name("data")
IMPORTS = (
    ("osm", "town.osm"),
    ("enterprises", "facilities.csv"),
    ("hazard-sources", "hazard-sources.json"),
    ("tags", "tags.json"),
    ("plans", "plans.json"),
    ("permits", "permits.json"),
    ("people", "people.json"),
    ("teams", "teams.csv"),
    ("receptors", "receptors.csv"),
)
STEP_S = 0.5
MASTS = ("WS-M1", "WD-M1")


def make_site(site: Path, port: int) -> None:
    """Write the settings of a live site with a broker."""
    site.mkdir(parents=True)
    (site / "site.toml").write_text(
        f'mode = "live"\n\n[mqtt]\nenabled = true\nport = {port}\n', "utf-8"
    )


def import_all(site: Path, files: tuple[tuple[str, Path], ...]) -> dict[str, object]:
    """Import by the command line; return what each file gave."""
    reports = {}
    for kind, path in files:
        command = [sys.executable, "-m", "app", "import", kind, str(path), "--site", str(site)]
        done = subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"import {kind}: {done.stderr}")
        reports[path.name] = json.loads(done.stdout)
    return reports


def read_series(path: Path) -> Iterator[dict[str, float]]:
    """Yield the rows of a recorded series, and its last row for ever."""
    heading, *lines = path.read_text("utf-8").splitlines()
    keys = heading.split(",")
    row: dict[str, float] = {}
    for line in lines:
        row = dict(zip(keys, map(float, line.split(",")), strict=True))
        yield row
    while True:
        yield row


@contextmanager
def publisher(port: int) -> Iterator[paho.Client]:
    """Yield a connected MQTT client."""
    client = paho.Client(paho.CallbackAPIVersion.VERSION2)
    client.connect(Mosquitto.host, port)
    client.loop_start()
    yield client
    client.disconnect()
    client.loop_stop()


def publish(client: paho.Client, row: dict[str, float]) -> None:
    """Publish a row: the masts as single values, all else as one column batch."""
    for key in MASTS:
        client.publish(f"muster/{key}", json.dumps({"v": row[key], "q": 0}), qos=1)
    columns = {key: value for key, value in row.items() if key not in MASTS}
    batch = {"tags": list(columns), "values": list(columns.values()), "ts0": None}
    client.publish("muster/batch", json.dumps(batch), qos=1)


def start_desk(site: Path, result: Path, play: str, *more: str) -> "subprocess.Popen[bytes]":
    """Start the driver's process on a site."""
    command = [sys.executable, "-m", "tests.e2e.driver", play, "--site", str(site)]
    log = result.with_suffix(".log").open("wb")
    with log:
        return subprocess.Popen(
            [*command, "--result", str(result), *more], cwd=ROOT, stdout=log, stderr=log
        )


def run(folder: Path, series: Path, files: tuple[tuple[str, Path], ...], *more: str) -> int:
    """Play the thread and leave `result.json` in the folder; `more` goes to the driver."""
    site, result, go = folder / "site", folder / "result.json", folder / "go"
    broker = Mosquitto()
    try:
        broker.start()
        make_site(site, broker.port)
        reports = import_all(site, files)
        (folder / "imports.json").write_text(json.dumps(reports, ensure_ascii=False), "utf-8")
        desk = start_desk(site, result, "thread", "--file", str(go), *more)
        rows = read_series(series)
        first = next(rows)
        with publisher(broker.port) as client:
            while desk.poll() is None:
                publish(client, next(rows) if go.exists() else first)
                try:
                    desk.wait(STEP_S)
                except subprocess.TimeoutExpired:
                    continue
        return desk.returncode
    finally:
        broker.remove()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shots", default="")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    own = tuple((kind, DATA / name) for kind, name in IMPORTS)
    sys.exit(run(given.folder, DATA / "series.csv", own, "--shots", given.shots))
