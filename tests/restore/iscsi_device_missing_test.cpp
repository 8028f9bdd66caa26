// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/devices.h"
#include "questions/files.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("restore.iscsi_device_missing");
}

const ListDevices kDevices{"ROOT\\ISCSIPRT"};

} // namespace

TEST_CASE("iscsi_device_missing: the device is there")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("device") == "ROOT\\ISCSIPRT\\0000");
}

TEST_CASE("iscsi_device_missing: a device without a driver is there all the same")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kDevices, [](DeviceList& list) {
        list.devices[0].classGuid.clear();
        list.devices[0].problemCode = 28;
    });
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("iscsi_device_missing: no device is an error")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kDevices, DeviceList{});
    CheckProblem(Detect(Cause(), machine), Level::kError);
    machine.Set(kDevices, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("iscsi_device_missing: a device that is only remembered is none")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kDevices, [](DeviceList& list) { list.devices[0].present = false; });
    CheckProblem(Detect(Cause(), machine), Level::kError);
    Edit(machine, kDevices, [](DeviceList& list) {
        list.devices.push_back({"ROOT\\ISCSIPRT\\0001", "Second", {}, 0, true});
    });
    CHECK(Detect(Cause(), machine).Text("device") == "ROOT\\ISCSIPRT\\0001");
}

TEST_CASE("iscsi_device_missing: is judged without an agent")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("iscsi_device_missing: devices that cannot be listed are no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kDevices, Failure{13, "list devices"});
    CheckCouldNotCheck(Detect(Cause(), machine), 13);
}

} // namespace mars::test
