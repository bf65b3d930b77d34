#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is installed works where it lies: the service, its host, the command and the SIP provider, started by systemd's
own tool for socket activation; and systemd finds nothing wrong with the units."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BUILD = ""


def run(command: list[str], **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


class Installed(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)
        run(["cmake", "--install", BUILD], env=dict(os.environ, DESTDIR=str(self.folder)))
        (self.prefix,) = (path.parent.parent for path in self.folder.rglob("sbin/offhookd"))
        (library,) = self.prefix.rglob("libtapi32.so.0")
        self.environment = dict(os.environ, LD_LIBRARY_PATH=str(library.parent), OFFHOOK_START="never")

    def test_the_service_starts_with_its_first_user(self) -> None:
        socket = self.folder / "offhook.sock"
        service = subprocess.Popen(
            ["systemd-socket-activate", f"--listen={socket}", str(self.prefix / "sbin" / "offhookd"), "--foreground",
             "--state", str(self.folder / "state")],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.addCleanup(service.stderr.close)
        self.addCleanup(service.wait)
        self.addCleanup(service.send_signal, signal.SIGTERM)
        self.assertIn("Listening", service.stderr.readline())
        (provider,) = self.prefix.rglob("sip.tsp")
        self.assertTrue(provider.with_name("sim.tsp").exists())
        self.assertTrue(provider.with_name("sim_ui.so").exists())
        offhook = str(self.prefix / "bin" / "offhook")
        environment = dict(self.environment, OFFHOOK_SOCKET=str(socket))
        run([offhook, "provider", "install", str(provider), "--approve", "network", "--set", "bind=127.0.0.1",
             "--set", "account.1.user=alice", "--set", "account.1.peer=127.0.0.1:5099"], env=environment)  # fmt: skip
        lines = []
        while not lines:  # an application does not wait for a session for ever (initialise_patience_ms)
            lines = json.loads(run([offhook, "lines", "--json"], env=environment))["lines"]
        (line,) = lines
        self.assertEqual((line["provider"], line["addresses"]), ("sip", ["alice"]))

    def test_with_its_configuration_there_is_something_to_call_at_once(self) -> None:
        (configuration,) = self.folder.rglob("offhook.toml")
        socket = self.folder / "offhook.sock"
        reading, writing = os.pipe()
        service = subprocess.Popen(
            [str(self.prefix / "sbin" / "offhookd"), "--config", str(self.with_nobodys_group(configuration)), "--foreground",
             "--socket", str(socket), "--state", str(self.folder / "state"), "--ready-fd", str(writing)],
            pass_fds=[writing],
        )  # fmt: skip
        os.close(writing)
        self.addCleanup(service.wait)
        self.addCleanup(service.send_signal, signal.SIGTERM)
        with os.fdopen(reading) as ready:
            self.assertTrue(ready.readline())
        environment = dict(self.environment, OFFHOOK_SOCKET=str(socket))
        (provider,) = json.loads(run([str(self.prefix / "bin" / "offhook"), "provider", "list", "--json"],
                                     env=environment))["providers"]  # fmt: skip
        self.assertTrue(Path(provider["library"]).samefile(next(self.prefix.rglob("sim.tsp"))))

    def with_nobodys_group(self, configuration: Path) -> Path:
        """The configuration as it is installed, but for the group, which is made elsewhere (offhook.sysusers)."""
        text = configuration.read_text()
        self.assertIn('socket_group = "offhook"', text)
        configuration.write_text(text.replace('socket_group = "offhook"', 'socket_group = ""'))
        return configuration

    def test_the_guides_are_where_the_texts_say(self) -> None:
        (guide,) = self.prefix.rglob("writing-a-provider.md")
        for file in ("writing-an-application.md", "examples/plain_provider.c", "examples/minimal_provider.cpp"):
            self.assertTrue((guide.parent / file).exists(), file)
        said = run([str(self.prefix / "bin" / "offhook"), "certify", "--help"], env=self.environment)
        self.assertIn("/" + str(guide.parent.relative_to(self.folder)), " ".join(said.split()))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not here")
    def test_systemd_understands_the_units(self) -> None:
        units = self.prefix / "lib" / "systemd" / "system"
        text = (units / "offhookd.service").read_text()
        (command,) = [line for line in text.splitlines() if line.startswith("ExecStart=")]
        program = command.removeprefix("ExecStart=").split()[0]
        (units / "offhookd.service").write_text(text.replace(program, str(self.prefix / "sbin" / "offhookd")))
        run(["systemd-analyze", "verify", "--man=no", str(units / "offhookd.service"), str(units / "offhookd.socket")])


if __name__ == "__main__":
    BUILD = sys.argv.pop(1)
    unittest.main()
