// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/devices.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("restore.iscsi_driver_missing");
}

const ListDevices kDevices{"ROOT\\ISCSIPRT"};
constexpr const char* kScsi = "{4d36e97b-e325-11ce-bfc1-08002be10318}";
constexpr const char* kUnknown = "{4d36e97e-e325-11ce-bfc1-08002be10318}";

DeviceInfo Device(const std::string& classGuid, std::optional<std::uint32_t> problemCode, bool present = true)
{
    return {"ROOT\\ISCSIPRT\\0000", "Microsoft iSCSI Initiator", classGuid, problemCode, present};
}

RecordedMachine With(std::vector<DeviceInfo> devices)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kDevices, DeviceList{std::move(devices)});
    return machine;
}

Outcome DetectWith(const std::string& classGuid, std::optional<std::uint32_t> problemCode)
{
    return Detect(Cause(), With({Device(classGuid, problemCode)}));
}

} // namespace

TEST_CASE("iscsi_driver_missing: a device with its class and without a problem passes")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
}

TEST_CASE("iscsi_driver_missing: no class, the Unknown class, and the codes of a missing driver")
{
    for (const DeviceInfo& device : {Device("", 28), Device(kUnknown, 28), Device(kUnknown, std::nullopt),
             Device("{4D36E97E-E325-11CE-BFC1-08002BE10318}", 0), Device("", 22), Device(kScsi, 1),
             Device(kScsi, 18), Device(kScsi, 28)})
    {
        const RecordedMachine machine = With({device});
        CheckProblem(Detect(Cause(), machine), Level::kError, "no_driver");
        const RepairProposal proposal = Propose(Cause(), machine);
        REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
        CHECK(proposal.plan.disturbs);
        CHECK_FALSE(IsReversible(proposal.plan));
        const InstallInboxDriver wanted{
            "ROOT\\ISCSIPRT", "iscsi.inf", "ROOT\\ISCSIPRT\\0000", device.problemCode.value_or(0)};
        CHECK(proposal.plan.changes == std::vector<Change>{wanted});
    }
}

TEST_CASE("iscsi_driver_missing: every other code has its own advice and no automatic repair")
{
    const std::vector<std::pair<std::uint32_t, const char*>> cases{{22, "disabled"}, {14, "needs_restart"},
        {10, "not_started"}, {31, "not_started"}, {39, "not_started"}, {52, "not_signed"}, {45, "problem"},
        {19, "problem"}};
    for (const auto& each : cases)
    {
        CAPTURE(each.first);
        const RecordedMachine machine = With({Device(kScsi, each.first)});
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError, each.second);
        CHECK(outcome.facts.at("problem_code") == Fact(std::int64_t{each.first}));
        CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    }
}

TEST_CASE("iscsi_driver_missing: a device with a class but without a status is not taken for a good one")
{
    CheckCouldNotCheck(DetectWith(kScsi, std::nullopt), code::kNotSupported);
}

TEST_CASE("iscsi_driver_missing: no device, or one that is not there, is the row before")
{
    CheckNotApplicable(Detect(Cause(), With({})), reason::kDeviceMissing);
    CheckNotApplicable(Detect(Cause(), With({Device(kUnknown, 28, false)})), reason::kDeviceMissing);
}

TEST_CASE("iscsi_driver_missing: of several devices the one with a problem counts")
{
    DeviceInfo second = Device(kScsi, 22);
    second.instanceId = "ROOT\\ISCSIPRT\\0001";
    const Outcome outcome = Detect(Cause(), With({Device(kScsi, 0), second}));
    CheckProblem(outcome, Level::kError, "disabled");
    CHECK(outcome.Text("device") == second.instanceId);
}

TEST_CASE("iscsi_driver_missing: devices that cannot be listed")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kDevices, Failure{code::kAccessDenied, "SetupDiGetClassDevs"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    CHECK(Cause().repair(MachineView(machine, Wait{}), {}, Outcome::Problem(Level::kError)).kind
        == RepairProposal::Kind::kGuided);
}

TEST_CASE("iscsi_driver_missing: there is nothing to do for a device that works")
{
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
