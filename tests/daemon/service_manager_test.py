# SPDX-License-Identifier: Apache-2.0
"""offhookd as a service manager sees it: service_manager_test.py OFFHOOKD OFFHOOK_HOST"""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

OFFHOOKD, OFFHOOK_HOST = sys.argv.pop(1), sys.argv.pop(1)
PATIENCE = 30


class ServiceManager(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.notify.close)
        self.notify.bind(str(self.folder / "notify"))
        self.notify.settimeout(PATIENCE)

    def start(self, *arguments, environment=None, launcher=(), **options):
        (self.folder / "toml").write_text(f'[hosts]\nprogram = "{OFFHOOK_HOST}"\n')
        service = subprocess.Popen(
            [*launcher, OFFHOOKD, "--config", str(self.folder / "toml"), "--socket", str(self.folder / "socket"),
             "--state", str(self.folder / "state"), "--log", str(self.folder / "log"), *arguments],
            env={"NOTIFY_SOCKET": str(self.folder / "notify"), **(environment or {})},
            stderr=subprocess.PIPE, text=True, **options)
        self.addCleanup(service.stderr.close)
        self.addCleanup(service.wait)
        self.addCleanup(service.kill)
        return service

    def notified(self, text):
        while self.notify.recv(4096).decode() != text:
            pass

    def connects(self):
        with socket.socket(socket.AF_UNIX) as application:
            application.connect(str(self.folder / "socket"))
        return True

    def end(self, service):
        service.send_signal(signal.SIGTERM)
        self.notified("STOPPING=1")
        self.assertEqual(service.wait(PATIENCE), 0)

    def test_says_that_it_is_ready_and_that_it_ends(self):
        service = self.start()
        self.notified("READY=1")
        self.assertTrue(self.connects())
        self.end(service)

    def test_feeds_the_watchdog(self):
        service = self.start(environment={"WATCHDOG_USEC": "200000"})
        for _ in range(3):
            self.notified("WATCHDOG=1")
        self.end(service)

    def test_writes_one_line_to_whoever_started_it(self):
        reader, writer = os.pipe()
        service = self.start("--ready-fd", str(writer), pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as lines:
            self.assertEqual(lines.read(), f"ready {self.folder / 'socket'}\n")  # and then end of file
        self.assertTrue(self.connects())
        self.end(service)

    def test_takes_the_socket_that_systemd_made(self):
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(self.folder / "socket"))
            listening.listen()

            # Which process is meant is known only after the fork: a shell says it.
            service = self.start(
                environment={"LISTEN_FDS": "1"}, launcher=["/bin/sh", "-c", 'export LISTEN_PID=$$; exec "$@"', "sh"],
                preexec_fn=lambda: os.dup2(listening.fileno(), 3), close_fds=False)
        self.notified("READY=1")
        self.assertTrue(self.connects())
        self.end(service)
        self.assertTrue((self.folder / "socket").exists(), "it is systemd's, not the service's")

    def test_opens_its_log_anew(self):
        service = self.start()
        self.notified("READY=1")
        (self.folder / "log").rename(self.folder / "log.1")
        service.send_signal(signal.SIGHUP)
        until = time.monotonic() + PATIENCE
        while not (self.folder / "log").exists() and time.monotonic() < until:
            self.connects()
        self.assertIn("listens on", (self.folder / "log.1").read_text())
        self.end(service)
        self.assertIn("has ended", (self.folder / "log").read_text())

    def test_refuses_a_second_service_clearly(self):
        service = self.start()
        self.notified("READY=1")
        second = self.start()
        self.assertEqual(second.wait(PATIENCE), 1)
        self.assertIn("another offhookd uses the registry", second.stderr.read())
        self.end(service)

    def test_names_what_is_wrong_in_its_configuration(self):
        (self.folder / "wrong").write_text("[log]\nlevle = 1\n")
        service = subprocess.run(
            [OFFHOOKD, "--config", str(self.folder / "wrong"), "--state", str(self.folder)],
            capture_output=True, text=True, timeout=PATIENCE, check=False)
        self.assertEqual(service.returncode, 1)
        self.assertIn("wrong:2: there is no option log.levle. Do you mean log.level?", service.stderr)


if __name__ == "__main__":
    unittest.main()
