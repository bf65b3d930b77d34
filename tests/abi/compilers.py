# SPDX-License-Identifier: Apache-2.0
"""Runs compilers for the tests of the headers."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

SKIPPED = 77  # what ctest counts as skipped (SKIP_RETURN_CODE)


def require(program: str) -> str:
    """The program's path; without it the whole test is skipped."""
    found = shutil.which(program)
    if not found:
        print(f"skipped: {program} is not installed")
        sys.exit(SKIPPED)
    return found


def compile_text(command: list[str], language: str, text: str) -> tuple[bool, str, str]:
    """Feeds text to a compiler; returns success, output, messages."""
    run = subprocess.run(
        [*command, "-x", language, "-"], input=text, capture_output=True, text=True, check=False, timeout=300
    )
    return run.returncode == 0, run.stdout, run.stderr


def constant_array(command: list[str], preamble: str, expressions: list[str]) -> list[int]:
    """Values of integral C++ expressions, read from the assembler that the compiler writes.

    Nothing is run, so this works for compilers of other systems too.
    """
    text = preamble + 'extern "C" const long long probe_values[] = {\n'
    text += "".join(f"  (long long)({expression}),\n" for expression in expressions) + "};\n"
    good, assembler, messages = compile_text([*command, "-S", "-O0", "-o", "-"], "c++", text)
    if not good:
        sys.exit(f"{' '.join(command)} failed:\n{messages[:4000]}")
    values: list[int] = []
    lines = iter(assembler.splitlines())
    for line in lines:
        if line.startswith("probe_values:"):
            break
    for line in lines:
        number = re.match(r"\s*\.(?:quad|8byte|xword)\s+(-?\w+)", line)
        zeros = re.match(r"\s*\.(?:zero|space|skip)\s+(\d+)", line)
        if number:
            values.append(int(number.group(1), 0))
        elif zeros:
            values += [0] * (int(zeros.group(1)) // 8)
        else:
            break
    if len(values) != len(expressions):
        sys.exit(f"{command[0]}: read {len(values)} values of {len(expressions)}")
    return values


def finish(problems: list[str], done: str) -> None:
    """Reports and ends the test."""
    for problem in problems[:100]:
        print(problem)
    if len(problems) > 100:
        print(f"... and {len(problems) - 100} more")
    print(f"{len(problems)} problems; {done}")
    sys.exit(1 if problems else 0)


def include_directory(argument: str) -> Path:
    path = Path(argument)
    if not (path / "tapi.h").is_file():
        sys.exit(f"{path} has no tapi.h")
    return path
