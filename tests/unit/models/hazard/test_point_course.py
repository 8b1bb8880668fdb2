"""What passes at a place, outdoors and in."""

import numpy as np
import pytest

from models.basics import LatLon, Wind
from models.hazard.effects.probits import fatality, toxic_probit, toxic_probit_of
from models.hazard.point_course import point_course
from models.hazard.point_series import point_series
from models.hazard.ports import HazardInputError, Release

WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
HERE, THERE = LatLon(31.0, 121.0), LatLon(31.0, 121.01)


def course(substance="chlorine", **more):
    release = Release(position=HERE, substance=substance, release_kg_s=2.0, duration_s=1800.0)
    return point_course(release, WIND, "rural", THERE, **more)


def test_that_outdoors_is_the_series_and_indoors_lags_behind_it():
    found = course()
    release = Release(position=HERE, substance="chlorine", release_kg_s=2.0, duration_s=1800.0)
    assert found.outdoor == point_series(release, WIND, "rural", THERE, found.outdoor.times_s)
    indoor = np.array(found.indoor_ppm)
    assert indoor.max() < found.outdoor.peak_ppm
    assert found.outdoor.times_s[int(indoor.argmax())] > 1500
    came_out = found.outdoor.times_s.index(found.come_out_s)
    later = zip(found.outdoor.ppm[came_out:], found.indoor_ppm[came_out:], strict=True)
    assert all(out <= inside for out, inside in later)


def test_that_a_steady_stay_has_the_probit_of_the_table():
    release = Release(position=HERE, substance="chlorine", release_kg_s=2.0, duration_s=86_400.0)
    found = point_course(release, WIND, "rural", THERE, until_s=14_400, step_s=30, air_changes_h=0)
    outdoor, indoor = found.doses
    level, minutes = found.outdoor.peak_ppm, (14_400 - 700) / 60
    constants = toxic_probit_of("7782-50-5")
    expected = float(fatality(toxic_probit(level, minutes, constants)))
    assert outdoor.fatality == pytest.approx(expected, abs=0.03)
    assert (indoor.load, indoor.fatality) == (0.0, 0.0)
    assert (outdoor.where, indoor.where, outdoor.verified) == ("outdoor", "indoor", False)
    assert found.come_out_s is None


def test_that_a_substance_without_a_probit_has_no_dose():
    assert course("LPG").doses == ()


def test_that_a_flammable_place_shelters_nobody_and_has_no_time_to_come_out():
    near = LatLon(31.0, 121.0012)
    release = Release(position=HERE, substance="LPG", release_kg_s=20.0, duration_s=600.0)
    found = point_course(release, WIND, "rural", near)
    assert found.flammable
    assert found.come_out_s is None
    assert not course("LPG").flammable
    assert not course().flammable  # chlorine doesn't burn


@pytest.mark.parametrize(("more", "field"), [
    ({"until_s": 0.0}, "until_s"), ({"step_s": 0.5}, "step_s"),
    ({"until_s": 86_400.0, "step_s": 1.0}, "step_s"), ({"air_changes_h": 101.0}, "air_changes_h"),
])  # fmt: skip
def test_that_nonsense_is_named(more, field):
    with pytest.raises(HazardInputError) as caught:
        course(**more)
    assert caught.value.field == field
