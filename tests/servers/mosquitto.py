"""A real mosquitto on a free port of the loopback, to stop and start again in fault tests."""

import shutil
import signal
import subprocess
from pathlib import Path

from paho.mqtt import publish as paho_publish

from tests.servers.process import (
    ServerMissingError,
    account,
    answers,
    free_port,
    own_folder,
    start_server,
    stop_server,
)

INSTALL = "apt-get install mosquitto"


class Mosquitto:
    """The broker; `host` and `port` stay the same over a restart, retained messages too."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        program = shutil.which(
            "mosquitto", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin"
        ) or (shutil.which("mosquitto"))
        if program is None:
            raise ServerMissingError(f"mosquitto is not installed: {INSTALL}")
        self._program = program
        self._user = account("mosquitto")
        self._folder = own_folder("mosquitto", self._user)
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the broker's process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def process_id(self) -> int:
        """The broker's process id."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the broker, on the same port as before; nothing happens when it runs."""
        if self.is_running:
            return
        config = self._folder / "mosquitto.conf"
        config.write_text(self.config())
        config.chmod(0o644)
        self._process = start_server(
            [self._program, "-c", str(config)],
            folder=self._folder,
            user=self._user,
            is_ready=lambda: answers(self.port),
        )

    def config(self) -> str:
        """Return what the broker is told: everybody may come, nothing is dropped."""
        return (
            f"listener {self.port} {self.host}\nallow_anonymous true\npersistence true\n"
            f"persistence_location {self._folder}/\nautosave_interval 1\n"
            "max_queued_messages 0\nmax_queued_bytes 0\n"
        )

    def stop(self) -> None:
        """Stop the broker in order, as a maintenance would."""
        if self._process is not None:
            stop_server(self._process, signal.SIGTERM)

    def kill(self) -> None:
        """Kill the broker, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def publish(
        self, topic: str, payload: bytes | str, *, qos: int = 1, retain: bool = False
    ) -> None:
        """Publish one message and return when the broker has it."""
        paho_publish.single(
            topic, payload, qos=qos, retain=retain, hostname=self.host, port=self.port
        )

    def remove(self) -> None:
        """Stop the broker and remove its folder."""
        self.stop()
        shutil.rmtree(Path(self._folder), ignore_errors=True)
