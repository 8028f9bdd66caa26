// SPDX-License-Identifier: MIT
#include "needs.h"

#include "stand_in_path.h"
#include "under_wine.h"
#include "unix_shell.h"

namespace mars::test
{

namespace
{

bool HasShell()
{
    return UnderWine() || !GitBash().empty();
}

bool HasService()
{
    return !StandIn(L"agent_service.exe").empty();
}

Need OfWine()
{
    return {"Wine: they say what it does, or does not have", UnderWine,
        {"windows iSCSI: an initiator that is not there or a stub is a failure, never an empty list",
            "windows events: the query names the provider in both spellings",
            "windows proxy script: a host that swallows packets is found silent before a check's time is "
            "over",
            "windows private_folder: the owners of a release refuse what Wine makes, and leave nothing",
            "windows private_folder: a folder of somebody else is refused for everything and kept"}};
}

Need OfServer()
{
    return {"the demonstration server of tests/demo/make_server, which is a Wine prefix", UnderWine,
        {"windows certificates: those of a store, with names, dates and thumbprint",
            "windows certificates: an authority's certificate has no key here",
            "windows certificates: those that are looked for and there, by store",
            "windows credentials: a good file, with the dates of its certificate and nothing of its key",
            "windows credentials: a file that others hold open is read",
            "windows credentials: a file that is locked is a failure, not a fault of its content",
            "windows credentials: each fault of a file is told apart",
            "windows credentials: a certificate without its key says so, and its dates are known",
            "windows credentials: old and new kinds of PFX with an empty password are read",
            "windows credentials: a PFX with a password, or a broken one, is unreadable",
            "windows credentials: reading leaves no key behind", "windows context: who asks",
            "windows version: the server's, by number",
            "windows devices: those with the hardware id, case ignored",
            "windows probe: the root of a chain, and who vouches for it",
            "windows probe: a real proxy that wants a login",
            "windows proxy script: it is fetched and run, and decides host by host",
            "windows versions: four numbers of the resource; without one it is a failure",
            "windows http probe: through the proxy with the whole address",
            "windows logs: the agent's own, newest lines first",
            "windows probe: an answer through the proxy, with status, date and issuer",
            "windows probe: a refusal by the far end is an answer",
            "windows probe: a proxy that wants a login, and one that refuses",
            "windows probe: a certificate that this computer does not trust names its issuer",
            "windows probe: TLS 1.0 is not enough", "windows signatures: *",
            "windows proxy script: where the service that runs scripts is switched off, none is run here",
            "windows probe: an authority that only this user trusts does not count, the agent is SYSTEM",
            "windows probe: a trusted certificate is not looked for on the network",
            "windows probe: a certificate that nobody hands out is waited for at most three seconds",
            "windows probe: a broken connection, and one without an answer",
            "windows probe: a stop is heard within a second", "windows proxy: SYSTEM's and this user's",
            "windows proxy: WinHTTP's, where there is one",
            "windows system: volumes are listed with their paths and formats",
            "windows system: the newest package is found, with its time",
            "windows system: programs are found by how their name begins",
            "windows tasks: all of the folder, by path, with what the scheduler tells",
            "windows tasks: the XML is UTF-8 without a declaration",
            "windows tasks: a thread that is in an apartment already stays in it"}};
}

Need OfStandInScheduler()
{
    return {"the stand-in scheduler, which keeps a task's text byte for byte and an account that nobody has",
        UnderWine,
        {"scheduler stand-in: a registered task keeps its triggers and principal",
            "scheduler stand-in: a task that keeps a password is updated only with it",
            "scheduler stand-in: the principal gets an entry unless the caller says no",
            "windows changes: an edited task is registered whole, with its own access list, and not run",
            "windows changes: a task of a group stays one of the group",
            "windows changes: a trigger is the same one when the scheduler has printed it anew",
            "windows changes: a task that keeps a password is only updated to SYSTEM"}};
}

/// Among them are some that would change a real server: its policy for new disks, its clock, Defender.
Need OfStandIns()
{
    return {"the stand-ins for what Wine lacks, and what they answer", UnderWine,
        {"WMI stand-in: *", "firewall stand-in: *", "event log stand-in: *", "driver stand-in: *",
            "device stand-in: *", "iSCSI stand-in: *",
            "windows firewall: three profiles, and no rule that lets out what nothing blocks",
            "windows events: those of the ids, newest first, and no channel is absent",
            "windows crashes: a program that never crashed has none, and a run out of time is no list",
            "windows changes: the clock is not set while the time service does not run",
            "windows storage: shadow storage is listed with its volume, its limit and what is free",
            "windows storage: the policy for new disks is read, set and refused",
            "windows storage: a driver comes from Windows' own folder or not at all",
            "windows system: the newest update in the history is found, which is none of Defender's",
            "windows system: Defender and what it leaves alone",
            "windows system: an exclusion of Defender comes and goes, and leaves the others"}};
}

Need OfUnixRights()
{
    return {"rights of files as Unix has them", UnderWine,
        {"windows folders: who may make files in the temporary folders",
            "windows private_folder: a folder that everybody may write to is refused",
            "windows private_folder: a file that everybody may write to is not trusted",
            "windows private_folder: a credentials folder of somebody else is not used",
            "windows tools: the agent's console may lie anywhere where its folders are an administrator's"}};
}

/// The documentation of RegCreateKeyEx: an application cannot create a key that is a direct child of
/// HKEY_USERS.
Need OfUserHive()
{
    return {"a key of a made-up user right below HKEY_USERS, where Windows lets nobody make one", UnderWine,
        {"windows folders: another user's come from that user's hive and profile",
            "windows proxy: a user without settings has none",
            "windows folders: what another user wrote may not lead this program off the computer",
            "windows proxy: the plain values count as long as WinINET stored nothing",
            "windows proxy: what WinINET stored counts, its flags first",
            "windows proxy: lengths that lead out of the stored bytes are not followed"}};
}

Need OfShell()
{
    return {"a shell: Git for Windows brings one", HasShell,
        {"windows temp_folder: *", "windows files: a link is described itself",
            "windows source_file: a credentials file that is a link is not followed",
            "windows source_file: paths on this computer's own drives, and others",
            "windows files: a list holds the files with that ending and no folders",
            "windows files: a list ends at a thousand and says so",
            "windows temporary files: those ending in .tmp are counted by age and prefix",
            "windows temporary files: seventy thousand are counted within a check's time, and a stop is "
            "heard",
            "windows logs: a large log is read whole, and the older ones too",
            "windows logs: a log that somebody holds is missed, and the others are read",
            "windows logs: one log under two names is read once",
            "windows logs: of several lists of skipped files the newest is read",
            "windows private_folder: no name leads out of it",
            "windows private_folder: a file in its place is refused",
            "windows private_folder: a copy is made once, and deleted again",
            "windows private_folder: a copy that cannot be read leaves nothing"}};
}

Need OfService()
{
    return {"the program of the tests' services: stand_in/agent_service.exe beside this one", HasService,
        {"windows services: a stopped one", "windows services: a running one, with its process",
            "windows services: start types",
            "windows services: running dependents are named, those of dependents too, stopped ones not",
            "windows changes: a service is started, once, and stopped",
            "windows changes: starting waits until the service runs",
            "windows changes: starting can be given up within a second",
            "windows changes: a service that ends while starting fails with its exit code",
            "windows changes: a disabled, a mute and a missing service fail with the system's code",
            "windows changes: a service that does not stop is not called stopped",
            "windows changes: a service that others need is not stopped",
            "windows changes: every start type can be set from every other",
            "windows changes: a delayed start is set, or what was half set is taken back"}};
}

} // namespace

const std::vector<Need>& Needs()
{
    static const std::vector<Need> s_needs{OfWine(), OfServer(), OfStandInScheduler(), OfStandIns(),
        OfUnixRights(), OfUserHive(), OfShell(), OfService()};
    return s_needs;
}

bool IsNamed(const std::string& name, const std::string& test)
{
    return name.ends_with('*') ? test.starts_with(name.substr(0, name.size() - 1)) : test == name;
}

} // namespace mars::test
