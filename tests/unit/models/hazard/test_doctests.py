"""The worked examples in the docstrings of hazard and dispatch hold."""

import doctest
import importlib
import pkgutil

import pytest

import models.dispatch
import models.hazard

_MODULES = sorted(
    found.name
    for package in (models.hazard, models.dispatch)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)


@pytest.mark.parametrize("name", _MODULES)
def test_that_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_that_there_are_examples_to_run() -> None:
    attempted = sum(doctest.testmod(importlib.import_module(name)).attempted for name in _MODULES)
    assert attempted >= 25
