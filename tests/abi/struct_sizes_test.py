#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Has every structure, in each TAPI_CURRENT_VERSION, the size it has on Windows, and is it absent where it is there?

struct_sizes_by_version.csv holds the sizes; an empty cell means that the version does not have the structure.
"""

import argparse
import csv
from pathlib import Path

import compilers
import headers

FACTS = Path(__file__).parent / "struct_sizes_by_version.csv"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("include", type=compilers.include_directory)
    parser.add_argument("--native", default="c++")
    arguments = parser.parse_args()
    native = compilers.require(arguments.native)

    with FACTS.open(newline="") as file:
        facts = {row.pop("structure"): row for row in csv.DictReader(file)}
    problems = []
    for name in sorted(set(facts) ^ set(headers.structures(arguments.include))):
        problems.append(f"{name} is in only one of the headers and {FACTS.name}")

    compared = 0
    for version, number in headers.VERSIONS.items():
        command = [native, "-std=c++20", f"-I{arguments.include}", f"-DTAPI_CURRENT_VERSION={number:#010x}"]
        present = {name: int(sizes[version]) for name, sizes in facts.items() if sizes[version]}
        absent = [name for name, sizes in facts.items() if not sizes[version]]
        # A name that the headers do not declare can be declared here as something else.
        text = '#include "tspi.h"\n' + "".join(f"typedef char {name}[1];\n" for name in absent)
        good, _, messages = compilers.compile_text([*command, "-fsyntax-only"], "c++", text)
        if not good:
            problems.append(f"version {version} declares what it should not have:\n{messages[:2000]}")
        values = compilers.constant_array(command, '#include "tspi.h"\n', [f"sizeof({name})" for name in present])
        for (name, size), value in zip(present.items(), values, strict=True):
            if value != size:
                problems.append(f"{name} in version {version}: {value} bytes, not {size}")
        compared += len(facts)
    compilers.finish(problems, f"{compared} sizes compared")


if __name__ == "__main__":
    main()
