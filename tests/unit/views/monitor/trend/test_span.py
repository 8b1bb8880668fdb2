import pytest

from views.monitor.trend.span import LEAST_S, MOST_S, TrendSpan

NOW_S = 10_000.0


def test_that_live_ends_now_and_a_pause_stands_still() -> None:
    live = TrendSpan(600.0)

    assert live.bounds(NOW_S) == (NOW_S - 600.0, NOW_S)
    assert live.paused(NOW_S).bounds(NOW_S + 99.0) == (NOW_S - 600.0, NOW_S)
    assert live.paused(NOW_S).live() == live


def test_that_it_never_goes_beyond_now() -> None:
    past = TrendSpan(600.0).panned(-1.0, NOW_S)

    assert past.bounds(NOW_S) == (NOW_S - 1200.0, NOW_S - 600.0)
    assert past.panned(5.0, NOW_S).bounds(NOW_S) == (NOW_S - 600.0, NOW_S)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_that_a_zoom_leaves_the_moment_pointed_at_in_its_place(share: float) -> None:
    past = TrendSpan(600.0, end_s=NOW_S - 1000.0)
    from_s, to_s = past.bounds(NOW_S)
    at_s = from_s + share * (to_s - from_s)

    from_s, to_s = past.zoomed(0.5, NOW_S, at_s).bounds(NOW_S)

    assert to_s - from_s == 300.0
    assert (at_s - from_s) / 300.0 == pytest.approx(share)


def test_that_a_zoom_keeps_a_live_trend_live() -> None:
    zoomed = TrendSpan(600.0).zoomed(2.0, NOW_S, NOW_S - 500.0)

    assert zoomed.is_live
    assert zoomed.bounds(NOW_S) == (NOW_S - 1200.0, NOW_S)


@pytest.mark.parametrize(("factor", "length_s"), [(1e-9, LEAST_S), (1e12, MOST_S)])
def test_that_a_zoom_has_ends(factor: float, length_s: float) -> None:
    assert TrendSpan(600.0, end_s=NOW_S).zoomed(factor, NOW_S).window_s == length_s


def test_that_a_young_operation_fills_the_plot_until_somebody_chooses() -> None:
    assert TrendSpan().fitted(200.0).window_s == 300.0
    assert TrendSpan().fitted(1e9) == TrendSpan()
    chosen = TrendSpan().zoomed(2.0, NOW_S)
    assert chosen.fitted(200.0) == chosen
    assert TrendSpan(end_s=1.0).fitted(200.0) == TrendSpan(end_s=1.0)


def test_that_a_chosen_span_is_shown_whole() -> None:
    assert TrendSpan().showing(100.0, 400.0).bounds(NOW_S) == (100.0, 400.0)
    assert TrendSpan().showing(400.0, 400.0).bounds(NOW_S) == (400.0 - LEAST_S, 400.0)
