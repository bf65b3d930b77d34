#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What an administrator sees of a provider that declares its fields: the simulated exchange, which nobody uses."""

import sys
import tempfile
import unittest

from service import Service

OFFHOOK = DAEMON = SIM = ""


class Configuration(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(directory.cleanup)
        self.service = Service(OFFHOOK, DAEMON, directory.name)
        self.addCleanup(lambda: self.service.process.poll() is None and self.service.stop())
        self.assertEqual(self.service.run("provider", "install", SIM, "--set", "extensions=101-104")[0], 0)

    def test_an_unknown_key_is_neither_set_nor_removed(self) -> None:
        for arguments in (("--set", "extensionz=1"), ("--unset", "extensionz")):
            status, _, errors = self.service.run("provider", "config", "sim", *arguments)
            self.assertEqual(status, 1, errors)
            self.assertIn("the provider has no key extensionz", errors)
            self.assertIn("do you mean extensions?", errors)
        self.assertEqual(self.service.run("provider", "config", "sim", "--unset", "extensions")[0], 0)
        self.assertEqual(self.service.run("provider", "config", "sim", "--unset", "extensions")[0], 0, "it is known")

    def test_what_is_in_force_and_what_waits_are_both_shown(self) -> None:
        self.assertEqual(self.service.run("provider", "config", "sim", "--set", "extensions=101-106")[0], 0)
        self.assertRegex(self.service.run("provider", "fields", "sim")[1], r"extensions +101-104 -> 101-106 \(waits\) ")
        (provider,) = self.service.json("provider", "list")["providers"]
        self.assertEqual((provider["settings"], provider["pending"]), ({"extensions": "101-104"}, {"extensions": "101-106"}))
        self.assertEqual(len(self.service.json("lines")["lines"]), 6)
        (provider,) = self.service.json("provider", "list")["providers"]
        self.assertEqual((provider["settings"], provider["pending"]), ({"extensions": "101-106"}, None))
        self.assertRegex(self.service.run("provider", "fields", "sim")[1], r"extensions +101-106 ")

    def test_without_a_session_a_command_says_what_begins_one(self) -> None:
        status, _, errors = self.service.run("sim", "help")
        self.assertEqual(status, 1)
        self.assertIn("offhook answer LINE", errors)
        self.assertIn('sessions = "always"', errors)
        answering = self.service.start("answer", "101")
        self.addCleanup(answering.communicate)
        self.addCleanup(answering.terminate)
        while self.service.run("sim", "help")[0] != 0:  # its session begins
            self.assertIsNone(answering.poll())


if __name__ == "__main__":
    OFFHOOK, DAEMON, SIM = (sys.argv.pop(1) for _ in range(3))
    unittest.main()
