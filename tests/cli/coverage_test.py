#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does scripts/coverage.py count what is there, and only that?

Small trees of sources with a known answer; and the repository itself, whose totals are facts.
"""

import importlib.util
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

spec = importlib.util.spec_from_file_location("coverage", ROOT / "scripts/coverage.py")
coverage = importlib.util.module_from_spec(spec)
spec.loader.exec_module(coverage)

PROTOTYPES = """
// LONG WINAPI lineCommented(HCALL hCall);
OFFHOOK_ABI_EXPORT LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo,
                                        DWORD dwSize);
OFFHOOK_ABI_EXPORT LONG WINAPI lineOpen(HLINEAPP hLineApp);
OFFHOOK_ABI_EXPORT LONG WINAPI lineOpenA(HLINEAPP hLineApp);
OFFHOOK_ABI_EXPORT LONG WINAPI lineOpenW(HLINEAPP hLineApp);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetMessage(HLINEAPP hLineApp);
OFFHOOK_ABI_EXPORT LONG WINAPI lineInitializeExW(LPHLINEAPP lphLineApp);
"""
TAPI_TABLE = """
TAPI_FUNCTION(lineDrop, async, call, owner, provider, v1_3, bare, IN_NUMBER(hCall))
TAPI_FUNCTION(lineOpen, sync, app, none, provider, v1_3, bareAW, IN_NUMBER(hLineApp),
         IN_NUMBER(dwDeviceID))
