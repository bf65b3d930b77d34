# SPDX-License-Identifier: Apache-2.0
"""Ports of 127.0.0.1 for tests that run side by side: what tests/support/port.h is to those in C++."""

import contextlib
import random
import socket

FIRST, BLOCKS, BLOCK = 10_000, 1_500, 4


def free_port() -> int:
    """A port that nobody has now, for UDP and for TCP; nobody else who asks here or in port.h gets it until this process ends."""
    start = random.randrange(BLOCKS)
    for tried in range(BLOCKS):
        port = FIRST + BLOCK * ((start + tried) % BLOCKS)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as claim, contextlib.suppress(OSError):
            claim.bind(f"\0offhook-test-port-{port}")
            for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                with socket.socket(type=kind) as one:
                    one.bind(("127.0.0.1", port))
            claim.detach()  # open until the process ends
            return port
    raise RuntimeError("no port is free")
