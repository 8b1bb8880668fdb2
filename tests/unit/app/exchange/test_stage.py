import msgspec
import pytest

from app.exchange.findings import FileRefusedError
from app.exchange.staging import Staging
from models.basics import LatLon, Name
from models.libraries.kinds import Team
from models.registry.kinds import Enterprise, HazardSource, Limit, Tag
from models.store.reference_kinds import UnknownKindError
from tests.unit.app.exchange.conftest import Stage


def codes(staging: Staging, severity: str | None = None) -> list[tuple[int, str, str]]:
    return [
        (found.row, found.column, found.code)
        for found in staging.findings
        if severity in (None, found.severity)
    ]


def test_that_chinese_and_english_headings_mean_the_same(stage: Stage) -> None:
    chinese = stage(
        "teams", "编号,队伍名称,人数,电话,纬度,经度\nT1,一站,12,0519-1234567,31.2,121.5\n"
    )
    english = stage(
        "teams", "key,name_zh,people,phone,lat,lon\nT1,一站,12,0519-1234567,31.2,121.5\n"
    )
    assert chinese.records == english.records
    team = chinese.records["teams"][0]
    assert isinstance(team, Team)
    assert (team.people, team.position) == (12, LatLon(31.2, 121.5))
    assert team.phones[0].number == "0519-1234567"


def test_that_rows_are_numbered_as_a_spreadsheet_shows_them(stage: Stage) -> None:
    staging = stage("teams", 'key,name,people\nA,"two\nlines",x\n\nB,ok,y\n')
    assert codes(staging, "error") == [
        (2, "name", "control_characters"),
        (2, "people", "not_a_number"),
        (4, "people", "not_a_number"),
    ]
    assert (staging.rows_total, staging.accepted, staging.rejected) == (2, 0, 2)


def test_that_good_rows_are_taken_beside_bad_ones(stage: Stage) -> None:
    staging = stage("teams", "key,name,people\nA,Alpha,1\nB,,2\nC,Gamma,-3\nD,Delta,4\n")
    assert [record.key for record in staging.records["teams"]] == ["A", "D"]
    assert codes(staging, "error") == [(3, "name", "empty_name"), (4, "people", "out_of_range")]


def test_that_a_missing_column_refuses_the_file_and_names_what_it_may_be_called(
    stage: Stage,
) -> None:
    staging = stage("teams", "编号,人数\nA,1\n")
    assert (staging.rows_total, staging.accepted) == (1, 0)
    assert "column 'name'" in staging.refused or "name" in staging.refused
    fault = next(found for found in staging.findings if found.code == "missing_column")
    assert (fault.row, fault.column, fault.severity) == (1, "name", "error")
    assert "队伍名称" in fault.reason


def test_that_a_column_nobody_knows_is_named_and_not_used(stage: Stage) -> None:
    staging = stage("teams", "key,name,mood\nA,Alpha,good\n")
    assert codes(staging) == [(1, "mood", "column_not_used")]
    assert staging.accepted == 1


def test_that_two_columns_of_one_meaning_are_not_mixed(stage: Stage) -> None:
    staging = stage("teams", "key,编号,name\nA,B,Alpha\n")
    assert codes(staging) == [(1, "编号", "duplicate_column")]
    assert staging.records["teams"][0].key == "A"


def test_that_the_second_of_two_equal_keys_is_refused_with_the_row_of_the_first(
    stage: Stage,
) -> None:
    staging = stage("teams", "key,name\nA,Alpha\nB,Beta\nA,Other\nB,Beta\n")
    assert codes(staging, "error") == [(4, "key", "duplicate_key"), (5, "key", "duplicate_row")]
    assert [record.name.en for record in staging.records["teams"]] == ["Alpha", "Beta"]
    assert "row 2" in staging.findings[0].reason


