"""Layers of settings and the origin of each value."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import (
    Origin,
    SettingsError,
    hidden,
    load_settings,
    save_user_setting,
    setting_types,
    user_file,
)
from app.toml_text import toml_text


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "user.toml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site.toml"


def test_that_each_layer_beats_the_one_below(user: Path, site: Path) -> None:
    user.write_text('language = "en"\ntheme = "light"\nalarm_scan_ms = 300\n[mqtt]\nport = 1\n')
    site.write_text('theme = "contrast"\nalarm_scan_ms = 400\n[mqtt]\nport = 2\n')
    loaded = load_settings(
        site,
        user=user,
        environ={"MUSTER_ALARM_SCAN_MS": "500", "MUSTER_MQTT_PORT": "3"},
        command_line={"mqtt.port": 4, "language": None},
    )
    settings = loaded.settings
    assert (settings.language, settings.theme) == ("en", "contrast")
    assert (settings.alarm_scan_ms, settings.mqtt.port) == (500, 4)
    assert loaded.origins["language"] == Origin("user", str(user))
    assert loaded.origins["theme"] == Origin("site", str(site))
    assert loaded.origins["alarm_scan_ms"] == Origin("environment", "MUSTER_ALARM_SCAN_MS")
    assert loaded.origins["mqtt.port"] == Origin("command line")
    assert loaded.origins["timezone"] == Origin("default")


def test_that_missing_files_leave_the_defaults(user: Path, site: Path) -> None:
    loaded = load_settings(site, user=user, environ={})
    assert {origin for _, _, origin in loaded.items()} == {Origin("default")}
    assert [key for key, _, _ in loaded.items()] == list(setting_types())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('language = "fr"', "language"),
        ("alarm_scan_ms = 1", "alarm_scan_ms"),
        ('alarm_scan_ms = "250"', "alarm_scan_ms"),
        ("[mqtt]\nport = 70000", "mqtt.port"),
        ("[mqtt]\nprot = 1883", "mqtt.prot"),
        ('colour = "red"', "colour"),
        ('timezone = "Asia/Atlantis"', "timezone"),
        ('timezone = "../../etc/passwd"', "timezone"),
        ("mqtt = 3", "mqtt"),
        ("language = ", "not valid TOML"),
    ],
)
def test_that_a_bad_value_names_file_and_key(site: Path, user: Path, text: str, key: str) -> None:
    site.write_text(text + "\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(site, user=user, environ={})
    assert str(site) in str(caught.value)
    assert key in str(caught.value)


def test_that_a_file_in_another_encoding_is_named(site: Path, user: Path) -> None:
    site.write_bytes('timezone = "北京"'.encode("gbk"))
    with pytest.raises(SettingsError, match=r"site\.toml: not valid TOML"):
        load_settings(site, user=user, environ={})


def test_that_a_bad_variable_is_named_and_an_unknown_one_reported(user: Path) -> None:
    with pytest.raises(SettingsError, match=r"MUSTER_MQTT_PORT: mqtt\.port: 'x'"):
        load_settings(user=user, environ={"MUSTER_MQTT_PORT": "x"})
    loaded = load_settings(user=user, environ={"MUSTER_LANGAUGE": "en", "MUSTER_SITE": "/s"})
    assert loaded.unknown_variables == ("MUSTER_LANGAUGE",)


def test_that_a_variable_lists_with_commas_and_says_truth(user: Path) -> None:
    environ = {"MUSTER_MQTT_TOPICS": "a/#, b/+/c", "MUSTER_MQTT_ENABLED": "true"}
    mqtt = load_settings(user=user, environ=environ).settings.mqtt
    assert (mqtt.topics, mqtt.enabled) == (("a/#", "b/+/c"), True)


def test_that_passwords_do_not_show(user: Path) -> None:
    environ = {
        "MUSTER_MQTT_PASSWORD": "geheim",
        "MUSTER_STORE_URL": "postgresql+psycopg://muster:geheim@db/muster",
    }
    shown = {key: value for key, value, _ in load_settings(user=user, environ=environ).items()}
    assert "geheim" not in str(shown)
    assert str(shown["store_url"]).endswith("@db/muster")
    assert hidden("store_url", "sqlite:///x.db") == "sqlite:///x.db"


def test_that_a_choice_on_screen_is_kept_beside_the_others(user: Path) -> None:
    user.write_text('theme = "light"\n[mqtt]\nhost = "broker"\n')
    save_user_setting("language", "en", user=user)
    settings = load_settings(user=user, environ={}).settings
    assert (settings.language, settings.theme, settings.mqtt.host) == ("en", "light", "broker")
    with pytest.raises(SettingsError, match="no such setting"):
        save_user_setting("langauge", "en", user=user)
    assert [path.name for path in user.parent.glob("user.toml*")] == ["user.toml"]


def test_that_the_users_file_lies_in_the_tests_own_home(fresh_settings: Path) -> None:
    assert user_file().is_relative_to(fresh_settings)


@given(st.text(), st.integers(-(2**63), 2**63 - 1), st.lists(st.text()))
def test_that_written_toml_reads_back(text: str, number: int, texts: list[str]) -> None:
    import tomllib

    written = toml_text({"a": text, "t.number": number, "t.texts": texts, "t.yes": True})
    expected = {"a": text, "t": {"number": number, "texts": texts, "yes": True}}
    assert tomllib.loads(written) == expected
