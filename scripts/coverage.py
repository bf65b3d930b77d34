#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much of TAPI, TSPI and the life-cycle rules exists: counted from the sources, never kept by hand.

    coverage.py ROOT            prints the report as JSON
    coverage.py ROOT --header F writes it as a C++ header, for `offhook coverage`

What counts:
- TAPI: the prototypes of tapi_functions.h. One is implemented when its row in abi/table/tapi.def has an entry in the
  core's dispatch table, {Tapi::name, ...} or THROUGH(name), with all the names that the row exports (lineOpen, lineOpenA and lineOpenW).
  A function that the client library answers by itself counts as well (lineGetMessage, lineInitialize), where the
  service implements the initialisation that it belongs to.
- TSPI: the prototypes of tspi_functions.h. One is called when code of the core or the service names it, Tspi::name, or
  hands it through; one of a user-interface library (TUISPI_) when the client library, which has it shown, names it. Those
  that will not be called are listed with the reason.
- Rules: the rows of abi/table/rules.def. One is tested when the name of a test contains it, as in
  TEST(Host, R053_CallbacksAreSerialised). It is proved when something that breaks it on purpose is caught: a mutant of the
  code (tests/mutants/mutants.toml), of what leaves the core (tests/core/mutants_test.cpp), or a provider that misbehaves
  (providers/sim/misbehaviour.def).
