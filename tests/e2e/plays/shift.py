"""The start of a shift."""

from app.commands.operation import TakeShift
from tests.e2e.officer import Officer


async def take_shift(officer: Officer) -> str:
    """Take the watch as the duty leader that the site knows; return the name."""
    runtime = officer.runtime
    leader = next(iter(runtime.reference.all("people").values()), None)
    name = leader.name.text("zh") if leader is not None else "李守望"
    runtime.actor, runtime.role = name, "duty_leader"
    await runtime.execute(TakeShift(person=name, role="duty_leader", shift="A"))
    await officer.until(lambda: officer.situation.shift, "somebody is on duty")
    return name
