#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The provider of a machine on which nobody has changed anything yet."""

import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from service import Service

OFFHOOK = DAEMON = SIM = NEEDY = HANGING = ""


class DefaultProvider(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def start(self, default: str) -> Service:
        configuration = f'[provider]\ndefault = "{default}"\n' if default else ""
        service = Service(OFFHOOK, DAEMON, str(self.directory), configuration)
        self.addCleanup(lambda: service.process.poll() is None and service.stop())
        return service

    def log(self) -> str:
        file = self.directory / "log"
        return file.read_text() if file.exists() else ""

    def changes(self, service: Service) -> list[dict]:
        return service.json("provider", "history")["changes"]

    def is_there_once(self, service: Service) -> None:
        (provider,) = service.json("provider", "list")["providers"]
        self.assertEqual((provider["name"], provider["library"]), ("sim", SIM))
        (change,) = self.changes(service)
        self.assertEqual((change["author"], change["provider"]), (None, "sim"))
        self.assertIn(f"installed {SIM}", change["change"])

    def test_the_first_command_sees_its_lines(self) -> None:
        service = self.start("sim.tsp")  # a name: the one of this build
        self.assertNotEqual(service.json("lines")["lines"], [])
        self.is_there_once(service)
        self.assertRegex(service.run("provider", "history")[1], r"the service +sim +installed ")
        self.assertIn(f"the service has installed sim ({SIM})", self.log())
        service.stop()
        self.is_there_once(self.start("sim.tsp"))

    def test_it_does_not_come_back_when_it_was_removed(self) -> None:
        service = self.start(SIM)
        self.assertEqual(service.run("provider", "remove", "sim")[0], 0)
        service.stop()
        service = self.start(SIM)
        self.assertEqual(service.json("provider", "list")["providers"], [])
        self.assertEqual(len(self.changes(service)), 2)

    def test_it_does_not_come_where_somebody_has_installed_another(self) -> None:
        service = self.start("")
        self.assertEqual(service.run("provider", "install", SIM, "--name", "other")[0], 0)
        service.stop()
        (provider,) = self.start(SIM).json("provider", "list")["providers"]
        self.assertEqual(provider["name"], "other")

    def test_one_that_cannot_be_installed_is_said_once_and_left_to_the_administrator(self) -> None:
        missing = str(self.directory / "missing.tsp")
        for library, reason in ((missing, "No such file"), (NEEDY, 'needs "network')):
            with self.subTest(reason):
                service = self.start(library)
                self.assertIn("There are no lines", service.run("lines")[1])
                (line,) = [line for line in self.log().splitlines() if library in line]
                self.assertIn("warning", line)
                self.assertIn(f"offhook provider install {library}", line)
                self.assertIn(reason, line)
                (change,) = self.changes(service)
                self.assertIn("not installed: ", change["change"])
                service.stop()
                service = self.start(SIM)
                self.assertEqual(service.json("provider", "list")["providers"], [])
                self.assertEqual(service.run("provider", "install", SIM)[0], 0)
                self.assertEqual(service.run("provider", "remove", "sim")[0], 0)
                service.stop()
                for file in (self.directory / "state").glob("registry.sqlite*"):
                    file.unlink()

    def test_one_that_hangs_holds_the_service_up_for_a_while_only(self) -> None:
        configuration = f'[provider]\ndefault = "{HANGING}"\ncall_deadline_ms = 100\n'
        service = Service(OFFHOOK, DAEMON, str(self.directory), configuration)
        self.addCleanup(service.stop)
        self.assertIn("did not return in 100 ms", self.log())
        self.assertEqual(service.json("provider", "list")["providers"], [])

    def test_a_service_that_is_killed_meanwhile_leaves_all_of_it_or_nothing(self) -> None:
        for event in (self.registry_is_there, self.host_is_there):
            with self.subTest(event.__name__):
                process = self.start_and_go_on(SIM)
                while not event(process.pid):
                    self.assertIsNone(process.poll())
                process.kill()
                process.wait()
                service = self.start(SIM)
                self.is_there_once(service)
                service.stop()
                for file in (self.directory / "state").glob("registry.sqlite*"):
                    file.unlink()

    def test_a_service_that_is_ended_or_killed_while_the_provider_installs_itself_tries_again(self) -> None:
        for end in (signal.SIGTERM, signal.SIGKILL):
            process = self.start_and_go_on(HANGING)
            while "hanging: installs itself" not in self.log():
                self.assertIsNone(process.poll())
                self.assertNotIn("listens on", self.log(), "it was not tried again")
            process.send_signal(end)
            process.wait()
            (self.directory / "log").unlink()
        self.is_there_once(self.start(SIM))

    # Not ready when this returns.
    def start_and_go_on(self, default: str) -> subprocess.Popen:
        file = self.directory / "offhook.toml"
        file.write_text(f'[provider]\ndefault = "{default}"\n')
        process = subprocess.Popen(
            [DAEMON, "--socket", str(self.directory / "offhook.sock"), "--state", str(self.directory / "state"),
             "--config", str(file), "--log", str(self.directory / "log")]
        )  # fmt: skip
        self.addCleanup(lambda: process.poll() is None and process.kill())
        return process

    def registry_is_there(self, _: int) -> bool:
        return (self.directory / "state" / "registry.sqlite").exists()

    def host_is_there(self, process: int) -> bool:
        return Path(f"/proc/{process}/task/{process}/children").read_text() != ""


if __name__ == "__main__":
    OFFHOOK, DAEMON, SIM, NEEDY, HANGING = (sys.argv.pop(1) for _ in range(5))
    unittest.main()
