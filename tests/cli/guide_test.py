#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does docs/writing-a-provider.md show what the example really is, and name what exists?"""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/writing-a-provider.md").read_text()
EXAMPLE = (ROOT / "examples/minimal_provider.cpp").read_text()


class Guide(unittest.TestCase):
    def test_every_piece_of_code_is_a_piece_of_the_example(self) -> None:
        pieces = re.findall(r"```cpp\n(.*?)```", GUIDE, flags=re.S)
        self.assertGreaterEqual(len(pieces), 4)
        for piece in pieces:
            self.assertIn(" ".join(piece.split()), " ".join(EXAMPLE.split()))

    def test_every_rule_exists(self) -> None:
        numbers = {int(number) for number in re.findall(r"^RULE\((\d+)", (ROOT / "abi/table/rules.def").read_text(), re.M)}
        for text in (GUIDE, EXAMPLE):
            for number in re.findall(r"\bR(\d{3})\b", text):
                self.assertIn(int(number), numbers)

    def test_every_function_exists(self) -> None:
        prototypes = (ROOT / "abi/include/offhook/tspi_functions.h").read_text()
        for name in set(re.findall(r"\bTSPI_\w+", GUIDE + EXAMPLE)):
            self.assertIn(f" {name}(", prototypes)

    def test_every_operation_of_a_script_is_described(self) -> None:
        rows = re.findall(r'^OPERATION\((\w+), \d+, "(.*)"\)', (ROOT / "certify/operations.def").read_text(), re.M)
        self.assertGreater(len(rows), 50)
        for name, what in rows:
            self.assertIn(f"| `{name}` | {what} |", GUIDE)


if __name__ == "__main__":
    unittest.main()
