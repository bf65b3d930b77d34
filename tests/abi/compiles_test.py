#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Do the headers compile without a warning, as C11 and C++20, in every version, with and without UNICODE, each alone?

Also: can every error be a LONG and a case label of a switch over one, and every other constant a DWORD, without a
warning?
"""

import argparse

import compilers
import headers

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Wundef", "-Werror"]


def uses(include) -> str:
    """C text that uses every constant as what it is."""
    names = headers.constants(include)
    errors = [name for name in names if name.startswith(("LINEERR_", "PHONEERR_", "TAPIERR_"))]
    others = [name for name in names if name not in errors]
    text = '#include "tspi.h"\nextern const DWORD others[];\nconst DWORD others[] = {' + ", ".join(others) + "};\n"
    text += "LONG classify(LONG error);\nLONG classify(LONG error)\n{\n    switch (error) {\n"
    text += "".join(f"    case {name}:\n        return {name};\n" for name in errors)
    text += "    default:\n        return (error == LINEERR_NOMEM) ? LINEERR_INUSE : 0;\n    }\n}\n"
    text += "BOOL first(LPCWSTR text);\nBOOL first(LPCWSTR text)\n{\n    return text[0] == u'x';\n}\n"
    return text


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("include", type=compilers.include_directory)
    parser.add_argument("--c", default="cc")
    parser.add_argument("--cxx", default="c++")
    arguments = parser.parse_args()
    include = arguments.include
    languages = (
        ("c", [compilers.require(arguments.c), "-std=c11"]),
        ("c++", [compilers.require(arguments.cxx), "-std=c++20", "-Wnon-virtual-dtor"]),
    )

    problems: list[str] = []
    compiled = 0

    def check(what: str, language: str, command: list[str], text: str) -> None:
        nonlocal compiled
        compiled += 1
        good, _, messages = compilers.compile_text(
            [*command, *WARNINGS, "-c", "-o", "/dev/null", f"-I{include}"], language, text
        )
        if not good:
            problems.append(f"{what} as {language}:\n{messages[:1500]}")

    for language, command in languages:
        for version, number in headers.VERSIONS.items():
            for unicode in (False, True):
                what = f"version {version}{' with UNICODE' if unicode else ''}"
                options = [f"-DTAPI_CURRENT_VERSION={number:#010x}"] + ["-DUNICODE"] * unicode
                check(what, language, command + options, '#include "tapi.h"\n#include "tspi.h"\n')
        for file in headers.ALL_FILES:
            check(f"{file} alone", language, command, f'#include "{file}"\nextern int probe;\n')
        newest = command + [f"-DTAPI_CURRENT_VERSION={headers.NEWEST:#010x}"]
        check("uses of the constants", language, newest, uses(include))
    compilers.finish(problems, f"{compiled} compilations")


if __name__ == "__main__":
    main()
