#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Ctrl+C, the end of the session and a kill in the middle of a repair that restarts the agent: the agent runs afterwards,
and the settings are as before. Wine's console sends no Ctrl+Break."""

import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "ui"))
from held_agent import Agent, begin_restart, last_journal, make_server, settings
from wizard_driver import wait_for


def check_stop(server, agent, program, first, second):
    console, before = begin_restart(server, agent, program)
    console.tell(*first)
    wait_for("the settings of before", lambda: settings(server) == before)
    assert not agent.is_in("RUNNING")
    # The next one does not cut the roll-back in two.
    console.tell(*second)
    agent.let_start()
    console.expect("ended 1")
    assert agent.is_in("RUNNING")
    assert last_journal(server).endswith("end rolled_back\n"), last_journal(server)
    result = json.loads(console.output.read_text(encoding="utf-8"))
    assert result["status"] == "rolled_back" and result["applied"] is False, result


def check_kill(server, agent, program):
    console, before = begin_restart(server, agent, program)
    console.tell("kill", 1)
    console.expect("ended 9")
    assert settings(server) != before
    agent.let_start()
    listed = json.loads(server.wine(program, "undo", "--list", "--format", "json"))
    newest = listed["entries"][0]
    assert newest["state"] == "interrupted" and newest["status"] == "undoable", newest
    assert newest["plan"][-1]["change"] == "start_service", newest
    undone = json.loads(server.wine(program, "undo", newest["journal"], "--yes", "--format", "json"))
    assert undone["entries"][0]["status"] == "undone", undone
    assert agent.is_in("RUNNING") and settings(server) == before


def main():
    build = pathlib.Path(os.environ["MARS_WINDOWS_BUILD"])
    program = build / "wine/mars-check.exe"
    server = make_server(build)
    try:
        agent = Agent(server)
        check_stop(server, agent, program, ("c", 1), ("c", 1))
        # Windows asks a console program that has windows' libraries in another way; it is told "not now".
        check_stop(server, agent, program, ("session", 0), ("session", 0))
        check_kill(server, agent, program)
    finally:
        server.close()


main()
