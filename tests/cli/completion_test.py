#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Completion: what the program offers, and whether each shell makes use of it."""

import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

OFFHOOK = ""
SCRIPTS = Path(__file__).resolve().parents[2] / "completion"


def offered(*words: str) -> list[str]:
    result = subprocess.run([OFFHOOK, "__complete", *words], capture_output=True, text=True, timeout=30)
    return result.stdout.split()


def shell(name: str, *arguments: str, **more) -> str:
    if shutil.which(name) is None:
        raise unittest.SkipTest(f"{name} is not installed")
    environment = dict(os.environ, PATH=f"{Path(OFFHOOK).parent}:{os.environ['PATH']}", TERM="dumb")
    result = subprocess.run([name, *arguments], capture_output=True, text=True, timeout=60, env=environment, **more)
    return result.stdout + result.stderr


class Offered(unittest.TestCase):
    def test_commands(self) -> None:
        self.assertLessEqual({"dial", "answer", "provider", "coverage"}, set(offered("")))
        self.assertEqual(set(offered("provider", "")), {"list", "install", "config", "fields", "history", "back-to", "command", "remove"})

    def test_options_of_the_command_and_of_all_commands(self) -> None:
        options = offered("dial", "alice", "--")
        self.assertLessEqual({"--play", "--tone", "--json", "--socket"}, set(options))
        self.assertNotIn("--echo-and-more", options)
        self.assertNotIn("--once", options)
        self.assertIn("--once", offered("answer", "--"))

    def test_values_of_options_and_arguments(self) -> None:
        self.assertEqual(offered("dial", "a", "b", "--play", ""), [":files"])
        self.assertEqual(offered("provider", "install", ""), [":files"])
        self.assertEqual(offered("--socket", "x", "provider", "install", ""), [":files"])
        # Nothing is known about a number, and without a service there are no names of lines.
        self.assertEqual(offered("dial", "alice", ""), [])
        self.assertEqual(offered("--socket", "/nowhere", "dial", ""), [])


class Shells(unittest.TestCase):
    def test_bash(self) -> None:
        script = f"""
            . '{SCRIPTS}/offhook.bash'
            COMP_WORDS=(offhook provider i); COMP_CWORD=2; _offhook; echo "${{COMPREPLY[@]}}"
            COMP_WORDS=(offhook cov); COMP_CWORD=1; _offhook; echo "${{COMPREPLY[@]}}"
            COMP_WORDS=(offhook dial a b --play /etc/passw); COMP_CWORD=5; _offhook; echo "${{COMPREPLY[@]}}"
        """
        self.assertEqual(shell("bash", "-c", script).split("\n")[:2], ["install", "coverage"])
        self.assertIn("/etc/passwd", shell("bash", "-c", script))

    def test_zsh(self) -> None:
        self.assertEqual(shell("zsh", "-n", str(SCRIPTS / "_offhook")), "")
        script = f"""
            compadd() {{ shift; print -l -- "$@" }}
            _files() {{ print files }}
            words=(offhook provider ''); CURRENT=3; . '{SCRIPTS}/_offhook'
            words=(offhook provider install ''); CURRENT=4; . '{SCRIPTS}/_offhook'
        """
        self.assertEqual(shell("zsh", "-f", "-c", script).split(), ["list", "install", "config", "fields", "history", "back-to", "command", "remove", "files"])

    def test_fish(self) -> None:
        script = f"source '{SCRIPTS}/offhook.fish'; complete -C 'offhook provider i'; complete -C 'offhook cov'"
        self.assertEqual(shell("fish", "--no-config", "-c", script).split(), ["install", "coverage"])


if __name__ == "__main__":
    OFFHOOK = sys.argv.pop(1)
    unittest.main()
