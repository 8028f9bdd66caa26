# SPDX-License-Identifier: MIT
"""What Wine lacks: the files and registry keys of the stand-ins of tests/windows/stand_in, which say where each keeps
what. Keys are those of registry_file.append."""

import datetime
import shutil

from registry_file import MultiString

# What the stand-ins keep that Windows keeps in no key.
OWN = "HKLM\\Software\\Stand-in"


EVENT = ("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
         "<Provider Name='{provider}'/><EventID Qualifiers='0'>{id}</EventID><Version>0</Version><Level>{level}</Level>"
         "<Task>0</Task><Opcode>0</Opcode><Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='{time}'/>"
         "<EventRecordID>{number}</EventRecordID><Channel>{channel}</Channel><Computer>{computer}</Computer><Security/>"
         "</System><EventData/></Event>\n")


def event_log(channel, events, computer):
    """The channel's file for the stand-in of wevtapi.dll; `events` = (when, provider, id), in any order."""
    lines = []
    for number, (when, provider, id) in enumerate(sorted(events), 1):
        utc = when.astimezone(datetime.timezone.utc)
        level = 2 if id in (11, 14, 16, 18, 24, 25, 33, 35, 36) else 4
        lines.append(EVENT.format(provider=provider, id=id, level=level, time=f"{utc:%Y-%m-%dT%H:%M:%S}.1234567Z",
                                  number=number, channel=channel, computer=computer))
    return "<Events>\n" + "".join(lines) + "</Events>\n"


def seed_events(folder, scenario, last_backup, computer):
    """The channels' files; an agent's channel comes with the agent."""
    def days_ago(events, provider):
        return [(datetime.datetime.now() - datetime.timedelta(days=days), provider, id) for days, id in events]

    minutes = datetime.timedelta(minutes=1)
    backups = [(last_backup - 30 * minutes - datetime.timedelta(days=day), "CloudBackup", 1) for day in range(3)]
    backups += [(last_backup - datetime.timedelta(days=day), "CloudBackup", 3) for day in range(3)]
    services = [(last_backup - 31 * minutes, "Service Control Manager", 7036)]
    channels = {"System": services + days_ago(scenario["snapshot_events"], "volsnap"),
                "Application": [(last_backup - 40 * minutes, "MsiInstaller", 1033)]}
    if scenario["agent_installed"]:
        channels["CloudBackup"] = backups + days_ago(scenario["job_events"], "CloudBackup")
    folder.mkdir()
    for channel, events in channels.items():
        (folder / f"{channel}.xml").write_text(event_log(channel, events, computer))


def seed_system(system32, stand_in):
    """Stand-ins for parts of Windows itself, in place of Wine's where it has one. The links go first: a file that is
    written through one would be the template's."""
    for source in (stand_in / "system32").iterdir():
        target = system32 / source.name
        target.unlink(missing_ok=True)
        shutil.copy(source, target)
    (system32.parent / "inf/iscsi.inf").write_text(ISCSI_INF, newline="\r\n")


def overrides(stand_in):
    """Wine takes its own library unless it is told that the one in system32 is wanted."""
    libraries = [path.stem for path in (stand_in / "system32").glob("*.dll")]
    return {"HKCU\\Software\\Wine\\DllOverrides": {name: "native,builtin" for name in libraries}}


# Classes of Windows and the stand-ins that answer for them.
COM_SERVERS = {"{0F87369F-A4E5-4CFC-BD3E-73E6154572DD}": "task_scheduler",
               "{4590F811-1D3A-11D0-891F-00AA004B2E24}": "wmi_server",
               "{E2B3C97F-6AE1-41AC-817A-F6F92166D7DD}": "firewall",
               "{4CB43D7F-7EEE-4906-8698-60DA1C38F2FE}": "update_history"}


def com_servers():
    return {f"HKLM\\Software\\Classes\\CLSID\\{id}\\InprocServer32": {
        "": f"C:\\stand-in\\{name}.dll", "ThreadingModel": "Both"} for id, name in COM_SERVERS.items()}


def powershell_signatures():
    """Who reads the signatures of PowerShell files, as PowerShell's set-up registers it."""
    library = "C:\\windows\\system32\\pwrshsip.dll"
    functions = {"IsMyFileType2": "PsIsMyFileType", "GetSignedDataMsg": "PsGetSignature",
                 "PutSignedDataMsg": "PsPutSignature", "CreateIndirectData": "PsCreateHash",
                 "VerifyIndirectData": "PsVerifyHash", "RemoveSignedDataMsg": "PsDelSignature"}
    root = "HKLM\\Software\\Microsoft\\Cryptography\\OID\\EncodingType 0"
    return {f"{root}\\CryptSIPDll{call}\\{{603BCC1F-4B59-4E08-B724-D2C6297EF351}}": {
        "Dll": library, "FuncName": function} for call, function in functions.items()}


