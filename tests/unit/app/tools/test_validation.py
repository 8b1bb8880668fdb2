"""The validation page: every model beside ours, every case with its verdict."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.tools.validation import main, validation_page

_TRIAL: dict[str, Any] = {
    "name": "burro 8",
    "model": "field trial, arc maximum at 1 m height",
    "inputs": {
        "gas": "LNG (CH4)", "Q_kg_s": 112.6, "u2m": 1.8, "Ta_K": 306.25, "RH": 4.6, "z0": 0.0002,
        "stab": "E", "L_m": 16.5, "h_m": 0, "dur_s": 107, "avg_s": 100, "P_atm": 0.929,
        "pool_area_m2_SLAB": 632.2, "pool_radius_m_DEGADIS": 20.5, "T_storage_K": 111.7,
    },
    "expected": {"observed_ppm_at_x_m": {"800": 20810.0}},
    "tolerance": {"factor": 2.0, "use": "statistics over all trials, not single points"},
}  # fmt: skip
_GRASS: dict[str, Any] = {
    "name": "grass",
    "model": "passive plume, 10-min arc maxima at 1.5 m",
    "inputs": {
        "Q_g_s": 48.4, "h_m": 0.46, "u2m_m_s": 7.39, "z0_m": 0.006, "stability": "D", "z_m": 1.5,
        "averaging_s": 600,
    },
    "expected": {"cmax_kg_m3_at_x_m": {"100": 8.18e-05, "400": 8.6e-06}},
    "tolerance": {"factor": 2.0, "use": "FAC2 over all arcs and runs"},
}  # fmt: skip
_ROW = {
    "trial": "B8", "x_m": "800", "z_m": "1", "observed_ppm": "20810.0", "TRACE_ppm": "40144.0",
    "CHARM_ppm": "8532.0", "AIRTOX_ppm": "164520.0", "DEGADIS_ppm": "21500.0",
    "SLAB_ppm": "17500.0", "FOCUS_ppm": "18220.0", "SAFEMODE_ppm": "187380.0",
}  # fmt: skip


def test_that_the_page_sets_ours_beside_the_others() -> None:
    page = validation_page([_TRIAL, _GRASS], [_ROW])
    assert "| SLAB | 1 | 1.00 | 1.00 | 1.19 | 1.03 |" in page
    assert "| AIRTOX | 1 | 0.00 | 0.00 |" in page
    assert "| Muster | 1 | 1.00 | 1.00 |" in page
    assert "| B8 | 800 | 20810 |" in page
    assert "| Muster | 2 | 1.00 |" in page
    assert "| burro 8 | pass |" in page


def test_that_the_tool_writes_the_page_and_refuses_another_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, trials, page = (tmp_path / name for name in ("cases.json", "trials.csv", "page.md"))
    cases.write_bytes(msgspec.json.encode({"cases": [_TRIAL, _GRASS]}))
    trials.write_text(",".join(_ROW) + "\n" + ",".join(_ROW.values()) + "\n", "utf-8")
    assert main([str(cases), str(trials), str(page)]) == 0
    assert page.read_text("utf-8").startswith("# Validation")
    trials.write_text("trial\nB8\n", "utf-8")
    assert main([str(cases), str(trials), str(page)]) == 2
    assert "x_m" in capsys.readouterr().err
    assert main([]) == 2
