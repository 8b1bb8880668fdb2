"""append, verify, situation, backup and restore, as the command line runs them."""

import hashlib
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.locks import FileLock

START = {
    "kind": "operation.started",
    "subject": "op",
    "payload": {
        "mode": "drill", "name": "n", "site": "s", "software_version": "1",
        "reference_revision": 0,
    },
}  # fmt: skip
NOTE = {"kind": "note.written", "subject": "op", "payload": {"text": "你好"}, "event_time_us": 5}


class Site:
    """Runs commands on one site folder."""

    def __init__(
        self, path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.path = path
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def run(self, *words: str, stdin: str = "") -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = main([*words, "--site", str(self.path)])
        out, err = self._capsys.readouterr()
        return code, out, err

    def append(self, *batches: Any) -> tuple[int, str, str]:
        return self.run("append", "op", stdin="\n".join(json.dumps(b) for b in batches))

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words)
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Site:
    made = Site(tmp_path / "site", capsys, monkeypatch)
    code, out, _ = made.append([START, NOTE], [], NOTE)
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, ["2", "3"])
    (made.path / "documents" / "报告.txt").write_text("signed")
    with closing(sqlite3.connect(made.path / "history" / "day.db")) as history:
        history.execute("CREATE TABLE chunk (a)")
    return made


def _tamper(site: Site, statement: str) -> None:
    with closing(sqlite3.connect(site.path / "operations.db")) as database:
        database.execute(statement)
        database.commit()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 1"),
        ('{"kind": "x.unknown", "subject": "op", "payload": {}}', "'x.unknown' is no event kind"),
        ('{"kind": "note.written", "subject": "op", "payload": {"text": 5}}', "text"),
        ('{"kind": "note.written", "subject": "op", "payload": {}, "extra": 1}', "extra"),
    ],
)
def test_that_bad_line_is_told_by_number_and_field(site: Site, line: str, reason: str) -> None:
    code, _, err = site.run("append", "op", stdin="\n" * 0 + line)
    assert code == 2
    assert "line 1" in err
    assert reason in err


def test_that_refused_append_is_told(site: Site) -> None:
    code, _, err = site.append(START)
    assert (code, "started already" in err) == (2, True)


def test_that_verify_says_what_it_saw(site: Site) -> None:
    code, out, _ = site.run("verify")
    assert (code, "op: 3 events" in out, "all fits" in out) == (0, True, True)
    told = site.json("verify", "--json", "--operation", "op")
    assert told["ok"]
    assert told["operations"][0]["events"] == 3


def test_that_verify_fails_on_a_damaged_chain(site: Site) -> None:
    _tamper(site, "UPDATE event SET actor = 'x' WHERE seq = 2")
    code, out, _ = site.run("verify")
    assert (code, "seq 2: column_differs actor" in out, "DAMAGED" in out) == (1, True, True)


def test_that_verify_models_is_handed_over(site: Site, tmp_path: Path) -> None:
    cases = tmp_path / "cases.json"
    cases.write_text('{"cases": []}')
    assert site.json("verify", "models", str(cases), "--json") == []


def test_that_command_on_a_folder_without_a_site_is_refused(site: Site) -> None:
    site.path = site.path / "nowhere"
    code, _, err = site.run("verify")
    assert (code, "no operations store" in err) == (2, True)


def test_that_situation_is_told_at_a_moment(site: Site) -> None:
    now = site.json("situation", "op")
    assert (now["seq"], now["mode"]) == (3, "drill")
    assert site.json("situation", "op", "--at", str(now["started_us"]))["seq"] == 2
    assert site.json("situation", "op", "--at", "1999-01-01T00:00:00+08:00")["seq"] == 0


@pytest.mark.parametrize("moment", ["yesterday", "2026-01-01T00:00:00", "9" * 30])
def test_that_senseless_moment_is_refused(site: Site, moment: str) -> None:
    code, _, err = site.run("situation", "op", "--at", moment)
    assert (code, "--at" in err) == (2, True)


def test_that_unknown_operation_names_the_known_ones(site: Site) -> None:
    code, _, err = site.run("situation", "none")
    assert (code, "known are: op" in err) == (2, True)


def test_that_bad_settings_are_told(site: Site) -> None:
    (site.path / "site.toml").write_text("nonsense = 1")
    code, _, err = site.run("verify")
    assert (code, "nonsense" in err) == (2, True)


@pytest.fixture
def backup(site: Site, tmp_path: Path) -> Path:
    made = site.json("backup", str(tmp_path / "backup.zip"))
    assert made["heads"][0]["seq"] == 3
    return Path(made["file"])