def test_that_a_stored_key_is_an_update_and_an_equal_row_is_nothing(stage: Stage) -> None:
    stored = [Team(key="A", name=Name(en="Alpha")), Team(key="B", name=Name(en="Beta"))]
    staging = stage("teams", "key,name\nA,Alpha\nB,Better\n", *stored)
    assert codes(staging) == [(3, "key", "updates_stored")]
    assert staging.accepted == 2


def test_that_an_unknown_enterprise_is_a_warning(stage: Stage) -> None:
    stored = Enterprise(key="E1", name=Name(en="One"))
    text = "key,name,enterprise_key,inventory_t\nH1,Tank,E1,5\nH2,Tank,E9,5\n"
    staging = stage("hazard-sources", text, stored)
    assert codes(staging) == [(3, "enterprise_key", "unknown_reference")]
    assert staging.accepted == 2


def test_that_rows_of_one_file_may_refer_to_each_other(stage: Stage) -> None:
    text = "key,name,upstream_of\nH1,Tank,H2;H3\nH2,Pump,\n"
    staging = stage("hazard-sources", text)
    assert [(found.value, found.code) for found in staging.findings] == [
        ("H3", "unknown_reference")
    ]


def test_that_a_formula_stays_text(stage: Stage) -> None:
    staging = stage("teams", 'key,name\nA,"=HYPERLINK(""http://x"")"\n')
    assert staging.records["teams"][0].name.en == '=HYPERLINK("http://x")'
    assert codes(staging) == [(2, "name", "formula")]


def test_that_an_absurdly_long_name_is_refused_with_its_length(stage: Stage) -> None:
    staging = stage("teams", f"key,name\nA,{'n' * 10_000}\nB,ok\n")
    (found,) = staging.findings
    assert (found.row, found.code, found.severity) == (2, "text_too_long", "error")
    assert "10000" in found.reason
    assert len(found.value or "") <= 200
    assert found.proposal == "n" * 200
    assert staging.accepted == 1


def test_that_nothing_is_mended_unless_the_user_accepts_it(stage: Stage) -> None:
    text = "key,name,lat,lon\nA,Alpha,121.5,31.2\n"
    silent = stage("teams", text)
    assert silent.accepted == 0
    assert [(f.column, f.value, f.proposal) for f in silent.findings] == [
        ("lat", "121.5", "31.2"),
        ("lon", "31.2", "121.5"),
    ]
    accepted = stage("teams", text, accept=True)
    (team,) = accepted.records["teams"]
    assert team.position == LatLon(31.2, 121.5)
    assert "121.5" in team.remarks
    assert {f.severity for f in accepted.findings} == {"info"}
    assert all("accepted" in f.reason for f in accepted.findings)


def test_that_accepted_proposals_keep_the_remarks_there_were(stage: Stage) -> None:
    text = 'key,name,people,remarks\nA,Alpha,"1,200",as told\n'
    (team,) = stage("teams", text, accept=True).records["teams"]
    assert team.people == 1200
    assert team.remarks.startswith("as told\n")


def test_that_a_unit_is_converted_only_by_proposal(stage: Stage) -> None:
    text = "key,name,inventory_t\nA,Tank,2500 kg\nB,Tank,3 furlongs\n"
    staging = stage("hazard-sources", text)
    assert [(f.row, f.code, f.proposal) for f in staging.findings] == [
        (2, "unit", "2.5"),
        (3, "unit_unknown", None),
    ]
    accepted = stage("hazard-sources", text, accept=True)
    (source,) = accepted.records["hazard-sources"]
    assert isinstance(source, HazardSource)
    assert source.inventory_t == 2.5


def test_that_a_heading_may_name_another_unit(stage: Stage) -> None:
    staging = stage("hazard-sources", "key,name,储量(千克)\nA,Tank,2500\n")
    (source,) = staging.records["hazard-sources"]
    assert isinstance(source, HazardSource)
    assert source.inventory_t == 2.5


