// SPDX-License-Identifier: MIT

/// A console with a program in it: `console.exe PROGRAM ARGUMENT...`. Reads a command a line from stdin:
///   c, break   as if somebody pressed Ctrl+C or Ctrl+Break in it
///   session    as if Windows asked whether the session may end; the answer is 1 or 0
///   kill       the program dies
/// Each is answered with the command and what came of it. When the program ends it prints "ended" and the
/// exit code, and ends too. The program writes to console.out.

#include <windows.h>

#include <cstdio>
#include <iostream>
#include <mutex>
#include <string>

namespace
{

constexpr UINT kPatienceMilliseconds = 30'000;

std::mutex g_telling;

/// This program is in the same console, and outlives it.
BOOL WINAPI Ignore(DWORD)
{
    return TRUE;
}

/// What is behind the first word, quoted as it came.
const wchar_t* RestOfCommandLine()
{
    const wchar_t* text = GetCommandLineW();
    bool quoted = false;
    for (; *text != L'\0' && (quoted || *text != L' '); ++text)
        quoted = quoted != (*text == L'"');
    while (*text == L' ')
        ++text;
    return text;
}

unsigned Do(const std::string& command, HANDLE program)
{
    if (command == "c" || command == "break")
        return GenerateConsoleCtrlEvent(command == "c" ? CTRL_C_EVENT : CTRL_BREAK_EVENT, 0) ? 1 : 0;
    if (command == "kill")
        return TerminateProcess(program, 9) ? 1 : 0;
    DWORD_PTR answer = 9;
    const HWND window = FindWindowW(L"MarsCheckSession", nullptr);
    SendMessageTimeoutW(window, WM_QUERYENDSESSION, 0, 0, SMTO_NORMAL, kPatienceMilliseconds, &answer);
    return static_cast<unsigned>(answer);
}

DWORD WINAPI ReadCommands(void* program)
{
    std::string command;
    while (std::getline(std::cin, command))
    {
        while (!command.empty() && command.back() == '\r')
            command.pop_back();
        // The end of the program is told after the answer that brought it about.
        const std::lock_guard lock(g_telling);
        std::printf("%s %u\n", command.c_str(), Do(command, program));
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

int main()
{
    FreeConsole();
    if (!AllocConsole())
    {
        std::printf("no console: %lu\n", GetLastError());
        return 1;
    }
    SetConsoleCtrlHandler(Ignore, TRUE);
    SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
    const HANDLE out = CreateFileW(
        L"C:\\stand-in\\console.out", GENERIC_WRITE, FILE_SHARE_READ, &inherited, CREATE_ALWAYS, 0, nullptr);
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdOutput = out;
    startup.hStdError = out;
    std::wstring command = RestOfCommandLine();
    PROCESS_INFORMATION process{};
    if (!CreateProcessW(
            nullptr, command.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &startup, &process))
    {
        std::printf("not started: %lu\n", GetLastError());
        return 1;
    }
    std::puts("started");
    std::fflush(stdout);
    CreateThread(nullptr, 0, ReadCommands, process.hProcess, 0, nullptr);
    WaitForSingleObject(process.hProcess, INFINITE);
    DWORD code = 0;
    GetExitCodeProcess(process.hProcess, &code);
    const std::lock_guard lock(g_telling);
    std::printf("ended %lu\n", code);
    std::fflush(stdout);
    ExitProcess(0);
}
