#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The programs that are handed out, read from the files. Wine cannot refute them: it brings DLLs that no Windows has,
takes its own copy of a DLL before the one beside the exe, and knows no oldest Windows.

Each rule is broken once in a copy, too, and has to be noticed.

  exes_test.py [EXE...]     without one: what the build in MARS_WINDOWS_BUILD installs
"""

import os
import pathlib
import struct
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import pe_file
from pe_file import PeFile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
PROGRAMS = ["mars-check.exe", "mars-wizard.exe"]
# Those that every supported Windows maps from its known DLLs instead of looking for them, and comctl32, which the
# wizard's manifest leads to WinSxS. HardenProcess() is too late for what is imported: that is there before main.
KNOWN_DLLS = {"advapi32.dll", "comctl32.dll", "comdlg32.dll", "gdi32.dll", "kernel32.dll", "msvcrt.dll", "ntdll.dll",
              "ole32.dll", "oleaut32.dll", "setupapi.dll", "shell32.dll", "shlwapi.dll", "user32.dll", "ws2_32.dll"}
# Windows 8 and Server 2012.
OLDEST_WINDOWS = (6, 2)
PROTECTIONS = {"high-entropy addresses": pe_file.HIGH_ENTROPY, "a random address": pe_file.DYNAMIC_BASE,
               "no execution of data": pe_file.NX_COMPATIBLE,
               "a Remote Desktop server": pe_file.TERMINAL_SERVER_AWARE}
# mov ecx, 2; int 29h: the end of app/stack_guard.cpp.
STACK_CHECK_FAILS = bytes.fromhex("b902000000cd29")
# A condition of std::vector's operator[].
ASSERTION = b"__n < this->size()\0"


def newer_functions():
    newer = {}
    for line in (HERE / "newer_functions.txt").read_text().splitlines():
        if not line.startswith("#"):
            version, dll, *names = line.split()
            newer.update({(f"{dll}.dll", name): version for name in names})
    return newer


NEWER = newer_functions()


def import_faults(exe):
    faults = []
    for dll, functions in exe.imports().items():
        dll = dll.lower()
        if dll not in KNOWN_DLLS:
            faults.append(f"imports {dll}, which is looked for beside the exe first")
        for name, _ in functions:
            if (dll, name) in NEWER:
                faults.append(f"imports {name}, which came with Windows {NEWER[dll, name]}")
    return faults


def header_faults(exe):
    faults = [f"is not made for {name}" for name, flag in PROTECTIONS.items() if not exe.dll_characteristics & flag]
    if exe.subsystem_version != OLDEST_WINDOWS:
        faults.append(f"is made for Windows {exe.subsystem_version}")
    if exe.characteristics & pe_file.RELOCATIONS_STRIPPED or not exe.directories[pe_file.RELOCATIONS][1]:
        faults.append("cannot be moved to a random address")
    for section in exe.sections:
        if section.flags & pe_file.EXECUTABLE and section.flags & pe_file.WRITABLE:
            faults.append(f"can write its code in {section.name}")
    for callback in exe.tls_callbacks():
        if not exe.section(".text").holds(callback):
            faults.append("runs something before main that is not in .text")
    commit = os.environ.get("SOURCE_DATE_EPOCH")
    if commit and exe.timestamp != int(commit):
        faults.append("says when it was linked instead of when it was written")
    return faults


def code_faults(exe):
    faults = []
    handler = exe.bytes_of(".text").find(STACK_CHECK_FAILS)
    # The compiler protects what has an array on its stack: many hundred functions of each program.
    if handler < 0 or exe.calls_of(exe.section(".text").address + handler) < 300:
        faults.append("has no stack protector")
    if ASSERTION not in exe.data:
        faults.append("does not check the bounds of containers")
    return faults


def path_faults(exe):
    """Two people who build the same commit must get the same file, and nobody learns who they are."""
    places = {str(SOURCE), f"{pathlib.Path.home()}/", "/.cache/"}
    return [f"names the folder {place}" for place in sorted(places)
            if place.encode() in exe.data or place.encode("utf-16-le") in exe.data]


def faults_of(data):
    exe = PeFile(data)
    return [*import_faults(exe), *header_faults(exe), *code_faults(exe), *path_faults(exe)]


# ---- Broken copies: what is done to the bytes, and a word of the fault -----------------------------------------------

def put(data, position, layout, *values):
    changed = bytearray(data)
    struct.pack_into(layout, changed, position, *values)
    return bytes(changed)


def renamed(data, old, new):
    assert len(new) <= len(old) and old in data, old
    return data.replace(old, new.ljust(len(old), b"\0"))


def with_import(data, dll, function):
    """The first function of the DLL whose name is as long gets another name."""
    exe = PeFile(data)
    functions = next(names for name, names in exe.imports().items() if name.lower() == dll)
    position = next(position for name, position in functions if len(name) >= len(function))
    end = data.index(b"\0", position)
    return data[:position] + function.encode().ljust(end - position, b"\0") + data[end:]


def without_protection(data, flag):
    exe = PeFile(data)
    return put(data, exe.optional + 70, "<H", exe.dll_characteristics & ~flag)


def broken_copies(data):
    exe = PeFile(data)
    text = exe.section(".text")
    yield renamed(data, b"ADVAPI32.dll\0", b"zlib1.dll\0"), "imports zlib1.dll"
    yield renamed(data, b"ADVAPI32.dll\0", b"VERSION.dll\0"), "imports version.dll"
    yield with_import(data, "kernel32.dll", "IsWow64Process2"), "imports IsWow64Process2"
    for name, flag in PROTECTIONS.items():
        yield without_protection(data, flag), name
    yield put(data, exe.optional + 48, "<HH", 5, 2), "is made for Windows (5, 2)"
    yield put(data, exe.header + 22, "<H", exe.characteristics | pe_file.RELOCATIONS_STRIPPED), "cannot be moved"
    yield put(data, exe.optional + 112 + 8 * pe_file.RELOCATIONS, "<II", 0, 0), "cannot be moved"
    yield put(data, text.header + 36, "<I", text.flags | pe_file.WRITABLE), "can write its code in .text"
    yield put(data, exe.header + 8, "<I", 1), "says when it was linked"
    yield renamed(data, STACK_CHECK_FAILS, b"\x90"), "has no stack protector"
    yield renamed(data, ASSERTION, b""), "does not check the bounds"
    yield data + f"{pathlib.Path.home()}/main.cpp".encode(), f"names the folder {pathlib.Path.home()}"
    yield data + f"{SOURCE}/main.cpp".encode("utf-16-le"), f"names the folder {SOURCE}"


def check(path):
    data = path.read_bytes()
    faults = faults_of(data)
    assert not faults, "\n".join(f"{path.name} {fault}" for fault in faults)
    for copy, word in broken_copies(data):
        assert any(word in fault for fault in faults_of(copy)), f"{path.name}: not noticed: {word}"
    print(f"{path.name}: {len(PeFile(data).imports())} DLLs")


def main():
    if sys.argv[1:]:
        found = {path: faults_of(pathlib.Path(path).read_bytes()) for path in sys.argv[1:]}
        for path, faults in found.items():
            print("\n".join([path, *(f"    {fault}" for fault in faults)]))
        sys.exit(any(found.values()))
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1700000000")
    with tempfile.TemporaryDirectory(prefix="mars-wizard.") as folder:
        subprocess.run(["cmake", "--install", os.environ["MARS_WINDOWS_BUILD"], "--strip", "--prefix", folder],
                       check=True, stdout=subprocess.DEVNULL)
        assert sorted(path.name for path in pathlib.Path(folder).iterdir()) == PROGRAMS
        for name in PROGRAMS:
            check(pathlib.Path(folder) / name)


if __name__ == "__main__":
    main()
