// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <thread>

/// What tests under Wine can only do from outside: links, dates, and thousands of files in no time.
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

/// Runs /bin/sh in `folder` and waits for its end. The script must hold neither double quotes nor
/// backslashes.
inline void Shell(const std::wstring& folder, const std::string& script)
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

/// An empty folder of this test's own, gone afterwards.
class ScratchFolder
{
public:
    ScratchFolder()
    {
        static int s_number = 0;
        wchar_t temp[MAX_PATH];
        REQUIRE(GetTempPathW(MAX_PATH, temp) != 0);
        m_base = std::wstring(temp) + L"mars-" + std::to_wstring(GetTickCount64()) + L"-"
            + std::to_wstring(++s_number);
        REQUIRE(CreateDirectoryW(m_base.c_str(), nullptr));
        m_path = m_base + L"\\Temp";
        REQUIRE(CreateDirectoryW(m_path.c_str(), nullptr));
    }
    ~ScratchFolder()
    {
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
