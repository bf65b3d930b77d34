#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does scripts/mutants refuse the rows that show nothing, and tell a test that fails from one that does not run?"""

import importlib.machinery
import importlib.util
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

loader = importlib.machinery.SourceFileLoader("mutants", str(ROOT / "scripts/mutants"))
spec = importlib.util.spec_from_loader("mutants", loader)
mutants = importlib.util.module_from_spec(spec)
sys.modules["mutants"] = mutants
loader.exec_module(mutants)

ROW = """
[[mutant]]
rules = [53]
what = "callbacks overlap"
file = "host/outbox.cpp"
old = "lock();"
new = ""
test = "tests/host/host_test:Host.R053_Serialised"
"""


class Rows(unittest.TestCase):
    def setUp(self) -> None:
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.root = Path(self.directory.name)
        self.write("host/outbox.cpp", "void send() { lock(); }")
        self.write("tests/host/a_test.cpp", "TEST(Host, R053_Serialised) {}\nTEST_P(Each, R054_One) {}")

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def problem(self, row: str = ROW) -> str | None:
        self.write("mutants.toml", row)
        (mutant,) = mutants.mutants_of(self.root / "mutants.toml")
        return mutants.problem_with(self.root, mutant)

    def test_a_row_that_can_be_tried(self) -> None:
        self.assertIsNone(self.problem())

    def test_the_text_must_be_there_once(self) -> None:
        self.write("host/outbox.cpp", "lock(); lock();")
        self.assertIn("2 places", self.problem())
        self.write("host/outbox.cpp", "")
        self.assertIn("0 places", self.problem())
        self.assertIn("there is no host/other.cpp", self.problem(ROW.replace("outbox", "other")))

    def test_something_must_change(self) -> None:
        self.assertIn("changes nothing", self.problem(ROW.replace('new = ""', 'new = "lock();"')))

    def test_the_test_must_exist_and_name_the_rule(self) -> None:
        self.assertIn("there is no test", self.problem(ROW.replace("Host.R053", "Host.R054")))
        self.assertIn("does not name R054", self.problem(ROW.replace("[53]", "[53, 54]")))

    def test_a_test_with_parameters_is_named_with_its_instance(self) -> None:
        row = ROW.replace("[53]", "[54]").replace("Host.R053_Serialised", "Every/Each.R054_One/*")
        self.assertIsNone(self.problem(row))

    def test_the_mutated_text(self) -> None:
        self.write("mutants.toml", ROW)
        (mutant,) = mutants.mutants_of(self.root / "mutants.toml")
        self.assertEqual(mutants.mutated(self.root, mutant), "void send() {  }")


class Outcomes(unittest.TestCase):
    """What a test program says, played by a shell script."""

    def passes(self, script: str) -> bool:
        with tempfile.TemporaryDirectory() as directory:
            copy = mutants.Copy(0, jobs=1)
            copy.build = Path(directory)
            program = copy.build / "a_test"
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)
            return copy.passes(mutants.Mutant((1,), "", "", "", "", "a_test", "A.R001_b"))

    def test_a_test_that_passes_fails_or_crashes(self) -> None:
        self.assertTrue(self.passes("echo '[ RUN      ] A.R001_b'"))
        self.assertFalse(self.passes("echo '[ RUN      ] A.R001_b'; exit 1"))
        self.assertFalse(self.passes("echo '[ RUN      ] A.R001_b'; kill -SEGV $$"))

    def test_a_test_that_does_not_run_shows_nothing(self) -> None:
        with self.assertRaises(mutants.Refused):
            self.passes("exit 1")


if __name__ == "__main__":
    unittest.main()
