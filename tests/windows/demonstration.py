# SPDX-License-Identifier: MIT
"""demonstration.py seeded SHARE PREFIX MARS-CHECK, or settings or dead-proxy PREFIX MARS-CHECK: see demonstration_test.sh.

What a repair did is asked in another way than the product asks: see asked_server.py.
"""

import json
import os
import pathlib
import re
import shutil
import sys

from asked_server import Server

what, *arguments = sys.argv[1:]
*shares, prefix, program = (pathlib.Path(argument) for argument in arguments)
server = Server(prefix, program)
drive = server.drive
check, wine, mars, registry = server.check, server.wine, server.mars, server.registry
running, start_type, outcomes, entry_of = server.running, server.start_type, server.outcomes, server.entry_of
expected = json.loads((pathlib.Path(__file__).parent / "../demo/expected.json").read_text())


def task(name):
    data = (drive / "windows/system32/tasks/Microsoft/OnlineBackup" / name).read_bytes()
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def temporary_files():
    return sum(1 for entry in os.scandir(drive / "windows/temp") if entry.name.lower().endswith(".tmp"))


MAIN, STATE = "Microsoft-OnlineBackup", "Microsoft-OnlineBackup-SystemStateBackup"
AGENT = r"HKLM\Software\Microsoft\Windows Azure Backup"
SESSION = r"HKLM\System\CurrentControlSet\Control\Session Manager\Environment"
SHELL = r"Software\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell"

# id -> (what the repair is about as one comparable value; whether that value is the repaired one)
SUBJECTS = {
    "basics.service_stopped": (lambda: start_type("obengine"), lambda value: value == 2 and running("obengine")),
    "encryption.scratch_location_mismatch": (
        lambda: (registry(AGENT + r"\Config", "ScratchLocation"),
                 registry(AGENT + r"\Config\CloudBackupProvider", "ScratchLocation")),
        lambda value: value[0][1].rstrip("\\").lower() == value[1][1].rstrip("\\").lower()),
    "scheduling.task_disabled": (
        lambda: re.search(r"<Settings>.*?<Enabled>(\w+)</Enabled>", task(STATE), re.DOTALL).group(1),
        lambda value: value == "true"),
    "scheduling.trigger_disabled": (
        lambda: re.findall(r"<Enabled>(\w+)</Enabled>", task(MAIN).split("</Triggers>")[0]),
        lambda value: "false" not in value),
    "scheduling.module_path_missing": (
        lambda: registry(SESSION, "PSModulePath"), lambda value: r"\bin\modules" in value[1].lower()),
    "scheduling.execution_policy_restricted": (
        lambda: (registry("HKLM\\" + SHELL, "ExecutionPolicy"), registry("HKU\\S-1-5-18\\" + SHELL, "ExecutionPolicy")),
        lambda value: any(entry and entry[1] == "RemoteSigned" for entry in value)),
    "scheduling.overlapping_runs": (
        lambda: re.findall(r"<MultipleInstancesPolicy>(\w+)<", task(MAIN)), lambda value: value in ([], ["IgnoreNew"])),
    "restore.iscsi_service_stopped": (lambda: start_type("MSiSCSI"), lambda value: value == 3 and running("MSiSCSI")),
}

