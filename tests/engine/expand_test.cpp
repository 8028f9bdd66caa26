// SPDX-License-Identifier: MIT
#include "expand.h"
#include "questions/files.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

Answer<std::string> Expand(const RecordedMachine& machine, const char* text)
{
    return ExpandVariables(MachineView(machine, Wait{}), text);
}

} // namespace

TEST_CASE("expand: the variables of the registry's paths are replaced, in any case")
{
    const RecordedMachine machine = HealthyServer();
    CHECK(Expand(machine, "%ProgramFiles%\\A;%SYSTEMROOT%\\B;%windir%")
        == Answer<std::string>("C:\\Program Files\\A;C:\\Windows\\B;C:\\Windows"));
    CHECK(Expand(machine, "%SystemDrive%\\x") == Answer<std::string>("C:\\x"));
    CHECK(Expand(machine, "%programdata%|%ProgramW6432%")
        == Answer<std::string>("C:\\ProgramData|C:\\Program Files"));
}

TEST_CASE("expand: anything else stays")
{
    const RecordedMachine machine = HealthyServer();
    for (const char* text : {"", "%", "%%", "100 %", "%USERPROFILE%\\x", "%unknown", "a%b%c"})
    {
        CHECK(Expand(machine, text) == Answer<std::string>(text));
    }
    CHECK(Expand(machine, "50%windir%") == Answer<std::string>("50C:\\Windows"));
    CHECK(Expand(machine, "%x%windir%") == Answer<std::string>("%xC:\\Windows"));
}

TEST_CASE("expand: a folder that is not told is a failure")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(FindFolder{KnownFolder::kWindows}, Failure{code::kAccessDenied, "x"});
    CHECK(Expand(machine, "%windir%").HasFailed());
    CHECK(Expand(machine, "%ProgramFiles%").HasValue());
}

} // namespace mars::test
