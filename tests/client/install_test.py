#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Can a C11 program be built with nothing but what is installed and pkg-config, and does it run?

Installs the client into a temporary folder, compiles a program and the example of the guide against it, and runs the
former where no service is.
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(command: list[str], **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)
    if done.returncode != 0:
        sys.exit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--flag", action="append", default=[], help="for the compiler, as the library was built")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "usr"
        run(["cmake", "--install", arguments.build, "--component", "client", "--prefix", str(prefix)])
        [description] = prefix.rglob("offhook.pc")
        environment = dict(os.environ, PKG_CONFIG_PATH=str(description.parent))
        library = str(Path(run(["pkg-config", "--variable=libdir", "offhook"], env=environment).strip()).resolve())
        flags = shlex.split(run(["pkg-config", "--cflags", "--libs", "offhook"], env=environment))
        if not library.startswith(str(prefix)):
            sys.exit(f"offhook.pc names {library}, not where it was installed")
        for source in (ROOT / "tests" / "client" / "linked.c", ROOT / "examples" / "dial.c"):
            program = Path(folder) / source.stem
            strict = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", *arguments.flag]
            run([arguments.cc, *strict, str(source), "-o", str(program), *flags])
        if not os.access(prefix / "libexec" / "offhook" / "offhook-ui", os.X_OK):
            sys.exit("offhook-ui, which shows dialogs, is not installed with the library")
        quiet = dict(os.environ, LD_LIBRARY_PATH=library, OFFHOOK_SOCKET=f"{folder}/none", OFFHOOK_START="never")
        print(run([str(Path(folder) / "linked")], env=quiet), end="")
        refused = subprocess.run(
            [str(Path(folder) / "dial"), "0", "1"], env=quiet, capture_output=True, text=True, check=False, timeout=60
        )
        if refused.returncode != 1 or "service" not in refused.stderr:
            sys.exit(f"the example ended with {refused.returncode} and said: {refused.stderr}")


if __name__ == "__main__":
    main()
