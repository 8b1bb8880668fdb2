"""The workbook: printed correlation values and examples, volume kept, limits, errors."""

import numpy as np
import pytest

from models.hazard.dense.britter_mcquaid import DensePlume, DensePuff, plume_betas, puff_betas
from models.hazard.ports import HazardInputError

_PLUME = DensePlume(
    volume_m3_s=55.618182, density_kg_m3=1.76, wind_10_m_s=10.9, air_kg_m3=1.184,
    release_k=111.15, ambient_k=298.0,
)  # fmt: skip
_PUFF = DensePuff(
    volume_m3=72500.0, density_kg_m3=1.434, wind_10_m_s=2.0, air_kg_m3=1.204, release_k=293.15,
    ambient_k=293.15,
)  # fmt: skip


def test_that_the_curves_give_the_printed_values() -> None:
    assert plume_betas(0.0).tolist() == [1.78, 1.96, 2.16, 2.35, 2.56, 2.71]
    assert plume_betas(-1.0).tolist() == [1.75, 1.92, 2.08, 2.25, 2.40, 2.60]
    assert puff_betas(1.0).tolist() == pytest.approx([0.93, 1.0, 1.12, 1.28, 1.45, 1.60, 1.78])


def test_that_ccps_examples_are_met() -> None:
    assert float(_PLUME.axis(367.0)) == pytest.approx(0.050718, rel=0.01)
    assert float(_PUFF.share(333.0, 0, 0, 124.0)) == pytest.approx(0.1, rel=0.01)


def test_that_a_plume_only_thins_and_keeps_its_volume() -> None:
    x = np.concatenate(([-1.0, 0.0], np.geomspace(1, 5000, 200)))
    share = _PLUME.axis(x)
    assert (np.diff(share) <= 1e-12).all()
    assert np.allclose(2 * _PLUME.half_width(x) * _PLUME.height(x) * share, _PLUME.length_m**2)
    far = _PLUME.axis([4000.0, 8000.0])
    assert far[0] / far[1] == pytest.approx(4.0, rel=0.02)


def test_that_nothing_is_upwind_above_or_beside() -> None:
    upwind = -_PLUME.upwind_m - 1.0
    assert float(_PLUME.share(upwind, 0, 0)) == 0.0
    assert float(_PLUME.height(upwind)) == 0.0
    assert float(_PLUME.share(100, 0, 500)) == 0.0
    assert float(_PLUME.share(100, 400, 0)) == 0.0
    assert float(_PLUME.share(100, 5, 0)) == float(_PLUME.share(100, -5, 0)) > 0


def test_that_a_puff_grows_thins_and_keeps_its_volume() -> None:
    t = np.linspace(0.0, 600.0, 61)
    assert (np.diff(_PUFF.radius(t)) > 0).all()
    assert (np.diff(_PUFF.mean(t)) <= 0).all()
    assert _PUFF.front_m(124.0) == pytest.approx(335, abs=1)
    assert float(_PUFF.share(3000.0, 0, 0, 124.0)) == 0.0


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("volume_m3_s", {"volume_m3_s": -1.0}),
        ("density_kg_m3", {"density_kg_m3": 1.0}),
        ("density_kg_m3", {"density_kg_m3": float("nan")}),
        ("wind_10_m_s", {"wind_10_m_s": 0.1}),
        ("ambient_k", {"ambient_k": 25.0}),
        ("alpha", {"wind_10_m_s": 0.5, "volume_m3_s": 5000.0}),
    ],
)
def test_that_nonsense_names_its_field(field: str, changes: dict[str, float]) -> None:
    fields = {name: getattr(_PLUME, name) for name in DensePlume.__slots__} | changes
    with pytest.raises(HazardInputError) as error:
        DensePlume(**fields)
    assert error.value.field == field


def test_that_a_puff_refuses_nonsense_too() -> None:
    with pytest.raises(HazardInputError, match="volume_m3"):
        DensePuff(0.0, 2.0, 2.0, 1.2, 290.0, 290.0)
