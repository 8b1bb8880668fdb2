import doctest
import importlib

import pytest

MODULES = (
    "app.exchange.cells",
    "app.exchange.columns",
    "app.exchange.encoding",
    "app.exchange.entries",
    "app.exchange.findings",
    "app.exchange.osm_roads",
    "app.exchange.quantities",
    "app.exchange.write",
    "models.registry.credit_code",
)


@pytest.mark.parametrize("name", MODULES)
def test_that_the_examples_in_docstrings_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0
    assert result.attempted > 0
