#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Are the manual pages well formed?"""

import shutil
import subprocess
import sys
from pathlib import Path

PAGES = sorted((Path(__file__).resolve().parents[2] / "man").glob("*.[1-8]"))


def main() -> None:
    if shutil.which("mandoc") is None:
        print("mandoc is missing: install the package mandoc")
        sys.exit(77)
    if not PAGES:
        sys.exit("there are no manual pages")
    failed = False
    for page in PAGES:
        result = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True)
        sys.stdout.write(result.stdout + result.stderr)
        failed |= result.returncode != 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
