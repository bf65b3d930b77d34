#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does a shared object that hides everything else still export each function, under its plain name?

A C++ library that defines every function of the headers is built with hidden visibility, and its dynamic symbols are
read. Building it also shows that the prototypes can be defined as they are written.
"""

import argparse
import re
import subprocess
import tempfile

import compilers
import headers


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("include", type=compilers.include_directory)
    parser.add_argument("--native", default="c++")
    parser.add_argument("--nm", default="nm")
    arguments = parser.parse_args()
    native = compilers.require(arguments.native)
    nm = compilers.require(arguments.nm)

    text = '#include "tspi.h"\n'
    for file in headers.FUNCTION_FILES.values():
        plain = headers.without_directives(headers.without_comments((arguments.include / file).read_text()))
        for prototype in re.findall(r"\bLONG\s[^;{}]*\)\s*;", plain):
            text += prototype.rstrip(";") + "\n{\n    return LINEERR_OPERATIONUNAVAIL;\n}\n"
    problems = headers.check_counts(arguments.include)
    with tempfile.NamedTemporaryFile(suffix=".so") as library:
        command = [native, "-std=c++20", f"-I{arguments.include}", f"-DTAPI_CURRENT_VERSION={headers.NEWEST:#010x}"]
        command += ["-fvisibility=hidden", "-fPIC", "-shared", "-o", library.name]
        good, _, messages = compilers.compile_text(command, "c++", text)
        if not good:
            compilers.finish([messages[:4000]], "nothing built")
        listing = subprocess.run([nm, "-D", "--defined-only", library.name], capture_output=True, text=True, check=True)
    exported = {line.split()[-1] for line in listing.stdout.splitlines() if " T " in line}
    names = [name for prototypes in headers.functions(arguments.include).values() for name in prototypes]
    problems += [f"{name} is not exported" for name in names if name not in exported]
    compilers.finish(problems, f"{len(names)} functions looked up")


if __name__ == "__main__":
    main()
