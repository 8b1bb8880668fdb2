"""Asking for a training: of a source that is known, once at a time."""

from collections.abc import Callable

import pytest
from immutables import Map

from app.commands import CommandRefusedError, Context, handle
from app.commands.warning import AskTraining
from models.operation.events.early_warning import CourseTrainingAsked
from models.operation.situation import Situation
from models.operation.warned import WarningCourse
from tests.unit.app.commands.conftest import NOW_US


def test_that_an_officer_asks_for_a_training(
    context_for: Callable[..., Context], situation: Situation
) -> None:
    context = context_for(situation)
    [key, *_] = context.reference.all("hazard-sources")
    [draft] = handle(AskTraining(key, "after the overhaul"), context)
    assert (draft.subject, draft.payload) == (key, CourseTrainingAsked(reason="after the overhaul"))


def test_that_an_unknown_source_is_refused(
    context_for: Callable[..., Context], situation: Situation
) -> None:
    with pytest.raises(CommandRefusedError, match="hazard_source_unknown"):
        handle(AskTraining("nowhere"), context_for(situation))


def test_that_one_that_runs_is_waited_for(
    context_for: Callable[..., Context], situation: Situation
) -> None:
    context = context_for(situation)
    [key, *_] = context.reference.all("hazard-sources")
    asked = WarningCourse(hazard_source_key=key, asked_us=NOW_US)
    asking = situation.with_(warning_courses=Map({key: asked}))
    with pytest.raises(CommandRefusedError, match="training_runs"):
        handle(AskTraining(key), context_for(asking))
