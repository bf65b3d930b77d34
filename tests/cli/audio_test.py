#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The audio of calls through the command: what one end sends is what the other end records, over sip.tsp on loopback
and in the exchange of sim.tsp."""

import cmath
import json
import math
import signal
import struct
import sys
import tempfile
import unittest
import wave
from pathlib import Path

from ports import free_port
from service import Service

OFFHOOK = DAEMON = SIP = SIM = ""


def share_at(frequency: float, path: Path) -> float:
    """How much of the power in the middle second of a recording lies at a frequency, 0 to 1."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 8000)
        frames = file.readframes(file.getnframes())
    samples = struct.unpack(f"<{len(frames) // 2}h", frames)
    middle = samples[len(samples) // 2 - 4000 :][:8000]
    power = sum(sample * sample for sample in middle)
    if len(middle) < 4000 or power == 0:
        return 0
    turn = cmath.exp(-2j * math.pi * frequency / 8000)
    at_frequency = sum(sample * turn**place for place, sample in enumerate(middle))
    return 2 * abs(at_frequency) ** 2 / (len(middle) * power)


class Ends:
    """Two lines of one provider, and what goes on between them."""

    caller = called = ""
    lines: tuple[str, str] = ("", "")

    def install(self) -> tuple[str, ...]:
        """The arguments of `offhook provider install`."""
        raise NotImplementedError

    def setUp(self) -> None:
        self.directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(self.directory.cleanup)
        self.service = Service(OFFHOOK, DAEMON, self.directory.name)
        self.addCleanup(lambda: self.service.process.poll() is None and self.service.stop())
        status, _, errors = self.service.run("provider", "install", *self.install())
        self.assertEqual((status, errors), (0, ""))

    def path(self, name: str) -> Path:
        return Path(self.directory.name) / name

    def answering(self, *arguments: str):
        process = self.service.start("answer", self.called, "--once", "--json", *arguments)
        self.assertEqual(json.loads(process.stdout.readline())["event"], "waiting for a call")
        return process

    def test_an_echo_comes_back(self) -> None:
        answering = self.answering("--echo")
        heard = self.path("heard.wav")
        status, output, errors = self.service.run(
            "dial", self.caller, self.called, "--tone", "440", "--record", str(heard), "--hangup-after", "2"
        )
        self.assertEqual(status, 0, output + errors)
        answered, errors = answering.communicate(timeout=30)
        self.assertEqual((answering.returncode, errors), (0, ""), answered)
        self.assertGreater(share_at(440, heard), 0.9)
        self.assertLess(share_at(700, heard), 0.05)

    def test_each_end_hears_the_other(self) -> None:
        at_bob, at_alice = self.path("bob.wav"), self.path("alice.wav")
        answering = self.answering("--tone", "1000", "--record", str(at_bob))
        status, output, errors = self.service.run(
            "dial", self.caller, self.called, "--tone", "600", "--record", str(at_alice), "--hangup-after", "2"
        )
        self.assertEqual(status, 0, output + errors)
        answering.communicate(timeout=30)
        self.assertGreater(share_at(600, at_bob), 0.9)
        self.assertGreater(share_at(1000, at_alice), 0.9)

    def test_the_list_of_calls_says_who_talks_with_whom(self) -> None:
        answering = self.answering()
        call = self.service.start("dial", self.caller, self.called, "--json")
        for line in call.stdout:
            if json.loads(line)["event"] == "connected":
                break
        calls = self.service.json("calls")["calls"]
        self.assertEqual(sorted(one["line"] for one in calls), list(self.lines))
        self.assertEqual({(one["caller"], one["called"]) for one in calls}, {(self.caller, self.called)})
        call.send_signal(signal.SIGINT)
        call.communicate(timeout=30)
        answering.communicate(timeout=30)


class OverSip(Ends, unittest.TestCase):
    caller, called = lines = "alice", "bob"

    def install(self) -> tuple[str, ...]:
        alice, bob = free_port(), free_port()
        settings = {
            "bind": "127.0.0.1",
            "account.1.user": "alice", "account.1.display": "alice", "account.1.port": alice,
            "account.1.peer": f"127.0.0.1:{bob}",
            "account.2.user": "bob", "account.2.display": "bob", "account.2.port": bob,
            "account.2.peer": f"127.0.0.1:{alice}",
        }  # fmt: skip
        arguments = (word for key, value in settings.items() for word in ("--set", f"{key}={value}"))
        return SIP, "--approve", "network", *arguments

    def test_a_call_that_nobody_takes_says_why(self) -> None:
        status, output, _ = self.service.run("dial", self.caller, self.called, "--json")
        self.assertEqual(status, 5, output)
        ended = json.loads(output.splitlines()[-1])
        self.assertFalse(ended["connected"])
        self.assertTrue(ended["reason"])


class InTheExchange(Ends, unittest.TestCase):
    caller, called = "101", "102"
    lines = "Extension 101", "Extension 102"

    def install(self) -> tuple[str, ...]:
        return (SIM,)


if __name__ == "__main__":
    OFFHOOK, DAEMON, SIP, SIM = (sys.argv.pop(1) for _ in range(4))
    unittest.main()
