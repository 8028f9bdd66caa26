#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The window is closed, and the session ends, while the wizard undoes or repairs: nothing is cut in two, the agent runs
afterwards, and then the window goes. What is said of a repair that did not reach its end, and the way to be rid of it.
"""

import os
import pathlib
import sys

sys.dont_write_bytecode = True
from held_agent import Agent, begin_restart, last_journal, make_server, settings
from wizard_driver import APPLY, CHANGES, HEADING, PROGRESS_TEXT, REPAIR, Display, Wizard, wait_for

ROLL_BACK, ROLL_BACK_TEXT, SEEN, NO_JOB_RUNS = 6303, 6304, 6308, 6404
# As version 0.1.0 wrote it.
DELETION = """<journal schema="1"><header><root_cause>credentials.temp_folder_full</root_cause>\
<tool_version>0.1.0</tool_version><when>2026-03-01T10:00:00Z</when><who>somebody</who><context>wizard</context></header>\
<plan disturbs="no"><delete_temporary_files><folder>C:\\windows\\temp</folder><files>70000</files><bytes>0</bytes>\
</delete_temporary_files></plan></journal>
begin 1
"""


def interrupt(server, agent, program):
    """A restart that died while the agent was stopped."""
    console, before = begin_restart(server, agent, program)
    console.tell("kill", 1)
    console.expect("ended 9")
    server.wine("sc", "stop", "obengine")
    return before


def check_close_during_undo(server, agent, display, programs):
    before = interrupt(server, agent, programs / "mars-check.exe")
    wizard = Wizard(server, display, programs, "--lang", "en")
    try:
        wizard.wait_for_checks()
        assert "did not reach its end" in wizard.text(ROLL_BACK_TEXT), wizard.text(ROLL_BACK_TEXT)
        assert wizard.control(ROLL_BACK) and not wizard.control(SEEN)
        wizard.go_to_code("S-3")
        while wizard.text(HEADING) != "Result":
            page = wizard.text(HEADING)
            wizard.keys("alt+n")
            wait_for("the next page", lambda: wizard.text(HEADING) not in ("", page))
        wizard.keys("alt+g")
        wait_for("the page of the changes", lambda: wizard.text(HEADING) == "What was changed on this server")
        wait_for("the entry", lambda: (wizard.selected(CHANGES) or [""] * 4)[3] == "Did not reach its end")
        wizard.keys("alt+u")
        wait_for("the question", lambda: wizard.titles()[0] == "Undo")
        wizard.answer("Undo")
        wait_for("the settings of before", lambda: settings(server) == before)
        wait_for("the agent's start", lambda: agent.is_in("START_PENDING"))

        wizard.ask("close")
        wizard.wait_for_text(PROGRESS_TEXT, "The window closes as soon as nothing is left half done.")
        assert wizard.ask("session") == ["0"]
        assert wizard.process.poll() is None
        agent.let_start()
        wizard.process.wait(60)
    finally:
        wizard.close()
    assert agent.is_in("RUNNING")
    assert last_journal(server).endswith("end rolled_back\n"), last_journal(server)


def check_session_end_during_repair(server, agent, display, programs):
    agent.run_and_hold_next_start()
    before = settings(server)
    wizard = Wizard(server, display, programs, "--lang", "en")
    try:
        wizard.wait_for_checks()
        wizard.go_to_code("E-2")
        wait_for("the repair button", lambda: wizard.control(REPAIR))
        wizard.keys("alt+p")
        wait_for("the plan", lambda: wizard.text(APPLY))
        if wizard.control(NO_JOB_RUNS):
            wizard.keys("alt+n")
        wizard.keys("alt+m")
        wait_for("the agent's start", lambda: agent.is_in("START_PENDING"))
        assert wizard.ask("session") == ["0"]
        wait_for("the settings of before", lambda: settings(server) == before)
        agent.let_start()
        wizard.process.wait(60)
    finally:
        wizard.close()
    assert agent.is_in("RUNNING") and settings(server) == before
    assert last_journal(server).endswith("end rolled_back\n"), last_journal(server)


def check_bar(server, display, programs):
    """What cannot be undone is not offered for roll-back, and OK is the last that one hears of it."""
    folder = server.prefix / "drive_c/ProgramData/MARS Wizard"
    entry = folder / "20260301T100000Z-credentials.temp_folder_full-1.journal"
    entry.write_text(DELETION, encoding="utf-8")
    for language, words, ok in (("es", "no se puede deshacer", None), ("en", "cannot be undone", "alt+k")):
        wizard = Wizard(server, display, programs, "--lang", language)
        try:
            wizard.wait_for_checks()
            wizard.wait_for_text(ROLL_BACK_TEXT, words)
            assert not wizard.control(ROLL_BACK) and wizard.control(SEEN)
            if ok:
                wizard.keys(ok)
                wait_for("no bar", lambda: not wizard.control(ROLL_BACK_TEXT))
        finally:
            wizard.close()
    assert entry.read_text(encoding="utf-8").endswith("seen\nresume\n")
    wizard = Wizard(server, display, programs, "--lang", "en")
    try:
        wizard.wait_for_checks()
        assert not wizard.control(ROLL_BACK_TEXT)
    finally:
        wizard.close()


def main():
    build = pathlib.Path(os.environ["MARS_WINDOWS_BUILD"])
    programs = build / "wine"
    display = Display()
    server = make_server(build)
    server.display = display.name
    try:
        agent = Agent(server)
        check_close_during_undo(server, agent, display, programs)
        check_session_end_during_repair(server, agent, display, programs)
        check_bar(server, display, programs)
    finally:
        server.close()
        display.close()


main()
