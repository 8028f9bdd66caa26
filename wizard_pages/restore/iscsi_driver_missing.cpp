// SPDX-License-Identifier: MIT
#include "questions/devices.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::restore
{
namespace
{

constexpr const char* kHardwareId = "ROOT\\ISCSIPRT";
constexpr const char* kInf = "iscsi.inf";
/// The class of devices that Windows does not know.
constexpr const char* kUnknownClass = "{4d36e97e-e325-11ce-bfc1-08002be10318}";

/// CM_PROB_* numbers.
constexpr std::uint32_t kNoProblem = 0;
constexpr std::uint32_t kNotConfigured = 1;
constexpr std::uint32_t kFailedStart = 10;
constexpr std::uint32_t kNeedsRestart = 14;
constexpr std::uint32_t kReinstall = 18;
constexpr std::uint32_t kDisabled = 22;
constexpr std::uint32_t kNotInstalled = 28;
constexpr std::uint32_t kDriverNotLoaded = 31;
constexpr std::uint32_t kDriverDamaged = 39;
constexpr std::uint32_t kUnsigned = 52;

bool HasClass(const DeviceInfo& device)
{
    return !device.classGuid.empty() && !EqualsIgnoreCase(device.classGuid, kUnknownClass);
}

/// The text that has the advice for this device; empty where nothing is wrong with it.
std::string CaseOf(const DeviceInfo& device)
{
    if (!HasClass(device))
    {
        return "no_driver";
    }
    switch (device.problemCode.value_or(kNoProblem))
    {
    case kNoProblem:
        return {};
    case kNotConfigured:
    case kReinstall:
    case kNotInstalled:
        return "no_driver";
    case kDisabled:
        return "disabled";
    case kNeedsRestart:
        return "needs_restart";
    case kFailedStart:
    case kDriverNotLoaded:
    case kDriverDamaged:
        return "not_started";
    case kUnsigned:
        return "not_signed";
    default:
        return "problem";
    }
}

/// The device that is there, one with a problem first.
const DeviceInfo* FindDevice(const DeviceList& list)
{
    const DeviceInfo* found = nullptr;
    for (const DeviceInfo& device : list.devices)
    {
        if (device.present && (found == nullptr || (CaseOf(*found).empty() && !CaseOf(device).empty())))
        {
            found = &device;
        }
    }
    return found;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto list = machine.Ask(ListDevices{kHardwareId});
    if (list.HasFailed())
    {
        return Outcome::CouldNotCheck(list.Error());
    }
    const DeviceList devices = list.ValueOr({});
    const DeviceInfo* device = FindDevice(devices);
    if (device == nullptr)
    {
        return Outcome::NotApplicable(reason::kDeviceMissing, {{"hardware_id", kHardwareId}});
    }
    Facts facts{{"device", device->instanceId}, {"description", device->description},
        {"class", HasClass(*device) ? device->classGuid : std::string("none")}};
    if (device->problemCode)
    {
        facts["problem_code"] = std::int64_t{*device->problemCode};
    }
    if (std::string name = CaseOf(*device); !name.empty())
    {
        facts["case"] = std::move(name);
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (!device->problemCode)
    {
        return Outcome::CouldNotCheck({code::kNotSupported, "CM_Get_DevNode_Status"}, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome& outcome)
{
    if (!outcome.IsProblem())
    {
        return RepairProposal::NothingToDo();
    }
    const DeviceList devices = machine.Ask(ListDevices{kHardwareId}).ValueOr({});
    const DeviceInfo* device = FindDevice(devices);
    if (device == nullptr || CaseOf(*device) != "no_driver")
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    plan.changes.push_back(
        InstallInboxDriver{kHardwareId, kInf, device->instanceId, device->problemCode.value_or(kNoProblem)});
    plan.disturbs = true;
    return RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& IscsiDriverMissing()
{
    static constexpr RootCause kCause{
        "restore.iscsi_driver_missing", "R-4", RepairKind::kOneClick, false, Detect, Repair};
    return kCause;
}

} // namespace mars::restore
