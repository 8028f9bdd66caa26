// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "log_errors.h"
#include "questions/log.h"
#include "questions/registry.h"
#include "questions/volumes.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("restore.san_policy_offline");
}

const RegistryPath kSanPolicy{"HKLM\\SYSTEM\\CurrentControlSet\\Services\\partmgr\\Parameters", "SanPolicy"};

RecordedMachine WithSetting(SanPolicy policy)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadNewDiskPolicy{}, NewDiskSetting{policy});
    return machine;
}

/// A Windows that does not know the storage setting.
RecordedMachine WithRegistry(const Answer<RegistryValue>& value)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadNewDiskPolicy{}, Absent{});
    machine.Set(ReadRegistryValue{kSanPolicy}, value);
    return machine;
}

} // namespace

TEST_CASE("san_policy_offline: policies that bring the agent's disks online pass")
{
    CheckPassed(Detect(Cause(), WithSetting(SanPolicy::kOnlineAll)));
    CheckPassed(Detect(Cause(), WithSetting(SanPolicy::kOfflineShared)));
    CheckPassed(Detect(Cause(), WithRegistry(RegistryValue::Dword(1))));
    CheckPassed(Detect(Cause(), WithRegistry(RegistryValue::Dword(2))));
}

TEST_CASE(
    "san_policy_offline: OfflineShared says that an iSCSI disk stays offline, and how it is brought online")
{
    for (const RecordedMachine& machine :
        {WithSetting(SanPolicy::kOfflineShared), WithRegistry(RegistryValue::Dword(2))})
    {
        const Outcome outcome = Detect(Cause(), machine);
        CHECK(outcome.Text("case") == "offline_shared");
        const EntryText text = BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish);
        CHECK(text.meaning.find("iSCSI") != std::string::npos);
        CHECK(text.meaning.find("Disk Management") != std::string::npos);
        REQUIRE(text.steps.size() == 2);
        CHECK(text.steps[0].tool == "disk_management");
    }
    CHECK(Detect(Cause(), WithSetting(SanPolicy::kOnlineAll)).Text("case").empty());
}

TEST_CASE("san_policy_offline: an error once a disk of the agent failed since the last success")
{
    const ScanAgentLogs log{std::string(kInstallPath) + "Temp", LogErrorPatterns(), true};
    const Timestamp success = kNow - std::chrono::hours(14);
    for (const char* text :
        {"IscsiMountFailure", "CBPSourceSnapshotFailedVSSProviderVETO", "is not GPT for SSBStaging.vhd"})
    {
        CAPTURE(text);
        RecordedMachine machine = WithSetting(SanPolicy::kOfflineAll);
        Edit(machine, log, [&](LogScan& scan) {
            scan.matches = {{success + std::chrono::seconds(1), text, "FATAL", text}};
        });
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError, "mount_failed");
        CHECK(outcome.facts.at("mount_failed") == Fact(success + std::chrono::seconds(1)));
        CHECK(Propose(Cause(), machine).plan.changes.size() == 1);
        Edit(machine, log, [&](LogScan& scan) { scan.matches[0].time = success; });
        CheckProblem(Detect(Cause(), machine), Level::kWarning);
    }
}

TEST_CASE("san_policy_offline: a value that is not there is the edition's default")
{
    const Outcome outcome = Detect(Cause(), WithRegistry(Absent{}));
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "default");
    CHECK(outcome.Text("source") == "default");
}

TEST_CASE("san_policy_offline: both offline policies are warnings, and become OfflineShared")
{
    for (const SanPolicy policy : {SanPolicy::kOfflineAll, SanPolicy::kOfflineInternal})
    {
        const RecordedMachine machine = WithSetting(policy);
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kWarning);
        CHECK(outcome.Text("policy") == WordOf(policy));
        CHECK(outcome.Text("source") == "storage_setting");
        const RepairProposal proposal = Propose(Cause(), machine);
        REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
        CHECK(proposal.plan.changes == std::vector<Change>{SetSanPolicy{policy, SanPolicy::kOfflineShared}});
        CHECK(IsReversible(proposal.plan));
    }
}

TEST_CASE("san_policy_offline: where the setting does not answer the registry does")
{
    for (const std::uint32_t number : {3U, 4U})
    {
        RecordedMachine machine = WithRegistry(RegistryValue::Dword(number));
        for (const Answer<NewDiskSetting>& none :
            {Answer<NewDiskSetting>(Absent{}), Answer<NewDiskSetting>(Failure{code::kAccessDenied, "WMI"}),
                Answer<NewDiskSetting>(NewDiskSetting{SanPolicy::kUnknown})})
        {
            machine.Set(ReadNewDiskPolicy{}, none);
            const Outcome outcome = Detect(Cause(), machine);
            CheckProblem(outcome, Level::kWarning);
            CHECK(outcome.Text("source") == "registry");
            const SetRegistryValue wanted{
                kSanPolicy, RegistryValue::Dword(number), RegistryValue::Dword(2), false, {}};
            CHECK(Propose(Cause(), machine).plan.changes == std::vector<Change>{wanted});
        }
    }
}

TEST_CASE("san_policy_offline: a value that means nothing, and one that cannot be read")
{
    for (const RegistryValue& value :
        {RegistryValue::Dword(0), RegistryValue::Dword(5), RegistryValue::String("3")})
    {
        const RecordedMachine machine = WithRegistry(value);
        CheckCouldNotCheck(Detect(Cause(), machine), code::kInvalidData);
        CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    }
    CheckCouldNotCheck(
        Detect(Cause(), WithRegistry(Failure{code::kAccessDenied, "RegQueryValueEx"})), code::kAccessDenied);
}

TEST_CASE("san_policy_offline: there is nothing to do where the policy is right")
{
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
    CHECK(Propose(Cause(), WithSetting(SanPolicy::kOnlineAll)).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
