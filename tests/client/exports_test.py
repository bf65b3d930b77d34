#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does libtapi32 export exactly the functions of tapi.h and offhook/service.h, each with its version?"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "abi"))
import headers  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("--nm", default="nm")
    arguments = parser.parse_args()

    expected = {f"{name}@@OFFHOOK_2.2" for name in headers.functions(ROOT / "abi" / "include")["TAPI"]}
    assert len(expected) == headers.EXPECTED["TAPI functions"]
    service = (ROOT / "client" / "include" / "offhook" / "service.h").read_text()
    expected |= {f"{name}@@OFFHOOK_SERVICE_1" for name in re.findall(r"\b(offhook_service_\w+)\(", service)}

    listing = subprocess.run(
        [arguments.nm, "-D", "--defined-only", "--with-symbol-versions", arguments.library],
        capture_output=True,
        text=True,
        check=True,
    )
    symbols = [line.split()[-2:] for line in listing.stdout.splitlines()]
    exported = {name for kind, name in symbols if kind != "A"}  # A: the versions themselves
    problems = [f"{name} is missing" for name in sorted(expected - exported)]
    problems += [f"{name} is too many" for name in sorted(exported - expected)]
    print("\n".join(problems + [f"{len(problems)} problems; {len(exported)} symbols"]))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
