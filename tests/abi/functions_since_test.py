#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does each TAPI_CURRENT_VERSION declare the functions of that version, and do bare names mean the right form?

functions_since.csv names each function with the version that brought it (empty: the documentation does not say, and
it is always declared) and the forms it has: "bare", "A", "W". The forms A and W came with version 2.0. A bare name
means the A form, or the W form where UNICODE is defined; a function without the bare form gets it by a macro.
"""

import argparse
import csv
import re
from pathlib import Path

import compilers
import headers

FACTS = Path(__file__).parent / "functions_since.csv"
UNICODE_SINCE = headers.VERSIONS["2.0"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("include", type=compilers.include_directory)
    parser.add_argument("--native", default="c++")
    arguments = parser.parse_args()
    native = compilers.require(arguments.native)

    with FACTS.open(newline="") as file:
        facts = list(csv.DictReader(file))
    problems = headers.check_counts(arguments.include)
    compared = 0
    for version, number in headers.VERSIONS.items():
        for unicode in (False, True):
            where = f"version {version}{' with UNICODE' if unicode else ''}"
            expected: set[str] = set()
            meaning: dict[str, str] = {}
            for row in facts:
                name, forms = row["function"], row["forms"].split()
                if row["since"] and headers.VERSIONS[row["since"]] > number:
                    continue
                wide = "W" in forms and number >= UNICODE_SINCE
                if "bare" in forms and not (unicode and wide):
                    expected.add(name)
                if wide:
                    expected |= {name + "A", name + "W"}
                    meaning[name] = name + "W" if unicode else name if "bare" in forms else name + "A"
                elif "bare" in forms:
                    meaning[name] = name
            # The bare prototype of a function with a W form stands before the macro, so it stays in either case.
            bare = {row["function"] for row in facts if "bare" in row["forms"].split()}
            text = '#include "tspi.h"\n' + "".join(f"probe {row['function']}\n" for row in facts)
            command = [native, "-E", "-P", "-std=c++20", f"-I{arguments.include}"]
            command += [f"-DTAPI_CURRENT_VERSION={number:#010x}"] + ["-DUNICODE"] * unicode
            good, output, messages = compilers.compile_text(command, "c++", text)
            if not good:
                problems.append(f"{where}: {messages[:1000]}")
                continue
            declared = set(headers.functions_in(output))
            for name in sorted(declared - expected - bare):
                problems.append(f"{where} declares {name}")
            for name in sorted((declared & bare) - {n for n in meaning}):
                problems.append(f"{where} declares {name}")
            for name in sorted(expected - declared):
                problems.append(f"{where} does not declare {name}")
            means = dict(zip((row["function"] for row in facts), re.findall(r"^probe (\w+)", output, re.M), strict=True))
            for name, form in meaning.items():
                if means[name] != form:
                    problems.append(f"{where}: {name} means {means[name]}, not {form}")
                compared += 1
    every = {row["function"] + form.replace("bare", "") for row in facts for form in row["forms"].split()}
    written = {name for prototypes in headers.functions(arguments.include).values() for name in prototypes}
    for name in sorted(every ^ written):
        problems.append(f"{name} is in only one of the headers and {FACTS.name}")
    compilers.finish(problems, f"{compared} names looked up")


if __name__ == "__main__":
    main()
