# SPDX-License-Identifier: Apache-2.0
"""Reads the names that tapi.h and tspi.h declare out of the headers' own text.

The tests take their lists from here, so that a name added to a header is tested without being listed twice. The
counts in EXPECTED keep a name from falling out unnoticed, by a mistake in a header or in this reader.
"""

import re
import sys
from pathlib import Path

VERSIONS = {
    "1.3": 0x00010003,
    "1.4": 0x00010004,
    "2.0": 0x00020000,
    "2.1": 0x00020001,
    "2.2": 0x00020002,
    "3.0": 0x00030000,
    "3.1": 0x00030001,
}
NEWEST = VERSIONS["3.1"]

EXPECTED = {
    "constants": 875,
    "structures": 63,
    "fields": 781,
    "TAPI functions": 249,
    "TSPI functions": 122,
    "types": 89,
}

CONSTANT_FILES = ("offhook/tapi_version.h", "offhook/tapi_constants.h", "offhook/tspi_constants.h")
STRUCTURE_FILES = ("offhook/tapi_structures.h", "offhook/tspi_structures.h")
FUNCTION_FILES = {"TAPI": "offhook/tapi_functions.h", "TSPI": "offhook/tspi_functions.h"}
TYPE_FILES = ("offhook/windows_types.h", "offhook/tapi_types.h", "offhook/tspi_types.h")
ALL_FILES = ("tapi.h", "tspi.h") + CONSTANT_FILES + STRUCTURE_FILES + tuple(FUNCTION_FILES.values()) + TYPE_FILES

OWN_PREFIX = "OFFHOOK_"  # names of this project, which Windows does not have


def without_comments(text: str) -> str:
    return re.sub(r"//[^\n]*", "", text)


def without_directives(text: str) -> str:
    joined = text.replace("\\\n", " ")
    return re.sub(r"^[ \t]*#.*$", "", joined, flags=re.M)


def constants(include: Path) -> list[str]:
    """Object-like macros with a value, in the order of the headers."""
    names: list[str] = []
    for file in CONSTANT_FILES:
        text = without_comments((include / file).read_text())
        for match in re.finditer(r"^#define[ \t]+(\w+)[ \t]+\S", text, flags=re.M):
            if not match.group(1).startswith(OWN_PREFIX):
                names.append(match.group(1))
    return names


def _matching_brace(text: str, opening: int) -> int:
    depth = 0
    for position in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return position
    sys.exit("headers.py: unbalanced braces")


def _members(body: str, tagged: dict[str, str], prefix: str = "") -> list[str]:
    """Paths of the members that have no members of their own, as offsetof takes them."""
    paths: list[str] = []
    position = 0
    while body[position:].strip():
        nested = re.compile(r"\s*(?:OFFHOOK_EXTENSION\s+)?(?:struct|union)\s*\{").match(body, position)
        if nested:
            end = _matching_brace(body, nested.end() - 1)
            name = re.compile(r"\s*(\w*)\s*;").match(body, end + 1)
            inner = prefix + name.group(1) + "." if name.group(1) else prefix
            paths += _members(body[nested.end() : end], tagged, inner)
            position = name.end()
            continue
        end = body.index(";", position)
        declaration = " ".join(body[position:end].split())
        position = end + 1
        name = re.fullmatch(r"(.+?)[ *]+(\w+)(?:\[\w+\])?", declaration)
        if not name:
            sys.exit(f"headers.py: not understood: {declaration}")
        tag = re.fullmatch(r"struct (\w+)", name.group(1))
        if tag and tag.group(1) in tagged:
            paths += _members(tagged[tag.group(1)], tagged, prefix + name.group(2) + ".")
        else:
            paths.append(prefix + name.group(2))
    return paths


def structures(include: Path, files: tuple[str, ...] = STRUCTURE_FILES) -> dict[str, list[str]]:
    """Each structure's name with its members, at the newest version."""
    found: dict[str, list[str]] = {}
    for file in files:
        text = without_directives(without_comments((include / file).read_text()))
        tagged: dict[str, str] = {}
        for match in re.finditer(r"(typedef\s+)?(?:struct|union)\s+(\w+)\s*\{", text):
            end = _matching_brace(text, match.end() - 1)
            body = text[match.end() : end]
            if match.group(1):
                name = re.compile(r"\s*(\w+)\s*;").match(text, end + 1).group(1)
                found[name] = _members(body, tagged)
            else:
                tagged[match.group(2)] = body
    return found


def functions_in(text: str) -> dict[str, int]:
    """Prototypes in C text, with the number of their parameters."""
    plain = without_directives(without_comments(text))
    return {
        match.group(1): match.group(2).count(",") + 1
        for match in re.finditer(r"\bLONG\s+(?:WINAPI\s+|TSPIAPI\s+)?(\w+)\s*\(([^)]*)\)\s*;", plain)
    }


def callbacks(include: Path) -> dict[str, int]:
    """Types of callbacks, with the number of their parameters."""
    found: dict[str, int] = {}
    for file in TYPE_FILES:
        text = without_directives(without_comments((include / file).read_text()))
        for match in re.finditer(r"typedef\s+\w+\s*\(\s*CALLBACK\s*\*\s*(\w+)\)\s*\(([^)]*)\)", text):
            found[match.group(1)] = match.group(2).count(",") + 1
    return found


def functions(include: Path) -> dict[str, dict[str, int]]:
    return {kind: functions_in((include / file).read_text()) for kind, file in FUNCTION_FILES.items()}


def types(include: Path) -> list[str]:
    """Handles, callbacks and basic types."""
    names: list[str] = []
    for file in TYPE_FILES:
        text = without_directives(without_comments((include / file).read_text()))
        text = re.sub(r'extern "C"\s*\{', "", text)
        while re.search(r"\{[^{}]*\}", text):
            text = re.sub(r"\{[^{}]*\}", "", text)
        names += re.findall(r"typedef\s+(?:struct|union)\s+\w+\s+(\w+)\s*;", text)
        names += re.findall(r"typedef\s+\w+\s*\(\s*CALLBACK\s*\*\s*(\w+)\)", text)
        names += re.findall(r"typedef\s+(?!struct|union)[\w ]+?[ *]+(\w+)\s*;", text)
        for name in re.findall(r"OFFHOOK_DECLARE_OPAQUE\((\w+)\)\s*;", text):
            names += [name, "LP" + name]
    return list(dict.fromkeys(names))


def check_counts(include: Path) -> list[str]:
    """What differs from EXPECTED, as sentences."""
    names = constants(include)
    declared = structures(include)
    prototypes = functions(include)
    counts = {
        "constants": len(names),
        "structures": len(declared),
        "fields": sum(len(members) for members in declared.values()),
        "TAPI functions": len(prototypes["TAPI"]),
        "TSPI functions": len(prototypes["TSPI"]),
        "types": len(types(include)),
    }
    wrong = [
        f"{what}: the headers declare {counts[what]}, not {number}"
        for what, number in EXPECTED.items()
        if counts[what] != number
    ]
    twice = sorted({name for name in names if names.count(name) > 1})
    return wrong + [f"{name} is defined twice" for name in twice]
