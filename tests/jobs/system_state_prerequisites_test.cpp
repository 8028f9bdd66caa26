// SPDX-License-Identifier: MIT
#include "jobs.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/tasks.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("jobs.system_state_prerequisites");
}

const QueryService kEngine{"wbengine"};
const ReadFileInfo kModule{"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\Modules\\WindowsServerBackup\\"
                           "WindowsServerBackup.psd1"};
const ReadRegistryValue kInstallState{
    {"HKLM\\SOFTWARE\\Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache\\"
     "Windows-Server-Backup",
        "InstallState"}};

/// Its schedule has the system state, too.
RecordedMachine ServerWithSystemState()
{
    RecordedMachine machine = AdvisedServer();
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) {
        list.tasks.push_back(list.tasks.at(0));
        list.tasks[1].path = std::string(kTaskFolder) + "\\Microsoft-OnlineBackup-SystemStateBackup";
    });
    return machine;
}

Outcome DetectWithPath(const std::string& path, bool driver = true)
{
    RecordedMachine machine = ServerWithSystemState();
    Edit(machine, ListServiceImages{}, [&](ServiceImageList& list) {
        list.services.push_back({"winmad", path, driver, StartType::kManual});
    });
    return Detect(Cause(), machine);
}

} // namespace

TEST_CASE("system_state_prerequisites: what a server without system state lacks is nobody's business")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(kModule, Absent{});
    machine.Set(kEngine, Absent{});
    machine.Set(ListServiceImages{}, Failure{code::kAccessDenied, "x"});
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "not_scheduled");
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "ITaskFolder"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("system_state_prerequisites: the feature, its service and Windows' own paths pass")
{
    const Outcome outcome = Detect(Cause(), ServerWithSystemState());
    CheckPassed(outcome);
    CHECK(outcome.Text("case").empty());
    CHECK(outcome.facts.at("service_count") == Fact(std::int64_t{7}));
}

TEST_CASE("system_state_prerequisites: a feature that is not installed is an error")
{
    RecordedMachine machine = ServerWithSystemState();
    machine.Set(kModule, Absent{});
    machine.Set(kInstallState, RegistryValue::Dword(0));
    CheckProblem(Detect(Cause(), machine), Level::kError, "feature_missing");

    // What Server Manager keeps may be missing; then the service tells.
    machine.Set(kInstallState, Absent{});
    machine.Set(kEngine, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "feature_missing");
}

TEST_CASE("system_state_prerequisites: one sign alone is not taken for a feature that is not installed")
{
    RecordedMachine machine = ServerWithSystemState();
    // Kept from before somebody installed it.
    machine.Set(kInstallState, RegistryValue::Dword(0));
    CheckPassed(Detect(Cause(), machine));
    machine.Set(kInstallState, Failure{code::kAccessDenied, "RegQueryValueEx"});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(kInstallState, RegistryValue::Dword(1));
    machine.Set(kModule, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    machine = ServerWithSystemState();
    machine.Set(kEngine, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
}

TEST_CASE("system_state_prerequisites: what cannot be asked is not taken for an answer")
{
    RecordedMachine machine = ServerWithSystemState();
    machine.Set(kModule, Failure{code::kAccessDenied, "GetFileAttributesEx"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = ServerWithSystemState();
    machine.Set(kEngine, Failure{code::kTimeout, "OpenService"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine = ServerWithSystemState();
    machine.Set(ListServiceImages{}, Failure{code::kAccessDenied, "RegOpenKeyEx"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ListServiceImages{}, Failure{code::kNotRecorded, "list_service_images"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotRecorded);
    machine = ServerWithSystemState();
    machine.Set(FindFolder{KnownFolder::kWindows}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("system_state_prerequisites: a disabled service is an error, also where the paths are not known")
{
    RecordedMachine machine = ServerWithSystemState();
    Edit(machine, kEngine, [](ServiceStatus& status) { status.startType = StartType::kDisabled; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "service_disabled");
    machine.Set(ListServiceImages{}, Failure{code::kAccessDenied, "RegOpenKeyEx"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "service_disabled");
}

TEST_CASE("system_state_prerequisites: a path with a stray backslash is an error, its service is named")
{
    for (const char* path : {"\\system32\\drivers\\winmad.sys", "\\Windows\\system32\\drivers\\winmad.sys",
             "\\Program Files\\Contoso\\agent.exe -k", "\\winmad.sys"})
    {
        const Outcome outcome = DetectWithPath(path);
        CheckProblem(outcome, Level::kError, "stray_backslash");
        CHECK(outcome.facts.at("paths") == Fact(std::vector<std::string>{std::string("winmad: ") + path}));
    }
}

TEST_CASE("system_state_prerequisites: every form that Windows reads is left alone, in any case of letters")
{
    for (const char* path : {"", "\\SystemRoot\\System32\\drivers\\winmad.sys",
             "\\systemroot\\system32\\drivers\\winmad.sys", "\\??\\C:\\Drivers\\winmad.sys",
             "\\\\?\\C:\\Drivers\\winmad.sys", "\\Device\\Mup\\x.sys", "\\\\server\\share\\x.exe",
             "system32\\drivers\\winmad.sys", "System32\\DRIVERS\\winmad.sys", "winmad.exe",
             "%SystemRoot%\\winmad.exe", "\"C:\\Program Files\\x.exe\" -a \\b", "C:\\Program Files\\x.exe"})
    {
        CAPTURE(std::string(path));
        CheckPassed(DetectWithPath(path));
        CheckPassed(DetectWithPath(path, false));
    }
}

TEST_CASE("system_state_prerequisites: a missing feature comes before a path")
{
    RecordedMachine machine = ServerWithSystemState();
    Edit(machine, ListServiceImages{},
        [](ServiceImageList& list) { list.services[0].imagePath = "\\system32\\drivers\\acpi.sys"; });
    machine.Set(kModule, Absent{});
    machine.Set(kEngine, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "feature_missing");
    // A path that was found counts although the feature cannot be judged.
    machine.Set(kModule, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "stray_backslash");
}

TEST_CASE("system_state_prerequisites: needs the agent")
{
    CheckNeedsTheAgent(Cause());
}

} // namespace mars::test
