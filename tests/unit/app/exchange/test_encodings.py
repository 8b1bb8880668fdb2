import codecs

import pytest

from app.exchange.encoding import decode_text
from tests.unit.app.exchange.conftest import Stage

CHINESE = "编号,队伍名称\nA,园区消防一站\nB,化工园区危化品处置队\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_that_chinese_files_read_the_same_in_every_encoding(stage: Stage, encoding: str) -> None:
    staging = stage("teams", CHINESE.encode(encoding))
    assert [record.name.zh for record in staging.records["teams"]] == [
        "园区消防一站",
        "化工园区危化品处置队",
    ]


def test_that_gb18030_is_named_by_a_finding(stage: Stage) -> None:
    (found,) = stage("teams", CHINESE.encode("gb18030")).findings
    assert (found.row, found.severity, found.code) == (1, "warning", "encoding_gb18030")
    assert stage("teams", CHINESE.encode()).findings == ()


def test_that_utf16_is_read_by_its_mark(stage: Stage) -> None:
    content = codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le")
    assert stage("teams", content).accepted == 2


def test_that_one_row_in_another_encoding_is_refused_and_the_others_taken(stage: Stage) -> None:
    content = "key,name\nA,一站\nB,".encode() + "二站".encode("gb18030") + "\nC,三站\n".encode()
    staging = stage("teams", content)
    assert [record.key for record in staging.records["teams"]] == ["A", "C"]
    (found,) = staging.findings
    assert (found.row, found.column, found.code) == (3, "name", "encoding_mixed")
    assert found.proposal == "二站"


def test_that_western_accents_are_proposed_not_taken_for_chinese(stage: Stage) -> None:
    content = "key,name\nA,Café Zürich\nB,Plain\n".encode("cp1252")
    staging = stage("teams", content)
    assert [record.key for record in staging.records["teams"]] == ["B"]
    assert staging.findings[0].proposal == "Café Zürich"
    accepted = stage("teams", content, accept=True)
    assert accepted.records["teams"][0].name.en == "Café Zürich"


def test_that_plain_ascii_is_utf8() -> None:
    assert decode_text(b"key,name\r\nA,B\r\n").encoding == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_that_the_delimiter_is_found(stage: Stage, delimiter: str) -> None:
    text = f'key{delimiter}name{delimiter}people\nA{delimiter}"x, y; z"{delimiter}3\n'
    (team,) = stage("teams", text).records["teams"]
    assert team.name.en == "x, y; z"


def test_that_a_quotation_mark_left_open_is_named(stage: Stage) -> None:
    rows = "".join(f"K{number},name {number}\n" for number in range(60))
    staging = stage("teams", f'key,name\nA,"open\n{rows}')
    assert (2, "quote_not_closed") in {(f.row, f.code) for f in staging.findings}


def test_that_rows_of_the_wrong_width_are_named(stage: Stage) -> None:
    staging = stage("teams", "key,name,people\nA,Alpha,1,2\nB,Beta\nC,Gamma,3,,\n")
    assert [(f.row, f.code, f.severity) for f in staging.findings] == [
        (2, "too_many_cells", "error"),
        (3, "too_few_cells", "warning"),
    ]
