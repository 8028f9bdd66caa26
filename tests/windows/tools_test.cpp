// SPDX-License-Identifier: MIT
#include "tools.h"

#include "handle.h"
#include "text.h"
#include "wide.h"

#include <doctest/doctest.h>

using namespace mars;

namespace
{

/// Whom Wine calls the owner of every file of its own user.
constexpr const char* kWinesUser = "S-1-5-21-0-0-0-1000";

/// An agent's folder away from %ProgramFiles%.
class AgentElsewhere
{
public:
    AgentElsewhere()
    {
        CreateDirectoryW(L"C:\\MARS agent", nullptr);
        CreateDirectoryW(L"C:\\MARS agent\\bin", nullptr);
        const UniqueHandle file(CreateFileW(
            L"C:\\MARS agent\\bin\\wabadmin.msc", GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, 0, nullptr));
    }
    ~AgentElsewhere()
    {
        DeleteFileW(L"C:\\MARS agent\\bin\\wabadmin.msc");
        RemoveDirectoryW(L"C:\\MARS agent\\bin");
        RemoveDirectoryW(L"C:\\MARS agent");
    }
    AgentElsewhere(const AgentElsewhere&) = delete;
    AgentElsewhere& operator=(const AgentElsewhere&) = delete;
};

} // namespace

TEST_CASE("windows tools: a folder is chosen in Explorer, not opened, which may offer access to it for ever")
{
    const auto command = CommandOfTool("explorer_scratch", {{}, "C:\\windows\\temp", {}});
    REQUIRE(command);
    CHECK(command->program.ends_with("\\explorer.exe"));
    CHECK(command->arguments == "/select,\"C:\\windows\\temp\"");
    CHECK(CommandOfTool("explorer_scratch", {{}, "C:\\no such folder", {}}).HasFailed());
    CHECK(CommandOfTool("explorer_scratch", {{}, "\\\\server\\share", {}}).HasFailed());
    CHECK(CommandOfTool("no_such_tool", {}).IsAbsent());
}

TEST_CASE("windows tools: the agent's console may lie anywhere where its folders are an administrator's")
{
    const AgentElsewhere agent;
    const std::vector<std::string> owners{"S-1-5-18", "S-1-5-32-544", kWinesUser};
    const auto command = CommandOfTool("agent_console", {"C:\\MARS agent\\", {}, owners});
    REQUIRE(command);
    CHECK(command->arguments == "\"C:\\MARS agent\\bin\\wabadmin.msc\"");
    const auto refused = CommandOfTool("agent_console", {"C:\\MARS agent\\", {}, {"S-1-5-18"}});
    REQUIRE(refused.HasFailed());
    CHECK(refused.Error().code == ERROR_ACCESS_DENIED);
    CHECK(CommandOfTool("agent_console", {"C:\\MARS agent\\..\\MARS agent", {}, owners}).HasFailed());
}
