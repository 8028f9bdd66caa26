// SPDX-License-Identifier: MIT
#include "catalogue.h"
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

TEST_CASE("san_policy_offline: a value that is not there is the edition's default")
{
    const Outcome outcome = Detect(Cause(), WithRegistry(Absent{}));
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "default");
    CHECK(outcome.Text("source") == "default");
}

TEST_CASE("san_policy_offline: both offline policies are errors, and become OfflineShared")
{
    for (const SanPolicy policy : {SanPolicy::kOfflineAll, SanPolicy::kOfflineInternal})
    {
        const RecordedMachine machine = WithSetting(policy);
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError);
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
            CheckProblem(outcome, Level::kError);
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
