#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The wizard in a folder of downloads, beside a DLL that somebody has put there: it is not loaded.

With oleacc.dll alone, because Wine's own DLLs import the other candidates (uxtheme, version), which those of Windows do
not; tests/windows/exes_test.py reads the import tables for all of them."""

import os
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True
from wizard_driver import Display, Server, Wizard

PLANTED = "oleacc.dll"


class WindowsOrder(Server):
    """Where the DLL beside the exe comes before Windows' own of that name, as on Windows."""

    def environment(self, display=""):
        environment = super().environment(display)
        environment["WINEDLLOVERRIDES"] += f";{pathlib.Path(PLANTED).stem}=n,b"
        return environment


def main():
    build = pathlib.Path(os.environ["MARS_WINDOWS_BUILD"])
    display = Display()
    server = WindowsOrder(build, "--healthy")
    try:
        downloads = server.folder / "Downloads"
        downloads.mkdir()
        for name in ("mars-wizard.exe", "ui_probe.exe"):
            shutil.copy(build / "wine" / name, downloads)
        # Any DLL will do; this one is at hand.
        shutil.copy(build / "stand_in/task_scheduler.dll", downloads / PLANTED)
        wizard = Wizard(server, display, downloads)
        try:
            wizard.wait_for_checks()
            modules = wizard.modules()
        finally:
            wizard.close()
        assert any(module.lower().endswith("\\system32\\uxtheme.dll") for module in modules), modules
        planted = [module for module in modules if "downloads" in module.lower() and module.lower().endswith(".dll")]
        assert not planted, f"loaded from beside the exe: {planted}"
    finally:
        server.close()
        display.close()


if __name__ == "__main__":
    main()
