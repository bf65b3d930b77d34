#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/writing-a-provider.md to the letter, with what is installed: from an empty folder to a call, and then a change.

The commands of its blocks "sh" are run as they stand there, its blocks "diff" are applied as they stand there."""

import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/writing-a-provider.md").read_text()
BUILD = ""

LINE_CALLSTATE, CONNECTED, ONHOLD = 2, 0x100, 0x400
INITIALIZE_NEGOTIATION, VERSION = 0xFFFFFFFF, 0x00020002


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.S)


class Guide(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="offhook")
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)
        installed = self.folder / "installed"
        subprocess.run(
            ["cmake", "--install", BUILD], env=dict(os.environ, DESTDIR=str(installed)), check=True, capture_output=True
        )
        (self.prefix,) = (path.parent.parent for path in installed.rglob("sbin/offhookd"))
        (library,) = self.prefix.rglob("libtapi32.so.0")
        self.environment = dict(
            os.environ,
            PATH=f"{self.prefix}/bin:{self.prefix}/sbin:{os.environ['PATH']}",
            LD_LIBRARY_PATH=str(library.parent),
            CMAKE_PREFIX_PATH=str(self.prefix),
            CMAKE_BUILD_PARALLEL_LEVEL=str(os.cpu_count()),
        )

    def command(self, *words: str) -> str:
        done = subprocess.run(words, env=self.environment, cwd=self.folder / "desk", capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, f"{words}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def has_certify(self) -> bool:
        listed = subprocess.run(["offhook", "--help"], env=self.environment, capture_output=True, text=True)
        return "certify" in listed.stdout

    def run_blocks(self, folder: Path, texts: list[str]) -> None:
        lines = [line for text in texts for line in text.splitlines()]
        if not self.has_certify():
            lines = [line for line in lines if not line.startswith("offhook certify")]
        # A person takes long enough for the service to be there.
        wait = "until offhook status >/dev/null 2>&1; do kill -0 $! || exit 1; done; echo $! >service/pid"
        script = "\n".join(line + ("\n" + wait if line.endswith("&") else "") for line in lines)
        # Into a file: the service that is started in it would keep a pipe open.
        output = self.folder / "output"
        with output.open("w") as file:
            done = subprocess.run(["bash", "-euc", script], cwd=folder, env=self.environment, stdout=file,
                                  stderr=subprocess.STDOUT, timeout=400)  # fmt: skip
        pid = self.folder / "desk/service/pid"
        if pid.exists():
            self.addCleanup(self.stop, int(pid.read_text()))
            pid.unlink()
        self.assertEqual(done.returncode, 0, f"{script}\n---\n{output.read_text()}")

    def stop(self, pid: int) -> None:
        """The service belongs to no process of ours any more: it is gone when its socket is closed."""
        os.kill(pid, signal.SIGTERM)
        while Path(f"/proc/{pid}/exe").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z":
            os.sched_yield()

    def test_from_an_empty_folder_to_a_call_and_a_change(self) -> None:
        before, after = GUIDE.split("## Changing something: hold")
        commands = re.findall(r"```sh\n(.*?)```", before, flags=re.S)
        changed = re.findall(r"```sh\n(.*?)```", after, flags=re.S)
        self.assertEqual(len(commands), 4)
        self.assertEqual(len(changed), 1)
        self.run_blocks(self.folder, commands)

        desk = self.folder / "desk"
        self.environment |= {"OFFHOOK_SOCKET": str(desk / "service/offhook.sock"), "OFFHOOK_START": "never"}
        lines = json.loads(self.command("offhook", "lines", "--json"))["lines"]
        self.assertEqual([line["name"] for line in lines], ["desk reception", "desk workshop"])
        self.a_line_calls_the_other()
        self.assertFalse(self.exports("TSPI_lineHold"))

        (change,) = blocks("diff")
        subprocess.run(["patch", "-p1"], cwd=desk, input=change, text=True, check=True, capture_output=True)
        self.run_blocks(desk, changed)
        self.a_line_calls_the_other()
        self.assertTrue(self.exports("TSPI_lineHold"))
        self.a_call_is_held()

    def a_line_calls_the_other(self) -> None:
        answering = subprocess.Popen(
            ["offhook", "answer", "desk workshop", "--once", "--json"], env=self.environment, stdout=subprocess.PIPE
        )
        self.addCleanup(answering.stdout.close)
        while not any(line["opens"] for line in json.loads(self.command("offhook", "lines", "--json"))["lines"]):
            pass
        output = self.command("offhook", "dial", "desk reception", "102", "--hangup-after", "0.1", "--json")
        events = [json.loads(line)["event"] for line in output.splitlines()]
        self.assertEqual(events, ["dialing", "proceeding", "ringback", "connected", "idle", "ended"])
        self.assertEqual(answering.wait(timeout=60), 0)

    def exports(self, function: str) -> bool:
        return f" {function}\n" in self.command("nm", "-D", "--defined-only", "build/desk.tsp")

    def a_call_is_held(self) -> None:
        """There is no command for it, so the provider is asked directly."""
        # A copy, so that what was loaded before is not taken for it.
        provider = ctypes.CDLL(shutil.copy(self.folder / "desk/build/desk.tsp", self.folder / "held.tsp"))
        completed, states = [], []
        completion = ctypes.CFUNCTYPE(None, ctypes.c_uint32, ctypes.c_int32)(lambda *reply: completed.append(reply))
        word = ctypes.c_size_t
        event = ctypes.CFUNCTYPE(None, word, word, ctypes.c_uint32, word, word, word)(
            lambda line, call, message, state, *rest: states.append(state) if message == LINE_CALLSTATE else None
        )
        configuration = {b"line.1.number": b"101"}

        def give(text: bytes, out: ctypes.c_void_p, size: ctypes.c_void_p) -> int:
            ctypes.memmove(out, text + b"\0", len(text) + 1)
            size[0] = len(text) + 1
            return 0

        no_device = ctypes.c_int32(0x80000042).value
        size = ctypes.POINTER(ctypes.c_uint32)
        get = ctypes.CFUNCTYPE(ctypes.c_int32, word, ctypes.c_char_p, ctypes.c_void_p, size)(
            lambda _, key, out, room: give(configuration[key], out, room) if key in configuration else no_device
        )
        keys = ctypes.CFUNCTYPE(ctypes.c_int32, word, ctypes.c_uint32, ctypes.c_void_p, size)(
            lambda _, index, out, room: give(list(configuration)[index], out, room) if index < 1 else no_device
        )
        log = ctypes.CFUNCTYPE(None, word, ctypes.c_int32, ctypes.c_char_p)(lambda *_: None)

        class Services(ctypes.Structure):
            _fields_ = [("size", ctypes.c_uint32), ("version", ctypes.c_uint32), ("context", ctypes.c_void_p),
                        ("get", type(get)), ("key", type(keys)), ("set", ctypes.c_void_p), ("log", type(log)),
                        ("audio", ctypes.c_void_p)]  # fmt: skip

        services = Services(ctypes.sizeof(Services), 1, None, get, keys, None, log, None)
        self.assertEqual(provider.OFFHOOK_providerAttach(ctypes.byref(services)), 0)
        options, line, call = ctypes.c_uint32(), ctypes.c_void_p(), ctypes.c_void_p()
        self.assertEqual(provider.TSPI_providerInit(VERSION, 1, 0, 0, 1, 0, completion, ctypes.byref(options)), 0)
        self.assertEqual(provider.TSPI_lineOpen(0, word(1), ctypes.byref(line), VERSION, event), 0)
        number = "030".encode("utf-16-le") + b"\0\0"
        self.assertEqual(provider.TSPI_lineMakeCall(1, line, word(2), ctypes.byref(call), number, 0, None), 1)
        self.assertEqual(states[-1], CONNECTED)
        self.assertEqual(provider.TSPI_lineHold(2, call), 2)
        self.assertEqual(states[-1], ONHOLD)
        self.assertEqual(provider.TSPI_lineUnhold(3, call), 3)
        self.assertEqual(states[-1], CONNECTED)
        self.assertEqual(completed, [(1, 0), (2, 0), (3, 0)])
        self.assertEqual(provider.TSPI_lineClose(line), 0)
        self.assertEqual(provider.TSPI_providerShutdown(VERSION, 1), 0)

    def test_pkg_config_finds_the_base(self) -> None:
        (file,) = self.prefix.rglob("offhook-provider.pc")
        flags = subprocess.run(
            ["pkg-config", "--cflags", "--libs", "offhook-provider"], check=True, capture_output=True, text=True,
            env=dict(self.environment, PKG_CONFIG_PATH=str(file.parent)),
        ).stdout.split()  # fmt: skip
        source = self.folder / "one.cpp"
        source.write_text(
            '#include "provider/request.h"\n#include "provider/service_call.h"\n#include "provider/structure.h"\n'
            "using namespace offhook::provider;\n"
            "LONG start(Request request) { return request.complete(0), 0; }\n"
            "int main() { Callbacks callbacks(nullptr); return accept(callbacks, 1, start) - 1; }\n"
        )
        subprocess.run(["c++", "-std=c++20", str(source), "-o", str(self.folder / "one"), *flags], check=True)
        subprocess.run([str(self.folder / "one")], check=True)


if __name__ == "__main__":
    BUILD = sys.argv.pop(1)
    unittest.main()
