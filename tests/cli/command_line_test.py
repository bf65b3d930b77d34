#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command without a service: what it says, and how it ends."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

OFFHOOK = ""
MANUAL = Path(__file__).resolve().parents[2] / "man/offhook.1"


def run(*arguments: str) -> subprocess.CompletedProcess:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("OFFHOOK_")}
    # Nothing is started on demand, and nothing listens there.
    environment["OFFHOOK_START"] = "never"
    with tempfile.TemporaryDirectory() as directory:
        return subprocess.run(
            [OFFHOOK, "--socket", f"{directory}/nobody", *arguments],
            capture_output=True,
            text=True,
            timeout=30,
            env=environment,
        )


class CommandLine(unittest.TestCase):
    def test_help_names_every_command(self) -> None:
        text = run("--help")
        self.assertEqual(text.returncode, 0)
        for command in ("provider", "lines", "calls", "dial", "answer", "drop", "watch", "trace", "timeline", "dump", "rule", "status",
                        "coverage", "certify", "new-provider"):
            self.assertIn(command, text.stdout)

    def test_a_trace_without_a_beginning_is_said_to_follow(self) -> None:
        self.assertIn("until it is interrupted", " ".join(run("trace", "--help").stdout.split()))

    def test_wrong_use_is_told_apart(self) -> None:
        for arguments in (["frobnicate"], ["dial", "alice"], ["dial", "a", "b", "--tone", "x"], ["lines", "--no"], []):
            result = run(*arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertIn("What to do:", result.stderr)
            self.assertEqual(result.stdout, "")

    def test_no_help_is_given_on_what_there_is_not(self) -> None:
        for arguments in (["nonsense", "--help"], ["--help", "nonsense"], ["provider", "nonsense", "--help"]):
            result = run(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertIn("nonsense", result.stderr)
        self.assertEqual(run("provider", "--help").returncode, 0)

    def test_without_a_service_each_command_names_the_error_and_the_way_out(self) -> None:
        for arguments in (
            ["status"], ["calls"], ["lines"], ["watch"], ["timeline"], ["dial", "alice", "1"], ["answer", "alice"],
            ["drop", "--line", "alice"], ["provider", "list"], ["provider", "install", "/x.tsp"],
            ["provider", "config", "x", "--set", "a=b"], ["provider", "remove", "x"],
        ):  # fmt: skip
            result = run(*arguments)
            self.assertEqual(result.returncode, 3, (arguments, result.stderr))
            self.assertIn("LINEERR_SERVICE_NOT_RUNNING", result.stderr)
            self.assertIn("offhookd", result.stderr)

    def test_errors_are_json_when_asked(self) -> None:
        for arguments in (["status", "--json"], ["--json", "status"]):
            result = run(*arguments)
            error = json.loads(result.stderr)
            self.assertEqual(error["exit"], 3)
            self.assertEqual(error["value"], -0x80000000 + 0x61)
            self.assertTrue(error["next"])

    def test_a_wrong_file_is_found_before_anything_rings(self) -> None:
        result = run("answer", "alice", "--play", "/nowhere.wav")
        self.assertEqual(result.returncode, 2)
        self.assertIn("/nowhere.wav", result.stderr)

    def test_a_wrong_assignment_is_explained(self) -> None:
        result = run("provider", "config", "sip", "--set", "novalue")
        self.assertEqual(result.returncode, 2)
        self.assertIn("KEY=VALUE", result.stderr)

    def test_a_new_provider_bears_its_name(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            place = Path(directory) / "desk"
            written = json.loads(run("new-provider", "desk", "--directory", str(place), "--json").stdout)
            self.assertEqual(written["directory"], str(place))
            self.assertEqual(sorted(written["files"]), sorted(file.name for file in place.iterdir()))
            self.assertLessEqual({"desk.cpp", "desk.toml", "CMakeLists.txt", "README.md"}, set(written["files"]))
            self.assertTrue(os.access(place / "certify", os.X_OK))
            for file in place.iterdir():
                self.assertNotIn("acme", file.read_text())
            again = run("new-provider", "desk", "--directory", str(place))
            self.assertEqual(again.returncode, 2)
            self.assertIn("--directory", again.stderr)

    def test_a_new_provider_needs_a_name_that_it_can_bear(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            for name in ("Desk", "1st", "a-b", "", "x" * 33, "../x", "session"):
                result = run("new-provider", name, "--directory", f"{directory}/one")
                self.assertEqual(result.returncode, 2, name)
                self.assertIn("What to do:", result.stderr)
            self.assertEqual(os.listdir(directory), [])

    def test_coverage_has_the_documented_form(self) -> None:
        report = json.loads(run("coverage", "--json").stdout)
        self.assertEqual(set(report), {"tapi", "tspi", "rules"})
        for what, done, total in (("tapi", "implemented", 249), ("tspi", "called", 122), ("rules", "tested", 256)):
            self.assertEqual(set(report[what]) - {"proved"}, {"total", done})
            self.assertEqual(report[what]["total"], total)
            self.assertGreater(report[what][done], 0)
            self.assertLessEqual(report[what][done], total)
        self.assertGreater(report["rules"]["proved"], 0)

    def test_coverage_lists_what_is_missing(self) -> None:
        text = run("coverage").stdout
        self.assertIn("not yet  lineHandoff", text)
        self.assertNotIn("not yet  lineMakeCall\n", text)

    def test_a_rule_is_explained(self) -> None:
        text = run("rule", "R046")
        self.assertEqual((text.returncode, text.stderr), (0, ""))
        for part in ("R046", "https://learn.microsoft.com/", "yes: the service", "misbehave R046-never"):
            self.assertIn(part, text.stdout)
        for word in ("46", "r046"):
            self.assertEqual(run("rule", word).stdout, text.stdout)
        rule = json.loads(run("rule", "46", "--json").stdout)
        self.assertEqual((rule["rule"], rule["name"], rule["watched"]), (46, "R046", True))
        self.assertIn("R046", [one["word"] for one in rule["misbehaviours"]])
        self.assertEqual(len(run("rule").stdout.splitlines()), 257)
        self.assertEqual(len(json.loads(run("rule", "--json").stdout)["rules"]), 256)
        for word in ("257", "R", "46x", "-1"):
            wrong = run("rule", "--", word)
            self.assertEqual((wrong.returncode, wrong.stdout), (2, ""), word)
            self.assertIn("R001 to R256", wrong.stderr)
        self.assertIn("contradicts itself", run("rule", "24").stdout)
        self.assertNotIn("contradicts itself", text.stdout)
        contested = json.loads(run("rule", "--contested", "--json").stdout)["rules"]
        self.assertIn("R024", [one["name"] for one in contested])
        self.assertEqual([one["name"] for one in contested if not one["conflict"]], [])
        self.assertEqual(run("rule", "--contested").stdout.count("  but:  "), len(contested))
        names = subprocess.run([OFFHOOK, "__complete", "rule", ""], capture_output=True, text=True).stdout
        self.assertIn("R046", names.split())

    def test_the_manual_has_every_option(self) -> None:
        # mdoc writes --play as Fl \-play.
        manual = MANUAL.read_text().replace("\\-", "-")
        for command in ([], ["dial"], ["answer"], ["drop"], ["watch"], ["timeline"], ["trace"], ["certify"],
                        ["provider", "install"], ["provider", "config"], ["new-provider"]):
            words = run("__complete", *command, "--").stdout.split()
            candidates = subprocess.run([OFFHOOK, "__complete", *command, "--"], capture_output=True, text=True).stdout
            for option in candidates.split():
                self.assertIn(f"Fl {option[1:]}", manual, command)
            self.assertTrue(candidates.split() or words)


def record(milliseconds: int, kind: str, what: str, **more) -> str:
    return json.dumps({"time_ms": 1795783094000 + milliseconds, "kind": kind, "what": what, "provider": "sim", **more})


class Timelines(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        self.trace = self.directory / "trace.json"
        self.trace.write_text("\n".join([
            record(0, "session", "running"),
            record(5, "provider_event", "LINE_NEWCALL", line=7, call=9),
            record(9, "provider_event", "LINE_CALLSTATE", line=7, call=9, parameters=[256, 1, 0]),
            record(12, "violation", "", rule=46, text="it completed a request twice"),
            record(90, "session", "lost", text="killed by signal 9"),
        ]))  # fmt: skip

    def test_a_file_is_drawn_as_text(self) -> None:
        result = run("timeline", str(self.trace), "--width", "90")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for part in ("sim: 1 session, 1 line, 1 call", "connected", "✗R046", "✗lost", "killed by signal 9"):
            self.assertIn(part, result.stdout)
        self.assertNotIn("\x1b", result.stdout)

    def test_a_picture_is_written(self) -> None:
        picture = self.directory / "timeline.svg"
        result = run("timeline", str(self.trace), "--svg", str(picture))
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        texts = [element.text for element in ElementTree.parse(picture).iter("{http://www.w3.org/2000/svg}text")]
        self.assertLessEqual({"connected", "R046", "lost"}, set(texts))
        self.assertEqual(run("timeline", str(self.trace), "--svg", "-").stdout, picture.read_text())

    def test_errors_of_lines_and_phones_have_their_names(self) -> None:
        requests = [
            record(12 + i, kind, function, line=6 + i, request=i, result=result)
            for i, (function, error) in enumerate(
                [("TSPI_lineHold", -2147483560), ("TSPI_phoneSetLamp", -1879048176)], start=1)
            for kind, result in [("provider_call", 0), ("provider_return", i), ("provider_completion", error)]
        ]  # fmt: skip
        self.trace.write_text("\n".join([record(0, "session", "running"), *requests]))
        drawing = run("timeline", str(self.trace), "--svg", "-").stdout
        for function, error in [("lineHold", "LINEERR_"), ("phoneSetLamp", "PHONEERR_")]:
            self.assertRegex(drawing, f"{function} {error}[A-Z]+")

    def test_what_is_wrong_is_said(self) -> None:
        trace = str(self.trace)
        for arguments, status in [
            (["/nowhere"], 2), (["/dev/null"], 2), ([trace, "--last", "soon"], 2), ([trace, "--from", "25:00"], 2),
            ([trace, "--call", "first"], 2), ([trace, "--call", "7"], 4), ([trace, "--provider", "sip"], 4), ([trace, "--line", "5"], 4),
            ([trace, "--svg", "/nowhere/x"], 2), ([trace, "--width", "3"], 2), ([trace, "--json"], 2),
        ]:  # fmt: skip
            result = run("timeline", *arguments)
            self.assertEqual(result.returncode, status, arguments)
            self.assertTrue("What to do" in result.stderr or '"next"' in result.stderr, result.stderr)

    def test_what_is_whole_of_a_file_that_was_cut_is_shown(self) -> None:
        with self.trace.open("a") as trace:
            trace.write('\n{"kind":"cut o')
        for command in (["timeline", str(self.trace)], ["trace", "--from", str(self.trace)]):
            result = run(*command)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn(f"{self.trace}:6: 1 line is no record", result.stderr)
            self.assertIn("lost", result.stdout)

    def test_what_is_no_trace_is_an_error(self) -> None:
        for file, why in ((str(self.directory), "it is a folder"), ("/dev/null", "is empty"),
                          ("/nowhere", "No such file"), (OFFHOOK, "is no record of a trace")):
            for command in (["timeline", file], ["trace", "--from", file]):
                result = run(*command)
                self.assertEqual((result.returncode, result.stdout), (2, ""), command)
                self.assertIn(why, result.stderr)

    def test_a_filter_that_matches_nothing_says_so(self) -> None:
        trace = ["trace", "--from", str(self.trace)]
        for filter, near in ((["--provider", "simm"], "do you mean sim?"), (["--call", "0x99"], "0x9"),
                             (["--line", "nobody"], "0x7"), (["--rule", "R999"], "offhook rule"),
                             (["--function", "lineMakCall"], "lineMakeCall"), (["--call", "first"], "0x100040")):
            result = run(*trace, *filter)
            self.assertEqual((result.returncode, result.stdout), (2, ""), filter)
            self.assertIn(near, result.stderr)
        for filter in (["--rule", "R045"], ["--function", "TSPI_lineMakeCall"], ["--provider", "sim", "--rule", "30"]):
            result = run(*trace, *filter)
            self.assertEqual((result.returncode, result.stdout), (0, ""), filter)
            self.assertIn("no record of the trace is of " + " ".join(filter), result.stderr)
        for filter in (["--rule", "46"], ["--rule", "R046"], ["--call", "9"], ["--call", "0x9"], ["--line", "0x7"]):
            result = run(*trace, *filter)
            self.assertEqual((result.returncode, result.stderr), (0, ""), filter)
            self.assertNotEqual(result.stdout, "")

    def test_a_broken_rule_is_shown_with_its_text(self) -> None:
        result = run("trace", "--from", str(self.trace), "--rule", "R046")
        self.assertRegex(result.stdout, r"R046 +it completed a request twice\. The rule: \w+")

    def test_a_parameter_that_is_0_is_shown(self) -> None:
        self.trace.write_text(record(1, "provider_event", "LINE_CALLSTATE", line=7, call=9,
                                     fields={"dwParam1": "LINECALLSTATE_IDLE", "dwParam2": 0, "hDevice": "0x7"}))
        self.assertIn("dwParam1=LINECALLSTATE_IDLE dwParam2=0", run("trace", "--from", str(self.trace)).stdout)


if __name__ == "__main__":
    OFFHOOK = sys.argv.pop(1)
    unittest.main()
