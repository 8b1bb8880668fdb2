import pytest

from tests.unit.app.exchange.conftest import Stage

EPA = (
    "EPA Facility ID,Facility Name,Facility Address,City,State,County,Zip,Facility DUNS,"
    "Latitude,Longitude,Chemical(s),NAICS Code(s)\n"
)


def epa(*places: tuple[str, str, str]) -> str:
    rows = [
        f"{number},Plant {number},Main St,Town,{state},County,12345,,{lat},{lon},"
        f'"Chlorine, Isobutane  [Propane, 2-methyl]",22131'
        for number, (state, lat, lon) in enumerate(places, 100)
    ]
    return EPA + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("state", "lat", "lon", "code", "proposals"),
    [
        ("AL", "30.9", "88.0", "wrong_sign", ["-88"]),
        ("AL", "-30.9", "-88.0", "wrong_sign", ["30.9"]),
        ("NC", "-79.7", "34.8", "swapped", ["34.8", "-79.7"]),
        ("NC", "79.7", "34.8", "swapped", ["34.8", "-79.7"]),
        ("TX", "0", "0", "zero_position", [None]),
        ("TX", "0", "-97", "zero_position", [None]),
        ("IL", "80.1", "90.2", "positive_longitude", [None]),
    ],
)
def test_that_the_state_tells_what_is_wrong_with_a_position(
    stage: Stage, state: str, lat: str, lon: str, code: str, proposals: list[str | None]
) -> None:
    staging = stage("enterprises", epa((state, lat, lon)))
    assert staging.accepted == 0
    assert {found.code for found in staging.findings} == {code}
    assert [found.proposal for found in staging.findings] == proposals
    assert {found.row for found in staging.findings} == {2}
    accepted = stage("enterprises", epa((state, lat, lon)), accept=True)
    assert accepted.accepted == (proposals != [None])


def test_that_pacific_territories_keep_their_positive_longitude_and_it_is_said(
    stage: Stage,
) -> None:
    staging = stage("enterprises", epa(("GU", "13.4", "144.7"), ("MP", "15.2", "145.7")))
    assert staging.accepted == 2
    assert [(f.code, f.severity) for f in staging.findings] == [("sign_confirmed", "info")] * 2


def test_that_a_place_outside_its_state_is_a_warning(stage: Stage) -> None:
    staging = stage("enterprises", epa(("FL", "17.3", "-82.0")))
    assert [(f.code, f.severity) for f in staging.findings] == [("outside_state", "warning")]
    assert staging.accepted == 1


def test_that_the_known_list_fills_address_chemicals_and_ids(stage: Stage) -> None:
    (plant,) = stage("enterprises", epa(("AL", "30.9", "-88.0"))).records["enterprises"]
    fields = plant.__struct_fields__
    values = {name: getattr(plant, name) for name in fields}
    assert values["key"] == "100"
    assert values["address"] == "Main St, Town, AL, 12345"
    assert values["region"] == "County, AL"
    assert values["chemicals"] == ("Chlorine", "Isobutane [Propane, 2-methyl]")
    assert values["external_ids"] == {"epa_rmp": "100"}
    assert values["industry"] == "22131"


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("95", "181", "latitude_range"),
        ("31", "181", "longitude_range"),
        ("121.5", "31.2", "swapped"),
        ("0", "0", "zero_position"),
        ("31", "", "half_position"),
        ("", "121", "half_position"),
        ("north", "121", "not_a_number"),
        ("nan", "121", "not_a_number"),
    ],
)
def test_that_a_position_that_makes_no_sense_keeps_the_row_out(
    stage: Stage, lat: str, lon: str, code: str
) -> None:
    staging = stage("teams", f"key,name,lat,lon\nA,Alpha,{lat},{lon}\n")
    assert staging.accepted == 0
    assert code in {found.code for found in staging.findings}


@pytest.mark.parametrize(
    ("lat", "lon", "fixed"),
    [("31°12'36\"N", "121°30'E", ("31.21", "121.5")), ('"31,25"', "121.5", ("31.25", None))],
)
def test_that_degrees_minutes_seconds_are_proposed_as_decimals(
    stage: Stage, lat: str, lon: str, fixed: tuple[str, str | None]
) -> None:
    lat = lat if lat.startswith('"') else '"' + lat.replace('"', '""') + '"'
    staging = stage("teams", f"key,name,lat,lon\nA,Alpha,{lat},{lon}\n")
    found = {f.column: f.proposal for f in staging.findings}
    assert (found.get("lat"), found.get("lon")) == fixed


def test_that_one_row_far_from_all_others_is_explained_by_a_swap_or_sign(stage: Stage) -> None:
    rows = "".join(f"K{n},n,{51 + n / 100},{7 + n / 100}\n" for n in range(8))
    text = f"key,name,lat,lon\n{rows}S,n,7.03,51.02\nM,n,51.02,-7.1\nF,n,-33.9,151.2\n"
    staging = stage("teams", text)
    assert [(f.row, f.column, f.code, f.proposal) for f in staging.findings] == [
        (10, "lat", "swapped", "51.02"),
        (10, "lon", "swapped", "7.03"),
        (11, "lon", "wrong_sign_far", "7.1"),
    ]
    assert staging.accepted == 9


def test_that_a_missing_position_is_said_and_the_row_taken(stage: Stage) -> None:
    staging = stage("teams", "key,name,lat,lon\nA,Alpha,,\n")
    assert [(f.code, f.severity) for f in staging.findings] == [("no_position", "info")]
    assert staging.accepted == 1
