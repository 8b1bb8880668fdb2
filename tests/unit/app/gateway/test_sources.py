"""Sources out of a site's settings, and the proof that none of them writes to a plant."""

import ast
from pathlib import Path

import pytest

import app.gateway
from app.clock import SystemClock
from app.gateway.hj212.answers import answer
from app.gateway.hj212.frame import decode, encode
from app.gateway.sources import build_sources
from app.settings import SettingsError, load_settings
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import tag

# What the libraries offer to write, call or command with. `write` itself is a socket's.
WRITES = {
    *("write_coil", "write_coils", "write_register", "write_registers", "mask_write_register"),
    *("readwrite_registers", "write_file_record", "diag_restart_communication", "send_request"),
    *("write_value", "set_value", "write_attribute", "write_attributes", "write_values"),
    *("set_values", "call_method", "add_nodes", "delete_nodes", "set_attribute", "set_writable"),
    *("write_params", "history_update", "add_method", "register_server", "write_attribute_value"),
    *("call_method_full", "WriteParameters", "WriteValue", "CallMethodRequest", "add_references"),
    *("delete_references", "set_read_only", "AddNodesItem", "DeleteNodesParameters"),
}

QUERIES = {"history_files.py", "history_tables.py", "retention.py", "retention_tables.py"}  # SQL


def _load(tmp_path, text):
    file = tmp_path / "site.toml"
    file.write_text(text)
    return load_settings(file, environ={}, user=tmp_path / "none.toml").settings


GOOD = """
[sources.stack]
kind = "hj212"
port = 5213
tag_key = "{mn}.{item}"

[sources.plc]
kind = "modbus"
host = "10.0.0.5"
[sources.plc.registers]
A = { address = 0, type = "float32", order = "CDAB" }

[sources.dcs]
kind = "opcua"
url = "opc.tcp://10.0.0.7:4840"
nodes = { A = "ns=2;s=A" }

[sources.edge]
kind = "sparkplug"
broker = { host = "10.0.0.9", tls = true }

[sources.off]
kind = "hj212"
enabled = false
"""


def test_that_the_enabled_sources_are_built_by_name(tmp_path):
    settings = _load(tmp_path, GOOD)
    sources = build_sources(settings.sources, TagTable([tag("A")]), SystemClock())
    assert [source.name for source in sources] == ["dcs", "edge", "plc", "stack"]
    assert not settings.sources["edge"].rebirth  # off by default
    assert not any(source.state().connected for source in sources)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[sources.x]\nkind = "fax"', "fax"),
        ("[sources.x]\nport = 1", "kind"),
        ('[sources.x]\nkind = "hj212"\nport = 70000', "65535"),
        ('[sources.x]\nkind = "hj212"\nprot = 1', "prot"),
        ('[sources.x]\nkind = "hj212"\ntag_key = "x"', "{item} is missing"),
        ('[sources.x]\nkind = "modbus"\nhost = "h"', "registers"),
        (
            '[sources.x]\nkind = "modbus"\nhost = "h"\nregisters.A = {address = 1, order = "AB"}',
            "AB",
        ),
        (
            '[sources.x]\nkind = "modbus"\nhost = "h"\nregisters.A = {address = 1, type = "bool"}',
            "bit: missing",
        ),
        (
            '[sources.x]\nkind = "modbus"\nhost = "h"\n'
            'registers.A = {address = 1, table = "coil", bit = 1}',
            "bit: only",
        ),
        ('[sources.x]\nkind = "sparkplug"\ntag_key = "{x}"', "tag_key: '{x}' can't"),
        ('[sources.x]\nkind = "sparkplug"\ngroups = ["a/b"]', "groups: is empty"),
        ('[sources.x]\nkind = "sparkplug"\nbroker.key_file = "k"', "without cert_file"),
        ('[sources.x]\nkind = "opcua"\nurl = "http://h"\nnodes.A = "i=1"', "url: is not"),
        (
            '[sources.x]\nkind = "opcua"\nurl = "opc.tcp://h:1"\nnodes.A = "A"',
            "A: 'A' is no",
        ),
        (
            '[sources.x]\nkind = "opcua"\nurl = "opc.tcp://h:1"\nnodes.A = "i=1"\n'
            'security_policy = "Basic256Sha256"\ncertificate = "c"\nprivate_key = "k"',
            "server_certificate: is needed",
        ),
        (
            '[sources.x]\nkind = "opcua"\nurl = "opc.tcp://h:1"\nnodes.A = "i=1"\n'
            'server_certificate = "c"',
            "security_policy: is None",
        ),
    ],
)
def test_that_a_bad_source_is_named_with_file_and_reason(tmp_path, text, reason):
    with pytest.raises(SettingsError) as caught:
        _load(tmp_path, text)
    said = str(caught.value)
    assert said.startswith(f"{tmp_path / 'site.toml'}: sources: ")
    assert reason in said


def test_that_a_password_is_not_shown_in_an_error_or_the_settings(tmp_path):
    text = '[sources.x]\nkind = "hj212"\npasswords = {M1 = "geheim"}\n'
    with pytest.raises(SettingsError) as caught:
        _load(tmp_path, text + "port = 0")
    assert "geheim" not in str(caught.value)
    (tmp_path / "site.toml").write_text(text)
    loaded = load_settings(tmp_path / "site.toml", environ={}, user=tmp_path / "none.toml")
    shown = {key: value for key, value, _ in loaded.items()}
    assert shown["sources"] == "***"


def test_that_the_gateway_names_no_function_that_writes_to_a_plant():
    found = []
    for path in Path(app.gateway.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if name in ("write", "call") and path.parent.name == "opcua":  # the session's services
                found.append(f"{path.name}:{node.lineno}: {name}")
            if name == "publish" and path.name != "rebirth.py":  # the one exception
                found.append(f"{path.name}:{node.lineno}: {name}")
            is_query = path.name in QUERIES
            if name in WRITES or (name == "execute" and not is_query):
                found.append(f"{path.name}:{node.lineno}: {name}")
    assert not found


@pytest.mark.parametrize("cn", ["1011", "1012", "2011", "2051", "3011", "3019", "9011"])
def test_that_a_station_is_only_ever_acknowledged(cn):
    told = decode(encode(f"QN=1;CN={cn};MN=M;PW=1;Flag=5;CP=&&&&"))
    reply = decode(answer(told))
    assert reply.cn in ("9013", "9014")
    assert not reply.fields
    assert answer(decode(encode(f"CN={cn};MN=M;Flag=5;CP=&&&&"))) is None
    assert answer(decode(encode(f"QN=1;CN={cn};MN=M;Flag=4;CP=&&&&"))) is None
