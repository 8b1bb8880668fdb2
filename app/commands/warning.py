"""Commands on early warnings."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.operation.events.base import Draft
from models.operation.events.early_warning import CourseTrainingAsked


@dataclass(frozen=True, slots=True)
class AskTraining:
    """Have the normal course of a hazard source trained anew; the gateway does and answers."""

    hazard_source_key: str
    reason: str = ""


@handles(AskTraining)
def _ask_training(command: AskTraining, context: Context) -> Sequence[Draft]:
    key = command.hazard_source_key
    if context.reference.get("hazard-sources", key) is None:
        raise CommandRefusedError("hazard_source_unknown", key)
    known = context.situation.warning_courses.get(key)
    if known is not None and known.asked_us is not None:
        raise CommandRefusedError("training_runs", key)
    return [context.draft(key, CourseTrainingAsked(reason=command.reason))]
