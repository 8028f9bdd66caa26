// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.os_unsupported");
}

const ReadRegistryValue kEdition{{"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "EditionID"}};
const ReadRegistryValue kProcessor{
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment", "PROCESSOR_ARCHITECTURE"}};

RecordedMachine Server(std::uint32_t build)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadWindowsVersion{}, [&](WindowsVersion& windows) { windows.build = build; });
    return machine;
}

RecordedMachine Client(std::uint32_t build, const char* edition = "Professional")
{
    RecordedMachine machine = Server(build);
    Edit(machine, ReadWindowsVersion{}, [](WindowsVersion& windows) { windows.server = false; });
    machine.Set(kEdition, RegistryValue::String(edition));
    return machine;
}

} // namespace

TEST_CASE("os_unsupported: the servers and clients of the table pass")
{
    for (const std::uint32_t build : {9200U, 9600U, 14393U, 17763U, 20348U})
    {
        CheckPassed(Detect(Cause(), Server(build)));
    }
    for (const std::uint32_t build : {9200U, 9600U, 19045U, 22631U, 26100U})
    {
        CheckPassed(Detect(Cause(), Client(build)));
    }
    for (const char* edition :
        {"Core", "CoreSingleLanguage", "EnterpriseS", "IoTEnterprise", "ProfessionalN"})
    {
        CheckPassed(Detect(Cause(), Client(22631, edition)));
    }
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CHECK(outcome.Text("version") == "10.0.17763");
    CHECK(outcome.Text("edition") == "ServerStandard");
}

TEST_CASE("os_unsupported: Server Core, 32-bit, foreign editions and old versions are errors")
{
    RecordedMachine core = HealthyServer();
    Edit(core, ReadWindowsVersion{}, [](WindowsVersion& windows) { windows.serverCore = true; });
    CheckProblem(Detect(Cause(), core), Level::kError, "server_core");
    RecordedMachine small = HealthyServer();
    small.Set(kProcessor, RegistryValue::String("x86"));
    CheckProblem(Detect(Cause(), small), Level::kError, "32_bit");
    RecordedMachine hyper = HealthyServer();
    hyper.Set(kEdition, RegistryValue::String("ServerHyperCore"));
    CheckProblem(Detect(Cause(), hyper), Level::kError, "edition");
    CheckProblem(Detect(Cause(), Server(7601)), Level::kError, "too_old");
    CheckProblem(Detect(Cause(), Server(9199)), Level::kError, "too_old");
    CheckProblem(Detect(Cause(), Client(7601)), Level::kError, "too_old");
}

TEST_CASE("os_unsupported: newer than the table, or not in it, is advice")
{
    CheckProblem(Detect(Cause(), Server(26100)), Level::kAdvice, "newer");
    CheckProblem(Detect(Cause(), Client(27000)), Level::kAdvice, "newer");
    CheckProblem(Detect(Cause(), Server(25398)), Level::kAdvice, "not_listed");
    CheckProblem(Detect(Cause(), Client(22631, "Education")), Level::kAdvice, "edition_not_listed");
    RecordedMachine machine = HealthyServer();
    machine.Set(kProcessor, RegistryValue::String("ARM64"));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "processor_not_listed");
    // Server Core weighs more than a version that is not known yet.
    machine = Server(26100);
    Edit(machine, ReadWindowsVersion{}, [](WindowsVersion& windows) { windows.serverCore = true; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "server_core");
}

TEST_CASE("os_unsupported: a value that is not there says nothing, one that cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEdition, Absent{});
    machine.Set(kProcessor, Absent{});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(kEdition, Failure{code::kAccessDenied, "edition"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(kProcessor, Failure{code::kAccessDenied, "processor"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(ReadWindowsVersion{}, Failure{code::kTimeout, "version"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

} // namespace mars::test
