#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The wizard on a server in trouble, by keyboard alone: every page in both languages, two repairs, one undo. What it
says is compared with what the server holds."""

import os
import pathlib
import re
import sys
import xml.etree.ElementTree

sys.dont_write_bytecode = True
from wizard_driver import (APPLY, CANCEL, CHANGES, CHOICES, COMPARISON, HEADING, PREVIEW_HEADING, REPAIR, ROWS,
                           SERVER_FACTS, TECHNICAL, Display, Server, Wizard, wait_for)

TASK = "drive_c/windows/system32/tasks/Microsoft/OnlineBackup/Microsoft-OnlineBackup"
KEYS = {"en": {"next": "alt+n", "back": "alt+b"}, "es": {"next": "alt+s", "back": "alt+a"}}
HEADINGS = {
    "en": ["What is going wrong?", "Before you start", "Vault credentials", "Connection to Azure",
           "Encryption key and scratch folder", "Scheduled backups", "Restore and iSCSI", "Backup jobs and warnings",
           "Result"],
    "es": ["¿Qué está fallando?"],
}


def access_keys(controls):
    """Control texts by their access key."""
    keys = {}
    for control in controls:
        found = re.search(r"&([^&\s])", control.text.replace("&&", ""))
        is_label = control.window_class.lower() in ("button", "static")
        if found and is_label and control.enabled:
            keys.setdefault(found[1].lower(), []).append(control.text)
    return keys


def check_access_keys(wizard, page):
    twice = {key: texts for key, texts in access_keys(wizard.controls()).items() if len(texts) > 1}
    assert not twice, f"access keys twice on {page}: {twice}"


def check_walk(server, display, programs, language):
    wizard = Wizard(server, display, programs, "--lang", language)
    try:
        wizard.wait_for_checks()
        seen = [wizard.text(HEADING)]
        check_access_keys(wizard, seen[-1])
        facts = wizard.list(SERVER_FACTS)
        assert any("2.0.9262.0" in cell for line in facts for cell in line), facts
        while True:
            before = wizard.text(HEADING)
            wizard.keys(KEYS[language]["next"])
            wait_for(f"the page after {before}", lambda: wizard.text(HEADING) not in ("", before))
            seen.append(wizard.text(HEADING))
            check_access_keys(wizard, seen[-1])
            if len(seen) == 9:
                break
        expected = HEADINGS[language]
        assert seen[:len(expected)] == expected, seen
        wizard.keys(KEYS[language]["back"])
        wait_for("the page before", lambda: wizard.text(HEADING) == seen[-2])
    finally:
        wizard.close()


def check_error_leads_to_page(wizard):
    wizard.write("34513")
    wait_for("matches", lambda: any("V-1" in line[0] for line in wizard.list(CHOICES)))
    wizard.keys("Return")
    wait_for("the page", lambda: wizard.text(HEADING) == "Vault credentials")
    wizard.keys("alt+b")
    wait_for("the first page", lambda: wizard.text(HEADING) == "What is going wrong?")


def trigger_is_enabled(server):
    root = xml.etree.ElementTree.fromstring((server.prefix / TASK).read_bytes())
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    switches = root.findall("t:Triggers/*/t:Enabled", space)
    return bool(root.findall("t:Triggers/*", space)) and all(switch.text.strip() == "true" for switch in switches)


def repair(wizard, code, verb, key):
    """Previews and makes a repair; Cancel has the focus until the verb is chosen."""
    wizard.go_to_code(code)
    wait_for("the repair button", lambda: wizard.control(REPAIR))
    wizard.keys("alt+p")
    wait_for(verb, lambda: wizard.text(APPLY).replace("&", "") == verb)
    focus = wizard.focus()
    assert focus and focus.id == CANCEL, focus
    check_access_keys(wizard, "the preview of " + code)
    wizard.keys(key)
    wizard.wait_for_text(PREVIEW_HEADING, "Repaired")
    wizard.keys("Return")
    wait_for("the page again", lambda: wizard.control(ROWS))
    wait_for(f"{code} passed", lambda: (wizard.selected(ROWS) or ["", ""])[:2] == [code, "Passed"])


def check_repairs(server, display, programs):
    wizard = Wizard(server, display, programs, "--lang", "en")
    try:
        wizard.wait_for_checks()
        check_error_leads_to_page(wizard)

        assert not trigger_is_enabled(server)
        repair(wizard, "S-3", "Switch the trigger on", "alt+s")
        assert trigger_is_enabled(server)

        assert "RUNNING" not in server.wine("sc", "query", "obengine")
        repair(wizard, "B-3", "Make these changes", "alt+m")
        assert "RUNNING" in server.wine("sc", "query", "obengine")

        wizard.keys("alt+t")
        wizard.wait_for_text(TECHNICAL, "id: basics.service_stopped")
        wizard.keys("F5")
        wizard.wait_for_checks()
        assert wizard.selected(ROWS)[0] == "B-3"

        check_result_and_undo(server, wizard)
        wizard.keys("alt+F4")
        wizard.process.wait(60)
    finally:
        wizard.close()


def check_result_and_undo(server, wizard):
    while wizard.text(HEADING) != "Result":
        before = wizard.text(HEADING)
        wizard.keys("alt+n")
        wait_for("the next page", lambda: wizard.text(HEADING) not in ("", before))
    lines = {line[0]: line for line in wizard.list(COMPARISON)}
    assert lines["S-3"][1:3] == ["Error", "Passed"], lines["S-3"]
    assert lines["B-3"][1:3] == ["Error", "Passed"], lines["B-3"]
    assert len(wizard.list(CHANGES)) == 2, wizard.list(CHANGES)

    wizard.keys("alt+g")
    wait_for("the list of changes", lambda: wizard.focus() and wizard.focus().id == CHANGES)
    wizard.keys("End")
    wait_for("the older repair", lambda: "trigger" in (wizard.selected(CHANGES) or [""])[0])
    wizard.keys("alt+u")
    wait_for("the question", lambda: wizard.titles()[0] == "Undo")
    for _ in range(6):
        focus = wizard.focus()
        if focus and focus.text.replace("&", "") == "Undo":
            break
        wizard.keys("Tab")
    wizard.keys("space")
    wait_for("the undo", lambda: any("Nothing of it remains" in line[1] for line in wizard.list(CHANGES)))
    assert not trigger_is_enabled(server)


def main():
    build = pathlib.Path(os.environ["MARS_WINDOWS_BUILD"])
    programs = build / "wine"
    display = Display()
    try:
        server = Server(build)
        try:
            check_walk(server, display, programs, "en")
            check_walk(server, display, programs, "es")
            check_repairs(server, display, programs)
        finally:
            server.close()
    finally:
        display.close()
    print("the wizard did all that was asked of it")


if __name__ == "__main__":
    main()
