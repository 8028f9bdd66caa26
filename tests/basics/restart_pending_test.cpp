// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/registry.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.restart_pending");
}

const ListRegistryKey kServicing{
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending"};
const ListRegistryKey kUpdate{
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired"};
const ReadRegistryValue kName{
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName", "ComputerName"}};
const ReadRegistryValue kActive{
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName", "ComputerName"}};
const ReadRegistryValue kFiles{
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager", "PendingFileRenameOperations"}};
const ReadRegistryValue kMoreFiles{
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager", "PendingFileRenameOperations2"}};

std::vector<std::string> Signs(const Outcome& outcome)
{
    return std::get<std::vector<std::string>>(outcome.facts.at("signs"));
}

template <class Question>
RecordedMachine With(const Question& question, const Answer<typename Question::Value>& answer)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(question, answer);
    return machine;
}

} // namespace

TEST_CASE("restart_pending: nothing waits")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), With(kFiles, RegistryValue{kRegMultiSz, {0, 0, 0, 0}})));
    CheckPassed(Detect(Cause(), With(kName, RegistryValue::String("filesrv07"))));
    CheckPassed(Detect(Cause(), With(kName, Absent{})));
}

TEST_CASE("restart_pending: servicing, Windows Update and a new name are warnings")
{
    const Outcome servicing = Detect(Cause(), With(kServicing, RegistryKeyContent{}));
    CheckProblem(servicing, Level::kWarning, "restart");
    CHECK(Signs(servicing) == std::vector<std::string>{"component_servicing"});
    const Outcome update = Detect(Cause(), With(kUpdate, RegistryKeyContent{{}, {}}));
    CheckProblem(update, Level::kWarning, "restart");
    CHECK(Signs(update) == std::vector<std::string>{"windows_update"});
    const Outcome rename = Detect(Cause(), With(kName, RegistryValue::String("FILESRV08")));
    CheckProblem(rename, Level::kWarning, "restart");
    CHECK(Signs(rename) == std::vector<std::string>{"computer_rename"});
}

TEST_CASE("restart_pending: only files to be renamed is advice")
{
    const RegistryValue files = RegistryValue::MultiString({"\\??\\C:\\old.dll", "\\??\\C:\\new.dll"});
    const Outcome outcome = Detect(Cause(), With(kFiles, files));
    CheckProblem(outcome, Level::kAdvice, "files_only");
    CHECK(Signs(outcome) == std::vector<std::string>{"file_rename"});
    RecordedMachine both = With(kFiles, files);
    both.Set(kUpdate, RegistryKeyContent{});
    CheckProblem(Detect(Cause(), both), Level::kWarning, "restart");
    CHECK(Signs(Detect(Cause(), both)) == std::vector<std::string>{"windows_update", "file_rename"});
}

TEST_CASE("restart_pending: Windows has a second list of files to be renamed")
{
    const RegistryValue files = RegistryValue::MultiString({"\\??\\C:\\old.dll", "\\??\\C:\\new.dll"});
    CheckProblem(Detect(Cause(), With(kMoreFiles, files)), Level::kAdvice, "files_only");
    RecordedMachine both = With(kMoreFiles, files);
    both.Set(kFiles, files);
    CHECK(Signs(Detect(Cause(), both)) == std::vector<std::string>{"file_rename"});
    CheckPassed(Detect(Cause(), With(kMoreFiles, Failure{code::kNotRecorded, "read"})));
    CheckCouldNotCheck(
        Detect(Cause(), With(kMoreFiles, Failure{code::kAccessDenied, "read"})), code::kAccessDenied);
}

TEST_CASE("restart_pending: what cannot be read is no pass, but what is found counts")
{
    const Failure denied{code::kAccessDenied, "read"};
    CheckCouldNotCheck(Detect(Cause(), With(kServicing, denied)), code::kAccessDenied);
    CheckCouldNotCheck(Detect(Cause(), With(kUpdate, denied)), code::kAccessDenied);
    CheckCouldNotCheck(Detect(Cause(), With(kName, denied)), code::kAccessDenied);
    CheckCouldNotCheck(Detect(Cause(), With(kActive, denied)), code::kAccessDenied);
    CheckCouldNotCheck(Detect(Cause(), With(kFiles, denied)), code::kAccessDenied);
    RecordedMachine machine = With(kServicing, denied);
    machine.Set(kUpdate, RegistryKeyContent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "restart");
}

} // namespace mars::test
