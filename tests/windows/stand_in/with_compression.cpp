// SPDX-License-Identifier: MIT

/// with_compression.exe PROGRAM ARGUMENT...: runs a program with compression.dll, which stands beside this
/// one, loaded before it begins. Output and exit code are the program's.

#include <windows.h>

#include <cstdio>
#include <string>

namespace
{

/// Everything after this program's own name.
std::wstring RestOfCommandLine()
{
    const wchar_t* text = GetCommandLineW();
    bool quoted = false;
    for (; *text != L'\0' && (quoted || *text != L' '); ++text)
        quoted = *text == L'"' ? !quoted : quoted;
    while (*text == L' ')
        ++text;
    return text;
}

std::wstring LibraryPath()
{
    wchar_t path[MAX_PATH] = L"";
    GetModuleFileNameW(nullptr, path, MAX_PATH);
    const std::wstring own = path;
    return own.substr(0, own.rfind(L'\\') + 1) + L"compression.dll";
}

/// A thread of the other process calls LoadLibraryW with the path.
bool Load(HANDLE process, const std::wstring& library)
{
    const std::size_t size = (library.size() + 1) * sizeof(wchar_t);
    void* const place = VirtualAllocEx(process, nullptr, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    if (place == nullptr || !WriteProcessMemory(process, place, library.c_str(), size, nullptr))
        return false;
    const auto load = reinterpret_cast<LPTHREAD_START_ROUTINE>(
        reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "LoadLibraryW")));
    const HANDLE thread = CreateRemoteThread(process, nullptr, 0, load, place, 0, nullptr);
    DWORD module = 0;
    const bool loaded = thread != nullptr && WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0
        && GetExitCodeThread(thread, &module) && module != 0;
    CloseHandle(thread);
    return loaded;
}

} // namespace

int main()
{
    std::wstring command = RestOfCommandLine();
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION started{};
    if (!CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, CREATE_SUSPENDED, nullptr, nullptr,
            &startup, &started))
    {
        std::fprintf(stderr, "with_compression: error %lu\n", GetLastError());
        return 125;
    }
    if (!Load(started.hProcess, LibraryPath()))
    {
        std::fprintf(stderr, "with_compression: the library was not loaded\n");
        TerminateProcess(started.hProcess, 125);
        return 125;
    }
    ResumeThread(started.hThread);
    WaitForSingleObject(started.hProcess, INFINITE);
    DWORD code = 125;
    GetExitCodeProcess(started.hProcess, &code);
    return static_cast<int>(code);
}
