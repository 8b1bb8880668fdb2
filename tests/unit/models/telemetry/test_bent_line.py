import numpy as np
import pytest

from models.telemetry.bent_line import BentLines, RecentSamples, bent_lines, reached

SAMPLES = 60


def _samples(seed, tags=4):
    """Times at odd distances, the first tag with only the last 25 of them."""
    rng = np.random.default_rng(seed)
    t_s = np.cumsum(rng.uniform(0.5, 2.0, (tags, SAMPLES)), axis=1)
    t_s -= t_s[:, -1:]
    value = 3.0 + 0.2 * np.maximum(0.0, t_s + 20.0) + rng.normal(0, 0.3, (tags, SAMPLES))
    known = np.ones((tags, SAMPLES), bool)
    known[0, :-25] = False
    return np.where(known, t_s, 0.0), np.where(known, value, 0.0), known


def _by_hand(t_s, value):
    """Fit each bent line, and last the plain one, by a plain least-squares routine."""
    n = len(t_s)
    fits = []
    for k in range(n - 1, -1, -2):
        hinge = np.maximum(0.0, t_s - t_s[k])
        if n - k > 6 and k >= 6:
            fits.append(np.column_stack([np.ones(n), t_s, hinge]))
        else:
            fits.append(None)
    fits.append(np.column_stack([np.ones(n), t_s]))
    said = []
    for design in fits:
        if design is None:
            said.append(None)
            continue
        found, *_ = np.linalg.lstsq(design, value, rcond=None)
        residual = value - design @ found
        spread = np.linalg.inv(design.T @ design)
        now = np.eye(design.shape[1])
        # at t = 0 the hinge is -bend: the last sample's row, and its derivative
        level_row = design[-1]
        slope_row = now[1] + (now[2] if design.shape[1] == 3 else 0.0)
        said.append(
            (
                level_row @ found, slope_row @ found, residual @ residual, residual,
                level_row @ spread @ level_row, slope_row @ spread @ slope_row,
                level_row @ spread @ slope_row,
            )
        )  # fmt: skip
    return said


def _between(hand):
    """How level and slope differ where the bend is anywhere between two, as a deviation."""
    found = {}
    for k, each in enumerate(hand[:-1]):
        sides = [j for j in (k - 1, k + 1) if 0 <= j < len(hand) - 1 and hand[j] is not None]
        if each is None:
            continue
        steps = [(j - k) * np.subtract(hand[j][:2], each[:2]) for j in sides]
        found[k] = np.sum(steps, axis=0) / 2 / np.sqrt(12) if steps else (0.0, 0.0)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_that_every_line_is_that_of_plain_least_squares(seed):
    t_s, value, known = _samples(seed)
    lines = bent_lines(t_s, value, known)
    assert lines.chance.sum(axis=1) == pytest.approx(np.ones(4))
    for i in range(4):
        hand = _by_hand(t_s[i, known[i]], value[i, known[i]])
        n = int(known[i].sum())
        fitted = [(k, each) for k, each in enumerate(hand[:-1]) if each is not None]
        fitted.append((lines.chance.shape[1] - 1, hand[-1]))
        least = min(each[2] for _, each in fitted)
        residual = min((each for _, each in fitted), key=lambda each: each[2])[3]
        rho = residual[1:] @ residual[:-1] / (residual @ residual)
        rho = min(max(rho + (4 + 8 * max(rho, 0.0)) / n, 0.0), 0.98)
        wide = (1 + rho) / (1 - rho)
        independent = n / wide
        odds = [-independent / 2 * np.log(each[2] / least) for _, each in fitted]
        odds = np.array(odds) - 0.5 * np.log(independent) - np.log(len(fitted) - 1)
        odds[-1] += 0.5 * np.log(independent) + np.log(len(fitted) - 1)
        chance = np.exp(odds) / np.exp(odds).sum()
        between = _between(hand)
        scale = lines.level_variance[i, -1] / hand[-1][4]
        assert scale >= least / (n - 4) * wide  # Student's t is wider
        for (k, each), worth in zip(fitted, chance, strict=True):
            assert lines.level[i, k] == pytest.approx(each[0], rel=1e-7)
            assert lines.slope[i, k] == pytest.approx(each[1], rel=1e-6, abs=1e-9)
            assert lines.chance[i, k] == pytest.approx(worth, rel=1e-6, abs=1e-12)
            off, tilt = between.get(k, (0.0, 0.0))
            found = lines.level_variance[i, k], lines.slope_variance[i, k], lines.covariance[i, k]
            by_noise = (scale * each[4], scale * each[5], scale * each[6])
            by_place = (off * off, tilt * tilt, off * tilt)
            assert found == pytest.approx(np.add(by_noise, by_place), rel=1e-6)


