"""Versions, TLS, certificates, shared subscriptions and restarts against a real mosquitto."""

import asyncio
import subprocess
import time

import numpy as np
import pytest
from paho.mqtt import publish

from app.clock import SystemClock
from app.gateway.binary_batch import packed
from app.gateway.mqtt import MqttSource, topic_templates
from app.gateway.payloads import PayloadDecoder
from app.settings import MqttSettings
from models.telemetry.tags import TagTable
from tests.integration.gateway.pulling import Pulled, wait_for
from tests.servers.mosquitto import Mosquitto
from tests.unit.models.telemetry.build import tag

pytestmark = pytest.mark.expect_log(
    "Client is not connected", "broker:", "failed to receive on socket"
)
TAGS = TagTable([tag("A"), tag("B")])


def source(broker, client_id, **more):
    settings = MqttSettings(
        enabled=True, **({"host": broker.host, "port": broker.port, "keep_alive_s": 5} | more)
    )
    decoder = PayloadDecoder(TAGS, topic_templates(settings.topics))
    return MqttSource(settings, decoder, SystemClock(), client_id=client_id)


def values(pulled):
    return [row[1] for row in pulled.rows]


async def _send(broker, payloads, topic="muster/A", **more):
    messages = [(topic, payload, 1, False) for payload in payloads]
    await asyncio.to_thread(
        publish.multiple, messages, hostname=broker.host, port=broker.port, **more
    )


@pytest.mark.parametrize("version", ["5", "3.1.1"])
def test_that_no_sample_of_qos_1_is_lost_over_the_broker_s_restart(mosquitto, version):
    async def scenario():
        sent = 0
        async with Pulled(source(mosquitto, f"s-restart-{version}", version=version)) as pulled:
            await wait_for(lambda: pulled.source.state().connected)
            for kill in (False, True):
                await _send(mosquitto, [str(sent + i) for i in range(50)])
                sent += 50
                await wait_for(lambda: len(set(values(pulled))) == sent)  # noqa: B023
                # a power cut loses what mosquitto hadn't saved; a stop saves all
                (mosquitto.kill if kill else mosquitto.stop)()
                await wait_for(lambda: not pulled.source.state().connected)
                await asyncio.sleep(2)
                mosquitto.start()  # not in a thread: the broker dies with the one that started it
                began_s = time.monotonic()
                await _send(mosquitto, [str(sent + i) for i in range(50)])
                sent += 50
                await wait_for(lambda: len(set(values(pulled))) == sent, 10)  # noqa: B023
                assert time.monotonic() - began_s < 10
            assert set(values(pulled)) == set(map(float, range(sent)))

    asyncio.run(scenario())


@pytest.mark.parametrize("version", ["5", "3.1.1"])
def test_that_what_came_while_we_were_away_waits_in_the_session(mosquitto, version):
    async def scenario():
        name = f"s-away-{version}"
        async with Pulled(source(mosquitto, name, version=version)) as pulled:
            await wait_for(lambda: pulled.source.state().connected)
        await _send(mosquitto, ["1", "2"])
        mosquitto.stop()
        mosquitto.start()  # not in a thread: the broker dies with the one that started it
        await _send(mosquitto, ["3"])
        async with Pulled(source(mosquitto, name, version=version)) as pulled:
            await wait_for(lambda: values(pulled) == [1.0, 2.0, 3.0])

    asyncio.run(scenario())


def test_that_a_group_shares_the_messages(mosquitto):
    async def scenario():
        one = source(mosquitto, "s-share-1", share_group="g")
        two = source(mosquitto, "s-share-2", share_group="g")
        async with Pulled(one) as first, Pulled(two) as second:
            await wait_for(lambda: one.state().connected and two.state().connected)
            await _send(mosquitto, [str(i) for i in range(200)])
            await wait_for(lambda: len(values(first)) + len(values(second)) == 200)
            assert values(first)
            assert values(second)
            assert sorted(values(first) + values(second)) == list(map(float, range(200)))

    asyncio.run(scenario())


