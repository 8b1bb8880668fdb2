"""The situation of a 100k-event operation: cold open, any moment, and the fold from the start.

And the same on the screens: from the seek until every model, and then every picture, shows it.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from app.clock import ManualClock
from app.journal import Journal
from app.queries.situations import SituationReader
from app.settings import load_settings
from app.site import Site
from models.ids import OperationId, SeededIds
from models.operation.fold import empty_situation, fold_all
from models.operation.situation import Situation
from models.store import open_store
from tests.benchmarks.big_operation import START_US, batches
from tests.benchmarks.ratio import ROUNDS, Row, seconds

EVENTS = 100_000
_OPERATION = OperationId("bench")
_MOMENTS = 40
_MOMENTS_ON_SCREEN = 12
_WITHIN_S = 300
_PAGE = 5_000


def rows() -> list[Row]:
    """Measure in the SQLite file of a site; every figure is the best of three."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        site = Site(Path(folder) / "site")
        _run(["app", "--site", str(site.path), "--exit-when-ready"])
        url = site.store_url(load_settings(site.site_file).settings.store_url)
        end_us = _fill(url)
        return _measured(url, end_us) + _on_screen(site.path)


def _fill(url: str) -> int:
    """Write the operation as a desk would have left it: with its checkpoints."""
    store = open_store(url)
    journal = Journal(store, ManualClock(START_US), SeededIds("bench"))
    now_us = START_US
    for now_us, batch in batches(EVENTS):
        journal.append(_OPERATION, batch, moment_us=now_us)
    SituationReader(journal).latest(_OPERATION)
    store.close()
    return now_us


def _measured(url: str, end_us: int) -> list[Row]:
    rng = random.Random(7)
    moments = [rng.randrange(START_US, end_us) for _ in range(_MOMENTS)]
    cold_s = min(seconds(lambda: _cold(url)) for _ in range(ROUNDS))
    store = open_store(url)
    try:
        journal = Journal(store, ManualClock(end_us), SeededIds("bench"))
        mean_s, worst_s, whole_s = float("inf"), float("inf"), float("inf")
        for _ in range(ROUNDS):
            reader = SituationReader(journal)
            each_s = [seconds(partial(reader.at, _OPERATION, moment)) for moment in moments]
            whole_s = min(whole_s, seconds(lambda: _from_start(journal)))
            mean_s, worst_s = min(mean_s, sum(each_s) / len(each_s)), min(worst_s, max(each_s))
        assert SituationReader(journal).latest(_OPERATION) == _from_start(journal)
    finally:
        store.close()
    worst_ms, note = worst_s * 1e3, f"mean {mean_s * 1e3:.1f} ms"
    return [
        Row("situation: cold open, 100k events", cold_s, 2.0, "s"),
        Row("situation: any moment, worst", worst_ms, 100.0, "ms", note=note),
        Row("situation: moment vs fold from start", whole_s / mean_s, 50.0, more_is_better=True),
    ]


def _on_screen(site: Path) -> list[Row]:
    """Measure the real desk in a replay: the worst moment of the best of three rounds."""
    hand = ["tests.benchmarks.replay_desk", str(site), _OPERATION, str(_MOMENTS_ON_SCREEN)]
    models, pictures = [], []
    for _ in range(ROUNDS):
        found = json.loads(_run(hand).splitlines()[-1])
        models.append(max((ms, station) for ms, _, station in found))
        pictures.append(max((ms, station) for _, ms, station in found))
    (model_ms, model_at), (picture_ms, picture_at) = min(models), min(pictures)
    return [
        Row("situation: any moment to all models", model_ms, 100.0, "ms", note=f"on {model_at}"),
        Row("situation: pictures follow", picture_ms, 300.0, "ms", note=f"on {picture_at}"),
    ]


def _run(module: list[str]) -> str:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", *module],
        env=environment, capture_output=True, text=True, timeout=_WITHIN_S, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(module)}: {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def _cold(url: str) -> Situation:
    store = open_store(url)
    try:
        journal = Journal(store, ManualClock(0), SeededIds("cold"))
        return SituationReader(journal).latest(_OPERATION)
    finally:
        store.close()


def _from_start(journal: Journal) -> Situation:
    situation = empty_situation(_OPERATION)
    while events := journal.read(_OPERATION, situation.seq, _PAGE):
        situation, _ = fold_all(situation, events)
    return situation
