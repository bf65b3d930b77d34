#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a provider that exports every TSPI and TUISPI function: each prototype of tspi_functions.h, with a body that
hands its arguments to echo<>() (echo_provider.h)."""
import re
import sys

PREAMBLE = r"""#include "tests/host/echo_provider.h"
namespace echo = offhook::host::echo;
OFFHOOK_PROVIDER_NOTE("name=echo\nversion=1\ntitle=Every function\nneeds=");
std::int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* given) {
    echo::services = given;
    return 0;
}
"""

header, output = sys.argv[1:]
text = re.sub(r"//[^\n]*", "", open(header, encoding="utf-8").read())
prototypes = re.findall(r"OFFHOOK_ABI_EXPORT LONG TSPIAPI (T(?:UI)?SPI_)(\w+)\(([^)]*)\);", text)
with open(output, "w", encoding="utf-8") as out:
    out.write(PREAMBLE)
    for prefix, name, parameters in prototypes:
        names = [re.search(r"(\w+)$", p.strip()).group(1) for p in parameters.split(",")]
        row = ("ui_" if prefix == "TUISPI_" else "") + name
        out.write(f"LONG TSPIAPI {prefix}{name}({parameters}) {{\n"
                  f"    return echo::call<offhook::abi::Tspi::{row}>({', '.join(names)});\n}}\n")
