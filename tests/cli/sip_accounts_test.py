#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Accounts of sip.tsp that come and go while the service uses others of them: their calls and registrations go on."""

import json
import queue
import re
import signal
import socket
import sys
import tempfile
import threading
import unittest

from ports import free_port
from service import Service

OFFHOOK = DAEMON = SIP = ""


class Registrar:
    """Says yes to every REGISTER, and remembers whose it was and for how long."""

    def __init__(self) -> None:
        self.socket = socket.socket(type=socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.seen: queue.Queue[tuple[str, int]] = queue.Queue()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            packet, peer = self.socket.recvfrom(65536)
            text = packet.decode()
            if not text.startswith("REGISTER "):
                continue
            headers = [line for line in text.split("\r\n\r\n")[0].split("\r\n")[1:]]
            kept = [line for line in headers if re.match(r"(Via|From|To|Call-ID|CSeq|Contact|Expires)\s*:", line, re.I)]
            kept = [line + ";tag=registrar" if line.lower().startswith("to:") else line for line in kept]
            (user,) = re.findall(r"^To:.*sip:(\w+)@", text, flags=re.M | re.I)
            expires = re.search(r"expires\s*[:=]\s*(\d+)", text, flags=re.I)
            self.socket.sendto("\r\n".join(["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""]).encode(), peer)
            self.seen.put((user, int(expires[1]) if expires else 0))


class Accounts(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(directory.cleanup)
        self.service = Service(OFFHOOK, DAEMON, directory.name)
        self.addCleanup(lambda: self.service.process.poll() is None and self.service.stop())
        self.registrar = Registrar()
        self.ports = ports = [free_port(), free_port()]
        self.command(
            "provider", "install", SIP, "--approve", "network", "--set", "bind=127.0.0.1",
            "--set", "account.1.user=alice", "--set", f"account.1.port={ports[0]}", "--set", "account.1.display=alice",
            "--set", f"account.1.peer=127.0.0.1:{ports[1]}", "--set", "account.2.user=bob",
            "--set", f"account.2.port={ports[1]}", "--set", "account.2.display=bob",
            "--set", f"account.2.registrar=127.0.0.1:{self.registrar.port}",
        )  # fmt: skip

    def command(self, *words: str) -> str:
        status, output, errors = self.service.run(*words)
        self.assertEqual(status, 0, f"{words}: {output}{errors}")
        return output

    def registered(self) -> tuple[str, int]:
        return self.registrar.seen.get(timeout=30)

    def lines(self) -> set[str]:
        return {line["name"] for line in self.service.json("lines")["lines"]}

    def configure(self, *settings: str) -> None:
        words = [word for setting in settings for word in ("--set", setting)]
        self.command("provider", "config", "sip", *words)

    def ended_well(self, process) -> None:
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, 0)

    def a_call(self):
        """One from alice to bob that stands, and the processes at its ends."""
        answering = self.service.start("answer", "bob", "--once", "--json")
        self.assertEqual(json.loads(answering.stdout.readline())["event"], "waiting for a call")
        calling = self.service.start("dial", "alice", "bob", "--json")
        events = (json.loads(line)["event"] for line in calling.stdout)
        self.assertIn("connected", events)
        return calling, answering

    def test_what_did_not_change_goes_on(self) -> None:
        calling, answering = self.a_call()
        self.assertEqual(self.registered()[0], "bob")

        self.configure("account.3.user=carol", "account.3.display=carol", f"account.3.port={self.ports[1]}",
                       f"account.3.registrar=127.0.0.1:{self.registrar.port}")  # fmt: skip
        self.assertEqual(self.registered()[0], "carol")
        while self.lines() != {"alice", "bob", "carol"}:
            pass
        self.assertEqual(len(self.service.json("calls")["calls"]), 2)

        # Its registration is taken back with it.
        self.command("provider", "config", "sip", *(word for key in ("user", "display", "port", "registrar")
                                                    for word in ("--unset", f"account.3.{key}")))  # fmt: skip
        self.assertEqual(self.registered(), ("carol", 0))
        while self.lines() != {"alice", "bob"}:
            pass
        self.assertEqual(len(self.service.json("calls")["calls"]), 2)
        self.assertTrue(self.registrar.seen.empty(), "bob stays registered as he was")

        calling.send_signal(signal.SIGINT)
        events = [json.loads(line)["event"] for line in calling.communicate(timeout=30)[0].splitlines()]
        self.assertEqual(events[-2:], ["idle", "ended"])
        self.ended_well(answering)

    # One that is in a call waits for its end: as it was before accounts could come and go.
    def test_an_account_in_a_call_is_not_changed(self) -> None:
        calling, answering = self.a_call()
        self.configure("account.1.display=alicia")
        self.assertEqual(len(self.service.json("calls")["calls"]), 2)
        self.assertEqual(self.lines(), {"alice", "bob"})
        calling.send_signal(signal.SIGINT)
        calling.communicate(timeout=30)
        answering.communicate(timeout=30)
        while self.lines() != {"alicia", "bob"}:
            pass

    def test_an_idle_account_changes_at_once(self) -> None:
        answering = self.service.start("answer", "bob", "--once", "--json")
        self.assertEqual(json.loads(answering.stdout.readline())["event"], "waiting for a call")
        self.assertEqual(self.registered()[0], "bob")
        self.configure("account.2.password=secret")
        self.assertEqual(self.registered()[0], "bob")
        calling = self.service.start("dial", "alice", "bob", "--hangup-after", "0.1", "--json")
        self.assertIn("connected", calling.communicate(timeout=30)[0])
        self.ended_well(answering)


if __name__ == "__main__":
    OFFHOOK, DAEMON, SIP = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1])
