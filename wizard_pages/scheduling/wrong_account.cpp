// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "root_cause.h"
#include "text.h"

namespace mars::scheduling
{
namespace
{

constexpr const char* kSystemSid = "S-1-5-18";
constexpr const char* kAdministratorsSid = "S-1-5-32-544";

/// True for SYSTEM and the group of administrators. Fails where Windows cannot tell whose name it is.
Answer<bool> MayRunBackups(const MachineView& machine, const TaskPrincipal& principal)
{
    if (principal.account.empty())
    {
        return Failure{code::kInvalidData, "the task names no account"};
    }
    if (principal.isSystem || principal.isAdministrators)
    {
        return true;
    }
    if (StartsWithIgnoreCase(principal.account, "S-1-"))
    {
        return false;
    }
    // Windows translates the names of its own accounts: NT-AUTORITÄT\SYSTEM.
    const auto sid = machine.Ask(FindAccountSid{principal.account});
    if (sid.HasFailed())
    {
        return sid.Error();
    }
    return sid && (sid->sid == kSystemSid || sid->sid == kAdministratorsSid);
}

bool IsWrong(const MachineView& machine, const TaskPrincipal& principal)
{
    const auto may = MayRunBackups(machine, principal);
    return may && !*may;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    BackupTasks found = ReadBackupTasks(machine);
    if (found.end)
    {
        return *found.end;
    }
    Facts facts{{"tasks", NamesOf(found.tasks)}};
    std::vector<std::string> wrong;
    std::vector<std::string> accounts;
    bool keepsPassword = false;
    for (const BackupTask& task : found.tasks)
    {
        const TaskPrincipal& principal = task.definition.principal;
        const auto may = MayRunBackups(machine, principal);
        if (may.HasFailed())
        {
            found.unreadable = Failure{may.Error().code, task.name + ": " + may.Error().what};
        }
        else if (!*may)
        {
            wrong.push_back(task.name);
            accounts.push_back(principal.account);
            keepsPassword = keepsPassword || principal.keepsPassword;
        }
    }
    if (wrong.empty())
    {
        return found.PassedUnlessUnreadable(std::move(facts));
    }
    facts["wrong_tasks"] = std::move(wrong);
    facts["accounts"] = std::move(accounts);
    facts["keeps_password"] = keepsPassword;
    if (keepsPassword)
    {
        facts["case"] = "keeps_password";
    }
    return Outcome::Problem(Level::kError, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    Plan plan;
    for (const BackupTask& task : ReadBackupTasks(machine).tasks)
    {
        const TaskPrincipal& principal = task.definition.principal;
        if (!IsWrong(machine, principal))
        {
            continue;
        }
        const auto before = PrincipalsElement(task.task.xml);
        const auto after = PrincipalsForSystem(task.task.xml);
        if (!before || !after)
        {
            return RepairProposal::Guided();
        }
        plan.changes.emplace_back(SetTaskAccount{
            task.task.path, *before, *after, principal.account, kSystemSid, principal.keepsPassword});
    }
    return plan.changes.empty() ? RepairProposal::NothingToDo() : RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& WrongAccount()
{
    static constexpr RootCause kCause{
        "scheduling.wrong_account", "S-4", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::scheduling
