#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command with a real service, a real host and the provider of docs/writing-a-provider.md."""

import json
import signal
import sys
import tempfile
import unittest

from ports import free_port
from service import Service

OFFHOOK = DAEMON = PROVIDER = UNDESCRIBED = ""


class WithService(unittest.TestCase):
    def setUp(self) -> None:
        self.directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(self.directory.cleanup)
        self.service = Service(OFFHOOK, DAEMON, self.directory.name)
        self.addCleanup(lambda: self.service.process.poll() is None and self.service.stop())
        status, _, errors = self.service.run("provider", "install", PROVIDER)
        self.assertEqual((status, errors), (0, ""))

    def test_what_is_installed_is_listed(self) -> None:
        (provider,) = self.service.json("provider", "list")["providers"]
        self.assertEqual((provider["name"], provider["library"]), ("minimal", PROVIDER))
        self.assertEqual(provider["title"], "A line that answers every call")
        status, output, _ = self.service.run("provider", "list")
        self.assertEqual(status, 0)
        self.assertTrue(output.startswith("ID  NAME     TITLE"), output)

    def test_lines_are_those_that_applications_see(self) -> None:
        (line,) = self.service.json("lines")["lines"]
        self.assertEqual((line["id"], line["name"], line["addresses"]), (0, "minimal", ["1"]))
        self.assertEqual((line["provider"], line["stage"], line["opens"], line["calls"]), ("minimal", "closed", 0, 0))

    def test_a_call_from_dialing_to_idle(self) -> None:
        status, output, errors = self.service.run("dial", "minimal", "1", "--hangup-after", "0.1", "--json")
        self.assertEqual(status, 0, errors)
        events = [json.loads(line) for line in output.splitlines()]
        self.assertEqual([event["event"] for event in events], ["dialing", "proceeding", "connected", "idle", "ended"])
        self.assertTrue(events[-1]["connected"])

    def test_the_log_names_what_a_provider_lacks(self) -> None:
        self.service.json("lines")  # a session begins
        self.service.log.flush()
        log = (self.service.directory / "log").read_text()
        self.assertIn("minimal does not export TSPI_lineAnswer, TSPI_lineDial, ", log)

    def test_an_interrupted_call_is_hung_up(self) -> None:
        call = self.service.start("dial", "0", "1", "--json")
        for line in call.stdout:
            if json.loads(line)["event"] == "connected":
                break
        (shown,) = self.service.json("calls")["calls"]
        self.assertEqual(shown["line"], "minimal")
        self.assertEqual((shown["state"], shown["provider"], shown["owners"]), ("CONNECTED", "minimal", 1))
        call.send_signal(signal.SIGINT)
        output, errors = call.communicate(timeout=30)
        self.assertEqual((call.returncode, errors), (0, ""))
        self.assertIn('"event":"idle"', output)
        self.assertEqual(self.service.json("calls")["calls"], [])

    def test_a_call_of_another_process_is_dropped(self) -> None:
        call = self.service.start("dial", "minimal", "1", "--json")
        for line in call.stdout:
            if json.loads(line)["event"] == "connected":
                break
        status, output, errors = self.service.run("drop", "--line", "minimal")
        self.assertEqual((status, errors), (0, ""))
        self.assertIn("Dropped 1 call", output)
        call.communicate(timeout=30)
        self.assertEqual(call.returncode, 0)

    def test_nothing_to_drop_is_said(self) -> None:
        status, _, errors = self.service.run("drop", "--line", "minimal")
        self.assertEqual(status, 4, errors)
        self.assertIn("no such call", errors)

    def test_the_life_cycle_is_a_tree(self) -> None:
        watcher = self.service.start("watch", "--tree")
        while not any(one["pid"] == watcher.pid for one in self.service.json("status")["applications"]):
            pass
        self.assertEqual(self.service.run("dial", "minimal", "1", "--hangup-after", "0.1")[0], 0)
        self.assertEqual(self.service.stop(), 0)
        output, errors = watcher.communicate(timeout=30)
        self.assertEqual((watcher.returncode, errors), (0, ""), output)
        steps = [line.strip() for line in output.splitlines()]
        self.assertEqual(
            steps,
            ["session of minimal begins", "line 1 opens", "call 1 begins, outgoing, on line 1", "call 1: dialing",
             "call 1: proceeding", "call 1: connected", "call 1: idle", "call 1 ends", "line 1 closes", "session of minimal ends"],
        )  # fmt: skip

    def test_the_tree_begins_from_what_is(self) -> None:
        call = self.service.start("dial", "minimal", "1", "--json")
        self.addCleanup(call.communicate)
        self.addCleanup(call.kill)
        for line in call.stdout:
            if json.loads(line)["event"] == "connected":
                break
        watcher = self.service.start("watch", "--tree")
        steps = [watcher.stdout.readline().strip() for _ in range(3)]
        self.assertEqual(
            steps,
            ["session of minimal has begun before", "line 1 is open: minimal", "call 1 is on line 1, connected"],
        )
        call.send_signal(signal.SIGINT)
        self.assertEqual(call.wait(timeout=30), 0)
        self.assertEqual(self.service.stop(), 0)
        output, errors = watcher.communicate(timeout=30)
        self.assertEqual((watcher.returncode, errors), (0, ""), output)
        self.assertIn("call 1 ends", output)
        self.assertNotIn("out of order", output)

    def test_a_timeline_shows_the_call_that_is_made_meanwhile(self) -> None:
        output = ""
        # What comes last may be on its way still when it is told to draw.
        while "connected" not in output:
            drawing = self.service.start("timeline", "--follow", "--width", "120")
            while not self.service.json("status")["applications"]:
                self.assertIsNone(drawing.poll())
            self.assertEqual(self.service.run("dial", "minimal", "1", "--hangup-after", "0.1")[0], 0)
            drawing.send_signal(signal.SIGINT)
            output, errors = drawing.communicate(timeout=30)
            self.assertEqual((drawing.returncode, errors), (0, ""), output)
            self.assertIn("minimal: 1 session, 1 line, 1 call", output)

    def test_a_timeline_shows_what_the_service_has_kept(self) -> None:
        self.assertEqual(self.service.run("dial", "minimal", "1", "--hangup-after", "0.1")[0], 0)
        status, output, errors = self.service.run("timeline", "--width", "120")
        self.assertEqual((status, errors), (0, ""), output)
        self.assertRegex(output, r"minimal: \d+ sessions?, 1 line, \d+ calls?")
        self.assertIn("connected", output)

    def test_the_state_of_the_service(self) -> None:
        status = self.service.json("status")
        self.assertEqual(status["pid"], self.service.process.pid)
        self.assertEqual([one["name"] for one in status["providers"]], ["minimal"])
        text = self.service.run("status")[1]
        self.assertIn(f"process {self.service.process.pid}", text)

    def test_wrong_names_are_told_apart_and_answered_with_the_right_ones(self) -> None:
        status, _, errors = self.service.run("dial", "nobody", "1")
        self.assertEqual(status, 4)
        self.assertIn("choose one of these: minimal", errors)
        for arguments in (("config", "nobody", "--set", "a=b"), ("remove", "nobody")):
            status, _, errors = self.service.run("provider", *arguments)
            self.assertEqual(status, 1)
            self.assertIn("nobody", errors)
            self.assertIn("LINEERR_", errors)

    def test_a_line_without_audio_says_so(self) -> None:
        status, _, errors = self.service.run("dial", "minimal", "1", "--tone", "440")
        self.assertEqual(status, 1)
        self.assertIn("cannot open the call's audio: LINEERR_", errors)

    def test_a_provider_is_configured_and_removed(self) -> None:
        changed = self.service.json("provider", "config", "minimal", "--set", "greeting=hello=you")
        self.assertEqual(changed, {"effect": "next-session", "change": None})
        (provider,) = self.service.json("provider", "list")["providers"]
        self.assertEqual((provider["settings"], provider["pending"]), ({}, {"greeting": "hello=you"}))
        self.service.json("provider", "config", "minimal", "--unset", "greeting")
        (provider,) = self.service.json("provider", "list")["providers"]
        self.assertEqual(provider["pending"], {})
        self.assertEqual(self.service.run("provider", "remove", "minimal")[0], 0)
        self.assertEqual(self.service.json("provider", "list"), {"providers": []})
        self.assertIn("There are no lines", self.service.run("lines")[1])

    def test_one_library_under_two_names(self) -> None:
        self.assertEqual(self.service.run("provider", "install", PROVIDER)[0], 1)
        self.assertEqual(self.service.run("provider", "install", PROVIDER, "--name", "second")[0], 0)
        lines = self.service.json("lines")["lines"]
        self.assertEqual([line["id"] for line in lines], [0, 1])
        self.assertEqual([line["provider"] for line in lines], ["minimal", "second"])
        self.assertEqual([line["stage"] for line in lines], ["closed", "closed"])
        self.assertEqual(len({line["device"] for line in lines}), 2)

    def test_a_name_or_an_address_of_several_lines_is_refused_with_their_numbers(self) -> None:
        for name in ("second", "third"):
            self.assertEqual(self.service.run("provider", "install", PROVIDER, "--name", name)[0], 0)
        status, _, errors = self.service.run("dial", "minimal", "1")
        self.assertEqual(status, 2, errors)
        self.assertIn("3 lines are called 'minimal': the lines 0, 1, 2", errors)
        call = self.service.start("dial", "1", "1", "--json")
        for line in call.stdout:
            if json.loads(line)["event"] == "connected":
                break
        self.assertEqual([line["calls"] for line in self.service.json("lines")["lines"]], [0, 1, 0])
        call.send_signal(signal.SIGINT)
        self.assertEqual(call.wait(timeout=30), 0)
        call.communicate()

    def test_a_line_that_cannot_be_described_hides_no_other(self) -> None:
        self.assertEqual(self.service.run("provider", "install", UNDESCRIBED, "--name", "undescribed")[0], 0)
        self.assertEqual(self.service.run("provider", "install", PROVIDER, "--name", "second")[0], 0)
        described, unknown, second = self.service.json("lines")["lines"]
        self.assertEqual((described["name"], described["error"]), ("minimal", ""))
        self.assertEqual((unknown["id"], unknown["name"], unknown["error"]), (1, "", "LINEERR_OPERATIONUNAVAIL"))
        self.assertEqual((unknown["provider"], second["provider"]), ("undescribed", "second"))
        status, output, errors = self.service.run("lines")
        self.assertEqual((status, errors), (0, ""))
        self.assertIn("- (LINEERR_OPERATIONUNAVAIL)", output)
        self.assertEqual(self.service.run("dial", "0", "1", "--hangup-after", "0.1")[0], 0)
        status, _, errors = self.service.run("dial", "1", "1")
        self.assertEqual(status, 1)
        self.assertIn("cannot describe line 1: LINEERR_OPERATIONUNAVAIL", errors)

    def test_completion_knows_names(self) -> None:
        self.assertEqual(self.service.run("__complete", "provider", "remove", "")[1], "minimal\n")
        # A line's name is known once an application has asked for it.
        self.service.json("lines")
        self.assertEqual(self.service.run("__complete", "dial", "")[1], "minimal\n")


