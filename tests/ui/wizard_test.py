#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The wizard on a server in trouble, by keyboard alone: every page in both languages, two repairs, one undo; a support
plan on it, and a recording of it. What it says is compared with what the server holds."""

import os
import pathlib
import re
import sys
import xml.etree.ElementTree

sys.dont_write_bytecode = True
from wizard_driver import (APPLY, BUNDLE_CONTENT, BUNDLE_PARTS, BUNDLE_REMOVED, CANCEL, CHANGE_DETAILS, CHANGES,
                           CHOICES, COMPARISON, HEADING, PAGES, PLAN_LINES, PLAN_NOTE, PLAN_STEP, PREVIEW_HEADING,
                           RECORDING, REPAIR, ROWS, SAVE_BUNDLE, SERVER_FACTS, TECHNICAL, UNDO, Display, Server,
                           Wizard, capture, wait_for)

TASK = "drive_c/windows/system32/tasks/Microsoft/OnlineBackup/Microsoft-OnlineBackup"
KEYS = {"en": {"next": "alt+n", "back": "alt+b"}, "es": {"next": "alt+s", "back": "alt+a"}}
HEADINGS = {
    "en": ["What is going wrong?", "Before you start", "Vault credentials", "Connection to Azure",
           "Encryption key and scratch folder", "Scheduled backups", "Restore and iSCSI", "Backup jobs and warnings",
           "Result", "What was changed on this server"],
    "es": ["¿Qué está fallando?"],
}


WORST_FIRST = ["Error", "Warning", "Advice", "Could not check"]
# What app/support/support_plan.cpp writes. The note is plain text, whatever it looks like.
PLAN = """<?xml version="1.0" encoding="utf-8"?>
<support_plan schema="1" tool="0.1.0" made="2026-03-01T10:00:00Z">
  <step id="scheduling.trigger_disabled"><note>&lt;b&gt;Begin here&lt;/b&gt;</note></step>
  <step id="basics.service_stopped"/>
</support_plan>
"""


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
        assert any("2.0.9118.0" in cell for line in facts for cell in line), facts
        while True:
            before = wizard.text(HEADING)
            wizard.keys(KEYS[language]["next"])
            wait_for(f"the page after {before}", lambda: wizard.text(HEADING) not in ("", before))
            seen.append(wizard.text(HEADING))
            check_access_keys(wizard, seen[-1])
            if len(seen) == 10:
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


def go_to_result(wizard):
    while wizard.text(HEADING) != "Result":
        before = wizard.text(HEADING)
        wizard.keys("alt+n")
        wait_for("the next page", lambda: wizard.text(HEADING) not in ("", before))


def check_bundle(wizard):
    """What is in a bundle is seen before it is saved, by kind and letter by letter."""
    wizard.keys("alt+d")
    wait_for("the look at the bundle", lambda: wizard.titles()[0] == "Support bundle")
    check_access_keys(wizard, "the look at the bundle")
    parts = {line[0]: line for line in wizard.list(BUNDLE_PARTS)}
    assert int(parts["Registry values"][1]) > 5, parts
    assert "Computer names" in wizard.text(BUNDLE_REMOVED), wizard.text(BUNDLE_REMOVED)
    assert not wizard.control(BUNDLE_CONTENT)
    wizard.keys("alt+l")
    wait_for("the text of the bundle", lambda: "<recording" in wizard.text(BUNDLE_CONTENT))
    assert "SRV-FILES01" not in wizard.text(BUNDLE_CONTENT)
    wizard.keys("Escape")
    wait_for("the page again", lambda: wizard.titles()[0] != "Support bundle")


def check_result_and_undo(server, wizard):
    go_to_result(wizard)
    lines = {line[0]: line for line in wizard.list(COMPARISON)}
    assert lines["S-3"][1:3] == ["Error", "Passed"], lines["S-3"]
    assert lines["B-3"][1:3] == ["Error", "Passed"], lines["B-3"]
    check_bundle(wizard)

    wizard.keys("alt+g")
    wait_for("the page of the changes", lambda: wizard.text(HEADING) == "What was changed on this server")
    wait_for("both repairs", lambda: len(wizard.list(CHANGES)) == 2)
    wizard.keys("alt+r")
    wait_for("the list of changes", lambda: wizard.focus() and wizard.focus().id == CHANGES)
    wizard.keys("End")
    wait_for("the older repair", lambda: "trigger" in (wizard.selected(CHANGES) or [""])[0])
    assert wizard.selected(CHANGES)[3] == "Can be undone", wizard.selected(CHANGES)
    wizard.wait_for_text(CHANGE_DETAILS, "disabled becomes enabled")
    assert "It is still as the repair left it." in wizard.text(CHANGE_DETAILS), wizard.text(CHANGE_DETAILS)
    wizard.keys("alt+u")
    wait_for("the question", lambda: wizard.titles()[0] == "Undo")
    wizard.answer("Undo")
    wait_for("the undo", lambda: any(line[3] == "Undone" for line in wizard.list(CHANGES)))
    assert not trigger_is_enabled(server)
    wizard.wait_for_text(CHANGE_DETAILS, "It is as it was before the repair.")


def check_symptom(server, display, programs):
    """What a person sees leads to a page of its own, with checks of several sections in an order of their own."""
    wizard = Wizard(server, display, programs, "--lang", "en", "--symptom", "schedule_does_not_run")
    try:
        wizard.wait_for_checks()
        wizard.wait_for_text(HEADING, "Scheduled backups do not run, but a backup by hand works")
        check_access_keys(wizard, "a symptom")
        codes = [row[0] for row in wizard.list(ROWS)]
        assert len({code[0] for code in codes}) > 1, codes
        assert wizard.list(PAGES)[1][0] == "Your problem", wizard.list(PAGES)
        wizard.keys("alt+n")
        wizard.wait_for_text(HEADING, "Before you start")
        wizard.keys("alt+b")
        wizard.wait_for_text(HEADING, "Scheduled backups do not run")
        wizard.go_to_code("S-3")
        assert wizard.text(HEADING) == "Scheduled backups", wizard.text(HEADING)
    finally:
        wizard.close()


def check_plan(server, display, programs):
    """Somebody else's plan is the first thing to be seen, with its notes; the other pages stay."""
    (server.prefix / "drive_c/plan.xml").write_text(PLAN, encoding="utf-8")
    wizard = Wizard(server, display, programs, "--lang", "en", "--plan", "C:\\plan.xml")
    try:
        wizard.wait_for_checks()
        wizard.wait_for_text(HEADING, "Plan from support")
        check_access_keys(wizard, "the plan")
        rows = wizard.list(ROWS)
        assert [row[:3] for row in rows] == [["1", "S-3", "Error"], ["2", "B-3", "Error"]], rows
        assert wizard.selected(ROWS)[0] == "1"
        assert wizard.text(PLAN_STEP) == "Step 1 of 2", wizard.text(PLAN_STEP)
        assert "<b>Begin here</b>" in wizard.text(PLAN_NOTE), wizard.text(PLAN_NOTE)
        wizard.keys("Down")
        wizard.wait_for_text(PLAN_STEP, "Step 2 of 2")
        assert not wizard.control(PLAN_NOTE)
        wizard.keys("alt+n")
        wizard.wait_for_text(HEADING, "Before you start")
        wizard.go_to_code("S-3")
        assert wizard.text(HEADING) == "Scheduled backups", wizard.text(HEADING)
    finally:
        wizard.close()


