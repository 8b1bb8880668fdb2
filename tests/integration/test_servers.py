"""The servers that the other tests stand on."""

import os
from pathlib import Path

import psycopg
import pytest
from paho.mqtt import subscribe

from models.store import open_store
from tests.servers.mosquitto import Mosquitto
from tests.servers.postgresql import PostgreSql

# paho's own helper logs this when its message came and it hangs up
PAHO_SAYS = pytest.mark.expect_log("Client is not connected")


@PAHO_SAYS
def test_that_a_published_message_arrives(mosquitto: Mosquitto) -> None:
    mosquitto.publish("muster/test", b"17.5", retain=True)
    message = subscribe.simple("muster/test", hostname=mosquitto.host, port=mosquitto.port)
    assert message.payload == b"17.5"


@PAHO_SAYS
def test_that_the_broker_keeps_port_and_retained_messages_over_a_restart(
    mosquitto: Mosquitto,
) -> None:
    port = mosquitto.port
    mosquitto.publish("muster/kept", b"1", retain=True)
    mosquitto.stop()
    assert not mosquitto.is_running
    mosquitto.start()
    message = subscribe.simple("muster/kept", hostname=mosquitto.host, port=port)
    assert (mosquitto.port, message.payload) == (port, b"1")


def test_that_no_server_runs_as_root(mosquitto: Mosquitto, postgresql: PostgreSql) -> None:
    assert postgresql.process_id != mosquitto.process_id
    for process_id in (mosquitto.process_id, postgresql.process_id):
        assert Path(f"/proc/{process_id}").stat().st_uid != 0 or os.geteuid() != 0


def test_that_clones_of_the_template_do_not_share_rows(postgresql: PostgreSql) -> None:
    first, second = postgresql.clone_template(), postgresql.clone_template()
    with psycopg.connect(first.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE only_here (n integer)")
    with (
        psycopg.connect(second.replace("+psycopg", "")) as connection,
        pytest.raises(psycopg.errors.UndefinedTable),
    ):
        connection.execute("SELECT n FROM only_here")
    postgresql.drop(first)
    postgresql.drop(second)


def test_that_a_store_opens_on_both_databases(store_url: str, store_backend: str) -> None:
    store = open_store(store_url)
    try:
        assert store.is_sqlite is (store_backend == "sqlite")
    finally:
        store.close()


def test_that_an_empty_database_becomes_a_store(empty_store_url: str) -> None:
    open_store(empty_store_url).close()
    open_store(empty_store_url).close()