# The server of settings.json: settings of Windows that keep the agent from its download, its proxy or its disks.
INTERNET = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
WEAK = {
    "connectivity.system_proxy_wrong": (
        lambda: [registry(rf"HKU\S-1-5-18\{INTERNET}", name) for name in ("ProxyServer", "ProxyEnable")],
        lambda value: value == [registry(rf"HKCU\{INTERNET}", name) for name in ("ProxyServer", "ProxyEnable")]),
    "credentials.trusted_sites_missing": (
        lambda: [registry(rf"{hive}\{INTERNET}\ZoneMap\Domains\windows.net", "https") for hive in USERS],
        lambda value: value == [("REG_DWORD", "0x2")] * 2),
    "credentials.file_download_blocked": (
        lambda: [registry(rf"{hive}\{INTERNET}\Zones\3", "1803") for hive in USERS],
        lambda value: value == [("REG_DWORD", "0x0")] * 2),
    "credentials.tls_too_old": (
        lambda: (registry(rf"HKLM\{INTERNET}\WinHttp", "DefaultSecureProtocols"),
                 registry(r"HKLM\Software\Microsoft\.NETFramework\v4.0.30319", "SchUseStrongCrypto"),
                 registry(r"HKLM\Software\Wow6432Node\Microsoft\.NETFramework\v4.0.30319", "SystemDefaultTlsVersions")),
        lambda value: value == (("REG_DWORD", "0x8a0"), ("REG_DWORD", "0x1"), ("REG_DWORD", "0x1"))),
    "restore.san_policy_offline": (
        lambda: registry(r"HKLM\System\CurrentControlSet\Services\partmgr\Parameters", "SanPolicy"),
        lambda value: value == ("REG_DWORD", "0x2")),
    "jobs.shadow_services_disabled": (
        lambda: [start_type(name) for name in ("VSS", "swprv", "vds")], lambda value: value == [3, 3, 3]),
}
USERS = ["HKCU", r"HKU\S-1-5-18"]
# The server of dead_proxy.json: SYSTEM's proxy does not answer, and the hosts can be reached without one.
CONNECTIONS = rf"HKU\S-1-5-18\{INTERNET}\Connections"
DEAD_PROXY = {
    "connectivity.system_proxy_wrong": (
        lambda: [registry(rf"HKU\S-1-5-18\{INTERNET}", "ProxyEnable"),
                 *(registry(CONNECTIONS, name) for name in ("DefaultConnectionSettings", "SavedLegacySettings"))],
        lambda value: value[0] == ("REG_DWORD", "0x0")
        and all(blob[1].lower()[16:24] == "01000000" for blob in value[1:])),
}
WORDS = {
    "encryption.scratch_location_mismatch": ["--even-if-busy-unknown"],
    "connectivity.system_proxy_wrong": [
        "--choose", "clear" if what == "dead-proxy" else "copy", "--even-if-busy-unknown"],
}


def check_seeded():
    code, before = outcomes()
    problems = {id for id, entry in before.items() if entry["outcome"] == "problem"}
    blind = {id for id, entry in before.items() if entry["outcome"] == "could_not_check"}
    check(problems == set(expected["problem"]), "the problems found are the seeded ones")
    for id in sorted(problems ^ set(expected["problem"])):
        print("        ", "only found:" if id in problems else "not found:", id, before.get(id))
    written = set(expected["could_not_check"]) & set(before)
    check(blind == written, "what could not be checked is on the written list")
    for id in sorted(blind ^ written):
        print("        ", id, before[id])
    check(code == 1, f"run ends with 1 while there are problems ({code})")


def check_account():
    id = "scheduling.wrong_account"
    code, done = mars("repair", id, "--yes")
    check(code == 0 and done["verified"] and "<UserId>S-1-5-18</UserId>" in task(STATE), f"{id}: SYSTEM now")
    entry = entry_of(done)
    check(entry["id"] == id and entry["status"] == "irreversible", f"{id}: the password is gone, undo is not offered")


def check_temporary_files(share):
    id = "credentials.temp_folder_full"
    inside = drive / "windows/temp"
    treasure = share / "treasure"
    treasure.mkdir()
    (treasure / "old.tmp").write_text("keep")
    os.utime(treasure / "old.tmp", (1_500_000_000, 1_500_000_000))
    (inside / "link.tmp").symlink_to(treasure)
    (inside / "recent.tmp").write_text("keep")
    code, plan = mars("repair", id)
    check(code == 0 and not plan["plan"][0]["reversible"], f"{id}: said to be irreversible")
    code, done = mars("repair", id, "--yes", seconds=300)
    check(code == 0 and done["verified"], f"{id}: applied and verified")
    check(temporary_files() <= 2, f"{id}: {temporary_files()} left")
    check((treasure / "old.tmp").exists() and (inside / "recent.tmp").exists(), f"{id}: nothing else was touched")
    entry = entry_of(done)
    check(entry["id"] == id and entry["status"] == "irreversible", f"{id}: undo is not offered")
    (inside / "link.tmp").unlink()