"""

import argparse
import json
import re
import tomllib
from pathlib import Path

SUFFIXES = {"bare": ("",), "bareAW": ("", "A", "W"), "AW": ("A", "W")}

# GoogleTest's and rapidcheck's macros, and methods of Python's unittest.
TEST_NAME = re.compile(r"\b(?:TEST|TEST_F|TEST_P|TYPED_TEST|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\s*\(\s*\w+\s*,\s*(\w+)")
PYTHON_TEST_NAME = re.compile(r"^\s*def\s+(test\w+)", flags=re.M)


def without_comments(text: str) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


def code_of(root: Path, *patterns: str) -> str:
    return "\n".join(
        without_comments(path.read_text(encoding="utf-8", errors="replace"))
        for pattern in patterns
        for path in sorted(root.glob(pattern))
    )


def prototypes(root: Path, file: str) -> list[str]:
    text = code_of(root, f"abi/include/offhook/{file}")
    return re.findall(r"\bLONG\s+(?:WINAPI\s+|TSPIAPI\s+)?(\w+)\s*\([^)]*\)\s*;", text)


def tapi_rows(root: Path) -> list[tuple[str, str, str]]:
    """Name, who answers, and variants of each row of tapi.def."""
    return re.findall(
        r"\bTAPI_FUNCTION\((\w+),\s*\w+,\s*\w+,\s*\w+,\s*(\w+),\s*\w+,\s*(\w+)", code_of(root, "abi/table/tapi.def")
    )


def exported_names(root: Path) -> dict[str, list[str]]:
    """Each row of tapi.def with the names that it exports."""
    return {name: [name + suffix for suffix in SUFFIXES[variants]] for name, _, variants in tapi_rows(root)}


def answered_by_client(root: Path, dispatched: set[str]) -> set[str]:
    of_service = {name for name, by, _ in tapi_rows(root) if by in ("service", "obsolete")}
    named = set(re.findall(r"\bF == Tapi::(\w+)", code_of(root, "client/exports.cpp")))
    families = tuple(family for family in ("line", "phone") if family + "InitializeEx" in dispatched)
    return {name for name in named & of_service if name.startswith(families)}


def handed_through(root: Path) -> set[str]:
    """The functions that applications and providers have under one name (core/dispatch.cpp)."""
    return set(re.findall(r"\bTHROUGH\((\w+)\),", code_of(root, "core/dispatch.cpp")))


def tapi(root: Path) -> tuple[list[str], list[str]]:
    names = prototypes(root, "tapi_functions.h")
    exported = exported_names(root)
    rows = set(re.findall(r"\{Tapi::(\w+),", code_of(root, "core/dispatch.cpp")))
    rows |= handed_through(root)
    rows |= answered_by_client(root, rows)
    unknown = rows - exported.keys()
    if unknown:
        raise SystemExit(f"coverage.py: no rows of tapi.def: {', '.join(sorted(unknown))}")
    implemented = {name for row in rows for name in exported[row]}
    return names, [name for name in names if name not in implemented]


def not_to_be_called(root: Path) -> dict[str, str]:
    """The TSPI functions that the service has no use for, with the reason."""
    rows = re.findall(
        r"\bTSPI_FUNCTION\((\w+),\s*\w+,\s*\w+,\s*(\w+),\s*(\w+)", code_of(root, "abi/table/tspi.def")
    )
    reasons = {"TSPI_" + name: "obsolete" for name, need, _ in rows if need == "obsolete"}
    return reasons | {"TSPI_" + name: "of version 3.0" for name, _, since in rows if since.startswith("v3_")}


def tspi(root: Path) -> tuple[list[str], list[str]]:
    names = prototypes(root, "tspi_functions.h")
    used = set(
        re.findall(r"\bTspi::(\w+)", code_of(root, "core/*.cpp", "core/device_functions.h", "daemon/*.cpp"))
    ) - {"count", "name"}
    used |= handed_through(root)
    shown = re.findall(r"\bTspi::(ui_\w+)", code_of(root, "client/*.cpp", "client/*.h"))
    used |= set(shown)
    called = {name.replace("ui_", "TUISPI_", 1) if name.startswith("ui_") else "TSPI_" + name for name in used}
    unknown = called - set(names)
    if unknown:
        raise SystemExit(f"coverage.py: no functions of tspi.h: {', '.join(sorted(unknown))}")
    reasons = not_to_be_called(root)
    missing = [name for name in names if name not in called]
    return names, [f"{name}, {reasons[name]}" if name in reasons else name for name in missing]


def described_rules(root: Path) -> dict[int, str]:
    rows = re.findall(r'^RULE\((\d+), "[^"]*", "([^"]*)"', (root / "abi/table/rules.def").read_text(), flags=re.M)
    return {int(number): f"R{int(number):03} {text}" for number, text in rows}


def check_rules(root: Path, numbers: set[int]) -> None:
    unknown = numbers - described_rules(root).keys()
    if unknown:
        raise SystemExit(f"coverage.py: no rules: {', '.join(f'R{number:03}' for number in sorted(unknown))}")


def tested_rules(root: Path) -> set[int]:
    names = TEST_NAME.findall(code_of(root, "tests/**/*.cpp"))
    for path in root.glob("tests/**/*.py"):
        names += PYTHON_TEST_NAME.findall(path.read_text(encoding="utf-8"))
    tested = {
        int(number)
        for name in names
        if not name.startswith("DISABLED_")
        for number in re.findall(r"(?:^|_)R(\d{3})(?=_|$)", name)
    }
    check_rules(root, tested)
    return tested


def rules(root: Path) -> tuple[list[str], list[str]]:
    described, tested = described_rules(root), tested_rules(root)
    return list(described.values()), [text for number, text in described.items() if number not in tested]


def broken_on_purpose(root: Path) -> set[int]:
    """The rules that something breaks, so that the tests can be seen to notice."""
    frames = re.findall(r'^\s*\{(\d+), "\w+",', code_of(root, "tests/core/mutants_test.cpp"), flags=re.M)
    providers = re.findall(r"^MISBEHAVIOUR\(r(\d{3})", code_of(root, "providers/sim/misbehaviour.def"), flags=re.M)
    broken = {int(number) for number in frames + providers}
    for row in mutants_table(root).get("mutant", []):
        broken.update(row["rules"])
    return broken


def mutants_table(root: Path) -> dict:
    table = root / "tests/mutants/mutants.toml"
    return tomllib.loads(table.read_text(encoding="utf-8")) if table.is_file() else {}


def mutants(root: Path) -> tuple[list[str], list[str]]:
    """Of the rules that are tested, those that nothing breaks; with the reason where nothing can."""
    described, broken = described_rules(root), broken_on_purpose(root)
    reasons = {int(number): reason for number, reason in mutants_table(root).get("without", {}).items()}
    check_rules(root, broken | reasons.keys())
    contradicted = broken & reasons.keys()
    if contradicted:
        raise SystemExit(f"coverage.py: said to have no mutant, and has one: {sorted(contradicted)}")
    missing = [number for number in described if number not in broken]
    return list(described.values()), [
        described[number] + (f" ({reasons[number]})" if number in reasons else "") for number in missing
    ]


COUNTS = (
    ("tapi", tapi, "implemented"),
    ("tspi", tspi, "called"),
    ("rules", rules, "tested"),
    ("mutants", mutants, "proved"),
)


def report(root: Path) -> dict[str, dict]:
    result = {}
    for what, count, done in COUNTS:
        names, missing = count(root)
        result[what] = {"total": len(names), done: len(names) - len(missing), "missing": missing}
    return result


def as_header(coverage: dict[str, dict]) -> str:
    lines = ["// Generated by scripts/coverage.py.", "#pragma once", "", "#include <array>", "#include <string_view>", ""]
    lines += ["namespace offhook::cli::coverage {", ""]
    for what, numbers in coverage.items():
        missing = numbers["missing"]
        done = next(value for key, value in numbers.items() if key not in ("total", "missing"))
        lines.append(f"inline constexpr unsigned {what}_total = {numbers['total']};")
        lines.append(f"inline constexpr unsigned {what}_done = {done};")
        lines.append(f"inline constexpr std::array<std::string_view, {len(missing)}> {what}_missing{{")
        lines += [f"    {json.dumps(name)}," for name in missing]
        lines += ["};", ""]
    return "\n".join(lines + ["} // namespace offhook::cli::coverage", ""])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--header", type=Path)
    arguments = parser.parse_args()
    coverage = report(arguments.root)
    if arguments.header is None:
        print(json.dumps(coverage, indent=1))
        return
    text = as_header(coverage)
    # An unchanged file keeps its time, so that nothing is compiled again.
    if not arguments.header.exists() or arguments.header.read_text() != text:
        arguments.header.parent.mkdir(parents=True, exist_ok=True)
        arguments.header.write_text(text)


if __name__ == "__main__":
    main()