def test_that_backup_is_restored_elsewhere(site: Site, backup: Path, tmp_path: Path) -> None:
    head = site.json("verify", "--json")["operations"][0]["head_hash"]
    site.path = tmp_path / "restored"
    site.json("restore", str(backup))
    assert site.json("verify", "--json")["operations"][0]["head_hash"] == head
    assert (site.path / "documents" / "报告.txt").read_text() == "signed"
    assert (site.path / "history" / "day.db").exists()


MQTT = '[mqtt]\nhost = "broker"\n'


@pytest.fixture
def on_server(site: Site, store_url: str, tmp_path: Path) -> Site:
    """A site whose store is elsewhere, with one event more than its backup."""
    site.path = tmp_path / "on-server"
    site.path.mkdir()
    text = f"timezone = \"UTC\"\nstore_url = '{store_url}'\n# the broker\n{MQTT}"
    (site.path / "site.toml").write_text(text, "utf-8")
    site.append([START, NOTE])
    site.json("backup", str(tmp_path / "server.zip"))
    site.append(NOTE)
    return site


@pytest.mark.expect_log("store_url of the backup isn't taken over")
def test_that_a_restored_copy_does_not_work_on_the_store_that_was_backed_up(
    on_server: Site, tmp_path: Path
) -> None:
    before, on_server.path = on_server.path, tmp_path / "copy"
    on_server.json("restore", str(tmp_path / "server.zip"))
    assert on_server.json("situation", "op")["seq"] == 2
    assert (on_server.path / "site.toml").read_text("utf-8") == (
        f'timezone = "UTC"\n# the broker\n{MQTT}'
    )
    on_server.append(NOTE)
    on_server.append(NOTE)
    on_server.path = before
    assert on_server.json("situation", "op")["seq"] == 3


def test_that_a_restored_site_stays_on_its_own_store(
    on_server: Site, empty_store_url: str, tmp_path: Path
) -> None:
    on_server.path = tmp_path / "another"
    on_server.path.mkdir()
    own = on_server.path / "site.toml"
    own.write_text(f"store_url = '{empty_store_url}'\n", "utf-8")
    on_server.json("restore", str(tmp_path / "server.zip"))
    assert on_server.json("situation", "op")["seq"] == 2
    assert not (on_server.path / "operations.db").exists()
    assert own.read_text("utf-8").count("store_url") == 1
    assert MQTT in own.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('site = """\nstore_url = 1\n"""\nstore_url = "sqlite:///x.db"\n', "can't be taken out"),
        ("store_url = \n", "not valid TOML"),
    ],
)
def test_that_settings_which_can_not_be_understood_are_not_restored(
    site: Site, backup: Path, tmp_path: Path, text: str, reason: str
) -> None:
    content = text.encode()
    with zipfile.ZipFile(backup) as archive:
        files = json.loads(archive.read("manifest.json"))["files"]
    entry = {
        "path": "site.toml", "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    _manifest(backup, files=[*(f for f in files if f["path"] != "site.toml"), entry])
    _rewrite(backup, {"site.toml": content})
    site.path = tmp_path / "restored"
    code, _, err = site.run("restore", str(backup))
    assert (code, reason in err) == (2, True)
    assert not (site.path / "operations.db").exists()


def test_that_backup_goes_into_the_sites_backups_by_default(site: Site) -> None:
    assert Path(site.json("backup")["file"]).parent == site.path / "backups"


def test_that_no_backup_is_overwritten(site: Site, backup: Path) -> None:
    code, _, err = site.run("backup", str(backup))
    assert (code, "exists already" in err) == (2, True)


def test_that_restore_sets_aside_only_when_forced(site: Site, backup: Path) -> None:
    site.append(NOTE)
    code, _, err = site.run("restore", str(backup))
    assert (code, "--force" in err) == (2, True)
    assert site.json("situation", "op")["seq"] == 4
    site.json("restore", str(backup), "--force")
    assert site.json("situation", "op")["seq"] == 3
    (aside,) = (site.path / "backups").glob("replaced-*")
    assert (aside / "operations.db").exists()
    assert (aside / "documents" / "报告.txt").exists()


def test_that_own_substances_and_layers_come_back(site: Site, backup: Path, tmp_path: Path) -> None:
    own, layer = site.path / "substances.toml", site.path / "layers" / "l.bin"
    layer.parent.mkdir(exist_ok=True)
    own.write_text("# ours", "utf-8")
    layer.write_bytes(b"then")
    made = str(tmp_path / "own.zip")
    site.json("backup", made)
    own.write_text("# changed", "utf-8")
    layer.write_bytes(b"later")
    site.json("restore", made, "--force")
    assert (own.read_text("utf-8"), layer.read_bytes()) == ("# ours", b"then")
    (aside,) = (site.path / "backups").glob("replaced-*")
    assert (aside / "substances.toml").read_text("utf-8") == "# changed"
    assert (aside / "layers" / "l.bin").read_bytes() == b"later"


def test_that_restore_waits_for_nobody_who_runs(site: Site, backup: Path) -> None:
    with FileLock(site.path / "gateway.lock"):
        code, _, err = site.run("restore", str(backup), "--force")
    assert (code, "is running" in err) == (2, True)


def _rewrite(backup: Path, change: dict[str, bytes | None]) -> None:
    """Write the zip again with members changed, added or left out."""
    with zipfile.ZipFile(backup) as archive:
        members: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, content in change.items():
        members.pop(name, None)
        if content is not None:
            members[name] = content
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"documents/报告.txt": b"forged"}, "was changed"),
        ({"documents/报告.txt": None}, "don't fit together"),
        ({"documents/extra.txt": b"x"}, "don't fit together"),
        ({"manifest.json": None}, "no manifest"),
        ({"manifest.json": b"{"}, "no manifest"),
    ],
)
def test_that_changed_backup_is_refused_before_the_site_is_touched(
    site: Site, backup: Path, tmp_path: Path, change: dict[str, bytes | None], reason: str
) -> None:
    _rewrite(backup, change)
    site.path = tmp_path / "restored"
    code, _, err = site.run("restore", str(backup))
    assert (code, reason in err) == (2, True)
    assert not (site.path / "operations.db").exists()


