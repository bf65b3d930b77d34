#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`offhook certify` on the command line: what it refuses to begin with, and what its report says."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

OFFHOOK = HOST = SIM = ""


class Certify(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def write(self, name: str, text: str) -> str:
        (self.directory / name).write_text(text)
        return str(self.directory / name)

    def certify(self, *arguments: str, host: str = "") -> subprocess.CompletedProcess:
        return subprocess.run([OFFHOOK, "certify", SIM, "--host", host or HOST, *arguments], capture_output=True,
                              text=True, timeout=60)

    def refused(self, *arguments: str, host: str = "") -> str:
        result = self.certify(*arguments, host=host)
        self.assertEqual((result.returncode, result.stdout), (2, ""), (arguments, result.stderr))
        self.assertIn("What to do:", result.stderr)
        return result.stderr

    def test_a_replay_needs_what_its_script_names(self) -> None:
        change, commands = self.write("change.toml", 'extensions = "101-104"'), self.write("commands", "ring 101 from 5\n")
        self.assertIn("--change FILE", self.refused("--replay", "open_line reconfigure settle"))
        self.assertIn("only 1", self.refused("--replay", "open_line reconfigure:2", "--change", change))
        self.assertIn("--commands FILE", self.refused("--replay", "open_line command settle"))
        self.assertIn("command:1", self.refused("--replay", "open_line command:1 settle", "--commands", commands))
        self.assertEqual(self.certify("--replay", "reconfigure:1 settle", "--change", change).returncode, 0)
        for nothing in ("", " ", "base=100"):
            self.assertIn("no step", self.refused("--replay", nothing))

    def test_steps_that_cannot_be_carried_out_are_told(self) -> None:
        result = self.certify("--replay", "open_line:70 settle")
        self.assertEqual(result.returncode, 1)
        self.assertIn("WARNING  step 1 of the script: the provider has 10 lines, and number 0 was taken", result.stdout)
        self.assertIn("NOT CERTIFIED AS ASKED", result.stdout)

    def test_refused_commands_are_told(self) -> None:
        report = self.directory / "report.xml"
        result = self.certify("--replay", "command settle", "--commands", self.write("commands", "rong 101\n"), "--junit", str(report))
        self.assertEqual(result.returncode, 1)
        self.assertIn('WARNING  the provider refused the command "rong 101" (--commands) once: LINEERR_INVALPARAM', result.stdout)
        self.assertIn("NOT CERTIFIED AS ASKED, for the provider refused every command of --commands", result.stdout)
        suite = ElementTree.parse(report).getroot()
        self.assertEqual(suite.get("failures"), "1")
        self.assertIn("LINEERR_INVALPARAM", suite.findtext("system-err"))

    def test_numbers_are_numbers(self) -> None:
        for option in ("--seed", "--runs", "--sessions", "--steps", "--for", "--patience", "--settle"):
            for value in ("-1", "x", "1.5"):
                self.assertIn(option, self.refused(option, value))
        for option in ("--steps", "--sessions"):
            self.assertIn("at least 1", self.refused(option, "0"))
        self.assertIn("seed 0.", self.certify("--seed", "0", "--replay", "settle").stdout)

    def test_what_cannot_be_written_is_noticed_before_the_run(self) -> None:
        self.assertIn("/nowhere/report.xml", self.refused("--junit", "/nowhere/report.xml"))

    def test_what_is_no_host_is_named(self) -> None:
        for host in ("/bin/true", "/nowhere/offhook-host", "/etc/passwd"):
            text = self.refused(host=host)
            self.assertIn(f"{host} is no offhook-host", text)
            self.assertNotIn(SIM, text)

    def test_a_configuration_is_checked_as_the_service_does(self) -> None:
        wrong = self.write("wrong.toml", "extensionz = 1")
        for option in ("--config", "--change"):
            text = self.refused(option, wrong)
            self.assertIn("the provider has no key extensionz: 'offhook provider fields' lists those it has", text)
            self.assertIn(wrong, text)

    def test_a_finding_shows_what_led_there(self) -> None:
        arguments = ["--before", "misbehave R046 1000", "--replay", "open_line:0:4 open_line:1:4 make_call:0:1 settle"]
        text = self.certify(*arguments).stdout
        self.assertIn("request 0x1 (TSPI_lineMakeCall) was completed twice", text)
        self.assertRegex(text, r"\n +\d+\.\d{3}  service -> provider   TSPI_lineMakeCall .* request 0x1 ")
        finding = json.loads(self.certify(*arguments, "--json").stdout)["findings"][0]
        self.assertEqual(finding["page"], "https://learn.microsoft.com/windows/win32/api/tspi/nc-tspi-async_completion")
        self.assertEqual(finding["steps"][-1]["kind"], "provider_completion")

    def test_a_provider_with_every_function_is_said_to_lack_none(self) -> None:
        result = self.certify("--replay", "open_line settle")
        self.assertNotIn("does not export", result.stdout)

    def test_what_was_kept_is_listed_when_that_is_asked_for(self) -> None:
        arguments = ("--replay", "open_line:0:4 make_call settle")
        self.assertNotIn("Kept", self.certify(*arguments).stdout)
        text = self.certify(*arguments, "--all").stdout
        self.assertRegex(text, r"(?m)^    R043  .*: \d+$")
        kept = int(text.split(" kept, ")[0].split()[-1])
        self.assertEqual(len(text.split("Kept, and how often that was seen:\n")[1].split("\n\n")[0].splitlines()), kept)

    def test_help_points_to_the_language_of_scripts(self) -> None:
        self.assertIn("writing-a-provider.md", self.certify("--help").stdout)


if __name__ == "__main__":
    OFFHOOK, HOST, SIM = sys.argv.pop(1), sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
