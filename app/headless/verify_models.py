"""`muster verify models FILE`: validation cases through the hazard models."""

import sys
from typing import Any

import msgspec

from app.headless.jsonio import read_json, write_json
from models.hazard.verification import CaseResult, run_cases

EXIT_FAILED = 1


class _File(msgspec.Struct, frozen=True):
    cases: tuple[dict[str, Any], ...]


def run_models(file: str, *, as_json: bool) -> int:
    """Run every case of a file and print the verdicts.

    Parameters
    ----------
    file : str
        JSON `{"cases": [{"name", "model", "inputs", "expected", "tolerance"}]}`.
    as_json : bool
        Print JSON, else one line per case.

    Returns
    -------
    int
        0 unless a case failed, then 1. A case that isn't recognised is neither.

    Raises
    ------
    BadInputError
        When the file can't be read.
    """
    results = run_cases(read_json(file, _File).cases)
    if as_json:
        write_json(results)
    else:
        for result in results:
            sys.stdout.write(_line(result) + "\n")
        counts = [
            f"{sum(r.verdict == verdict for r in results)} {verdict}"
            for verdict in ("pass", "fail", "not recognised")
        ]
        sys.stdout.write(", ".join(counts) + "\n")
    return EXIT_FAILED if any(result.verdict == "fail" for result in results) else 0


def _line(result: CaseResult) -> str:
    head = f"{result.verdict:<15}{result.name}"
    if result.computed is None:
        return head
    pairs = [
        f"{key}: expected {wanted}, computed {result.computed.get(key, 'not ours')}"
        for key, wanted in result.expected.items()
    ]
    limit = ", ".join(f"{key} {value}" for key, value in result.tolerance.items())
    return "\n".join([f"{head} (tolerance {limit})", *(f"    {pair}" for pair in pairs)])
