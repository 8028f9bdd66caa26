// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "questions/computer.h"
#include "questions/registry.h"
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

RecordedMachine At(RecordedMachine machine, const char* time)
{
    Edit(machine, ReadClock{}, [&](ClockReading& clock) { clock.now = *FromIso8601(time); });
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

TEST_CASE("os_unsupported: the servers and clients of the table pass, Windows Server 2025 too")
{
    for (const std::uint32_t build : {14393U, 17763U, 20348U, 26100U})
    {
        CheckPassed(Detect(Cause(), Server(build)));
    }
    for (const std::uint32_t build : {22000U, 22631U, 26100U, 26999U})
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
    CheckProblem(Detect(Cause(), Server(7600)), Level::kError, "too_old");
    CheckProblem(Detect(Cause(), Server(9199)), Level::kError, "too_old");
    CheckProblem(Detect(Cause(), Client(7600)), Level::kError, "too_old");
    CheckProblem(Detect(Cause(), Client(9199)), Level::kError, "too_old");
}

TEST_CASE("os_unsupported: newer than the table, or not in it, is advice")
{
    CheckProblem(Detect(Cause(), Server(26101)), Level::kAdvice, "newer");
    CheckProblem(Detect(Cause(), Client(27000)), Level::kAdvice, "newer");
    CheckProblem(Detect(Cause(), Server(25398)), Level::kAdvice, "not_listed");
    CheckProblem(Detect(Cause(), Client(9601)), Level::kAdvice, "not_listed");
    CheckProblem(Detect(Cause(), Client(22631, "Education")), Level::kAdvice, "edition_not_listed");
    RecordedMachine machine = HealthyServer();
    machine.Set(kProcessor, RegistryValue::String("ARM64"));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "processor_not_listed");
    // Server Core weighs more than a version that is not known yet.
    machine = Server(26101);
    Edit(machine, ReadWindowsVersion{}, [](WindowsVersion& windows) { windows.serverCore = true; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "server_core");
}

TEST_CASE("os_unsupported: the last day of support still counts, then it depends on extended updates")
{
    const auto judge = [](std::uint32_t build, const char* time) {
        return Detect(Cause(), At(Server(build), time));
    };
    for (const std::uint32_t build : {9200U, 9600U})
    {
        CheckPassed(judge(build, "2023-10-10T23:59:59Z"));
        const Outcome ended = judge(build, "2023-10-11T00:00:00Z");
        CheckProblem(ended, Level::kAdvice, "extended_updates");
        CHECK(ended.Text("support_ends") == "2023-10-10");
        CHECK(ended.Text("updates_end") == "2026-10-13");
        CheckProblem(judge(build, "2026-10-13T23:59:59Z"), Level::kAdvice, "extended_updates");
        CheckProblem(judge(build, "2026-10-14T00:00:00Z"), Level::kAdvice, "support_ended");
    }
    CheckPassed(judge(14393, "2027-01-12T23:59:59Z"));
    CheckProblem(judge(14393, "2027-01-13T00:00:00Z"), Level::kAdvice, "extended_updates");
    CheckProblem(judge(17763, "2029-01-10T00:00:00Z"), Level::kAdvice, "support_ended");
    CheckProblem(judge(20348, "2031-10-15T00:00:00Z"), Level::kAdvice, "support_ended");
    CheckPassed(judge(26100, "2031-10-15T00:00:00Z"));
}

TEST_CASE(
    "os_unsupported: what the support matrix lists among the systems at the end of their support is advice")
{
    for (const std::uint32_t build : {6002U, 6003U, 7601U})
    {
        CheckProblem(Detect(Cause(), Server(build)), Level::kAdvice, "support_ended");
    }
    for (const std::uint32_t build : {7601U, 9200U, 9600U})
    {
        CheckProblem(Detect(Cause(), Client(build)), Level::kAdvice, "support_ended");
    }
}

TEST_CASE("os_unsupported: Windows 10 has one end for all builds, but not where it is served longer")
{
    for (const std::uint32_t build : {10240U, 19045U, 21999U})
    {
        CheckPassed(Detect(Cause(), At(Client(build), "2025-10-14T12:00:00Z")));
        CheckProblem(
            Detect(Cause(), At(Client(build), "2025-10-15T00:00:00Z")), Level::kAdvice, "extended_updates");
        CheckProblem(
            Detect(Cause(), At(Client(build), "2028-10-11T00:00:00Z")), Level::kAdvice, "support_ended");
    }
    CheckPassed(Detect(Cause(), Client(19044, "EnterpriseS")));
    CheckPassed(Detect(Cause(), Client(19044, "IoTEnterpriseS")));
    CheckProblem(Detect(Cause(), Client(19044, "Enterprise")), Level::kAdvice, "extended_updates");
}

TEST_CASE("os_unsupported: without a clock nothing is said of support, except where no date is needed")
{
    RecordedMachine machine = Server(20348);
    machine.Set(ReadClock{}, Failure{code::kTimeout, "clock"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine.Set(ReadClock{}, Failure{code::kNotRecorded, "clock"});
    CheckPassed(Detect(Cause(), machine));
    machine = Server(26100);
    machine.Set(ReadClock{}, Failure{code::kTimeout, "clock"});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("os_unsupported: the steps are those of the situation")
{
    const auto steps = [](const Outcome& outcome) {
        std::string all;
        for (const GuidedStep& step :
            BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish).steps)
        {
            all += step.text + "\n";
        }
        return all;
    };
    const auto has = [](const std::string& text, const char* part) {
        return text.find(part) != std::string::npos;
    };
    const std::string newer = steps(Detect(Cause(), Server(26101)));
    CHECK(has(newer, "support matrix"));
    CHECK_FALSE(has(newer, "Upgrade Windows"));
    CHECK_FALSE(has(newer, "another server"));
    RecordedMachine core = HealthyServer();
    Edit(core, ReadWindowsVersion{}, [](WindowsVersion& windows) { windows.serverCore = true; });
    const std::string serverCore = steps(Detect(Cause(), core));
    CHECK(has(serverCore, "another server"));
    CHECK_FALSE(has(serverCore, "Upgrade Windows"));
    const std::string ended = steps(Detect(Cause(), At(Server(9600), "2026-12-01T00:00:00Z")));
    CHECK(has(ended, "Upgrade Windows"));
    CHECK(has(ended, "passphrase"));
    CHECK_FALSE(has(ended, "Extended Security Updates"));
    CHECK_FALSE(has(ended, "support matrix"));
    CHECK(has(steps(Detect(Cause(), Server(9600))), "Extended Security Updates"));
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
