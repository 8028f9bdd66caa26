// SPDX-License-Identifier: MIT
#pragma once

#include "catalogue.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "task_xml.h"
#include "test_support.h"

#include <functional>
#include <string>

/// Short ways to break the tasks of the healthy server.
namespace mars::test
{

inline constexpr const char* kDpmKey = "HKLM\\SOFTWARE\\Microsoft\\Microsoft Data Protection Manager";
inline constexpr const char* kBackupTask = "\\Microsoft\\OnlineBackup\\Microsoft-OnlineBackup";
inline constexpr const char* kStateTask =
    "\\Microsoft\\OnlineBackup\\Microsoft-OnlineBackup-SystemStateBackup";
inline constexpr const char* kUserSid = "S-1-5-21-1111111111-2222222222-3333333333-1105";

inline std::string Replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

inline void EditTask(
    RecordedMachine& machine, const std::function<void(ScheduledTask&)>& edit, std::size_t index = 0)
{
    Edit(machine, ListTasks{kTaskFolder}, [&](TaskList& list) { edit(list.tasks.at(index)); });
}

inline void ReplaceInTask(
    RecordedMachine& machine, const std::string& from, const std::string& to, std::size_t index = 0)
{
    EditTask(
        machine, [&](ScheduledTask& task) { task.xml = Replaced(task.xml, from, to); }, index);
}

/// Gives the backup task an account that is not SYSTEM.
inline void SetAccount(RecordedMachine& machine, const std::string& members, std::size_t index = 0)
{
    ReplaceInTask(machine, "<UserId>S-1-5-18</UserId>", members, index);
}

inline const std::string kUserWithPassword =
    std::string("<UserId>") + kUserSid + "</UserId><LogonType>Password</LogonType>";

/// A healthy server with the second task of the agent, a copy of the first.
inline RecordedMachine ServerWithTwoTasks()
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) {
        list.tasks.push_back(list.tasks.at(0));
        list.tasks[1].path = kStateTask;
    });
    return machine;
}

inline void RemoveAgent(RecordedMachine& machine)
{
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
}

inline void MakeDpmServer(RecordedMachine& machine)
{
    machine.Set(ReadRegistryValue{{std::string(kDpmKey) + "\\Setup", "InstallPath"}},
        RegistryValue::String("C:\\Program Files\\Microsoft System Center\\DPM\\"));
    machine.Set(ListRegistryKey{std::string(kDpmKey) + "\\DB"}, RegistryKeyContent{});
}

/// What every check of the page does on a server whose schedule is not the agent's own.
inline void CheckDpmServer(const RootCause& cause)
{
    RecordedMachine machine = HealthyServer();
    MakeDpmServer(machine);
    CheckNotApplicable(Detect(cause, machine), reason::kManagedByDpm);

    // The protection agent of DPM is no server.
    machine.Set(ListRegistryKey{std::string(kDpmKey) + "\\DB"}, Absent{});
    CheckPassed(Detect(cause, machine));

    machine.Set(ListRegistryKey{std::string(kDpmKey) + "\\DB"}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(cause, machine), code::kAccessDenied);
    machine.Set(
        ReadRegistryValue{{std::string(kDpmKey) + "\\Setup", "InstallPath"}}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(cause, machine), code::kTimeout);
}

inline void CheckNeedsAgent(const RootCause& cause)
{
    RecordedMachine machine = HealthyServer();
    RemoveAgent(machine);
    MakeDpmServer(machine);
    CheckNotApplicable(Detect(cause, machine), reason::kAgentMissing);
    machine.Set(
        ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(cause, machine), code::kAccessDenied);
}

/// Checks that judge tasks end the same way where there is none.
inline void CheckNeedsTask(const RootCause& cause)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    CheckNotApplicable(Detect(cause, machine), reason::kTaskMissing);
    machine.Set(ListTasks{kTaskFolder}, TaskList{});
    CheckNotApplicable(Detect(cause, machine), reason::kTaskMissing);
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(cause, machine), code::kAccessDenied);
}

/// A task that cannot be read lets nothing pass.
inline void CheckNeedsReadableTask(const RootCause& cause)
{
    RecordedMachine machine = ServerWithTwoTasks();
    EditTask(
        machine, [](ScheduledTask& task) { task.xml = "<Task>"; }, 1);
    CheckCouldNotCheck(Detect(cause, machine), code::kInvalidData);
}

inline std::string FingerprintOf(
    const RecordedMachine& machine, std::size_t trigger = 0, std::size_t task = 0)
{
    const auto list = machine.Ask(ListTasks{kTaskFolder}, Wait{});
    const auto definition = ReadTaskDefinition(list->tasks.at(task).xml);
    return definition->triggers.at(trigger).fingerprint;
}

/// The only change of a plan of one.
template <class Change>
Change OnlyChange(const RepairProposal& proposal)
{
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    REQUIRE(proposal.plan.changes.size() == 1);
    const bool isOfType = std::holds_alternative<Change>(proposal.plan.changes[0]);
    REQUIRE(isOfType);
    return std::get<Change>(proposal.plan.changes[0]);
}

} // namespace mars::test