@pytest.mark.parametrize("version", ["5", "3.1.1"])
def test_that_who_is_away_is_dealt_nothing(mosquitto, version):
    """One who had subscribed without a group before, then in a group, then dies."""
    name, group = f"s-gone-{version}", f"gone-{version}"
    topics = (f"gone-{version}/{{tag}}",)

    def member(client_id, share_group=group):
        return source(mosquitto, client_id, share_group=share_group, version=version, topics=topics)

    async def scenario():
        async with Pulled(member(name, "")) as pulled:
            await wait_for(lambda: pulled.source.state().connected)
        one, two = member(f"s-stays-{version}"), member(name)
        async with Pulled(one) as stays:
            async with Pulled(two) as goes:
                await wait_for(lambda: one.state().connected and two.state().connected)
                await _send(mosquitto, [str(i) for i in range(20)], f"gone-{version}/A")
                await wait_for(lambda: len(values(stays)) + len(values(goes)) == 20)
                assert values(goes)
                assert values(stays)
            await asyncio.sleep(7)
            await _send(mosquitto, [str(i) for i in range(20, 60)], f"gone-{version}/A")
            await wait_for(lambda: set(values(stays)) >= set(map(float, range(20, 60))))

    asyncio.run(scenario())


def test_that_binary_batches_arrive_and_their_clock_is_measured(mosquitto):
    async def scenario():
        clock = SystemClock()
        async with Pulled(source(mosquitto, "s-binary", topics=("plant/{device}/b",))) as pulled:
            await wait_for(lambda: pulled.source.state().connected)
            at_us = clock.now_us() - 40_000_000 + np.arange(100)
            payload = packed(["A", "B", "?"], np.arange(100) % 3, at_us, np.arange(100.0))
            await _send(mosquitto, [payload], "plant/plc7/b")
            await wait_for(lambda: len(pulled.rows) == 67)
            (measured,) = pulled.source.state().clocks
        assert measured.device == "plc7"
        assert 39 < measured.behind_s < 45

    asyncio.run(scenario())


class _Secure(Mosquitto):
    """A broker that wants TLS and a client certificate of its authority."""

    def config(self):
        folder = self._folder
        _openssl(
            folder,
            "req -x509 -newkey rsa:2048 -nodes -days 30 -keyout ca.key -out ca.crt -subj /CN=ca",
        )
        for name in ("server", "client"):
            (folder / "san").write_text("subjectAltName=IP:127.0.0.1")
            _openssl(
                folder, f"req -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.csr "
                f"-subj /CN={name}",
            )  # fmt: skip
            _openssl(
                folder, f"x509 -req -in {name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial "
                f"-days 30 -out {name}.crt -extfile san",
            )  # fmt: skip
        for file in folder.iterdir():
            file.chmod(0o644)
        return (
            f"listener {self.port} {self.host}\nallow_anonymous true\nrequire_certificate true\n"
            f"cafile {folder}/ca.crt\ncertfile {folder}/server.crt\nkeyfile {folder}/server.key\n"
        )


def _openssl(folder, command):
    subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)


# paho leaves the socket of a failed handshake to the garbage collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.needs("mosquitto")
def test_that_tls_and_a_client_certificate_open_the_broker():
    broker = _Secure()
    broker.start()
    folder = broker._folder
    files = {
        "ca_file": str(folder / "ca.crt"), "cert_file": str(folder / "client.crt"),
        "key_file": str(folder / "client.key"),
    }  # fmt: skip
    tls = {
        "ca_certs": files["ca_file"],
        "certfile": files["cert_file"],
        "keyfile": files["key_file"],
    }

    async def scenario():
        async with Pulled(source(broker, "s-tls", **files)) as pulled:
            await wait_for(lambda: pulled.source.state().connected)
            await _send(broker, ["4.5"], tls=tls)
            await wait_for(lambda: values(pulled) == [4.5])
        for wrong in (
            {"ca_file": files["ca_file"]},  # no certificate of ours
            {**files, "ca_file": "", "tls": True},  # an authority nobody trusts
            {**files, "cert_file": str(folder / "none")},
        ):
            async with Pulled(source(broker, "s-tls-2", **wrong)) as pulled:
                await wait_for(lambda: pulled.source.state().detail != "connecting")
                assert not pulled.source.state().connected

    try:
        asyncio.run(scenario())
    finally:
        broker.remove()
