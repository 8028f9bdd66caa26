# SPDX-License-Identifier: MIT
"""A server whose agent starts only when it is let, and the console in the middle of a repair that restarts it."""

import json
import pathlib
import subprocess
import tempfile

from wizard_driver import Server, wait_for

CONFIG = r"HKLM\Software\Microsoft\Windows Azure Backup\Config"
SCENARIO = {"engine_start": "manual", "engine_mode": "waits", "scratch_mismatch": True}


def make_server(build):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as scenario:
        json.dump(SCENARIO, scenario)
        scenario.flush()
        return Server(build, "--healthy", "--scenario", scenario.name)


class Agent:
    """Its service starts only when it is let."""

    def __init__(self, server):
        self.server = server
        self.go = server.prefix / "drive_c/stand-in/obengine.go"

    def is_in(self, state):
        return state in self.server.wine("sc", "query", "obengine")

    def run_and_hold_next_start(self):
        self.go.touch()
        if not self.is_in("RUNNING"):
            self.server.wine("sc", "start", "obengine")
            wait_for("the agent", lambda: self.is_in("RUNNING"))
        self.go.unlink()

    def let_start(self):
        self.go.touch()


class Console:
    """mars-check in a console of its own."""

    def __init__(self, server, program, *arguments):
        self.output = server.prefix / "drive_c/stand-in/console.out"
        self.process = subprocess.Popen(
            ["wine", "C:\\stand-in\\console.exe", program, *arguments], env=server.environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.expect("started")

    def expect(self, what):
        line = self.process.stdout.readline().strip()
        assert line == what, (line, what)

    def tell(self, command, answer):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        self.expect(f"{command} {answer}")


def settings(server):
    return server.wine("reg", "query", CONFIG, "/s")


def last_journal(server):
    entries = sorted((server.prefix / "drive_c/ProgramData/MARS Wizard").glob("*.journal"))
    return entries[-1].read_text(encoding="utf-8")


def begin_restart(server, agent, program):
    """Up to the moment in which the agent is stopped and does not start yet."""
    agent.run_and_hold_next_start()
    before = settings(server)
    console = Console(server, program, "repair", "E-2", "--yes", "--even-if-busy-unknown", "--format", "json",
                      "--lang", "en")
    wait_for("the restart", lambda: agent.is_in("START_PENDING"))
    assert settings(server) != before
    return console, before
