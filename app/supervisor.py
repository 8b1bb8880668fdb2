"""Named asyncio tasks with restarts and a staged shutdown; nobody else makes tasks."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

_LOG = logging.getLogger("muster.supervisor")

Job = Callable[[], Coroutine[Any, Any, None]]
OnFailure = Callable[[str, BaseException], None]


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """How often a failed task is started again, with a delay that doubles [s].

    A task that ran longer than `reset_after_s` starts counting anew.
    """

    restarts: int = 0
    first_delay_s: float = 0.5
    most_delay_s: float = 30.0
    reset_after_s: float = 60.0

    def delay_s(self, failures: int) -> float | None:
        """Return the wait before restart number `failures` (1, 2, …), None when it is given up."""
        if failures < 1 or failures > self.restarts:
            return None
        return min(self.first_delay_s * 2.0 ** min(failures - 1, 30), self.most_delay_s)


ONCE = RestartPolicy()
FOREVER = RestartPolicy(restarts=2**31)


@dataclass(slots=True)
class _Entry:
    task: asyncio.Task[None]
    stage: int


class Supervisor:
    """Owns tasks by name.

    `on_failure(name, error)` is called at every failure, restarts included; it must not block.
    Shutdown cancels stage 0 first (what takes input in), then 1, and so on.
    """

    def __init__(self, on_failure: OnFailure | None = None) -> None:
        self._on_failure = on_failure
        self._entries: dict[str, _Entry] = {}
        self._closing = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tasks that run."""
        return tuple(self._entries)

    def is_running(self, name: str) -> bool:
        """Whether a task of that name runs (or waits for its restart)."""
        return name in self._entries

    def start(
        self,
        name: str,
        job: Job,
        *,
        policy: RestartPolicy = ONCE,
        stage: int = 0,
        on_failure: OnFailure | None = None,
    ) -> asyncio.Task[None]:
        """Start a task in the running loop.

        Raises
        ------
        ValueError
            When a task of that name runs already.
        RuntimeError
            When the supervisor is shut down.
        """
        if self._closing:
            raise RuntimeError(f"task {name}: the supervisor is shut down")
        if name in self._entries:
            raise ValueError(f"task {name}: runs already")
        report = on_failure or self._on_failure
        task = asyncio.get_running_loop().create_task(
            self._run(name, job, policy, report), name=name
        )
        entry = _Entry(task, stage)
        self._entries[name] = entry
        task.add_done_callback(lambda _: self._forget(name, entry))
        return task

    async def cancel(self, name: str, timeout_s: float = 5.0) -> bool:
        """Cancel a task and wait for its end; return whether it ended in time."""
        entry = self._entries.get(name)
        if entry is None:
            return True
        return not await self._stop([entry], timeout_s)

    async def shut_down(self, timeout_s: float = 5.0) -> tuple[str, ...]:
        """Cancel all tasks stage by stage; return the names that didn't end in time."""
        self._closing = True
        late: list[str] = []
        for stage in sorted({entry.stage for entry in self._entries.values()}):
            entries = [entry for entry in self._entries.values() if entry.stage == stage]
            late += await self._stop(entries, timeout_s)
        return tuple(late)

    async def _stop(self, entries: list[_Entry], timeout_s: float) -> list[str]:
        for entry in entries:
            entry.task.cancel()
        _, pending = await asyncio.wait([entry.task for entry in entries], timeout=timeout_s)
        late = [task.get_name() for task in pending]
        for name in late:
            _LOG.warning("task %s did not end within %.1f s", name, timeout_s)
        return late

    def _forget(self, name: str, entry: _Entry) -> None:
        if self._entries.get(name) is entry:
            del self._entries[name]

    async def _run(
        self, name: str, job: Job, policy: RestartPolicy, on_failure: OnFailure | None
    ) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        while True:
            began_s = loop.time()
            try:
                await job()
            except Exception as error:
                if loop.time() - began_s > policy.reset_after_s:
                    failures = 0
                failures += 1
                delay_s = policy.delay_s(failures)
                _LOG.exception(
                    "task %s failed%s", name, "" if delay_s is None else f", again in {delay_s:g} s"
                )
                if on_failure is not None:
                    on_failure(name, error)
                if delay_s is None:
                    return
                await asyncio.sleep(delay_s)
            else:
                return
