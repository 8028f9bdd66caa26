#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What can be tried without the agent on a real Windows: the Windows tests, repairs of a real task and a real service,
and the wizard's window. pack_for_windows gathers what it needs.

  on_windows.py --throw-away RESULTS            on a Windows Server, as administrator
  on_windows.py --wine PREFIX RESULTS           on Debian, in a demonstration server without an agent

--throw-away says that this computer may be thrown away afterwards: the script makes the keys, the service (obengine) and
the tasks of an agent whose program does nothing, and takes them away again. It refuses where a real agent is. What it
found is in RESULTS; it ends with 0 where everything was as expected.
"""

import argparse
import contextlib
import ctypes
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
AGENT = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup"
FOLDER = r"C:\MARS Wizard test"
SERVICE = "obengine"
TASKS = r"\Microsoft\OnlineBackup"
MAIN, STATE = "Microsoft-OnlineBackup", "Microsoft-OnlineBackup-SystemStateBackup"
PHOTOGRAPH = """
Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$screen = [System.Windows.Forms.SystemInformation]::VirtualScreen
$picture = New-Object System.Drawing.Bitmap $screen.Width, $screen.Height
$graphics = [System.Drawing.Graphics]::FromImage($picture)
$graphics.CopyFromScreen($screen.Location, [System.Drawing.Point]::Empty, $screen.Size)
$picture.Save('FILE')
"""
DELETE_TASK_FOLDER = """
$scheduler = New-Object -ComObject Schedule.Service
$scheduler.Connect()
$scheduler.GetFolder('\\Microsoft').DeleteFolder('OnlineBackup', 0)
"""


class Windows:
    """This computer."""

    environment = dict(os.environ)
    # Of the Windows tests only.
    tests_environment = {"MARS_TESTS_MAY_CHANGE_THIS_COMPUTER": "1"}
    prefix_words = []

    def place(self, path):
        """Where a path of that Windows is for this script."""
        return pathlib.Path(path)

    def is_administrator(self):
        return bool(ctypes.windll.shell32.IsUserAnAdmin())

    def start(self, *words, **options):
        return subprocess.Popen([*self.prefix_words, *map(str, words)], **{"env": self.environment, **options})

    def run(self, *words, seconds=120, **options):
        # Not through pipes: under Wine whatever the first program starts would hold them open.
        with tempfile.TemporaryFile() as out:
            with self.start(*words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, **options) as process:
                try:
                    process.wait(seconds)
                except subprocess.TimeoutExpired:
                    process.kill()
            out.seek(0)
            return process.returncode, out.read().decode("utf-8", "replace").replace("\r\n", "\n")

    def powershell(self, script):
        return self.run("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", script)

    def task(self, name):
        """The task's XML; empty where there is none."""
        code, xml = self.run("schtasks.exe", "/query", "/tn", rf"{TASKS}\{name}", "/xml")
        return xml if code == 0 else ""

    def delete_task_folder(self):
        self.powershell(DELETE_TASK_FOLDER)

    def photograph(self, file):
        return self.powershell(PHOTOGRAPH.replace("FILE", str(file)))


