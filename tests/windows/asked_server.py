# SPDX-License-Identifier: MIT
"""A demonstration server, asked with mars-check and in other ways: the registry through reg.exe, services through
sc.exe, tasks and files on the disk. To be imported by a script that gets the prefix and the program."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

# Of a value in a message: whole files are compared too.
MOST = 300


class Server:
    def __init__(self, prefix, *program):
        """`program` is mars-check, and before it what is to start it."""
        self.prefix = pathlib.Path(prefix)
        self.program = [str(word) for word in program]
        self.drive = self.prefix / "drive_c"
        self.environment = dict(os.environ, WINEPREFIX=str(prefix), WINEDEBUG="-all")
        self.failures = 0

    def check(self, good, what):
        print(("ok      " if good else "FAILED  ") + what, flush=True)
        self.failures += not good

    def end(self):
        raise SystemExit(1 if self.failures else 0)

    def wine(self, *words, seconds=120):
        # Not through pipes: Wine's desktop, which the first program starts, holds them open a second longer.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
            done = subprocess.run(["wine", *words], env=self.environment, stdout=out, stderr=error, timeout=seconds,
                                  check=False)
            texts = []
            for file in (out, error):
                file.seek(0)
                texts.append(file.read().decode("utf-8", "replace"))
        return done.returncode, *texts

    def mars(self, *words, seconds=180):
        code, out, error = self.wine(*self.program, *words, "--format", "json", seconds=seconds)
        try:
            return code, json.loads(out)
        except ValueError:
            print(out, error)
            raise SystemExit(f"no JSON from {words}") from None

    def registry(self, key, name):
        """(type, data) as reg.exe shows them, or None."""
        _, out, _ = self.wine("reg", "query", key, "/v", name)
        found = re.search(r"^\s+" + re.escape(name) + r"\s+(REG_\w+)\s+(.*?)\r?$", out, re.MULTILINE | re.IGNORECASE)
        return found.groups() if found else None

    def value_names(self, key):
        """Of all values of the key, as reg.exe shows them."""
        _, out, _ = self.wine("reg", "query", key)
        return re.findall(r"^    (.*?)    REG_\w+", out, re.MULTILINE)

    def set_registry(self, key, name, kind, data):
        code, _, error = self.wine("reg", "add", key, "/v", name, "/t", kind, "/d", str(data), "/f")
        if code != 0:
            raise SystemExit(f"reg add {key} {name}: {error}")

    def running(self, service):
        return "RUNNING" in self.wine("sc", "query", service)[1]

    def start_type(self, service):
        return int(self.registry(rf"HKLM\System\CurrentControlSet\Services\{service}", "Start")[1], 16)

    def outcomes(self, *words):
        code, result = self.mars("run", *words)
        return code, {entry["id"]: entry for entry in result["checks"]}

    def outcome(self, id):
        return self.outcomes("--check", id)[1][id]

    def entry_of(self, done):
        """In the list of what was changed; by its name, because repairs of the same second are in no order."""
        return next(entry for entry in self.mars("undo", "--list")[1]["entries"] if entry["journal"] == done["journal"])

    def apply(self, id, read, is_repaired, words=()):
        """Plans and applies a repair; what it did, or None where that failed."""
        before = read()
        code, plan = self.mars("repair", id, *words)
        self.check(code == 0 and plan["status"] == "planned" and read() == before, f"{id}: the plan changes nothing")
        code, done = self.mars("repair", id, "--yes", *words)
        good = code == 0 and done["status"] == "applied" and done["verified"]
        self.check(good, f"{id}: applied and verified")
        if not good:
            print("        ", code, json.dumps(done))
            return None
        self.check(is_repaired(read()), f"{id}: Windows agrees ({str(read())[:MOST]})")
        return done

    def check_repair(self, id, read, is_repaired, words=()):
        """A repair that can be undone: applied, asked another way, undone, applied again."""
        before = read()
        done = self.apply(id, read, is_repaired, words)
        if done is None:
            return
        self.check(self.mars("repair", id, "--yes", *words)[1]["status"] == "nothing_to_do",
                   f"{id}: a second repair has nothing to do")
        code, undone = self.mars("undo", done["journal"], "--yes")
        self.check(code == 0 and read() == before, f"{id}: undone")
        if read() != before:
            print("        ", code, json.dumps(undone), read(), before)
        code, done = self.mars("repair", id, "--yes", *words)
        self.check(code == 0 and is_repaired(read()), f"{id}: repaired again")
