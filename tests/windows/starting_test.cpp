// SPDX-License-Identifier: MIT
#include "run_program.h"
#include "shell.h"
#include "text.h"
#include "tools.h"
#include "unix_shell.h"
#include "whole_file.h"
#include "wide.h"

#include <array>
#include <optional>
#include <thread>

using namespace mars;
using namespace mars::test;

namespace
{

/// This program runs in a folder like the one of downloads.
class CurrentFolder
{
public:
    explicit CurrentFolder(const std::wstring& folder)
    {
        REQUIRE(GetCurrentDirectoryW(static_cast<DWORD>(m_before.size()), m_before.data()) != 0);
        REQUIRE(SetCurrentDirectoryW(folder.c_str()));
    }
    ~CurrentFolder()
    {
        SetCurrentDirectoryW(m_before.data());
    }
    CurrentFolder(const CurrentFolder&) = delete;
    CurrentFolder& operator=(const CurrentFolder&) = delete;

private:
    std::array<wchar_t, MAX_PATH> m_before{};
};

constexpr const char* kSystemFolder = "C:\\windows\\system32";

std::string FirstLine(const std::string& text)
{
    return text.substr(0, text.find_first_of("\r\n"));
}

/// Has cmd.exe write its current folder to a file in the scratch folder, which is there when it is whole.
std::string TellFolder(const std::string& scratch)
{
    return "/c cd > \"" + scratch + "\\part\" & ren \"" + scratch + "\\part\" folder.txt";
}

std::optional<std::string> ToldFolder(const std::string& scratch)
{
    const std::string file = scratch + "\\folder.txt";
    return GetFileAttributesW(Wide(file).c_str()) == INVALID_FILE_ATTRIBUTES
        ? std::nullopt
        : std::optional(FirstLine(ReadWholeFile(file, 1'000).ValueOr({})));
}

} // namespace

TEST_CASE("windows starting: a program runs in System32, wherever this one runs")
{
    const ScratchFolder scratch;
    const CurrentFolder here(scratch.Path());
    const std::string folder = Narrow(scratch.Path());
    REQUIRE(RunSystemProgram("cmd.exe", TellFolder(folder), {}).Ok());
    CHECK(EqualsIgnoreCase(ToldFolder(folder).value_or(""), kSystemFolder));
}

TEST_CASE("windows starting: what the shell starts runs in System32 too")
{
    const ScratchFolder scratch;
    const CurrentFolder here(scratch.Path());
    const std::string folder = Narrow(scratch.Path());
    REQUIRE(ShellStart(std::string(kSystemFolder) + "\\cmd.exe", TellFolder(folder), false, nullptr).Ok());
    // The shell does not wait for its end.
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    std::optional<std::string> told;
    while (!(told = ToldFolder(folder)) && std::chrono::steady_clock::now() < end)
    {
        std::this_thread::yield();
    }
    CHECK(EqualsIgnoreCase(told.value_or(""), kSystemFolder));
}

TEST_CASE("windows starting: a page of Control Panel is named by its whole path")
{
    for (const char* tool : {"internet_options", "date_and_time", "programs_and_features"})
    {
        const auto command = CommandOfTool(tool, {});
        REQUIRE(command);
        CAPTURE(command->arguments);
        CHECK(StartsWithIgnoreCase(command->program, std::string(kSystemFolder) + "\\"));
        CHECK(StartsWithIgnoreCase(command->arguments, "\"" + std::string(kSystemFolder) + "\\"));
        CHECK(EndsWithIgnoreCase(command->arguments, ".cpl\""));
    }
}