def defender(paths, processes):
    """The folders and programs that it leaves alone."""
    root = "HKLM\\Software\\Microsoft\\Windows Defender"
    return {root: {"PassiveMode": 0}, f"{root}\\Exclusions\\Extensions": {"vhdx": 0},
            f"{root}\\Exclusions\\Paths": dict.fromkeys(paths, 0),
            f"{root}\\Exclusions\\Processes": dict.fromkeys(processes, 0)}


def firewall(rules):
    """`rules` as Windows keeps them, by an id, beside two that every server has."""
    policy = "HKLM\\System\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy"
    usual = {"CoreNet-DNS-Out-UDP": "v2.29|Action=Allow|Active=TRUE|Dir=Out|Protocol=17|RPort=53|"
             "App=%SystemRoot%\\system32\\svchost.exe|Svc=dnscache|Name=Core Networking - DNS (UDP-Out)|",
             "RemoteDesktop-UserMode-In-TCP": "v2.29|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|"
             "App=%SystemRoot%\\system32\\svchost.exe|Svc=termservice|Name=Remote Desktop - User Mode (TCP-In)|"}
    return {f"{policy}\\FirewallRules": {**usual, **rules},
            **{f"{policy}\\{profile}": {"EnableFirewall": 1, "DefaultOutboundAction": 0, "DefaultInboundAction": 1}
               for profile in ("DomainProfile", "StandardProfile", "PublicProfile")}}


def shadow_storage(limit):
    return {f"{OWN}\\ShadowStorage\\0": {
        "Volume": "C:\\", "DiffVolume": "C:\\", "MaxSpace": str(limit), "AllocatedSpace": str(limit // 20),
        "UsedSpace": str(limit // 40)}}


def iscsi_sessions(connections):
    """`connections` = {target: how many the session with it has}."""
    return {f"{OWN}\\iSCSI\\{number}": {"TargetName": target, "TargetAddress": "192.0.2.10", "Connections": count}
            for number, (target, count) in enumerate(connections.items())}


SCSI = "{4d36e97b-e325-11ce-bfc1-08002be10318}"
UNKNOWN = "{4d36e97e-e325-11ce-bfc1-08002be10318}"
ISCSI_INF = f"""[Version]
Signature = "$WINDOWS NT$"
Class = SCSIAdapter
ClassGuid = {SCSI}
Provider = Microsoft

[Manufacturer]
Microsoft = Microsoft,NTamd64

[Microsoft.NTamd64]
"Microsoft iSCSI Initiator" = iScsiPort_Install_Control, Root\\iSCSIPrt

[iScsiPort_Install_Control]
"""


def iscsi_device(has_driver):
    device = "HKLM\\System\\CurrentControlSet\\Enum\\ROOT\\ISCSIPRT\\0000"
    ids = {"HardwareID": MultiString(["ROOT\\ISCSIPRT"]), "DeviceDesc": "Unknown device"}
    if not has_driver:
        failed_install = 0x40
        # Windows lists a device without a class too; Wine 8 does not.
        return {device: {**ids, "Class": "Unknown", "ClassGUID": UNKNOWN, "ConfigFlags": failed_install}}
    return {
        device: {**ids, "Class": "SCSIAdapter", "ClassGUID": SCSI, "ConfigFlags": 0,
                 "DeviceDesc": "Microsoft iSCSI Initiator", "Driver": f"{SCSI}\\0000", "Mfg": "Microsoft",
                 "Service": "iScsiPrt"},
        f"HKLM\\System\\CurrentControlSet\\Control\\Class\\{SCSI}": {"Class": "SCSIAdapter", "": "Storage controllers"},
        f"HKLM\\System\\CurrentControlSet\\Control\\Class\\{SCSI}\\0000": {
            "DriverDesc": "Microsoft iSCSI Initiator", "InfPath": "iscsi.inf", "ProviderName": "Microsoft"},
    }


def updates(package_days, history_days):
    """Days ago of the newest update in the list of packages, or None, and in the history of Windows Update."""
    def ago(days):
        return datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)

    keys = {}
    if package_days is not None:
        filetime = int((ago(package_days).timestamp() + 11644473600) * 10_000_000)
        package = "Package_for_RollupFix~31bf3856ad364e35~amd64~~17763.6532.1.10"
        packages = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages"
        keys[f"{packages}\\{package}"] = {
            "CurrentState": 112, "InstallTimeHigh": filetime >> 32, "InstallTimeLow": filetime & 0xFFFFFFFF}
    # Defender's definitions come every day and say nothing of Windows.
    history = [(0, "Security Intelligence Update for Microsoft Defender Antivirus",
                "e0789628-ce08-4437-be74-2495b842f43b"),
               (history_days, "2026-11 Cumulative Update for Windows Server 2019 (1809) for x64-based "
                "Systems", "0fa1201d-4330-4fa8-8ae9-b877473b6441")]
    for number, (days, title, category) in enumerate(history):
        keys[f"{OWN}\\UpdateHistory\\{number}"] = {
            "Title": title, "CategoryID": category, "Date": f"{ago(days):%Y-%m-%dT%H:%M:%S}", "Operation": 1,
            "ResultCode": 2}
    return keys
