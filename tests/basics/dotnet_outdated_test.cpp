// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.dotnet_outdated");
}

const ReadRegistryValue kRelease{
    {"HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", "Release"}};

Outcome With(const Answer<RegistryValue>& value)
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(kRelease, value);
    return Detect(Cause(), machine);
}

Outcome With(std::uint32_t release)
{
    return With(RegistryValue::Dword(release));
}

} // namespace

TEST_CASE("dotnet_outdated: 4.8 and later pass")
{
    CheckPassed(With(528040));
    const Outcome newest = With(533325);
    CheckPassed(newest);
    CHECK(newest.Text("version") == "4.8.1");
    CHECK(newest.Text("release") == "533325");
}

TEST_CASE("dotnet_outdated: below 4.8 is advice")
{
    const Outcome outcome = With(528039);
    CheckProblem(outcome, Level::kAdvice, "below_4_8");
    CHECK(outcome.Text("version") == "4.7.2");
    CheckProblem(With(394802), Level::kAdvice, "below_4_8");
}

TEST_CASE("dotnet_outdated: below 4.8 is a warning where the agent has to be installed or upgraded")
{
    const ReadFileVersion engine{std::string(kInstallPath) + "bin\\cbengine.exe"};
    RecordedMachine machine = AdvisedServer();
    machine.Set(kRelease, RegistryValue::Dword(528039));
    machine.Set(engine, FileVersion{2, 0, 9249, 0});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "below_4_8");
    machine.Set(engine, FileVersion{2, 0, 9248, 65535});
    const Outcome outdated = Detect(Cause(), machine);
    CheckProblem(outdated, Level::kWarning, "agent_to_upgrade");
    CHECK(outdated.Text("agent_version") == "2.0.9248.65535");
    machine.Set(ReadFileInfo{engine.path}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "agent_to_install");
    machine.Set(kRelease, RegistryValue::Dword(528040));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("dotnet_outdated: below 4.8 the level depends on the agent, so its version has to be known")
{
    const ReadFileVersion engine{std::string(kInstallPath) + "bin\\cbengine.exe"};
    RecordedMachine machine = AdvisedServer();
    machine.Set(kRelease, RegistryValue::Dword(461808));
    machine.Set(engine, Failure{1813, "read the version"});
    CheckCouldNotCheck(Detect(Cause(), machine), 1813);
    // Recordings of before anybody asked.
    machine.Set(engine, Failure{code::kNotRecorded, "read the version"});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "below_4_8");
}

TEST_CASE("dotnet_outdated: a backup that succeeded refutes the error")
{
    for (const std::uint32_t release : {1U, 379892U, 394801U})
    {
        CHECK(BuiltInKnowledge().RefutedBySuccess(Cause().id, With(release)) == Refuted::kAdvice);
    }
    CHECK(BuiltInKnowledge().RefutedBySuccess(Cause().id, With(Absent{})) == Refuted::kAdvice);
}

TEST_CASE("dotnet_outdated: below 4.6.2 is an error that says whether 4.5.2 is met")
{
    const Outcome met = With(394801);
    CheckProblem(met, Level::kError, "below_4_6_2");
    CHECK(met.facts.at("meets_4_5_2") == Fact(true));
    CHECK(met.Text("version") == "4.6.1");
    CheckProblem(With(379893), Level::kError, "below_4_6_2");

    const Outcome below = With(379892);
    CheckProblem(below, Level::kError, "below_4_5_2");
    CHECK(below.facts.at("meets_4_5_2") == Fact(false));
    CHECK(below.Text("version") == "4.5.1");
    CHECK(With(1).Text("version") == "4.0");
}

TEST_CASE("dotnet_outdated: no value means that 4.5 is not there")
{
    CheckProblem(With(Absent{}), Level::kError, "missing");
}

TEST_CASE("dotnet_outdated: is judged without an agent")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("dotnet_outdated: unreadable is no pass")
{
    CheckCouldNotCheck(With(Failure{code::kAccessDenied, "read"}), code::kAccessDenied);
    CheckCouldNotCheck(With(RegistryValue::String("528049")), code::kInvalidData);
}

} // namespace mars::test
