"""A desk that was killed starts again: the half-typed record stands in the form."""

import argparse
import json
from typing import Any

from PySide6.QtWidgets import QLineEdit

from tests.e2e.officer import Officer
from tests.e2e.plays.park import HALF_TYPED


async def play(officer: Officer, facts: dict[str, Any], args: argparse.Namespace) -> None:
    """Read the form; the orders and incidents stand there too."""
    form = officer.desk.screens.watch.call
    await officer.until(lambda: form.call_id, "a record stands in the form")
    facts["call"] = form.call_id
    facts["form"] = {name: officer.child(QLineEdit, f"call-{name}").text() for name in HALF_TYPED}
    facts["operation"] = officer.situation.operation_id
    facts["incidents"] = sorted(officer.situation.incidents)
    told = json.loads(officer.desk.site.gateway_file.read_text("utf-8"))
    facts["gateway"] = told["process_id"]
