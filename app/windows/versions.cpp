// SPDX-License-Identifier: MIT
#include "versions.h"

#include "error.h"
#include "questions/files.h"
#include "system_call.h"
#include "wide.h"

namespace mars
{

namespace
{

struct VersionCalls
{
    HMODULE dll = LoadSystemDll(L"version.dll");
    SystemCall<decltype(GetFileVersionInfoSizeW)> size{dll, "GetFileVersionInfoSizeW"};
    SystemCall<decltype(GetFileVersionInfoW)> read{dll, "GetFileVersionInfoW"};
    SystemCall<decltype(VerQueryValueW)> query{dll, "VerQueryValueW"};
};

FileVersion VersionFrom(const VS_FIXEDFILEINFO& info)
{
    return {HIWORD(info.dwFileVersionMS), LOWORD(info.dwFileVersionMS), HIWORD(info.dwFileVersionLS),
        LOWORD(info.dwFileVersionLS)};
}

bool Exists(const std::wstring& path)
{
    return GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES || !MeansAbsent(GetLastError());
}

} // namespace

Answer<FileVersion> AskWindows(const ReadFileVersion& question, const WindowsMachineOptions&, const Wait&)
{
    const VersionCalls calls;
    const std::wstring path = WidePath(question.path);
    if (!Exists(path))
    {
        return Absent{};
    }
    DWORD unused = 0;
    std::vector<std::uint8_t> resource(calls.size(path.c_str(), &unused));
    if (resource.empty()
        || !calls.read(path.c_str(), 0, static_cast<DWORD>(resource.size()), resource.data()))
    {
        return LastFailure("GetFileVersionInfo", question.path);
    }
    void* info = nullptr;
    UINT size = 0;
    if (!calls.query(resource.data(), L"\\", &info, &size) || size < sizeof(VS_FIXEDFILEINFO))
    {
        return FailureFrom(ERROR_RESOURCE_DATA_NOT_FOUND, "VerQueryValue", question.path);
    }
    return VersionFrom(*static_cast<const VS_FIXEDFILEINFO*>(info));
}

} // namespace mars
