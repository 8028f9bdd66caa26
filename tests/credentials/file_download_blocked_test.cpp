// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/registry.h"
#include "zones.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("credentials.file_download_blocked");
}

RecordedMachine BlockedFor(const std::string& hive)
{
    RecordedMachine machine = AdvisedServer();
    SetNumber(machine, DownloadValue(hive + kZoneSettings), 3);
    return machine;
}

} // namespace

TEST_CASE("file_download_blocked: downloads that are allowed, asked about or not set pass")
{
    CheckPassed(Detect(Cause(), AdvisedServer()));
    RecordedMachine machine = AdvisedServer();
    SetNumber(machine, DownloadValue(kUserHive + kZoneSettings), 1);
    CheckPassed(Detect(Cause(), machine));
    for (const std::string& hive : {std::string("HKLM"), kUserHive, kSystemHive})
    {
        SetAbsent(machine, DownloadValue(hive + kZoneSettings));
    }
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("file_download_blocked: 3 for SYSTEM is a warning, 3 for a user alone is advice")
{
    for (const std::string& hive : {kUserHive, kSystemHive})
    {
        const bool isSystem = hive == kSystemHive;
        const Outcome outcome = Detect(Cause(), BlockedFor(hive));
        CheckProblem(
            outcome, isSystem ? Level::kWarning : Level::kAdvice, isSystem ? "problem" : "only_user");
        const auto accounts = std::get<std::vector<Finding>>(outcome.facts.at("accounts"));
        REQUIRE(accounts.size() == 1);
        CHECK(accounts[0].subject == (isSystem ? "SYSTEM" : "maria.lopez"));
        CHECK(accounts[0].detail == hive + kZoneSettings + "\\Zones\\3\\1803");
    }
    RecordedMachine machine = BlockedFor(kUserHive);
    SetNumber(machine, DownloadValue(kSystemHive + kZoneSettings), 3);
    const Outcome both = Detect(Cause(), machine);
    CheckProblem(both, Level::kWarning, "problem");
    CHECK(std::get<std::vector<Finding>>(both.facts.at("accounts")).size() == 2);
}

TEST_CASE("file_download_blocked: the server's default, Enhanced Security Configuration, is advice")
{
    RecordedMachine machine = BlockedFor(kUserHive);
    SetNumber(machine, {kUserHive + kZoneSettings + "\\ZoneMap", "IEHarden"}, 1);
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "only_user");
}

TEST_CASE("file_download_blocked: policies decide first, and are named")
{
    RecordedMachine machine = BlockedFor(kUserHive);
    SetNumber(machine, DownloadValue("HKLM" + kZonePolicies), 0);
    CheckPassed(Detect(Cause(), machine));
    SetNumber(machine, DownloadValue("HKLM" + kZonePolicies), 3);
    SetNumber(machine, DownloadValue(kUserHive + kZonePolicies), 0);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "by_policy");
    CHECK(Propose(Cause(), machine).reason == "set_by_policy");
    machine = AdvisedServer();
    SetNumber(machine, DownloadValue(kUserHive + kZonePolicies), 3);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "by_policy");
}

TEST_CASE("file_download_blocked: where only the computer's settings count those of users do not")
{
    RecordedMachine machine = BlockedFor(kUserHive);
    SetNumber(machine, {"HKLM" + kZonePolicies, "Security_HKLM_only"}, 1);
    CheckPassed(Detect(Cause(), machine));
    SetNumber(machine, DownloadValue("HKLM" + kZoneSettings), 3);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "by_policy");
}

TEST_CASE("file_download_blocked: the computer's value counts where the account has none, and is not changed")
{
    RecordedMachine machine = AdvisedServer();
    SetNumber(machine, DownloadValue("HKLM" + kZoneSettings), 3);
    CheckPassed(Detect(Cause(), machine));
    SetAbsent(machine, DownloadValue(kSystemHive + kZoneSettings));
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "problem");
    CHECK(Propose(Cause(), machine).plan.changes
        == std::vector<Change>{SetRegistryValue{
            DownloadValue(kSystemHive + kZoneSettings), std::nullopt, RegistryValue::Dword(0), true, {}}});
}

TEST_CASE("file_download_blocked: the repair lowers a protection and comes after the trusted sites")
{
    RecordedMachine machine = BlockedFor(kUserHive);
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(proposal.plan.changes
        == std::vector<Change>{SetRegistryValue{DownloadValue(kUserHive + kZoneSettings),
            RegistryValue::Dword(3), RegistryValue::Dword(0), true, {}}});
    CHECK(LowersProtection(proposal.plan));
    RemoveSite(machine, kUserHive, "windows.net");
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kHeld);
    CHECK(Propose(Cause(), machine).reason == "trusted_sites_first");
    // Nobody can add sites to a list of Group Policy here.
    machine.Set(ListRegistryKey{"HKLM" + kZonePolicies + "\\ZoneMapKey"},
        RegistryKeyContent{{}, {{"example.com", RegistryValue::String("2")}}});
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kPlanned);
    CHECK(Propose(Cause(), AdvisedServer()).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("file_download_blocked: another user's settings are only looked at")
{
    RecordedMachine machine = BlockedFor(kUserHive);
    AskForOther(machine);
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "only_user");
    CHECK(Propose(Cause(), machine).reason == "other_users_settings");
    SetNumber(machine, DownloadValue(kSystemHive + kZoneSettings), 3);
    CHECK(Propose(Cause(), machine).plan.changes.size() == 1);
}

TEST_CASE("file_download_blocked: what cannot be read lets nothing pass and hides no problem")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(
        ReadRegistryValue{DownloadValue(kUserHive + kZoneSettings)}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    SetNumber(machine, DownloadValue(kSystemHive + kZoneSettings), 3);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "problem");
    // Whether it is only the user's matter is not known.
    machine = BlockedFor(kUserHive);
    machine.Set(
        ReadRegistryValue{DownloadValue(kSystemHive + kZoneSettings)}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ReadContext{}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
