# SPDX-License-Identifier: MIT
"""Drives the wizard on a demonstration server as a person with a keyboard does, and reads it as a screen reader does.
Every wait is for a state, with a limit."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
DEMO = HERE.parent / "demo"
LIMIT = float(os.environ.get("MARS_UI_LIMIT", "120"))

# wizard_pages/control_ids.h
PAGES, PROGRESS_TEXT, STOP = 6001, 6007, 6006
ERROR_TEXT, CHOICES, SERVER_FACTS, OPEN_FILE = 6101, 6102, 6103, 6104
ROWS, HEADING, SUMMARY = 6201, 6202, 6203
ROW_TITLE, MEANING, EVIDENCE, REPAIR, TECHNICAL = 6210, 6211, 6212, 6214, 6220
PLAN_STEP, PLAN_NOTE = 6223, 6224
RECORDING = 6305
PREVIEW_HEADING, PREVIEW_CHANGES, APPLY, CANCEL = 6401, 6402, 6405, 6406
COMPARISON, CHANGES, UNDO, SAVE_BUNDLE, JOURNAL_PATH, BUNDLE_CONTENT = 6501, 6502, 6503, 6507, 6508, 6512
CHANGE_DETAILS, BUNDLE_PARTS, BUNDLE_REMOVED, PLAN_LINES = 6601, 6701, 6702, 6801


def wait_for(what, condition, limit=None):
    """Until the condition gives something true, which is returned."""
    end = time.monotonic() + (limit or LIMIT)
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.1)


def memory_folder():
    shm = pathlib.Path("/dev/shm")
    return shm if shm.is_dir() and os.access(shm, os.W_OK) else pathlib.Path(tempfile.gettempdir())


class Display:
    """An X server of its own."""

    def __init__(self, size="1152x784"):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"], pass_fds=[write],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"

    def close(self):
        self.process.terminate()
        self.process.wait()


class Server:
    """A demonstration server that runs until close(). `display`: where the windows of its programs are shown. The
    first window decides that for all that follow, so it is set before a program makes one, be it hidden."""

    display = ""

    def __init__(self, build, *options):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mars-wizard-ui.", dir=memory_folder()))
        self.prefix = self.folder / "server"
        subprocess.run([DEMO / "make_server", self.prefix, build, *options], check=True, stdin=subprocess.DEVNULL)
        script = f'source "{DEMO}/server.sh"; start_server "$1" && echo ready && read -r; stop_server "$1"'
        self.holder = subprocess.Popen(["bash", "-c", script, "server", self.prefix], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
        if self.holder.stdout.readline().strip() != "ready":
            self.close()
            raise RuntimeError("the demonstration server did not start")

    def environment(self, display=""):
        environment = {**os.environ, "WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all",
                       "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d"}
        environment.pop("DISPLAY", None)
        display = display or self.display
        return {**environment, "DISPLAY": display} if display else environment

    def wine(self, *arguments):
        done = subprocess.run(["wine", *map(str, arguments)], env=self.environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=LIMIT, check=False)
        return done.stdout.decode("utf-8", "replace")

    def close(self):
        self.holder.communicate("stop\n", timeout=LIMIT)
        shutil.rmtree(self.folder, ignore_errors=True)


def capture(server, programs, name, *options):
    """A recording of the server in the root of its drive; returns the file as this computer sees it."""
    path = server.prefix / "drive_c" / name
    path.unlink(missing_ok=True)
    server.wine(pathlib.Path(programs) / "mars-check.exe", "capture", "--out", f"C:\\{name}", *options)
    assert path.is_file(), "nothing was captured"
    return path


def unescape(text):
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), text)


class Control:
    def __init__(self, line):
        number, self.window_class, disabled, focus, text = line.split("\t")
        self.id = int(number)
        self.enabled = not disabled
        self.focused = bool(focus)
        self.text = unescape(text)

    def __repr__(self):
        return f"<{self.id} {self.window_class} {self.text!r}>"


class Wizard:
    """The wizard's window. Close it with close(). `trace`: an open file that gets what Wine says about files."""

    def __init__(self, server, display, programs, *arguments, trace=None):
        self.environment = server.environment(display.name)
        programs = pathlib.Path(programs)
        traced = {**self.environment, "WINEDEBUG": "+file"} if trace else self.environment
        self.process = subprocess.Popen(["wine", programs / "mars-wizard.exe", *arguments], env=traced,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=trace or subprocess.DEVNULL)
        self.probe = subprocess.Popen(["wine", programs / "ui_probe.exe"], env=self.environment, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        wait_for("the wizard's window", self.titles)

    def ask(self, command):
        self.probe.stdin.write(command.encode() + b"\n")
        self.probe.stdin.flush()
        lines = []
        while (line := self.probe.stdout.readline().decode("utf-8", "replace").rstrip("\r\n")) != ".":
            if not line and self.probe.poll() is not None:
                raise AssertionError("the probe ended")
            lines.append(line)
        return lines

    def titles(self):
        """Of the program's windows, the front one first."""
        return [unescape(line) for line in self.ask("windows") if line]

    def controls(self):
        return [Control(line) for line in self.ask("controls")]

    def control(self, number):
        return next((control for control in self.controls() if control.id == number), None)

    def text(self, number):
        control = self.control(number)
        return control.text if control else ""

    def list(self, number):
        """Lines of cells."""
        return [[unescape(cell) for cell in line.split("\t")[1:]] for line in self.ask(f"list {number}")]

    def modules(self):
        """The files of the DLLs that the program has loaded."""
        return [unescape(line) for line in self.ask("modules")]

    def selected(self, number):
        return next(([unescape(cell) for cell in line.split("\t")[1:]] for line in self.ask(f"list {number}")
                     if line.startswith("selected")), None)

    def focus(self):
        return next((control for control in self.controls() if control.focused), None)

    def xdotool(self, *arguments):
        return subprocess.run(["xdotool", *arguments], env=self.environment, check=False, timeout=LIMIT,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True).stdout.strip()

    def bring_to_front(self):
        """Without a window manager nobody else gives the keyboard to a new window."""
        title = self.titles()[0]
        found = self.xdotool("search", "--onlyvisible", "--name", f"^{re.escape(title)}$").split()
        if found and self.xdotool("getwindowfocus") != found[-1]:
            self.xdotool("windowfocus", "--sync", found[-1])

    def keys(self, *names):
        self.bring_to_front()
        self.xdotool("key", "--delay", "30", *names)

    def write(self, text):
        self.bring_to_front()
        self.xdotool("type", "--delay", "30", text)

    def wait_for_text(self, number, expected):
        """Until the control's text contains it."""
        return wait_for(f"{expected!r} in {number}", lambda: expected in self.text(number))

    def wait_for_checks(self):
        wait_for("the end of all checks", lambda: self.text(PROGRESS_TEXT) and not self.control(STOP))

    def go_to_code(self, code):
        before = len(self.titles())
        self.keys("ctrl+g")
        wait_for("the box for a step code", lambda: len(self.titles()) > before)
        self.write(code)
        self.keys("Return")
        wait_for(f"the row {code}", lambda: (self.selected(ROWS) or [""])[0] == code)

    def press(self, is_wanted):
        """The button that is wanted, which the Tab key leads to."""
        def reach():
            focus = self.focus()
            if focus and is_wanted(focus):
                return True
            self.keys("Tab")
            return False
        wait_for("the button", reach)
        self.keys("space")

    def answer(self, text):
        """With the button of this text, of a question that is on the screen."""
        self.press(lambda control: control.text.replace("&", "") == text)

    def picture(self, path):
        """Of the whole screen, once nothing on it changes any more."""
        last = b""

        def is_still():
            nonlocal last
            before = last
            last = subprocess.run(["import", "-window", "root", "-trim", "+repage",
                                   "-define", "png:exclude-chunks=date,time", "png:-"],
                                  env=self.environment, stdout=subprocess.PIPE, check=True, timeout=LIMIT).stdout
            return last == before
        wait_for("a screen that is still", is_still)
        path.write_bytes(last)

    def close(self):
        self.probe.stdin.close()
        self.process.terminate()
        for process in (self.probe, self.process):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
