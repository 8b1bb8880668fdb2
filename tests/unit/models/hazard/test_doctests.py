"""The worked examples in the docstrings of hazard and dispatch hold."""

import doctest
import importlib
import pkgutil

import pytest

import models.dispatch
import models.hazard
import models.hazard.cases

_MODULES = sorted(
    f"{package.__name__}.{found.name}"
    for package in (models.hazard, models.hazard.cases, models.dispatch)
    for found in pkgutil.iter_modules(package.__path__)
)


@pytest.mark.parametrize("name", _MODULES)
def test_that_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_that_there_are_examples_to_run() -> None:
    attempted = sum(doctest.testmod(importlib.import_module(name)).attempted for name in _MODULES)
    assert attempted >= 25
