// SPDX-License-Identifier: MIT
#include "questions/devices.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::restore
{
namespace
{

constexpr const char* kHardwareId = "ROOT\\ISCSIPRT";

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto list = machine.Ask(ListDevices{kHardwareId});
    if (list.HasFailed())
    {
        return Outcome::CouldNotCheck(list.Error());
    }
    Facts facts{{"hardware_id", kHardwareId}};
    const auto devices = list.ValueOr({}).devices;
    const auto device = std::ranges::find(devices, true, &DeviceInfo::present);
    if (device == devices.end())
    {
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    facts["device"] = device->instanceId;
    facts["description"] = device->description;
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& IscsiDeviceMissing()
{
    static constexpr RootCause kCause{
        "restore.iscsi_device_missing", "R-3", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::restore