def check_recording(server, display, programs):
    """Everything can be looked at, nothing changed, and a plan can be made."""
    bundle = capture(server, programs, "bundle.xml")
    wizard = Wizard(server, display, programs, "--lang", "en", "--machine", f"C:\\{bundle.name}")
    try:
        wizard.wait_for_checks()
        wizard.wait_for_text(RECORDING, "Read-only")
        assert "Its names are stand-ins." in wizard.text(RECORDING), wizard.text(RECORDING)
        wizard.go_to_code("S-3")
        assert wizard.selected(ROWS)[1] == "Error", wizard.selected(ROWS)
        wizard.keys("alt+t")
        wizard.wait_for_text(TECHNICAL, "recording: yes")
        assert "Read-only" in wizard.text(RECORDING)
        check_access_keys(wizard, "a recording")
        go_to_result(wizard)
        check_access_keys(wizard, "the result of a recording")
        assert not wizard.control(SAVE_BUNDLE) and not wizard.control(UNDO)
        check_making_a_plan(wizard)
    finally:
        wizard.close()


def check_making_a_plan(wizard):
    wizard.keys("alt+p")
    wait_for("the plan", lambda: wizard.titles()[0] == "Support plan")
    check_access_keys(wizard, "a plan that is being made")
    lines = wizard.list(PLAN_LINES)
    states = [line[1] for line in lines]
    assert states[0] == "Error" and states == sorted(states, key=WORST_FIRST.index), states
    first, second = lines[0][0], lines[1][0]
    wizard.keys("alt+d")
    wait_for("the line below", lambda: [line[0] for line in wizard.list(PLAN_LINES)][:2] == [second, first])
    wizard.keys("alt+n")
    wizard.write("Look here.")
    wait_for("the mark of a note", lambda: wizard.list(PLAN_LINES)[1][3] == "Yes")
    wizard.keys("Escape")
    wait_for("the page again", lambda: wizard.titles()[0] != "Support plan")


def main():
    build = pathlib.Path(os.environ["MARS_WINDOWS_BUILD"])
    programs = build / "wine"
    display = Display()
    try:
        server = Server(build)
        try:
            check_walk(server, display, programs, "en")
            check_walk(server, display, programs, "es")
            check_symptom(server, display, programs)
            check_plan(server, display, programs)
            check_recording(server, display, programs)
            check_repairs(server, display, programs)
        finally:
            server.close()
    finally:
        display.close()
    print("the wizard did all that was asked of it")


if __name__ == "__main__":
    main()