def _manifest(backup: Path, **change: Any) -> None:
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    _rewrite(backup, {"manifest.json": json.dumps(manifest | change).encode()})


@pytest.mark.parametrize(
    "name", ["../outside.txt", "documents/../../x", "/etc/passwd", "logs/x", "documents/a\\b"]
)
def test_that_names_which_lead_outside_are_refused(
    site: Site, backup: Path, tmp_path: Path, name: str
) -> None:
    _manifest(backup, files=[{"path": name, "size": 1, "sha256": ""}])
    site.path = tmp_path / "restored"
    code, _, err = site.run("restore", str(backup))
    assert (code, "doesn't belong" in err) == (2, True)


def test_that_newer_format_and_wrong_heads_are_refused(
    site: Site, backup: Path, tmp_path: Path
) -> None:
    site.path = tmp_path / "restored"
    _manifest(backup, format=99)
    code, _, err = site.run("restore", str(backup))
    assert (code, "newer Muster" in err) == (2, True)
    _manifest(backup, format=1, heads=[])
    code, _, err = site.run("restore", str(backup))
    assert (code, "heads" in err) == (2, True)


def test_that_backup_of_a_broken_chain_is_not_restored(site: Site, tmp_path: Path) -> None:
    _tamper(site, "UPDATE event SET actor = 'x' WHERE seq = 2")
    site.json("backup", str(tmp_path / "broken.zip"))
    site.path = tmp_path / "restored"
    code, _, err = site.run("restore", str(tmp_path / "broken.zip"))
    assert (code, "column_differs" in err) == (2, True)


def test_that_full_disk_and_files_that_are_no_backup_are_told(
    site: Site, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.path = tmp_path / "restored"
    (tmp_path / "text.zip").write_text("no zip")
    code, _, err = site.run("restore", str(tmp_path / "text.zip"))
    assert (code, "no backup" in err) == (2, True)
    code, _, err = site.run("restore", str(tmp_path / "missing.zip"))
    assert code == 2
    monkeypatch.setattr("app.restoring.free_space_for", lambda *_args: False)
    code, _, err = site.run("restore", str(backup))
    assert (code, "not enough space" in err) == (2, True)


def test_that_backup_of_a_database_fills_an_empty_one(
    site: Site, backup: Path, tmp_path: Path, empty_store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTER_STORE_URL", empty_store_url)
    site.path = tmp_path / "restored"
    site.json("restore", str(backup))
    assert site.json("verify", "--json")["operations"][0]["events"] == 3
    code, _, err = site.run("restore", str(backup))
    assert (code, "not empty" in err) == (2, True)
    again = site.json("backup", str(tmp_path / "again.zip"))
    assert again["heads"][0]["seq"] == 3