def test_that_a_credit_code_with_a_wrong_check_character_is_refused(stage: Stage) -> None:
    text = (
        "统一社会信用代码,企业名称\n91350100M000100Y43,甲\n91350100M000100Y44,乙\n100000033493,丙\n"
    )
    staging = stage("enterprises", text)
    assert codes(staging) == [(3, "统一社会信用代码", "credit_code")]
    assert [record.name.zh for record in staging.records["enterprises"]] == ["甲", "丙"]


def test_that_limits_of_a_tag_come_out_of_their_columns(stage: Stage) -> None:
    (tag,) = stage("tags", "位号,描述,单位,HH,H\nGT-1,氯气,ppm,3,1\n").records["tags"]
    assert isinstance(tag, Tag)
    assert [(limit.kind, limit.value) for limit in tag.limits] == [("HH", 3.0), ("H", 1.0)]


def test_that_every_kind_of_limit_and_attribute_comes_out_of_its_column(stage: Stage) -> None:
    text = (
        "位号,描述,量程下限,量程上限,HH,HH on delay,高高报返回延时,HH deadband,HH自锁,HH优先级,"
        "HH处置,RISE,RISE window,DEV,DEV versus,DEV 设定值,STATE,次数,COUNT setpoint,"
        "COUNT_window_s,无数据,HH_realarm_s,HH ack expiry,H,H suppression,HH consequence,"
        "HH time to respond\n"
        "T-1,温度,0,200,150,2,5,3,是,1,关阀,10,30,8,T-2,,1,3,50,600,是,60,3600,100,"
        "XV-1=0; U=停车,major,300\n"
        "T-2,温度,0,200,,,,,,,,,,4,,20,,,,,否,,,,,,\n"
    )
    staging = stage("tags", text)
    assert codes(staging) == []
    first, second = staging.records["tags"]
    assert isinstance(first, Tag)
    assert isinstance(second, Tag)
    expected = (
        Limit(
            kind="HH", value=150.0, priority=1, deadband=3.0, on_delay_s=2.0, off_delay_s=5.0,
            guidance=Name(zh="关阀"), latch=True, realarm_s=60.0, ack_expires_s=3600.0,
            consequence="major", respond_s=300.0,
        ),
        Limit(kind="H", value=100.0, priority=2, suppressed_when=("XV-1=0", "U=停车")),
        Limit(kind="RISE", value=10.0, priority=3, window_s=30.0),
        Limit(kind="DEV", value=8.0, priority=3, versus="T-2"),
        Limit(kind="STATE", value=1.0, priority=2),
        Limit(kind="COUNT", value=3.0, priority=3, setpoint=50.0, window_s=600.0),
        Limit(kind="STALE", value=0.0, priority=3),
    )  # fmt: skip
    assert first.limits == expected
    assert second.limits == (Limit(kind="DEV", value=4.0, priority=3, setpoint=20.0),)


def test_that_consequence_and_time_to_respond_give_the_priority_that_no_cell_gives(
    stage: Stage,
) -> None:
    text = (
        "key,name,H,H consequence,H time to respond,H priority\n"
        "A,a,5,severe,60,\nB,b,5,minor,3600,\nC,c,5,severe,60,3\nD,d,5,severe,,\n"
    )
    found = [tag.limits[0].priority for tag in stage("tags", text).records["tags"]]  # type: ignore[attr-defined]
    assert found == [1, 4, 3, 2]