def test_that_the_share_of_drawn_lines_beyond_the_limit_is_the_share_asked():
    rng = np.random.default_rng(1)
    covariance = np.array([[0.04, 0.002], [0.002, 0.0004]])
    lines = BentLines(
        np.array([[0.7, 0.3]]), np.array([[1.0, 2.0]]), np.array([[0.1, 0.2]]),
        np.full((1, 2), 0.04), np.full((1, 2), 0.0004), np.full((1, 2), 0.002),
    )  # fmt: skip
    draws = np.concatenate(
        [
            rng.multivariate_normal([1.0, 0.1], covariance, 140_000),
            rng.multivariate_normal([2.0, 0.2], covariance, 60_000),
        ]
    )
    for share in (0.05, 0.5, 0.95):
        [t_s] = reached(lines, np.array([11.0]), 1000.0, share)
        assert (draws[:, 0] + draws[:, 1] * t_s >= 11.0).mean() == pytest.approx(share, abs=0.005)


def test_that_a_limit_below_is_reached_by_a_fall_and_one_that_is_left_never():
    none = np.full((2, 1), 1e-6)
    lines = BentLines(
        np.ones((2, 1)), np.array([[5.0], [5.0]]), np.array([[-0.5], [0.5]]), none, none, 0 * none
    )
    found = reached(lines, np.array([1.0, 1.0]), 1000.0, 0.5)
    assert found[0] == pytest.approx(8.0, abs=0.01)
    assert found[1] == np.inf


def test_that_a_line_without_noise_is_told_to_the_second():
    t_s = np.arange(-99.0, 1.0)[None]
    value = 2.0 + 0.1 * np.maximum(0.0, t_s + 40.0)
    known = np.ones(t_s.shape, bool)
    for y, left_s in ((value, 40.0), (5.0 + 0.1 * t_s, 50.0)):
        lines = bent_lines(t_s, y, known)
        level, slope = lines.mean()
        assert slope[0] == pytest.approx(0.1, rel=0.02)
        found = [reached(lines, np.array([10.0]), 3600.0, s)[0] for s in (0.05, 0.5, 0.95)]
        assert found == pytest.approx([left_s] * 3, abs=1.5)
        assert level[0] == pytest.approx(y[0, -1], abs=0.05)


def test_that_correlated_noise_widens_the_band():
    rng = np.random.default_rng(4)
    t_s = np.tile(np.arange(-179.0, 1.0), (40, 1))
    white = rng.normal(0, 1, t_s.shape)
    red = white.copy()
    for k in range(1, 180):
        red[:, k] = 0.9 * red[:, k - 1] + np.sqrt(1 - 0.81) * white[:, k]
    known = np.ones(t_s.shape, bool)
    spread = [bent_lines(t_s, y, known).slope_variance[:, -1].mean() for y in (white, red)]
    assert spread[1] > 6 * spread[0]


def test_that_the_last_samples_are_kept_oldest_first():
    recent = RecentSamples(2, 4)
    both = np.arange(2)
    for k in range(6):
        recent.add(both, np.full(2, 10.0 + k), np.array([k, 10.0 * k]), np.array([False, k == 4]))
    t_s, value, known = recent.of(both, 100.0)
    assert t_s[0].tolist() == [-3.0, -2.0, -1.0, 0.0]
    assert value[0].tolist() == [2.0, 3.0, 4.0, 5.0]
    assert known[1].tolist() == [False, False, True, True]
    assert value[1].tolist() == [0.0, 0.0, 40.0, 50.0]
    assert recent.of(both[:1], 1.5)[2].tolist() == [[False, False, True, True]]