class Wine(Windows):
    """A Wine prefix, so that this script is tried before it is needed."""

    tests_environment = {**Windows.tests_environment, "MARS_TESTS_AS_ON_WINDOWS": "1"}
    prefix_words = ["wine"]

    def __init__(self, prefix):
        self.drive = pathlib.Path(prefix).resolve() / "drive_c"
        self.environment = {**os.environ, "WINEPREFIX": str(self.drive.parent), "WINEDEBUG": "-all",
                            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d"}

    def place(self, path):
        return self.drive / path.removeprefix("C:\\").replace("\\", "/")

    def is_administrator(self):
        return True

    def task(self, name):
        file = self.drive / f"windows/system32/tasks/Microsoft/OnlineBackup/{name}"
        return file.read_bytes().decode("utf-16") if file.exists() else ""

    def delete_task_folder(self):
        shutil.rmtree(self.drive / "windows/system32/tasks/Microsoft/OnlineBackup", ignore_errors=True)

    def photograph(self, file):
        done = subprocess.run(["import", "-window", "root", file], env=self.environment, check=False, timeout=60,
                              stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True)
        return done.returncode, done.stdout


class Trial:
    def __init__(self, windows, programs, results):
        self.windows = windows
        self.programs = programs
        self.results = results
        self.failures = []
        results.mkdir(parents=True, exist_ok=True)

    def check(self, good, what, detail=""):
        print(("ok      " if good else "FAILED  ") + what, flush=True)
        if not good:
            self.failures.append(what)
            print("        " + str(detail).replace("\n", "\n        "), flush=True)
        return good

    def record(self, name, *words):
        """Keeps what a command says, for whoever reads the results."""
        code, out = self.windows.run(*words)
        (self.results / name).write_text(f"{' '.join(words)}\nexit {code}\n\n{out}", encoding="utf-8")

    def must(self, *words):
        code, out = self.windows.run(*words)
        if code != 0:
            raise SystemExit(f"{' '.join(map(str, words))}: exit {code}\n{out}")

    def mars(self, *words):
        """(exit code, JSON) of mars-check."""
        code, out = self.windows.run(self.programs / "mars-check.exe", *words, "--format", "json", seconds=300)
        try:
            return code, json.loads(out)
        except ValueError:
            return code, {"no JSON": out}

    def wait_for(self, what, condition, seconds=60):
        end = time.monotonic() + seconds
        while not (value := condition()):
            if time.monotonic() > end:
                return self.check(False, f"waited in vain for {what}")
            time.sleep(0.2)
        return value

    # ---- What is asked in another way than the product asks

    def registry(self, key, name):
        out = self.windows.run("reg.exe", "query", key, "/v", name)[1]
        found = re.search(r"^\s+" + re.escape(name) + r"\s+REG_\w+\s+(.*?)$", out, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else None

    def state(self):
        found = re.search(r"STATE\s*:\s*\d+\s+(\w+)", self.windows.run("sc.exe", "query", SERVICE)[1])
        return found[1] if found else None

    def start_type(self):
        return self.registry(rf"HKLM\SYSTEM\CurrentControlSet\Services\{SERVICE}", "Start")

    # ---- An agent that does nothing

    def agent_is_here(self):
        return (self.windows.run("reg.exe", "query", AGENT)[0] == 0 or self.state() is not None
                or any(self.windows.task(name) for name in (MAIN, STATE)))

    def make_agent(self):
        folder = self.windows.place(FOLDER)
        for name in ("bin", "Temp", "Scratch", "Old scratch"):
            (folder / name).mkdir(parents=True)
        shutil.copy(self.programs / "stand_in/agent_service.exe", folder / "bin/cbengine.exe")
        (folder / "Scratch/OnlineBackup.KEK").write_bytes(bytes(range(256)))
        (folder / "Temp/CBEngineCurr.errlog").write_bytes(
            b"0B5C\t1E40\t01/02\t12:00:00.000\t71\tx.cpp(1)\t[0]\tG\t\tNORMAL\tBackup completed successfully\r\n")
        long_ago = time.time() - 9 * 24 * 3600
        os.utime(folder / "Temp/CBEngineCurr.errlog", (long_ago, long_ago))
        for key, name, value in ((r"\Setup", "InstallPath", FOLDER + "\\"), (r"\Config", "ScratchLocation", FOLDER + r"\Scratch"),
                                 (r"\Config\CloudBackupProvider", "ScratchLocation", FOLDER + r"\Old scratch")):
            self.must("reg.exe", "add", AGENT + key, "/v", name, "/t", "REG_SZ", "/d", value, "/f")
        self.must("sc.exe", "create", SERVICE, "binPath=", rf'"{FOLDER}\bin\cbengine.exe" {SERVICE} ok', "start=", "disabled")
        words = {"computer": os.environ.get("COMPUTERNAME", "SERVER"), "trigger_enabled": "false", "enabled": "false",
                 "multiple_instances": "Parallel", "account": "<UserId>S-1-5-18</UserId>"}
        source = HERE / "tasks" if (HERE / "tasks").is_dir() else HERE.parent / "demo/tasks"
        for name in (MAIN, STATE):
            text = (source / f"{name}.xml").read_text(encoding="utf-8")
            for word, value in words.items():
                text = text.replace("{" + word + "}", value)
            (folder / f"{name}.xml").write_bytes(text.encode("utf-16"))
            self.must("schtasks.exe", "/create", "/tn", rf"{TASKS}\{name}", "/xml", rf"{FOLDER}\{name}.xml", "/f")
            self.check("<CalendarTrigger>" in self.windows.task(name), f"the scheduler has {name}")

    def remove_agent(self):
        for name in (MAIN, STATE):
            self.windows.run("schtasks.exe", "/delete", "/tn", rf"{TASKS}\{name}", "/f")
        self.windows.delete_task_folder()
        self.windows.run("sc.exe", "stop", SERVICE)
        self.wait_for("the end of the service", lambda: self.state() in ("STOPPED", None))
        self.windows.run("sc.exe", "delete", SERVICE)
        self.windows.run("reg.exe", "delete", AGENT, "/f")
        shutil.rmtree(self.windows.place(FOLDER), ignore_errors=True)
        self.check(not self.agent_is_here() and not self.windows.place(FOLDER).exists(), "the agent of this trial is gone")

    # ---- The parts

    def run_tests(self):
        code, out = self.windows.run(self.programs / "mars_windows_tests.exe", seconds=1500,
                                     env={**self.windows.environment, **self.windows.tests_environment})
        (self.results / "tests.txt").write_text(out, encoding="utf-8")
        self.check(code == 0, "the Windows tests", out[-4000:])
        skipped = re.search(r"^skipped: .*", out, re.MULTILINE | re.DOTALL)
        self.check(skipped, "the Windows tests say what was skipped")
        print(skipped[0] if skipped else "", flush=True)

    def check_repair(self, id, read, is_repaired, *words):
        before = read()
        code, plan = self.mars("repair", id, *words)
        self.check(code == 0 and plan.get("status") == "planned" and read() == before, f"{id}: the plan changes nothing", plan)
        code, done = self.mars("repair", id, "--yes", *words)
        if not self.check(code == 0 and done.get("status") == "applied" and done.get("verified"), f"{id}: applied and verified", done):
            return
        self.check(is_repaired(read()), f"{id}: Windows agrees ({read()})", before)
        self.check(self.mars("repair", id, "--yes", *words)[1].get("status") == "nothing_to_do",
                   f"{id}: a second repair has nothing to do")
        code, undone = self.mars("undo", done["journal"], "--yes")
        self.check(code == 0 and read() == before, f"{id}: undone", (undone, read(), before))

    def check_repairs(self):
        # First the one that is held while a task runs: an enabled trigger starts the run that was missed.
        self.check_repair("basics.service_stopped", self.start_type,
                          lambda value: value == "0x2" and self.state() == "RUNNING")
        self.check(self.state() == "RUNNING", "undo leaves a service running")
        # Whoever restarts it next could not start what is disabled again.
        code, done = self.mars("repair", "basics.service_stopped", "--yes")
        self.check(code == 0 and self.start_type() == "0x2", "basics.service_stopped: repaired again", done)
        self.check_repair("encryption.scratch_location_mismatch",
                          lambda: self.registry(AGENT + r"\Config\CloudBackupProvider", "ScratchLocation"),
                          lambda value: value == FOLDER + r"\Scratch", "--even-if-busy-unknown")
        self.check(self.state() == "RUNNING", "the agent runs after a repair that restarts it")
        self.check_repair("scheduling.overlapping_runs",
                          lambda: re.findall(r"<MultipleInstancesPolicy>(\w+)<", self.windows.task(MAIN)),
                          lambda value: value in ([], ["IgnoreNew"]))
        self.check_repair("scheduling.trigger_disabled",
                          lambda: re.findall(r"<Enabled>(\w+)</Enabled>", self.windows.task(MAIN).split("</Triggers>")[0]),
                          lambda value: "false" not in value)
        self.check_repair("scheduling.task_disabled",
                          lambda: re.search(r"<Settings>.*</Settings>", self.windows.task(STATE), re.DOTALL)[0].count(
                              "<Enabled>false</Enabled>"),
                          lambda value: value == 0)

    def record_server(self):
        """What this Windows is and says, for whoever reads the results."""
        for language in ("en", "es"):
            code, out = self.windows.run(self.programs / "mars-check.exe", "run", "--lang", language, seconds=300)
            (self.results / f"run-{language}.txt").write_text(out, encoding="utf-8")
            self.check(code in (0, 1, 2), f"mars-check run ends with its word ({code})", out[-2000:])
        self.record("windows.txt", "cmd.exe", "/c", "ver")
        self.record("journal-access.txt", "icacls.exe", r"C:\ProgramData\MARS Wizard", "/t")
        self.record("service.txt", "sc.exe", "qc", SERVICE)
        for name in (MAIN, STATE):
            (self.results / f"{name}.xml").write_text(self.windows.task(name), encoding="utf-8")

    def check_wizard(self):
        wizard = self.windows.start(self.programs / "mars-wizard.exe", "--lang", "en", stdin=subprocess.DEVNULL)
        probe = self.windows.start(self.programs / "ui_probe.exe", stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def ask(command):
            probe.stdin.write(command + b"\n")
            probe.stdin.flush()
            lines = []
            while (line := probe.stdout.readline().decode("utf-8", "replace").rstrip("\r\n")) != ".":
                if not line and probe.poll() is not None:
                    return []
                lines.append(line)
            return lines

        try:
            self.wait_for("the wizard's window", lambda: ask(b"windows"))
            # The box for an error text, wizard_pages/control_ids.h.
            good = self.wait_for("the first page", lambda: any(line.startswith("6101\t") for line in ask(b"controls")))
            self.check(good, "the wizard opens")
            (self.results / "wizard-controls.txt").write_text("\n".join(ask(b"controls")), encoding="utf-8")
            picture = self.results / "wizard.png"
            code, out = self.windows.photograph(picture)
            self.check(code == 0 and picture.exists() and picture.stat().st_size > 1000, "the wizard is photographed", out)
            self.windows.run("taskkill.exe", "/im", "mars-wizard.exe")
            with contextlib.suppress(subprocess.TimeoutExpired):
                wizard.wait(60)
            self.check(wizard.poll() == 0, "the wizard closes when it is asked to", wizard.poll())
        finally:
            for process in (probe, wizard):
                process.kill()
                process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--throw-away", action="store_true", help="this Windows may be thrown away afterwards")
    parser.add_argument("--wine", metavar="PREFIX", help="a demonstration server without an agent")
    parser.add_argument("--programs", type=pathlib.Path, default=HERE, help="what pack_for_windows gathered; default: here")
    parser.add_argument("--only", default="tests,repairs,wizard", help="some of: tests,repairs,wizard")
    options = parser.parse_args()
    # Windows would refuse to print what its code page does not have.
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    if not options.throw_away and not options.wine:
        sys.exit("on_windows: this changes services, tasks and the registry; on a computer for that say --throw-away")
    windows = Wine(options.wine) if options.wine else Windows()
    trial = Trial(windows, options.programs.resolve(), options.results.resolve())
    if not windows.is_administrator():
        sys.exit("on_windows: this needs an administrator's rights")
    if trial.agent_is_here():
        sys.exit("on_windows: the backup agent, or its service or task, is on this computer; nothing was done")

    parts = options.only.split(",")
    if "tests" in parts:
        trial.run_tests()
    try:
        trial.make_agent()
        if "repairs" in parts:
            trial.check_repairs()
        trial.record_server()
        if "wizard" in parts:
            trial.check_wizard()
    finally:
        trial.remove_agent()
    print(f"{len(trial.failures)} failed" + "".join(f"\n  {what}" for what in trial.failures))
    sys.exit(1 if trial.failures else 0)


if __name__ == "__main__":
    main()
