// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "questions/files.h"
#include "questions/programs.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.offline_backup_powershell");
}

const ListPrograms kPrograms{"Microsoft Azure PowerShell"};
const ReadFileInfo kModule{"C:\\Program Files\\WindowsPowerShell\\Modules\\AzureRM\\3.7.0"};
const std::string kEngine = std::string(kInstallPath) + "bin\\cbengine.exe";

/// A server without Azure PowerShell, and with an agent of this build.
RecordedMachine Server(std::uint32_t agentBuild = 9250)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kModule, Absent{});
    machine.Set(kPrograms, InstalledProgramList{});
    machine.Set(ReadFileVersion{kEngine}, FileVersion{2, 0, agentBuild, 0});
    return machine;
}

RecordedMachine WithProgram(const char* version)
{
    RecordedMachine machine = Server();
    machine.Set(
        kPrograms, InstalledProgramList{{{"Microsoft Azure PowerShell - March 2017", version, "20170310"}}});
    return machine;
}

Outcome Judge(const RecordedMachine& machine)
{
    Given given;
    given.offlineSeeding = true;
    return Detect(Cause(), machine, given);
}

} // namespace

TEST_CASE("offline_backup_powershell: only for a first backup on disks")
{
    CheckNotApplicable(Detect(Cause(), Server()), reason::kNoOfflineSeeding);
}

TEST_CASE("offline_backup_powershell: version 3.7.0 passes, by its installer or as a module")
{
    CheckPassed(Judge(WithProgram("3.7.0")));
    CheckPassed(Judge(WithProgram("3.7.0.1")));
    RecordedMachine machine = Server();
    machine.Set(kModule, FileInfo{"3.7.0", file_attribute::kDirectory, 0, kNow, kNow});
    CheckPassed(Judge(machine));
}

TEST_CASE(
    "offline_backup_powershell: missing or another version is an error with every agent, and without one")
{
    CheckProblem(Judge(Server()), Level::kError, "missing");
    CheckProblem(Judge(Server(9938)), Level::kError, "missing");
    const Outcome other = Judge(WithProgram("3.7.1"));
    CheckProblem(other, Level::kError, "missing");
    CHECK(other.facts.at("found")
        == Fact(std::vector<std::string>{"Microsoft Azure PowerShell - March 2017 3.7.1"}));
    CheckProblem(Judge(WithProgram("3.70")), Level::kError, "missing");
    RecordedMachine machine = Server();
    machine.Set(ReadFileInfo{kEngine}, Absent{});
    CheckProblem(Judge(machine), Level::kError, "missing");
}

TEST_CASE("offline_backup_powershell: an agent below 2.0.9250.0 can no longer seed, with Azure PowerShell or "
          "without")
{
    RecordedMachine machine = WithProgram("3.7.0");
    machine.Set(ReadFileVersion{kEngine}, FileVersion{2, 0, 9249, 65535});
    const Outcome withModule = Judge(machine);
    CheckProblem(withModule, Level::kError, "agent_too_old");
    CHECK(withModule.Text("minimum_agent") == "2.0.9250.0");
    CHECK(withModule.facts.at("powershell_missing") == Fact(false));
    const Outcome without = Judge(Server(9249));
    CheckProblem(without, Level::kError, "agent_too_old");
    CHECK(without.facts.at("powershell_missing") == Fact(true));
    machine.Set(ReadFileVersion{kEngine}, FileVersion{2, 0, 9250, 0});
    CheckPassed(Judge(machine));
}

TEST_CASE("offline_backup_powershell: the steps are those that this server needs, and name the copy computer")
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
    const std::string upgrade = "Upgrade the agent first";
    const std::string install = "install it on this server";
    const std::string missing = steps(Judge(Server()));
    CHECK(missing.find(upgrade) == std::string::npos);
    CHECK(missing.find(install) != std::string::npos);
    CHECK(missing.find("copy computer") != std::string::npos);
    RecordedMachine machine = WithProgram("3.7.0");
    machine.Set(ReadFileVersion{kEngine}, FileVersion{2, 0, 9249, 0});
    const std::string tooOld = steps(Judge(machine));
    CHECK(tooOld.find(upgrade) != std::string::npos);
    CHECK(tooOld.find(install) == std::string::npos);
    CHECK(tooOld.find("copy computer") != std::string::npos);
}

TEST_CASE("offline_backup_powershell: what cannot be read is no pass")
{
    RecordedMachine machine = Server();
    machine.Set(kPrograms, Failure{code::kAccessDenied, "programs"});
    CheckCouldNotCheck(Judge(machine), code::kAccessDenied);
    machine = Server();
    machine.Set(kModule, Failure{code::kAccessDenied, "module"});
    CheckCouldNotCheck(Judge(machine), code::kAccessDenied);
    machine = Server();
    machine.Set(ReadFileVersion{kEngine}, Failure{1812, "version"});
    CheckCouldNotCheck(Judge(machine), 1812);
}

} // namespace mars::test
