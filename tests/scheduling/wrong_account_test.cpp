// SPDX-License-Identifier: MIT
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("scheduling.wrong_account");
}

} // namespace

TEST_CASE("wrong_account: SYSTEM and the group of administrators pass")
{
    RecordedMachine machine = HealthyServer();
    CheckPassed(Detect(Cause(), machine));
    SetAccount(machine, "<GroupId>S-1-5-32-544</GroupId>");
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("wrong_account: another account is an error, administrator or service or not")
{
    for (const char* members :
        {"<UserId>S-1-5-19</UserId>", "<UserId>S-1-5-21-1111111111-2222222222-3333333333-500</UserId>",
            "<GroupId>S-1-5-32-545</GroupId>", "<UserId>FILESRV07\\backup</UserId>"})
    {
        RecordedMachine machine = ServerWithTwoTasks();
        SetAccount(machine, members, 1);
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError);
        CHECK(outcome.facts.at("wrong_tasks")
            == Fact(std::vector<std::string>{"Microsoft-OnlineBackup-SystemStateBackup"}));
        CHECK(outcome.facts.at("keeps_password") == Fact(false));
    }
}

TEST_CASE("wrong_account: an account with a stored password is said")
{
    RecordedMachine machine = HealthyServer();
    SetAccount(machine, kUserWithPassword);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "keeps_password");
    CHECK(outcome.facts.at("accounts") == Fact(std::vector<std::string>{kUserSid}));
    CHECK(outcome.facts.at("keeps_password") == Fact(true));
}

TEST_CASE("wrong_account: a task that names no account could not be checked")
{
    RecordedMachine machine = HealthyServer();
    SetAccount(machine, "");
    CheckCouldNotCheck(Detect(Cause(), machine), code::kInvalidData);
}

TEST_CASE("wrong_account: needs the agent, its own schedule and tasks that can be read")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    CheckNeedsTask(Cause());
    CheckNeedsReadableTask(Cause());
}

TEST_CASE("wrong_account: the repair names SYSTEM, and can be undone without a password")
{
    RecordedMachine machine = ServerWithTwoTasks();
    SetAccount(machine, std::string("<UserId>") + kUserSid + "</UserId><LogonType>S4U</LogonType>", 1);
    const RepairProposal proposal = Propose(Cause(), machine);
    const auto change = OnlyChange<SetTaskAccount>(proposal);
    CHECK(change.task == kStateTask);
    CHECK(change.accountBefore == kUserSid);
    CHECK(change.accountAfter == "S-1-5-18");
    CHECK_FALSE(change.dropsPassword);
    CHECK(change.after
        == "<Principals><Principal id=\"Author\"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable"
           "</RunLevel></Principal></Principals>");
    CHECK(change.before == *PrincipalsElement(machine.Ask(ListTasks{kTaskFolder}, Wait{})->tasks[1].xml));
    CHECK(IsReversible(proposal.plan));
}

TEST_CASE("wrong_account: the repair cannot be undone where a password is lost")
{
    RecordedMachine machine = HealthyServer();
    SetAccount(machine, kUserWithPassword);
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(OnlyChange<SetTaskAccount>(proposal).dropsPassword);
    CHECK_FALSE(IsReversible(proposal.plan));
}

TEST_CASE("wrong_account: there is nothing to do when all accounts are right")
{
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
