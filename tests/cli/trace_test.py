#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`offhook trace` and `offhook dump` with a real service, a real host and the provider of docs/writing-a-provider.md."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from service import Service

OFFHOOK = DAEMON = PROVIDER = ""
SECRET = "correct-horse-battery-staple"


class WithService(unittest.TestCase):
    def setUp(self) -> None:
        self.directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(self.directory.cleanup)
        self.service = Service(OFFHOOK, DAEMON, self.directory.name)
        self.addCleanup(lambda: self.service.process.poll() is None and self.service.stop())
        status, _, errors = self.service.run("provider", "install", PROVIDER, "--set", f"password={SECRET}")
        self.assertEqual((status, errors), (0, ""))

    def dial(self) -> None:
        status, _, errors = self.service.run("dial", "minimal", "1", "--hangup-after", "0.1")
        self.assertEqual((status, errors), (0, ""))

    def records(self, *options: str) -> list[dict]:
        status, output, errors = self.service.run("trace", "--json", *options)
        self.assertEqual((status, errors), (0, ""))
        return [json.loads(line) for line in output.splitlines()]

    def records_of_a_whole_session(self) -> list[dict]:
        """The session ends when the last application has gone, which nobody waits for."""
        while True:
            records = self.records("--all")
            if any((record["kind"], record["what"]) == ("session", "ended") for record in records):
                return records

    def test_a_call_is_there_afterwards_from_end_to_end(self) -> None:
        self.dial()
        records = self.records_of_a_whole_session()
        self.assertEqual([record["number"] for record in records], sorted(record["number"] for record in records))
        steps = [(record["kind"], record["what"]) for record in records]
        for step in (
            ("install", "installed"),
            ("application", "connected"),
            ("session", "running"),
            ("application_call", "lineMakeCall"),
            ("provider_call", "TSPI_lineMakeCall"),
            ("provider_return", "TSPI_lineMakeCall"),
            ("application_result", "lineMakeCall"),
            ("provider_completion", "TSPI_lineMakeCall"),
            ("application_event", "LINE_REPLY"),
            ("provider_event", "LINE_CALLSTATE"),
            ("provider_call", "TSPI_lineCloseCall"),
            ("session", "ended"),
        ):
            self.assertIn(step, steps)
        made = next(record for record in records if record["what"] == "TSPI_lineMakeCall")
        self.assertEqual((made["provider"], made["fields"]["lpszDestAddress"]), ("minimal", "1"))
        self.assertGreater(made["session"], 0)
        of_call = self.records("--all", "--call", hex(made["call"]))
        kinds = {record["kind"] for record in of_call}
        self.assertLessEqual({"provider_call", "provider_event", "application_event", "application_call"}, kinds)
        states = [r["fields"]["dwParam1"] for r in of_call if r["kind"] == "provider_event" and r["what"] == "LINE_CALLSTATE"]
        self.assertIn("LINECALLSTATE_CONNECTED", states)

    def test_what_is_wanted_can_be_said(self) -> None:
        self.dial()
        self.assertEqual({r["what"] for r in self.records("--all", "--function", "lineMake*")}, {"lineMakeCall", "TSPI_lineMakeCall"})
        self.assertEqual({r["provider"] for r in self.records("--last", "5m", "--provider", "minimal")}, {"minimal"})
        self.assertEqual({r["program"] for r in self.records("--all", "--application", "offhook")}, {"offhook"})
        status, output, errors = self.service.run("trace", "--json", "--all", "--rule", "R046")
        self.assertEqual((status, output), (0, ""))
        self.assertIn("no record of the trace is of --rule R046", errors)
        one = next(r for r in self.records("--all") if r["program"] == "offhook" and r["kind"] == "application_call")
        for name in (f"offhook#{one['application']}", str(one["application"]), "offhook"):
            self.assertIn(one, self.records("--all", "--application", name))
        for wrong in (["--provider", "minimall"], ["--line", "nobody"], ["--call", "0x1"], ["--application", "x#1"]):
            for which in (["--all"], []):
                status, output, errors = self.service.run("trace", *which, *wrong)
                self.assertEqual((status, output), (2, ""), wrong)
                self.assertIn("and none is in the trace", errors)
                self.assertIn("What to do:", errors)
        self.assertLessEqual({r["kind"] for r in self.records("--last", "0s")}, {"application"})  # this one itself
        status, _, errors = self.service.run("trace", "--last", "yesterday")
        self.assertEqual(status, 2)
        self.assertIn("5m", errors)

    def test_people_can_read_it(self) -> None:
        self.dial()
        status, output, errors = self.service.run("trace", "--all", "--function", "*MakeCall")
        self.assertEqual((status, errors), (0, ""))
        first = output.splitlines()[0]
        self.assertRegex(first, r"^\d\d:\d\d:\d\d\.\d{6}  offhook#\d+ -> service +lineMakeCall +.*lpszDestAddress=\"1\"")
        self.assertIn("service -> minimal", output)

    def test_it_is_shown_as_it_passes(self) -> None:
        watcher = self.service.start("trace", "--json", "--function", "TSPI_lineMakeCall")
        self.addCleanup(watcher.stdout.close)
        self.addCleanup(watcher.stderr.close)
        self.addCleanup(watcher.wait)
        self.addCleanup(watcher.kill)
        # What came before it began to watch is not shown: calls are made until one is.
        while True:
            self.dial()
            if self.service.json("status")["applications"]:
                break
        self.dial()
        self.assertEqual(json.loads(watcher.stdout.readline())["what"], "TSPI_lineMakeCall")

    def test_a_saved_trace_is_read_again(self) -> None:
        self.dial()
        status, saved, _ = self.service.run("trace", "--all", "--json")
        self.assertEqual(status, 0)
        file = Path(self.directory.name) / "trace.json"
        file.write_text(saved)
        self.assertEqual(self.service.run("trace", "--from", str(file), "--json")[1], saved)
        status, exported, errors = self.service.run("trace", "--from", str(file), "--export", "perfetto", str(file) + ".perfetto")
        self.assertEqual((status, errors), (0, ""))
        events = json.loads(Path(str(file) + ".perfetto").read_text())["traceEvents"]
        slices = {event["name"] for event in events if event["ph"] == "X"}
        self.assertLessEqual({"TSPI_lineMakeCall", "lineMakeCall"}, slices)
        self.assertIn("LINECALLSTATE_CONNECTED", {event["name"] for event in events if event["ph"] == "b"})
        processes = {event["args"]["name"] for event in events if event["name"] == "process_name"}
        self.assertIn("minimal", processes)
        begun = sorted(str(event["id"]) + event["cat"] for event in events if event["ph"] == "b")
        self.assertEqual(begun, sorted(str(event["id"]) + event["cat"] for event in events if event["ph"] == "e"))
        status, _, errors = self.service.run("trace", "--from", PROVIDER)
        self.assertEqual(status, 2)
        self.assertIn("is no record of a trace", errors)

    def test_a_provider_that_was_removed_is_named(self) -> None:
        self.dial()
        self.records_of_a_whole_session()
        self.assertEqual(self.service.run("provider", "remove", "minimal")[0], 0)
        # Of the last few seconds, in which the session may not begin.
        for which in (["--all"], ["--last", "1m"]):
            made = next(r for r in self.records(*which) if r["what"] == "TSPI_lineMakeCall")
            self.assertEqual((made["provider"], made["line_name"]), ("minimal", "minimal"))
            self.assertTrue(self.records(*which, "--provider", "minimal"))
        status, output, errors = self.service.run("timeline", "--width", "120")
        self.assertEqual((status, errors), (0, ""))
        self.assertIn("minimal: ", output)

    def test_a_secret_of_a_configuration_is_never_shown(self) -> None:
        self.dial()
        self.assertEqual(self.service.run("provider", "config", "minimal", "--set", f"other={SECRET}")[0], 0)
        self.dial()
        for command in (["trace", "--all"], ["trace", "--all", "--json"], ["dump"], ["dump", "--json"]):
            status, output, errors = self.service.run(*command)
            self.assertEqual((status, errors), (0, ""))
            self.assertNotIn(SECRET, output)
            self.assertIn("minimal", output)
        self.assertIn(("install", "configured"), [(r["kind"], r["what"]) for r in self.records("--all")])
        # Nor is it in the entries themselves. A library that is instrumented cannot be loaded into Python.
        library = Path(OFFHOOK).parent.parent / "client" / "libtapi32.so"
        if not any(runtime in library.read_bytes() for runtime in (b"__asan_init", b"__tsan_init")):
            self.assertNotIn(SECRET.encode().hex(), self.raw_entries(library))

    def raw_entries(self, library: Path) -> str:
        """What the service hands out, before anything is decoded: from the memory of its frames on the socket."""
        program = (
            "import ctypes, sys\n"
            f"tapi = ctypes.CDLL({str(library)!r})\n"
            "record = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p)\n"
            "def take(_, text):\n"
            "    print(text.decode())\n"
            "    return 1 if b'\"end\"' in text else 0\n"
            "answer = ctypes.c_char_p()\n"
            "sys.exit(tapi.offhook_service_follow(12, b'{}', record(take), None, ctypes.byref(answer)))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True, text=True, timeout=60, env=dict(os.environ, **self.service.environment),
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("entries", done.stdout)
        return done.stdout

    def test_the_whole_state_is_on_one_page(self) -> None:
        call = self.service.start("dial", "minimal", "1", "--json")
        for line in call.stdout:
            if json.loads(line)["event"] == "connected":
                break
        dump = self.service.json("dump")
        (provider,) = dump["providers"]
        self.assertEqual((provider["name"], provider["stage"]), ("minimal", "running"))
        self.assertGreater(provider["session"], 0)
        self.assertGreater(provider["host_pid"], 0)
        self.assertGreater(provider["interface_version"], 0x00010000)
        (shown,) = dump["calls"]
        handle = hex(shown["call"])
        for command in ("calls", "dump"):
            self.assertIn(handle, self.service.run(command)[1])
        (line,) = self.service.json("lines")["lines"]
        self.assertEqual(line["device"], dump["lines"][0]["device"])
        self.assertEqual((shown["state"], shown["line"], shown["stuck"]), ("CONNECTED", "minimal", False))
        self.assertEqual([holder["privilege"] for holder in shown["holders"]], ["owner"])
        self.assertEqual([line["opens"] for line in dump["lines"]], [1])
        self.assertEqual(dump["violations"], [])
        status, output, _ = self.service.run("dump")
        self.assertEqual(status, 0)
        for title in ("Providers", "Lines", "Calls", "Applications", "Rules that were broken last"):
            self.assertIn(title, output)
        call.kill()
        call.communicate()


class WithoutMemory(unittest.TestCase):
    def test_no_trace_is_kept_without_memory_for_it(self) -> None:
        with tempfile.TemporaryDirectory(prefix="offhook") as directory:
            service = Service(OFFHOOK, DAEMON, directory, "[trace]\nbytes = 0\n")
            status, _, errors = service.run("trace", "--all")
            self.assertEqual(status, 1)
            self.assertIn("[trace]", errors)
            self.assertEqual(service.stop(), 0)


if __name__ == "__main__":
    OFFHOOK, DAEMON, PROVIDER = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1], verbosity=2)