TAPI_FUNCTION(lineInitializeEx, sync, none, none, provider, v2_0, AW, OUT_NUMBER(lphLineApp))
TAPI_FUNCTION(lineGetMessage, sync, app, none, service, v2_0, bare, IN_NUMBER(hLineApp))
"""
TSPI_PROTOTYPES = """
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID);
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID);
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_lineConfigDialog(DWORD dwDeviceID);
"""
RULES = """
RULE(1, "session", "The first", "page", documented)
RULE(2, "session", "The second", "page", documented)
RULE(53, "async", "Not re-entered", "page", documented)
"""


class Tree(unittest.TestCase):
    def setUp(self) -> None:
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.root = Path(self.directory.name)
        self.write("abi/include/offhook/tapi_functions.h", PROTOTYPES)
        self.write("abi/include/offhook/tspi_functions.h", TSPI_PROTOTYPES)
        self.write("abi/table/tapi.def", TAPI_TABLE)
        self.write("abi/table/rules.def", RULES)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def numbers(self, what: str) -> tuple[int, int]:
        report = coverage.report(self.root)[what]
        done = next(value for key, value in report.items() if key not in ("total", "missing"))
        self.assertEqual(report["total"] - done, len(report["missing"]))
        return done, report["total"]

    def test_nothing_written_is_nothing_covered(self) -> None:
        self.assertEqual(self.numbers("tapi"), (0, 6))
        self.assertEqual(self.numbers("tspi"), (0, 3))
        self.assertEqual(self.numbers("rules"), (0, 3))

    def test_a_dispatched_function_counts_with_all_its_names(self) -> None:
        self.write("core/dispatch.cpp", "constexpr Row rows[] = {{Tapi::lineOpen, &State::line_open},};")
        self.assertEqual(self.numbers("tapi"), (3, 6))

    def test_a_mention_or_a_comment_is_no_implementation(self) -> None:
        self.write("core/dispatch.cpp", "// {Tapi::lineOpen, soon}\nif (function == Tapi::lineDrop) return;")
        self.assertEqual(self.numbers("tapi"), (0, 6))

    def test_what_the_client_answers_counts_when_it_can_be_used(self) -> None:
        self.write("client/exports.cpp", "if constexpr (F == Tapi::lineGetMessage || F == Tapi::lineDrop) return local();")
        self.assertEqual(self.numbers("tapi"), (0, 6))
        self.write("core/dispatch.cpp", "{{Tapi::lineInitializeEx, &State::line_initialize_ex},};")
        self.assertEqual(self.numbers("tapi"), (2, 6))

    def test_an_unknown_function_is_an_error(self) -> None:
        self.write("core/dispatch.cpp", "{{Tapi::lineInvented, &State::line_open},};")
        with self.assertRaises(SystemExit):
            coverage.report(self.root)

    def test_calls_of_providers(self) -> None:
        self.write("core/lines.cpp", "call(Arguments<Tspi::lineOpen>()); // and Tspi::lineDrop one day")
        self.write("daemon/ui.cpp", "run(abi::Tspi::ui_lineConfigDialog);")
        self.assertEqual(self.numbers("tspi"), (2, 3))

    def test_what_is_shown_by_the_client_library_is_called(self) -> None:
        self.write("client/dialogs.h", "return abi::Tspi::ui_lineConfigDialog; // and Tspi::lineOpen is not")
        self.assertEqual(self.numbers("tspi"), (1, 3))

    def test_what_will_not_be_called_has_its_reason(self) -> None:
        self.write("abi/table/tspi.def", "TSPI_FUNCTION(lineDrop, sync, call, obsolete, v1_3, IN_WIDE(hdCall))\n"
                                         "TSPI_FUNCTION(lineOpen, sync, line, optional, v3_0, IN_WIDE(hdCall))")  # fmt: skip
        missing = coverage.report(self.root)["tspi"]["missing"]
        self.assertEqual(missing, ["TSPI_lineDrop, obsolete", "TSPI_lineOpen, of version 3.0", "TUISPI_lineConfigDialog"])

    def test_rules_are_counted_from_names_of_tests(self) -> None:
        self.write("tests/core/a_test.cpp", "TEST(Core, R001_R053_Both) {}\n// TEST(Core, R002_Commented) {}\n")
        self.assertEqual(self.numbers("rules"), (2, 3))
        self.write("tests/core/b_test.cpp", "RC_GTEST_PROP(Core, Broken_R002, ()) {}\nTEST(Core, DISABLED_R002_x) {}")
        self.assertEqual(self.numbers("rules"), (3, 3))

    def test_a_disabled_test_or_a_mere_mention_is_no_test(self) -> None:
        self.write("tests/core/a_test.cpp", "TEST(Core, DISABLED_R001_x) { EXPECT_EQ(rule, R002_text); }")
        self.assertEqual(self.numbers("rules"), (0, 3))

    def test_rules_in_python_tests(self) -> None:
        self.write("tests/system/a_test.py", "class A:\n    def test_R002_order(self):\n        pass\n")
        self.assertEqual(self.numbers("rules"), (1, 3))

    def test_a_rule_is_proved_by_what_breaks_it(self) -> None:
        self.assertEqual(self.numbers("mutants"), (0, 3))
        self.write("tests/core/mutants_test.cpp", 'const Mutant mutants[] = {\n    {1, "Twice", Boundary::host,\n')
        self.assertEqual(self.numbers("mutants"), (1, 3))
        self.write("providers/sim/misbehaviour.def", 'MISBEHAVIOUR(r002, "R002", "a thing")\n'
                                                     'MISBEHAVIOUR(r002_late, "R002-late", "a thing")\n'
                                                     'MISBEHAVIOUR(crash, "crash", "a thing")\n')  # fmt: skip
        self.assertEqual(self.numbers("mutants"), (2, 3))
        self.write("tests/mutants/mutants.toml", "[[mutant]]\nrules = [2, 53]\n")
        self.assertEqual(self.numbers("mutants"), (3, 3))

    def test_what_cannot_be_broken_has_its_reason(self) -> None:
        self.write("tests/mutants/mutants.toml", '[without]\n2 = "superseded"\n')
        self.assertIn("R002 The second (superseded)", coverage.report(self.root)["mutants"]["missing"])
        self.write("tests/mutants/mutants.toml", '[[mutant]]\nrules = [2]\n[without]\n2 = "superseded"\n')
        with self.assertRaises(SystemExit):
            coverage.report(self.root)

    def test_the_header_is_not_touched_when_nothing_changed(self) -> None:
        self.write("core/dispatch.cpp", "")
        header = self.root / "out/coverage_report.h"
        sys.argv = ["coverage.py", str(self.root), "--header", str(header)]
        coverage.main()
        first = header.stat().st_mtime_ns
        coverage.main()
        self.assertEqual(first, header.stat().st_mtime_ns)
        self.write("core/dispatch.cpp", "{{Tapi::lineDrop, 1},};")
        coverage.main()
        self.assertIn("tapi_done = 1;", header.read_text())


class Repository(unittest.TestCase):
    def test_the_totals_are_those_of_the_documentation(self) -> None:
        report = coverage.report(ROOT)
        self.assertEqual([report[what]["total"] for what in ("tapi", "tspi", "rules", "mutants")], [249, 122, 256, 256])

    def test_every_prototype_has_a_row_that_exports_it(self) -> None:
        exported = {name for names in coverage.exported_names(ROOT).values() for name in names}
        self.assertEqual(exported, set(coverage.prototypes(ROOT, "tapi_functions.h")))


if __name__ == "__main__":
    unittest.main()
