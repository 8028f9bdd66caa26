#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Paths that came along when the wizard was started with an administrator's rights, which under Wine it always is: one
that leads off the computer is not opened, and the person is told what to do. Wine's own trace says what was opened."""

import os
import pathlib
import sys

sys.dont_write_bytecode = True
from wizard_driver import HEADING, ROWS, Display, Server, Wizard, wait_for

SHARE = "\\\\server.example\\share"
# Calls that take a path apart, and no more.
HARMLESS = ("RtlGetFullPathName", "RtlDosPathNameToNtPathName", "RtlDetermineDosPathNameType")


def start(server, display, programs, *arguments):
    """The wizard, and where Wine's trace of it goes."""
    trace = server.folder / "trace"
    with trace.open("wb") as file:
        return Wizard(server, display, programs, "--lang", "en", *arguments, trace=file), trace


def opened_on_share(trace):
    lines = trace.read_text("utf-8", "replace").splitlines()
    assert any("CreateFile" in line for line in lines), "Wine traced nothing"
    return [line for line in lines if "server.example" in line and not any(call in line for call in HARMLESS)]


def check_credentials(server, display, programs):
    """The page says that the file is not opened and what to do; the rows go by what is found here."""
    wizard, trace = start(server, display, programs, "--section", "credentials", "--credentials",
                          SHARE + "\\new.VaultCredentials")
    try:
        wizard.wait_for_checks()
        wizard.wait_for_text(HEADING, "Vault credentials")
        says = [control.text for control in wizard.controls() if "is not opened with" in control.text]
        assert len(says) == 1 and SHARE in says[0] and "choose it here" in says[0], says
        states = {row[0]: row[1] for row in wizard.list(ROWS)}
        assert {states[code] for code in ("V-1", "V-2", "V-3", "V-4", "V-5")} == {"Passed"}, states
        assert not opened_on_share(trace), opened_on_share(trace)[:5]
    finally:
        wizard.close()


def check_refused(server, display, programs, option):
    wizard, trace = start(server, display, programs, option, SHARE + "\\file.xml")
    try:
        wait_for("the refusal", lambda: any("is not on a drive of this server" in control.text
                                            for control in wizard.controls()))
        assert not opened_on_share(trace), opened_on_share(trace)[:5]
    finally:
        wizard.close()


def main():
    build = pathlib.Path(os.environ["MARS_WINDOWS_BUILD"])
    programs = build / "wine"
    display = Display()
    try:
        server = Server(build, "--healthy")
        try:
            check_credentials(server, display, programs)
            for option in ("--machine", "--plan"):
                check_refused(server, display, programs, option)
        finally:
            server.close()
    finally:
        display.close()
    print("nothing was opened that the starter need not be allowed to name")


if __name__ == "__main__":
    main()
