// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "root_cause.h"

namespace mars::scheduling
{
namespace
{

constexpr const char* kSystemSid = "S-1-5-18";

bool IsWrong(const TaskPrincipal& principal)
{
    return !principal.account.empty() && !principal.isSystem && !principal.isAdministrators;
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
        if (principal.account.empty())
        {
            found.unreadable = Failure{code::kInvalidData, task.name + ": the task names no account"};
        }
        else if (IsWrong(principal))
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
        if (!IsWrong(principal))
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
