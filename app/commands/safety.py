"""What the desk reports of functions that people rely on, e.g. of a gateway that has died."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import Context, handles
from models.operation.events.base import Draft
from models.operation.events.operation import SafetyFunctionFailed, SafetyFunctionRestored


@dataclass(frozen=True, slots=True)
class ReportFunctionFailed:
    """A safety function has failed; told once until it works again."""

    function: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReportFunctionRestored:
    """A safety function works again; nothing is told of one that never failed."""

    function: str
    detail: str = ""


@handles(ReportFunctionFailed)
def _failed(command: ReportFunctionFailed, context: Context) -> Sequence[Draft]:
    if command.function in context.situation.failures:
        return []
    payload = SafetyFunctionFailed(function=command.function, detail=command.detail)
    return [context.draft(command.function, payload)]


@handles(ReportFunctionRestored)
def _restored(command: ReportFunctionRestored, context: Context) -> Sequence[Draft]:
    if command.function not in context.situation.failures:
        return []
    payload = SafetyFunctionRestored(function=command.function, detail=command.detail)
    return [context.draft(command.function, payload)]
