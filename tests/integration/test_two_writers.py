"""Two processes append to one operation: one chain, nothing lost, nothing twice."""

import os
import subprocess
import sys
from pathlib import Path

from app.clock import ManualClock
from app.journal import Journal
from models.ids import OperationId, SeededIds
from models.operation.events import Draft
from models.operation.events.operation import OperationStarted
from models.store import open_store

OPERATION = OperationId("two")
_WRITER = """
import sys
from app.clock import SystemClock
from app.journal import Journal
from models.ids import OperationId, RandomIds
from models.operation.events import Draft
from models.operation.events.operation import NoteWritten
from models.store import open_store
store = open_store(sys.argv[1])
journal = Journal(store, SystemClock(), RandomIds())
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    note = Draft(payload=NoteWritten(text=str(number)), subject="op", actor=sys.argv[2])
    journal.append(OperationId("two"), [note, note])
store.close()
"""


def test_that_two_processes_write_one_chain(store_url: str, tmp_path: Path) -> None:
    store = open_store(store_url)
    journal = Journal(store, ManualClock(1), SeededIds("s"))
    start = OperationStarted(
        mode="live", name="two", site="", software_version="", reference_revision=0
    )
    journal.append(OPERATION, [Draft(payload=start, subject="op", actor="a")])
    script = tmp_path / "writer.py"
    script.write_text(_WRITER)
    writers = [
        subprocess.Popen(
            [sys.executable, str(script), store_url, name],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for name in ("desk", "gateway")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == b"ready"
    for writer in writers:
        writer.communicate(b"go\n", timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0]
    result = journal.verify(OPERATION)
    assert (result.findings, result.events) == ([], 161)
    for name in ("desk", "gateway"):
        texts = [e.payload.text for e in journal.read(OPERATION) if e.actor == name]  # type: ignore[attr-defined]
        assert texts == [str(n) for n in range(40) for _ in range(2)]
    store.close()
