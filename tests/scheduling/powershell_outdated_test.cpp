// SPDX-License-Identifier: MIT
#include "questions/registry.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const RegistryPath kNewer{"HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine", "PowerShellVersion"};
const RegistryPath kOlder{"HKLM\\SOFTWARE\\Microsoft\\PowerShell\\1\\PowerShellEngine", "PowerShellVersion"};

const RootCause& Cause()
{
    return *FindRootCause("scheduling.powershell_outdated");
}

RecordedMachine WithVersion(const std::string& version)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kNewer}, RegistryValue::String(version));
    return machine;
}

} // namespace

TEST_CASE("powershell_outdated: from 5.1 on it passes")
{
    for (const char* version : {"5.1", "5.1.17763.1", "5.10.1", "6.0.0"})
    {
        const Outcome outcome = Detect(Cause(), WithVersion(version));
        CheckPassed(outcome);
        CHECK(outcome.Text("version") == version);
    }
}

TEST_CASE("powershell_outdated: from 3.0 on newer is advised")
{
    for (const char* version : {"3.0", "4.0", "5.0.10586.117"})
    {
        CheckProblem(Detect(Cause(), WithVersion(version)), Level::kAdvice, "old");
    }
}

TEST_CASE("powershell_outdated: before 3.0, or with none at all, it is an error")
{
    CheckProblem(Detect(Cause(), WithVersion("2.9")), Level::kError, "too_old");
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kNewer}, Absent{});
    machine.Set(ReadRegistryValue{kOlder}, RegistryValue::String("2.0"));
    CheckProblem(Detect(Cause(), machine), Level::kError, "too_old");
    machine.Set(ReadRegistryValue{kOlder}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "missing");
}

TEST_CASE("powershell_outdated: a version that cannot be read is not judged")
{
    for (const char* version : {"", "five", "5", "5.", "5.x"})
    {
        CheckCouldNotCheck(Detect(Cause(), WithVersion(version)), code::kInvalidData);
    }
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kNewer}, RegistryValue::Dword(5));
    CheckCouldNotCheck(Detect(Cause(), machine), code::kInvalidData);
    machine.Set(ReadRegistryValue{kNewer}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("powershell_outdated: needs no agent, but a schedule that is not that of DPM")
{
    RecordedMachine machine = WithVersion("2.9");
    RemoveAgent(machine);
    CheckProblem(Detect(Cause(), machine), Level::kError, "too_old");
    CheckDpmServer(Cause());
}

} // namespace mars::test
