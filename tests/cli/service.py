# SPDX-License-Identifier: Apache-2.0
"""A real service for tests of the command."""

import json
import os
import signal
import subprocess
from pathlib import Path


class Service:
    """A service with a state of its own, ready when this returns."""

    def __init__(self, offhook: str, daemon: str, directory: str, configuration: str = "") -> None:
        self.offhook = offhook
        self.directory = Path(directory)
        self.socket = str(self.directory / "offhook.sock")
        self.environment = {"OFFHOOK_SOCKET": self.socket, "OFFHOOK_START": "never"}
        (self.directory / "offhook.toml").write_text(configuration)
        reading, writing = os.pipe()
        self.log = (self.directory / "log").open("w")
        self.process = subprocess.Popen(
            [daemon, "--foreground", "--socket", self.socket, "--state", str(self.directory / "state"),
             "--config", str(self.directory / "offhook.toml"), "--ready-fd", str(writing)],
            pass_fds=[writing], stderr=self.log,
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as ready:
            if not ready.readline():
                raise RuntimeError("the service did not start: " + (self.directory / "log").read_text())

    def start(self, *arguments: str) -> subprocess.Popen:
        environment = dict(os.environ, **self.environment)
        return subprocess.Popen(
            [self.offhook, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=60)
        return process.returncode, output, errors

    def json(self, *arguments: str) -> dict:
        status, output, errors = self.run(*arguments, "--json")
        if status != 0:
            raise AssertionError(f"{arguments}: {status}: {errors}")
        return json.loads(output)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=30)
        self.log.close()
        return status
