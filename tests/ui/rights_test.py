#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Without an administrator's rights, as a double-click starts it: the wizard looks and says what it lacks, nothing can be
changed, and one button continues as administrator on the same row. The console says so, too. Wine 8 always gives these
rights, so there this test is skipped."""

import json
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
from wizard_driver import APPLY, HEADING, PREVIEW_HEADING, REPAIR, ROWS, Display, Server, Wizard, wait_for

SKIPPED = 77
BAR_TEXT, CONTINUE, PREVIEW_NOTES = 6301, 6302, 6403
TASK = "drive_c/windows/system32/tasks/Microsoft/OnlineBackup/Microsoft-OnlineBackup"


def wine_version():
    """The first number of "wine-10.0 (Debian ...)"."""
    version = subprocess.run(["wine", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return int(re.search(rb"wine-(\d+)", version.stdout)[1])


def check_console(server, programs):
    program = programs / "mars-check.exe"
    told = json.loads(server.wine(program, "run", "--section", "scheduling", "--format", "json"))
    assert told["machine"]["elevated"] is False, told["machine"]
    refused = json.loads(server.wine(program, "repair", "S-3", "--yes", "--format", "json"))
    assert refused["status"] == "needs_administrator", refused


def check_wizard(server, display, programs, language, words, keys):
    task = (server.prefix / TASK).read_bytes()
    wizard = Wizard(server, display, programs, "--lang", language)
    try:
        wizard.wait_for_checks()
        wizard.wait_for_text(BAR_TEXT, words["bar"])
        assert wizard.control(CONTINUE).text.replace("&", "") == words["continue"]
        wizard.go_to_code("S-3")
        wait_for("the repair button", lambda: wizard.control(REPAIR))
        page = wizard.text(HEADING)
        wizard.keys(keys["preview"])
        wait_for("the plan", lambda: wizard.text(APPLY))
        assert wizard.text(APPLY).replace("&", "") == words["continue"], wizard.text(APPLY)
        assert words["note"] in wizard.text(PREVIEW_NOTES), wizard.text(PREVIEW_NOTES)
        assert (server.prefix / TASK).read_bytes() == task
        assert not (server.prefix / "drive_c/ProgramData/MARS Wizard").exists()

        wizard.keys(keys["continue"])
        # The window without rights goes; another one is there, with the same page and row.
        wizard.process.wait(60)
        wizard.wait_for_checks()
        wait_for("the same row", lambda: (wizard.selected(ROWS) or [""])[0] == "S-3")
        assert wizard.text(HEADING) == page
        wait_for("the repair button", lambda: wizard.control(REPAIR))
        wizard.keys(keys["preview"])
        wait_for("the plan", lambda: wizard.text(APPLY))
        assert wizard.text(APPLY).replace("&", "") == words["apply"], wizard.text(APPLY)
        if "apply" in keys:
            wizard.keys(keys["apply"])
            wizard.wait_for_text(PREVIEW_HEADING, words["repaired"])
            assert (server.prefix / TASK).read_bytes() != task
            wizard.keys("Escape")
        else:
            wizard.keys("Escape")
            assert (server.prefix / TASK).read_bytes() == task
        wait_for("the page", lambda: not wizard.control(APPLY))
        wizard.ask("close")
        wait_for("the end of the wizard", lambda: not wizard.titles())
    finally:
        wizard.close()


def main():
    if wine_version() < 10:
        sys.exit(SKIPPED)
    os.environ["MARS_TESTS_WITHOUT_RIGHTS"] = "1"
    build = pathlib.Path(os.environ["MARS_WINDOWS_BUILD"])
    programs = build / "wine"
    display = Display()
    server = Server(build)
    server.display = display.name
    try:
        check_console(server, programs)
        check_wizard(server, display, programs, "en",
                     {"bar": "Without administrator rights", "continue": "Continue as administrator",
                      "note": "Repairs need administrator rights", "apply": "Switch the trigger on"},
                     {"preview": "alt+p", "continue": "alt+a"})
        check_wizard(server, display, programs, "es",
                     {"bar": "Sin derechos de administrador", "continue": "Continuar como administrador",
                      "note": "derechos de administrador", "apply": "Habilitar el desencadenador",
                      "repaired": "Reparado."},
                     {"preview": "alt+v", "continue": "alt+m", "apply": "alt+h"})
    finally:
        server.close()
        display.close()


main()