class OverTcp(unittest.TestCase):
    """A program that cannot use the Unix socket: one of Windows under Wine."""

    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(directory.cleanup)
        port = free_port()
        self.service = Service(OFFHOOK, DAEMON, directory.name, f"[tcp]\nenabled = true\nport = {port}\n")
        self.addCleanup(lambda: self.service.process.poll() is None and self.service.stop())
        self.service.environment["OFFHOOK_SOCKET"] = f"tcp:127.0.0.1:{port}"
        (file,) = (self.service.directory / "state" / "tokens").iterdir()
        self.service.environment["OFFHOOK_TOKEN"] = file.read_text().strip()

    def test_a_call_is_made_with_the_users_token(self) -> None:
        status, _, errors = self.service.run("provider", "install", PROVIDER)
        self.assertEqual((status, errors), (0, ""))
        status, output, errors = self.service.run("dial", "minimal", "1", "--hangup-after", "0.1", "--json")
        self.assertEqual(status, 0, errors)
        self.assertTrue(json.loads(output.splitlines()[-1])["connected"])

    def test_a_wrong_token_is_refused_clearly(self) -> None:
        self.service.environment["OFFHOOK_TOKEN"] = "0" * 32
        status, _, errors = self.service.run("status")
        self.assertNotEqual(status, 0)
        self.assertIn("token", errors)


if __name__ == "__main__":
    OFFHOOK, DAEMON, PROVIDER, UNDESCRIBED = (sys.argv.pop(1) for _ in range(4))
    unittest.main()