def check_network_file(share):
    id = "credentials.file_on_network"
    source = next((drive / "users").rglob("*.VaultCredentials"))
    shutil.copy(source, share / source.name)
    given = ["--credentials", "N:\\" + source.name]
    code, found = outcomes("--check", id, *given)
    check(code == 1 and found[id]["level"] == "warning", f"{id}: found on a network drive")
    target = drive / "ProgramData/MARS Wizard/credentials" / source.name
    code, done = mars("repair", id, "--yes", *given)
    check(code == 0 and done["verified"] and target.read_bytes() == source.read_bytes(), f"{id}: copied")
    if code != 0:
        print("        ", json.dumps(done))
        return
    code, _ = mars("undo", done["journal"], "--yes")
    check(code == 0 and not target.exists(), f"{id}: undo deletes the copy")


def check_no_rights():
    """The last one: the keys stay locked until the Wine server ends."""
    agent = AGENT.removeprefix("HKLM\\")
    denied, _, error = wine(r"C:\stand-in\deny_key.exe", agent + r"\Setup", agent + r"\Config")
    check(denied == 0, f"the agent's keys are locked {error.strip()}")
    code, blind = outcomes()
    for id in ("basics.agent_missing", "basics.agent_outdated", "encryption.scratch_location_mismatch",
               "encryption.key_file_missing", "encryption.scratch_folder_missing"):
        entry = blind[id]
        check(entry["outcome"] == "could_not_check" and entry["error"]["code"] == 5, f"{id}: says that it has no rights")
        if entry["outcome"] != "could_not_check":
            print("        ", entry)
    check(code in (1, 2), f"run without rights does not end well ({code})")


def check_settings():
    _, before = outcomes()
    problems = {id for id, entry in before.items() if entry["outcome"] == "problem"}
    check(set(WEAK) <= problems, f"every weak setting is found {sorted(set(WEAK) - problems)}")
    held = mars("repair", "credentials.file_download_blocked")[1]
    check(held["status"] == "held", "downloads are not allowed before the sites are trusted")
    for id, (read, is_repaired) in WEAK.items():
        server.check_repair(id, read, is_repaired, WORDS.get(id, []))
    _, after = outcomes()
    left = {id for id, entry in after.items() if entry["outcome"] == "problem"}
    check(not left, f"nothing is left {sorted(left)}")


def check_dead_proxy():
    id = "connectivity.system_proxy_wrong"
    _, before = outcomes()
    problems = {id for id, entry in before.items() if entry["outcome"] == "problem"}
    check(before[id]["facts"].get("case") == "dead_direct_works", f"{id}: dead, and not needed ({before[id]['facts']})")
    # Every other probe goes by the same dead proxy.
    check(problems >= {id, "connectivity.endpoint_unreachable"}, f"the hosts are out of reach ({sorted(problems)})")
    for id, (read, is_repaired) in DEAD_PROXY.items():
        server.check_repair(id, read, is_repaired, WORDS.get(id, []))
    _, after = outcomes()
    left = {id for id, entry in after.items() if entry["outcome"] == "problem"}
    check(not left, f"nothing is left {sorted(left)}")


def check_demonstration(share):
    check_seeded()
    check_account()
    for id, (read, is_repaired) in SUBJECTS.items():
        server.check_repair(id, read, is_repaired, WORDS.get(id, []))
    check_temporary_files(share)
    check_network_file(share)
    _, after = outcomes()
    repaired = set(SUBJECTS) | {"scheduling.wrong_account", "credentials.temp_folder_full"}
    left = {id for id, entry in after.items() if entry["outcome"] == "problem"}
    check(left == set(expected["problem"]) - repaired, f"what is left needs a person: {sorted(left)}")
    check_no_rights()


{"seeded": check_demonstration, "settings": check_settings, "dead-proxy": check_dead_proxy}[what](*shares)
server.end()