@pytest.mark.parametrize(
    ("heading", "cell", "more", "found"),
    [
        ("HH on delay", "2", "", ("HH on delay", "limit_without_value", "error")),
        ("HH on delay", "-2", "HH=5", ("HH on delay", "out_of_range", "error")),
        ("HH priority", "5", "HH=5", ("HH priority", "not_a_choice", "error")),
        ("HH latch", "maybe", "HH=5", ("HH latch", "not_yes_no", "error")),
        ("STATE deadband", "1", "STATE=1", ("STATE deadband", "limit_part_unused", "warning")),
        ("RISE", "0", "", ("RISE", "limit_not_positive", "error")),
        ("COUNT", "2.5", "COUNT setpoint=1", ("COUNT", "limit_not_a_count", "error")),
        ("COUNT", "2", "", ("COUNT", "limit_without_setpoint", "error")),
        ("DEV", "2", "", ("DEV", "limit_without_setpoint", "error")),
        ("DEV versus", "T", "DEV=5", ("DEV versus", "limit_versus_itself", "error")),
        ("DEV versus", "gone", "DEV=5", ("DEV_versus", "unknown_reference", "warning")),
        ("H suppression", "soon", "H=5", ("H suppression", "limit_condition", "error")),
        ("H", "200", "", ("H", "limit_outside_range", "warning")),
        ("H", "5", "L=7", ("H", "limit_order", "warning")),
        ("STALE priority", "1", "STALE=no", ("limits", "no_limits", "info")),
        (
            "HH suppression", "U=off", "HH=5;safety=toxic",
            ("HH suppression", "limit_never_suppressed", "warning"),
        ),
    ],
)  # fmt: skip
def test_that_a_faulty_limit_is_named_with_row_and_column(
    stage: Stage, heading: str, cell: str, more: str, found: tuple[str, str, str]
) -> None:
    rest = [pair.split("=", 1) for pair in more.split(";") if pair]
    headings = ",".join(["key,name,low,high", heading, *(name for name, _ in rest)])
    cells = ",".join(["T,temp,0,100", cell, *(value for _, value in rest)])
    staging = stage("tags", f"{headings}\n{cells}\n")
    assert [(f.row, f.column, f.code, f.severity) for f in staging.findings] == [(2, *found)]
    assert staging.accepted == (found[2] != "error")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("0,10,,,8", []),
        ("10,0,,,8", [("量程下限", "range_reversed", "0"), ("量程上限", "range_reversed", "10")]),
        (
            "200,,,,8",
            [("量程下限", "range_reversed", "100"), ("量程上限", "range_reversed", "200")],
        ),
        ("5,5,,,5", [("量程上限", "range_empty", None)]),
        ("0,10,,,", [("limits", "no_limits", None)]),
        ("0,10,toxic,,", [("limits", "no_limits_of_safety", None)]),
        ("0,10,toxic,,8", [("limits", "no_level_two", None)]),
        ("0,10,combustible,,8", []),
        ("0,360,,wind_direction,", []),
    ],
)
def test_that_wrong_ranges_and_missing_limits_are_listed(
    stage: Stage, cells: str, found: list[tuple[str, str, str | None]]
) -> None:
    text = f"位号,描述,量程下限,量程上限,安全类别,物理量,H\nT,t,{cells}\n"
    findings = [f for f in stage("tags", text).findings if f.code != "limit_outside_range"]
    assert [(f.column, f.code, f.proposal) for f in findings] == found


def test_that_a_reversed_range_is_turned_where_the_proposals_are_accepted(stage: Stage) -> None:
    text = "位号,描述,量程下限,量程上限,H\nT,t,10,0,8\n"
    assert stage("tags", text).accepted == 0
    (tag,) = stage("tags", text, accept=True).records["tags"]
    assert isinstance(tag, Tag)
    assert (tag.low, tag.high) == (0.0, 10.0)


def test_that_json_rows_may_be_whole_records(stage: Stage) -> None:
    team = Team(key="T", name=Name(zh="一站", en="One"), position=LatLon(31.0, 121.0), people=3)
    content = msgspec.json.encode({"rows": [team, {"key": "U", "name": 5, "people": "many"}, 7]})
    staging = stage("teams", content, name="rows.json")
    assert staging.records["teams"] == (team,)
    assert codes(staging, "error") == [
        (2, "people", "not_a_number"),
        (3, "", "not_an_object"),
        (3, "key", "empty"),
        (3, "name", "empty_name"),
    ]


