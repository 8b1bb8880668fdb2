"""Kill rounds: kill -9 in the middle of writing loses no confirmed event and breaks no chain.

`python3 run.py soak kill [--append N] [--gateway N] [--desk N] [--power-cut N] [--seed S]`
"""

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path

from app.clock import SystemClock
from app.journal import Journal
from app.site import Site
from models.ids import OperationId, RandomIds
from models.store import open_store
from tests.soak.power_cut import cut_at_every_offset
from tests.soak.victims import AppendVictim, Confirmed, Victim, VictimError, desk, gateway

_ROUNDS_PER_SITE = 20


def main(argv: list[str]) -> int:
    """Run the rounds and say what was lost."""
    parser = argparse.ArgumentParser(prog="run.py soak kill", description=__doc__)
    parser.add_argument("--append", type=int, default=120, help="rounds on a headless command")
    parser.add_argument("--gateway", type=int, default=60, help="rounds on the gateway")
    parser.add_argument("--desk", type=int, default=20, help="rounds on the desk")
    parser.add_argument("--power-cut", type=int, default=8, help="commits before the power cut")
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args(argv)
    began_s = time.monotonic()
    lost = 0
    for victim, rounds in (
        (AppendVictim(), args.append),
        (gateway(), args.gateway),
        (desk(), args.desk),
    ):
        lost += _rounds(victim, rounds, random.Random(args.seed))
    if args.power_cut:
        with tempfile.TemporaryDirectory(prefix="muster-cut-") as folder:
            cuts, confirmed, missing = cut_at_every_offset(Path(folder), args.power_cut)
        print(f"power cut: {cuts} cuts, {confirmed} confirmed events each, {missing} lost")
        lost += missing
    print(f"soak kill: {lost} lost, {time.monotonic() - began_s:.0f} s")
    return 1 if lost else 0


def _rounds(victim: Victim, rounds: int, rng: random.Random) -> int:
    """Kill one kind of process; the site stays for some rounds, as it would after a crash."""
    lost = total = 0
    folder = Path(tempfile.mkdtemp(prefix="muster-kill-"))
    try:
        confirmed: Confirmed = {}
        for number in range(rounds):
            if number % _ROUNDS_PER_SITE == 0:
                confirmed = {}
                site = Site(folder / str(number))
                site.create()
            try:
                found = victim.round(site, rng)
            except VictimError as error:
                print(f"{victim.name} round {number + 1} can't run: {error}", flush=True)
                return lost + 1
            confirmed |= found
            total += len(found)
            lost += _missing(site, confirmed, f"{victim.name} round {number + 1}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{victim.name}: {rounds} rounds, {total} confirmed events, {lost} lost", flush=True)
    return lost


def _missing(site: Site, confirmed: Confirmed, place: str) -> int:
    """Return how much is wrong: confirmed events that are gone or changed, chains that break."""
    store = open_store(site.store_url())
    wrong = 0
    try:
        journal = Journal(store, SystemClock(), RandomIds())
        for operation in journal.operations():
            result = journal.verify(operation.id)
            for finding in result.findings:
                print(f"{place}: {operation.id} seq {finding.seq}: {finding.code}")
                wrong += 1
        for operation_id in {operation_id for operation_id, _ in confirmed}:
            stored = _hashes(journal, OperationId(operation_id))
            for (owner, seq), hash_ in confirmed.items():
                if owner == operation_id and stored.get(seq) != hash_:
                    print(f"{place}: {operation_id} seq {seq} is lost")
                    wrong += 1
    finally:
        store.close()
    return wrong


def _hashes(journal: Journal, operation_id: OperationId) -> dict[int, str]:
    found: dict[int, str] = {}
    after = 0
    while events := journal.read(operation_id, after):
        found |= {event.seq: event.hash.hex() for event in events}
        after = events[-1].seq
    return found
