// SPDX-License-Identifier: MIT
#include "run_program.h"

#include "error.h"
#include "text.h"
#include "wide.h"

#include <array>

namespace mars
{

namespace
{

std::string SystemFolder()
{
    std::array<wchar_t, MAX_PATH> folder{};
    const UINT length = GetSystemDirectoryW(folder.data(), static_cast<UINT>(folder.size()));
    return length < folder.size() ? Narrow({folder.data(), length}) : std::string();
}

/// In System32 too: a program looks in its current folder for what it loads and starts.
Answer<UniqueHandle> Start(
    const std::string& folder, const std::string& program, const std::string& arguments)
{
    const std::string path = JoinPath(folder, program);
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION process{};
    std::wstring command = Wide("\"" + path + "\" " + arguments);
    if (!CreateProcessW(Wide(path).c_str(), command.data(), nullptr, nullptr, FALSE, CREATE_NO_WINDOW,
            nullptr, Wide(folder).c_str(), &startup, &process))
    {
        return LastFailure("CreateProcess", path);
    }
    const UniqueHandle thread(process.hThread);
    return UniqueHandle(process.hProcess);
}

} // namespace

Status RunSystemProgram(const std::string& program, const std::string& arguments, const Wait& wait)
{
    constexpr DWORD kSliceMilliseconds = 100;
    const Answer<UniqueHandle> process = Start(SystemFolder(), program, arguments);
    if (!process)
    {
        return process.Error();
    }
    while (WaitForSingleObject(process->Get(), kSliceMilliseconds) == WAIT_TIMEOUT)
    {
        if (wait.IsOver())
        {
            TerminateProcess(process->Get(), ERROR_TIMEOUT);
            return wait.WhyOver(program);
        }
    }
    DWORD exitCode = 0;
    if (!GetExitCodeProcess(process->Get(), &exitCode))
    {
        return LastFailure("GetExitCodeProcess", program);
    }
    return exitCode == 0 ? Status::Done() : Status(FailureFrom(exitCode, program, arguments));
}

} // namespace mars
