// SPDX-License-Identifier: MIT
#pragma once

#include "under_wine.h"
#include "wide.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <thread>

/// What tests have a shell do: links, dates, and thousands of files in no time. Under Wine it is the one
/// outside, on Windows that of Git for Windows.
namespace mars::test
{

/// The Unix name of a Windows path; only Wine has that function.
inline std::string UnixPath(const std::wstring& path)
{
    using Function = char*(const wchar_t*);
    const auto function =
        (Function*)(void*)GetProcAddress(GetModuleHandleW(L"kernel32"), "wine_get_unix_file_name");
    REQUIRE(static_cast<bool>(function));
    char* name = function(path.c_str());
    REQUIRE(static_cast<bool>(name));
    const std::string result = name;
    HeapFree(GetProcessHeap(), 0, name);
    return result;
}

/// Git for Windows' shell, with the programs that scripts of the tests call; empty where there is none.
inline std::wstring GitBash()
{
    std::array<wchar_t, MAX_PATH> folder{};
    GetEnvironmentVariableW(L"ProgramFiles", folder.data(), static_cast<DWORD>(folder.size()));
    const std::wstring path = std::wstring(folder.data()) + L"\\Git\\bin\\bash.exe";
    return GetFileAttributesW(path.c_str()) == INVALID_FILE_ATTRIBUTES ? std::wstring() : path;
}

inline void ShellOfGit(const std::wstring& folder, const std::string& script)
{
    const std::wstring bash = GitBash();
    REQUIRE_MESSAGE(!bash.empty(), "a test that needs a shell is not named in needs.cpp");
    // Links are links and no copies; an administrator may make them.
    SetEnvironmentVariableW(L"MSYS", L"winsymlinks:nativestrict");
    std::wstring place = folder;
    std::replace(place.begin(), place.end(), L'\\', L'/');
    std::wstring command = L"\"" + bash + L"\" -c \"cd '" + place + L"' && { " + Wide(script) + L"; }\"";
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION process{};
    REQUIRE(CreateProcessW(bash.c_str(), command.data(), nullptr, nullptr, FALSE, CREATE_NO_WINDOW, nullptr,
        nullptr, &startup, &process));
    const UniqueHandle started(process.hProcess);
    const UniqueHandle thread(process.hThread);
    constexpr DWORD kMilliseconds = 5 * 60 * 1'000;
    REQUIRE_MESSAGE(WaitForSingleObject(started.Get(), kMilliseconds) == WAIT_OBJECT_0,
        "the shell did not end: " << script);
    DWORD code = 1;
    REQUIRE(GetExitCodeProcess(started.Get(), &code));
    REQUIRE_MESSAGE(code == 0, "the shell failed: " << script);
}

inline void ShellOutsideWine(const std::wstring& folder, const std::string& script)
{
    const std::wstring done = folder + L".done";
    const std::string line = "/bin/sh -c \"cd '" + UnixPath(folder) + "' && { " + script + "; }; echo $? > '"
        + UnixPath(folder) + ".part' && mv '" + UnixPath(folder) + ".part' '" + UnixPath(folder) + ".done'\"";
    std::wstring command(line.begin(), line.end());
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION process{};
    REQUIRE(CreateProcessW(
        L"Z:\\bin\\sh", command.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup, &process));
    const UniqueHandle started(process.hProcess);
    const UniqueHandle thread(process.hThread);
    // Wine does not tell when a Unix process ends.
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    UniqueHandle result;
    while (!result && std::chrono::steady_clock::now() < end)
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        result = UniqueHandle(CreateFileW(done.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE,
            nullptr, OPEN_EXISTING, FILE_FLAG_DELETE_ON_CLOSE, nullptr));
    }
    REQUIRE_MESSAGE(result, "the shell did not end: " << script);
    char code = 0;
    DWORD read = 0;
    REQUIRE(ReadFile(result.Get(), &code, 1, &read, nullptr));
    REQUIRE_MESSAGE(code == '0', "the shell failed: " << script);
}

/// Runs a shell in `folder` and waits for its end. The script must hold neither double quotes nor
/// backslashes.
inline void Shell(const std::wstring& folder, const std::string& script)
{
    UnderWine() ? ShellOutsideWine(folder, script) : ShellOfGit(folder, script);
}

/// Deletes a folder with all that is in it, links and not what they lead to, however long the paths are.
/// Not for Wine, which deletes through links.
inline void DeleteFolder(const std::wstring& folder)
{
    const std::wstring prefix = folder.starts_with(L"\\\\?\\") ? L"" : L"\\\\?\\";
    WIN32_FIND_DATAW found{};
    const HANDLE search = FindFirstFileW((prefix + folder + L"\\*").c_str(), &found);
    for (BOOL more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileW(search, &found))
    {
        const std::wstring name = found.cFileName;
        const std::wstring path = prefix + folder + L"\\" + name;
        const bool isFolder = (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
        const bool isLink = (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
        if (name == L"." || name == L"..")
        {
            continue;
        }
        SetFileAttributesW(path.c_str(), FILE_ATTRIBUTE_NORMAL);
        if (isFolder && !isLink)
        {
            DeleteFolder(path);
        }
        else
        {
            isFolder ? RemoveDirectoryW(path.c_str()) : DeleteFileW(path.c_str());
        }
    }
    if (search != INVALID_HANDLE_VALUE)
    {
        FindClose(search);
    }
    RemoveDirectoryW((prefix + folder).c_str());
}

/// An empty folder of this test's own, gone afterwards.
class ScratchFolder
{
public:
    ScratchFolder()
    {
        static int s_number = 0;
        std::array<wchar_t, MAX_PATH> temp{};
        REQUIRE(GetTempPathW(MAX_PATH, temp.data()) != 0);
        // Windows likes to call it C:\Users\ADMINI~1, which the product takes for a way round.
        REQUIRE(GetLongPathNameW(temp.data(), temp.data(), MAX_PATH) != 0);
        m_base = std::wstring(temp.data()) + L"mars-" + std::to_wstring(GetTickCount64()) + L"-"
            + std::to_wstring(++s_number);
        REQUIRE(CreateDirectoryW(m_base.c_str(), nullptr));
        m_path = m_base + L"\\Temp";
        REQUIRE(CreateDirectoryW(m_path.c_str(), nullptr));
    }
    ~ScratchFolder()
    {
        if (!UnderWine())
        {
            DeleteFolder(m_base);
            return;
        }
        // Wine deletes through links, so a shell has to do it.
        const std::string base = UnixPath(m_base);
        Shell(m_base.substr(0, m_base.rfind(L'\\')), "rm -rf '" + base + "'");
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    /// <base>\Temp, and <base> around it for things beside it.
    const std::wstring& Path() const
    {
        return m_path;
    }
    const std::wstring& Base() const
    {
        return m_base;
    }

private:
    std::wstring m_base;
    std::wstring m_path;
};

inline bool Exists(const std::wstring& path)
{
    return GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES;
}

} // namespace mars::test