def test_that_a_plan_keeps_its_clauses_through_json(stage: Stage) -> None:
    content = """[{"key": "P", "name": {"zh": "氯气"}, "clauses": [
        {"key": "1", "offset_s": 0, "role": "r", "action": {"zh": "停"}}]},
        {"key": "Q", "name": {"zh": "x"}, "clauses": [{"key": "1"}]}]"""
    staging = stage("plans", content, name="plans.json")
    assert staging.accepted == 1
    (found,) = staging.findings
    assert (found.row, found.column, found.code) == (2, "clauses", "wrong_type")


def test_that_geojson_points_and_lines_become_positions_and_lines(stage: Stage) -> None:
    point = """{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "A",
        "properties": {"name": "Alpha"},
        "geometry": {"type": "Point", "coordinates": [121.5, 31.2]}}]}"""
    (team,) = stage("teams", point, name="p.geojson").records["teams"]
    assert team.position == LatLon(31.2, 121.5)
    line = """{"type": "Feature", "properties": {"key": "R", "name": "Road", "oneway": "forward"},
        "geometry": {"type": "LineString", "coordinates": [[121.5, 31.2], [121.6, 31.2]]}}"""
    staging = stage("roads", line, name="r.geojson")
    assert staging.accepted == 1, staging.findings


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ('{"type": "Point", "coordinates": [31.2]}', "wrong_type"),
        ('{"type": "LineString", "coordinates": [[500, 1], [2, 3]]}', "wrong_type"),
        ('{"type": "Circle"}', "wrong_type"),
        ('{"type": ["Point"]}', "wrong_type"),
        ("null", "polygon_short"),
    ],
)
def test_that_a_bad_geometry_keeps_its_row_out(stage: Stage, geometry: str, code: str) -> None:
    text = (
        f'{{"type": "Feature", "properties": {{"key": "R", "name": "x"}}, "geometry": {geometry}}}'
    )
    if geometry == "null":
        text = text.replace('"name": "x"', '"name": "x", "line": []')
    staging = stage("roads", text, name="r.geojson")
    assert staging.accepted == 0
    assert code in {found.code for found in staging.findings}


def test_that_another_coordinate_system_refuses_the_file(stage: Stage) -> None:
    text = """{"type": "FeatureCollection", "crs": {"type": "name", "properties":
        {"name": "urn:ogc:def:crs:EPSG::2385"}}, "features": [{"type": "Feature", "properties":
        {"key": "a", "name": "b"}, "geometry": null}]}"""
    staging = stage("teams", text, name="t.geojson")
    assert "EPSG::2385" in staging.refused


@pytest.mark.parametrize("name", ["rows.pdf", "rows", "rows.csv.exe"])
def test_that_an_unknown_ending_is_refused(stage: Stage, name: str) -> None:
    with pytest.raises(FileRefusedError, match="format"):
        stage("teams", "key,name\nA,B\n", name=name)


def test_that_an_unknown_kind_is_refused(stage: Stage) -> None:
    with pytest.raises(UnknownKindError, match="dragons"):
        stage("dragons", "key,name\n")


def test_that_an_empty_file_is_refused_and_a_bare_heading_is_not(stage: Stage) -> None:
    assert stage("teams", "").refused
    assert stage("teams", "\n\n").refused
    assert not stage("teams", "key,name\n").refused


def test_that_control_characters_are_shown_and_their_windows_meaning_proposed(
    stage: Stage,
) -> None:
    staging = stage("teams", "key,name\nA,North \x96 South\nB,bell\x07\nC,\u202eevil\n")
    assert [found.proposal for found in staging.findings] == ["North – South", "bell", "evil"]
    assert "U+0096" in staging.findings[0].reason
    assert staging.accepted == 0
