# SPDX-License-Identifier: MIT
"""windows_parts.py PREFIX MARS-CHECK RELEASED-MARS-CHECK: the server of windows_parts.json, which is ill in what Wine
does not have. The stand-ins of tests/windows/stand_in answer, and keep what is changed where Windows keeps it, so that
reg.exe can be asked about it."""

import datetime
import shutil
import sys

from asked_server import Server

server = Server(sys.argv[1], sys.argv[2])
released = Server(sys.argv[1], sys.argv[3])
# Wine has no compressed files; the product sees some when this starts it.
compressing = Server(sys.argv[1], r"C:\stand-in\with_compression.exe", sys.argv[2])
check, registry, drive = server.check, server.registry, server.drive

DEFENDER = r"HKLM\Software\Microsoft\Windows Defender\Exclusions"
RULES = r"HKLM\System\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules"
RULE = "{0C7F3B52-54D4-4E1B-9C7B-6B0B7E0F2A11}"
DEVICE = r"HKLM\System\CurrentControlSet\Enum\ROOT\ISCSIPRT\0000"
PARTITIONS = r"HKLM\System\CurrentControlSet\Services\partmgr\Parameters"
OWN = r"HKLM\Software\Stand-in"
AGENT = drive / "Program Files/Microsoft Azure Recovery Services Agent"
MODULE = AGENT / "bin/Modules/MSOnlineBackup"


def exclusions():
    return {name for kind in ("Paths", "Processes") for name in server.value_names(rf"{DEFENDER}\{kind}")}


def device():
    return [registry(DEVICE, name) for name in ("Class", "ClassGUID", "Driver", "ConfigFlags")]


def clock():
    return server.start_type("W32Time"), server.running("W32Time"), (drive / "stand-in/clock.txt").read_text().strip()


def module():
    return {path.name: path.read_bytes() for path in MODULE.iterdir()}


def log_event(channel, number):
    """An event of this moment, at the end of the channel's file."""
    path = drive / f"stand-in/events/{channel}.xml"
    now = datetime.datetime.now(datetime.timezone.utc)
    event = (f"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
             f"<Provider Name='{channel}'/><EventID>{number}</EventID>"
             f"<TimeCreated SystemTime='{now:%Y-%m-%dT%H:%M:%S}.0000000Z'/></System></Event>\n")
    path.write_text(path.read_text().replace("</Events>", event + "</Events>"))


def check_irreversible(id, done):
    if done is not None:
        entry = server.entry_of(done)
        check(entry["id"] == id and entry["status"] == "irreversible", f"{id}: undo is not offered ({entry['status']})")


def check_found(found, id, level, **facts):
    entry = found[id]
    wanted = {"outcome": "problem", "level": level, **facts}
    told = {**entry.get("facts", {}), "outcome": entry["outcome"], "level": entry.get("level")}
    check(wanted.items() <= told.items(), f"{id}: {wanted}")
    if not wanted.items() <= told.items():
        print("        ", entry)


def check_passed(id, why):
    entry = server.outcome(id)
    check(entry["outcome"] == "passed", f"{id}: passed when {why}")
    if entry["outcome"] != "passed":
        print("        ", entry)


def check_judged(found):
    """Nothing of this can be repaired with a click: it is put right from outside, and judged again."""
    check_found(found, "jobs.failed_events", "error", case="did_not_start", event=18)
    check_found(found, "scheduling.last_run_failed", "warning", case="start_failed")
    check_found(found, "jobs.shadow_storage_low", "error", case="snapshot_lost", event=25)
    check_found(found, "restore.iscsi_target_stale", "warning")
    check_found(found, "basics.updates_overdue", "warning", source="history")
    log_event("CloudBackup", 3)
    check_passed("jobs.failed_events", "a backup succeeded later")
    check_passed("scheduling.last_run_failed", "a backup succeeded later")
    # That backup succeeded in spite of it.
    check_found(server.outcomes("--check", "J-5")[1], "jobs.shadow_storage_low", "advice", case="limit_low")
    server.set_registry(rf"{OWN}\ShadowStorage\0", "MaxSpace", "REG_SZ", 2**64 - 1)
    check_passed("jobs.shadow_storage_low", "the shadow copies have no limit")
    server.set_registry(rf"{OWN}\iSCSI\0", "Connections", "REG_DWORD", 1)
    check_passed("restore.iscsi_target_stale", "the session has a connection")
    now = datetime.datetime.now(datetime.timezone.utc)
    server.set_registry(rf"{OWN}\UpdateHistory\1", "Date", "REG_SZ", f"{now:%Y-%m-%dT%H:%M:%S}")
    check_passed("basics.updates_overdue", "Windows was updated")


