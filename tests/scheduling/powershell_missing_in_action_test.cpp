// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

constexpr const char* kPowerShell = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
const std::string kCommand = std::string("<Command>") + kPowerShell + "</Command>";

const RootCause& Cause()
{
    return *FindRootCause("scheduling.powershell_missing_in_action");
}

RecordedMachine Starting(const std::string& command)
{
    RecordedMachine machine = HealthyServer();
    ReplaceInTask(machine, kCommand, "<Command>" + command + "</Command>");
    return machine;
}

} // namespace

TEST_CASE("powershell_missing_in_action: a program that is there passes, however it is written")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    for (const std::string& command :
        {std::string("%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"),
            std::string("%windir%\\System32\\WindowsPowerShell\\v1.0\\powershell"),
            "\"" + std::string(kPowerShell) + "\""})
    {
        CheckPassed(Detect(Cause(), Starting(command)));
    }
}

TEST_CASE("powershell_missing_in_action: a bare name is looked for where Windows looks")
{
    RecordedMachine machine = Starting("powershell.exe");
    machine.Set(ReadFileInfo{"C:\\Windows\\System32\\powershell.exe"}, Absent{});
    machine.Set(ReadFileInfo{"C:\\Windows\\powershell.exe"}, Absent{});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ReadFileInfo{kPowerShell}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "program_missing");
    machine.Set(ReadFileInfo{"C:\\Windows\\powershell.exe"}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("powershell_missing_in_action: a program that is not there, or a folder, is an error")
{
    RecordedMachine machine = ServerWithTwoTasks();
    ReplaceInTask(machine, kCommand, "<Command>D:\\gone.exe</Command>", 1);
    machine.Set(ReadFileInfo{"D:\\gone.exe"}, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "program_missing");
    CHECK(outcome.facts.at("missing_programs")
        == Fact(std::vector<std::string>{"Microsoft-OnlineBackup-SystemStateBackup: D:\\gone.exe"}));

    machine = HealthyServer();
    Edit(machine, ReadFileInfo{kPowerShell},
        [](FileInfo& info) { info.attributes = file_attribute::kDirectory; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "program_missing");
    CheckProblem(Detect(Cause(), Starting("")), Level::kError, "program_missing");
}

TEST_CASE("powershell_missing_in_action: a task without a program is an error")
{
    RecordedMachine machine = HealthyServer();
    EditTask(machine, [](ScheduledTask& task) {
        const std::size_t from = task.xml.find("<Exec>");
        const std::size_t to = task.xml.find("</Exec>") + 7;
        task.xml.erase(from, to - from);
    });
    CheckProblem(Detect(Cause(), machine), Level::kError, "no_action");
}

TEST_CASE("powershell_missing_in_action: a file that cannot be asked lets nothing pass and hides no problem")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{kPowerShell}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = ServerWithTwoTasks();
    machine.Set(ReadFileInfo{kPowerShell}, Failure{code::kAccessDenied, "x"});
    ReplaceInTask(machine, kCommand, "<Command>D:\\gone.exe</Command>", 1);
    machine.Set(ReadFileInfo{"D:\\gone.exe"}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "program_missing");
    machine = HealthyServer();
    machine.Set(FindFolder{KnownFolder::kWindows}, Failure{code::kTimeout, "x"});
    ReplaceInTask(machine, kCommand, "<Command>%windir%\\x.exe</Command>");
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("powershell_missing_in_action: needs the agent, its own schedule and readable tasks")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    CheckNeedsTask(Cause());
    CheckNeedsReadableTask(Cause());
}

} // namespace mars::test
