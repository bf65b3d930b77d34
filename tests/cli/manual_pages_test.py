#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Are the manual pages well formed, and is every option of the configuration file in them?"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "man").glob("*.[1-8]"))


def undocumented_options() -> list[str]:
    manual = (ROOT / "man/offhook.toml.5").read_text()
    options = re.findall(r"^(\w+) = ", (ROOT / "packaging/offhook.toml").read_text(), flags=re.M)
    return [option for option in options if f"Sy {option} " not in manual]


def main() -> None:
    if shutil.which("mandoc") is None:
        print("mandoc is missing: install the package mandoc")
        sys.exit(77)
    if not PAGES:
        sys.exit("there are no manual pages")
    missing = undocumented_options()
    if missing:
        print("offhook.toml.5 lacks", ", ".join(missing))
    failed = bool(missing)
    for page in PAGES:
        result = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True)
        sys.stdout.write(result.stdout + result.stderr)
        failed |= result.returncode != 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