def check_repairs(found):
    check_found(found, "basics.antivirus_exclusions_missing", "warning", case="needed")
    scratch = r"C:\MARS Cache\Scratch"
    engine = r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\cbengine.exe"
    server.check_repair("basics.antivirus_exclusions_missing", exclusions, lambda names: {scratch, engine} <= names)

    check_found(found, "connectivity.firewall_rule_blocks", "error", case="agents_own")
    server.check_repair("connectivity.firewall_rule_blocks", lambda: registry(RULES, RULE),
                        lambda rule: "|Active=FALSE|" in rule[1] and "|Name=No agent outside|" in rule[1])

    check_found(found, "restore.san_policy_offline", "warning", source="storage_setting", policy="OfflineInternal")
    server.check_repair("restore.san_policy_offline", lambda: registry(PARTITIONS, "SanPolicy"),
                        lambda value: value == ("REG_DWORD", "0x2"))

    check_found(found, "basics.clock_wrong", "error", case="ahead")
    done = server.apply("basics.clock_wrong", clock, lambda value: value == (3, True, "0"))
    if done is not None:
        code, _ = server.mars("undo", done["journal"], "--yes")
        check(code == 0 and clock() == (4, True, "0"),
              f"basics.clock_wrong: undo takes back the start type, and the time stays right ({clock()})")

    check_found(found, "restore.iscsi_driver_missing", "error", case="no_driver", problem_code=28)
    done = server.apply("restore.iscsi_driver_missing", device,
                        lambda value: value[0] == ("REG_SZ", "SCSIAdapter") and value[3] == ("REG_DWORD", "0x0"))
    check_irreversible("restore.iscsi_driver_missing", done)


def check_module():
    id = "scheduling.module_damaged"
    whole = module()
    source = drive / "from another server/MSOnlineBackup"
    shutil.copytree(MODULE, source)
    library = bytearray(whole["MSOnlineBackup.dll"])
    library[len(library) // 2] ^= 1
    (MODULE / "MSOnlineBackup.dll").write_bytes(library)
    (MODULE / "MSOnlineBackup.psd1").write_bytes(whole["MSOnlineBackup.psd1"].split(b"\r\n# SIG #")[0])
    check_found(server.outcomes("--check", id)[1], id, "error", changed_files=["MSOnlineBackup.dll"],
                unsigned_files=["MSOnlineBackup.psd1"])
    words = ["--from", r"C:\from another server"]
    refused = released.mars("repair", id, *words)[1]
    check(refused["status"] == "guided" and "not signed by Microsoft" in refused["error"]["text"],
          f"{id}: the released program does not trust the tests' authority ({refused.get('error')})")
    server.check_repair(id, module, lambda files: files == whole, words)


def check_compressed():
    """Three files and folders are compressed; the agent's service is stopped meanwhile and runs again."""
    id = "encryption.scratch_attributes"
    scratch = drive / "MARS Cache/Scratch"
    (scratch / "Catalog").mkdir()
    (scratch / "Catalog/large.bin").write_bytes(bytes(100_000))
    (scratch / "Catalog/other.bin").write_bytes(bytes(100))
    compressed = drive / "stand-in/compressed.txt"
    compressed.write_text("".join(rf"C:\MARS Cache\Scratch{name}" + "\n" for name in
                                  ("", r"\Catalog", r"\Catalog\large.bin")))
    starts = (drive / "stand-in/services.log").read_text().count("obengine started")
    check_found(compressing.outcomes("--check", id)[1], id, "error", case="compressed", compressed_items=2)
    done = compressing.apply(id, compressed.read_text, lambda text: text.strip() == "")
    check_irreversible(id, done)
    check(server.running("obengine")
          and (drive / "stand-in/services.log").read_text().count("obengine started") == starts + 1,
          f"{id}: the agent's service was stopped and runs again")
    check(compressing.outcome(id)["outcome"] == "passed", f"{id}: passed afterwards")
    server.failures += compressing.failures


def main():
    code, found = server.outcomes()
    # Wine has no change journals, and there is no stand-in for them.
    blind = {id: entry for id, entry in found.items()
             if entry["outcome"] == "could_not_check" and id != "jobs.backup_slow"}
    check(code == 1 and not blind, f"everything could be checked {sorted(blind)}")
    for entry in blind.values():
        print("        ", entry)
    check_judged(found)
    check_repairs(found)
    check_module()
    check_compressed()
    left = {id for id, entry in server.outcomes()[1].items() if entry["outcome"] == "problem"}
    check(not left, f"nothing is left {sorted(left)}")
    server.end()


main()
