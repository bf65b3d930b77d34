#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Are the headers binary compatible with 64-bit Windows?

One probe is compiled twice: for this system with our headers, and for Windows by mingw-w64 with its own headers.
Every constant, the size and alignment of every structure, the place and size of every field, the size of every type,
and the parameters of every function must come out the same.
"""

import argparse

import compilers
import headers

BASIC_TYPES = "offhook/windows_types.h"
OURS = '#include "tspi.h"\n'
WINDOWS = "#include <windows.h>\n#include <tapi.h>\n#include <tspi.h>\n"

# A number for each kind of type, the same for types that are passed and laid out alike. What a handle points to
# differs by system, so a pointer to anything but a number, a pointer or a function is just a pointer.
SIGNATURES = """
#include <stddef.h>
#include <type_traits>
template <class T> constexpr long long kind() {
    if constexpr (std::is_pointer_v<T>) {
        using P = std::remove_pointer_t<T>;
        if constexpr (std::is_function_v<P>) {
            return 7;
        } else if constexpr (std::is_pointer_v<P> || std::is_integral_v<P>) {
            return kind<std::remove_cv_t<P>>() * 10 + (std::is_const_v<P> ? 6 : 5);
        } else {
            return 4;
        }
    } else {
        static_assert(std::is_integral_v<T> || std::is_void_v<T>);
        if constexpr (std::is_void_v<T>) {
            return 3;
        } else {
            return static_cast<long long>(sizeof(T)) * 10 + (std::is_signed_v<T> ? 2 : 1);
        }
    }
}
template <class F> struct signature;
template <class R, class... A> struct signature<R (*)(A...)> {
    static constexpr long long result = kind<R>();
    static constexpr long long arity = sizeof...(A);
    static constexpr long long parameter(int index) {
        const long long kinds[] = {kind<A>()..., 0};
        return kinds[index];
    }
};
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("include", type=compilers.include_directory)
    parser.add_argument("--native", default="c++")
    parser.add_argument("--windows", default="x86_64-w64-mingw32-g++")
    arguments = parser.parse_args()
    include = arguments.include
    native = compilers.require(arguments.native)
    windows = compilers.require(arguments.windows)

    problems = headers.check_counts(include)

    # (what it is, expression, mask for the comparison)
    probes: list[tuple[str, str, int]] = []
    for name in headers.constants(include):
        probes.append((name, name, 0xFFFFFFFF))
        if name.startswith(("LINEERR_", "PHONEERR_", "TAPIERR_")):
            probes.append((f"TAPIERROR_FORMATMESSAGE({name})", f"TAPIERROR_FORMATMESSAGE({name})", 0xFFFFFFFF))
    basic = headers.structures(include, (BASIC_TYPES,))
    for structure, members in (headers.structures(include) | basic).items():
        probes.append((f"sizeof {structure}", f"sizeof({structure})", -1))
        probes.append((f"alignof {structure}", f"alignof({structure})", -1))
        if structure not in basic:
            probes.append((f"sizeof *LP{structure}", f"sizeof(*(LP{structure})0)", -1))
        for member in members:
            probes.append((f"offset of {structure}.{member}", f"offsetof({structure}, {member})", -1))
            probes.append((f"size of {structure}.{member}", f"sizeof((({structure}*)0)->{member})", -1))
    for name in headers.types(include):
        probes.append((f"sizeof {name}", f"sizeof({name})", -1))
        probes.append((f"alignof {name}", f"alignof({name})", -1))
    callable_types = {name: (name, arity) for name, arity in headers.callbacks(include).items()}
    for prototypes in headers.functions(include).values():
        callable_types |= {name: (f"decltype(&{name})", arity) for name, arity in prototypes.items()}
    for name, (type_name, arity) in callable_types.items():
        type_of = f"signature<{type_name}>"
        probes.append((f"result of {name}", f"{type_of}::result", -1))
        probes.append((f"number of parameters of {name}", f"{type_of}::arity", -1))
        for index in range(arity):
            probes.append((f"parameter {index + 1} of {name}", f"{type_of}::parameter({index})", -1))

    expressions = [expression for _, expression, _ in probes]
    # -w: offsetof in structures of the other headers is none of our warnings. Our own are compiled with warnings in
    # compiles_test.py.
    ours = compilers.constant_array(
        [native, "-std=c++20", "-w", f"-I{include}", f"-DTAPI_CURRENT_VERSION={headers.NEWEST:#010x}"],
        OURS + SIGNATURES,
        expressions,
    )
    theirs = compilers.constant_array([windows, "-std=gnu++20", "-w"], WINDOWS + SIGNATURES, expressions)
    for (what, _, mask), here, there in zip(probes, ours, theirs, strict=True):
        if here & mask != there & mask:
            problems.append(f"{what}: {here & mask:#x} here, {there & mask:#x} on Windows")
    compilers.finish(problems, f"{len(probes)} values compared")


if __name__ == "__main__":
    main()
