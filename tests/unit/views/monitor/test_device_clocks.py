"""What the Monitor station says of the clocks of a source's devices."""

from app.desk import GatewayState
from models.telemetry.ports import DeviceClock, SourceState
from tests.unit.views.station_desk import StationDesk
from views.monitor.station import MonitorStation
from views.tools import sample


def _told(station: MonitorStation, desk: StationDesk, **behind_s: float) -> str:
    clocks = tuple(DeviceClock(device=name, behind_s=s) for name, s in behind_s.items())
    state = SourceState(name="mqtt", connected=True, since_us=sample.NOW_US, clocks=clocks)
    desk.gateway = GatewayState(connected=True, detail="", sources=(state,))
    desk.gateway_state.emit(desk.gateway)
    return station.feeds._detail.text()


def test_that_wrong_clocks_are_named_worst_first(
    station: MonitorStation, desk: StationDesk
) -> None:
    told = _told(station, desk, plc1=0.1, plc2=-3.04, plc3=65.0)
    assert "2 clocks wrong: plc3 65.0 s behind · plc2 3.0 s ahead" in told


def test_that_at_most_three_are_named(station: MonitorStation, desk: StationDesk) -> None:
    told = _told(station, desk, a=5.0, b=6.0, c=7.0, d=8.0)
    assert "4 clocks wrong: d 8.0 s behind · c 7.0 s behind · b 6.0 s behind" in told
    assert "a 5.0" not in told


def test_that_right_clocks_are_said_to_be_right(station: MonitorStation, desk: StationDesk) -> None:
    assert "2 clocks right to 0.4 s" in _told(station, desk, plc1=0.1, plc2=-0.4)


def test_that_without_clocks_nothing_is_said(station: MonitorStation, desk: StationDesk) -> None:
    assert "clock" not in _told(station, desk)
