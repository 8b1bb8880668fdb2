"""Named tasks: restarts, failures, cancelling, staged shutdown."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from app.supervisor import FOREVER, ONCE, RestartPolicy, Supervisor


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run(coroutine)


async def forever() -> None:
    await asyncio.Event().wait()


def test_that_delays_double_up_to_the_most_and_then_end() -> None:
    policy = RestartPolicy(restarts=4, first_delay_s=1.0, most_delay_s=5.0)
    assert [policy.delay_s(n) for n in range(6)] == [None, 1.0, 2.0, 4.0, 5.0, None]
    assert ONCE.delay_s(1) is None
    assert FOREVER.delay_s(10_000) == 30.0


@pytest.mark.expect_log("task flaky failed")
def test_that_a_failed_task_is_started_again_and_told_of() -> None:
    failures: list[tuple[str, str]] = []
    calls = 0

    async def flaky() -> None:
        nonlocal calls
        calls += 1
        if calls < 3:
            raise OSError(f"round {calls}")

    async def scenario() -> None:
        supervisor = Supervisor(lambda name, error: failures.append((name, str(error))))
        policy = RestartPolicy(restarts=5, first_delay_s=0.0)
        await supervisor.start("flaky", flaky, policy=policy)
        assert not supervisor.is_running("flaky")

    run(scenario())
    assert calls == 3
    assert failures == [("flaky", "round 1"), ("flaky", "round 2")]


@pytest.mark.expect_log("task broken failed")
def test_that_a_task_is_given_up_after_its_restarts() -> None:
    calls = 0

    async def broken() -> None:
        nonlocal calls
        calls += 1
        raise ValueError("always")

    async def scenario() -> None:
        policy = RestartPolicy(restarts=2, first_delay_s=0.0)
        await Supervisor().start("broken", broken, policy=policy)

    run(scenario())
    assert calls == 3


def test_that_a_name_is_held_by_one_task_and_free_after_cancel() -> None:
    async def scenario() -> None:
        supervisor = Supervisor()
        supervisor.start("one", forever)
        with pytest.raises(ValueError, match="one"):
            supervisor.start("one", forever)
        assert await supervisor.cancel("one") is True
        assert await supervisor.cancel("nobody") is True
        supervisor.start("one", forever)
        assert supervisor.names == ("one",)
        assert await supervisor.shut_down() == ()

    run(scenario())


def test_that_stages_end_in_order_and_nothing_starts_afterwards() -> None:
    ended: list[str] = []

    async def scenario() -> None:
        supervisor = Supervisor()

        def job(name: str) -> Any:
            async def work() -> None:
                try:
                    await forever()
                finally:
                    await asyncio.sleep(0)
                    ended.append(name)

            return work

        supervisor.start("writer", job("writer"), stage=1)
        supervisor.start("source", job("source"), stage=0)
        await asyncio.sleep(0)
        await supervisor.shut_down()
        with pytest.raises(RuntimeError, match="shut down"):
            supervisor.start("late", forever)

    run(scenario())
    assert ended == ["source", "writer"]


@pytest.mark.expect_log("task stubborn did not end")
def test_that_a_task_that_will_not_end_is_named() -> None:
    async def scenario() -> None:
        release = asyncio.Event()

        async def stubborn() -> None:
            try:
                await forever()
            except asyncio.CancelledError:
                await release.wait()

        supervisor = Supervisor()
        task = supervisor.start("stubborn", stubborn)
        await asyncio.sleep(0)
        assert await supervisor.shut_down(timeout_s=0.01) == ("stubborn",)
        release.set()
        await task

    run(scenario())
