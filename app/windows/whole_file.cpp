// SPDX-License-Identifier: MIT
#include "whole_file.h"

#include "error.h"
#include "handle.h"
#include "source_file.h"
#include "wide.h"

namespace mars
{

Answer<std::string> ReadWholeFile(const std::string& path, std::size_t limit)
{
    const Answer<UniqueHandle> file = OpenSourceFile(path);
    if (!file)
    {
        return file.HasFailed() ? Answer<std::string>(file.Error()) : Absent{};
    }
    LARGE_INTEGER size{};
    if (!GetFileSizeEx(file->Get(), &size))
    {
        return LastFailure("GetFileSizeEx", path);
    }
    if (static_cast<std::uint64_t>(size.QuadPart) > limit)
    {
        return Failure{code::kInvalidData, path};
    }
    std::string bytes(static_cast<std::size_t>(size.QuadPart), '\0');
    DWORD read = 0;
    if (!ReadFile(file->Get(), bytes.data(), static_cast<DWORD>(bytes.size()), &read, nullptr))
    {
        return LastFailure("ReadFile", path);
    }
    bytes.resize(read);
    return bytes;
}

namespace
{

Status WriteTo(const std::wstring& path, DWORD disposition, std::string_view bytes)
{
    const UniqueHandle file(CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, disposition,
        FILE_ATTRIBUTE_NORMAL | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
    if (!file)
    {
        return LastFailure("CreateFile", Narrow(path));
    }
    if (GetFileType(file.Get()) != FILE_TYPE_DISK)
    {
        return FailureFrom(ERROR_INVALID_NAME, "CreateFile", Narrow(path));
    }
    DWORD written = 0;
    if (!WriteFile(file.Get(), bytes.data(), static_cast<DWORD>(bytes.size()), &written, nullptr))
    {
        return LastFailure("WriteFile", Narrow(path));
    }
    return written == bytes.size() ? Status::Done() : Status(Failure{ERROR_DISK_FULL, Narrow(path)});
}

bool IsPlainFile(const std::wstring& path)
{
    const DWORD attributes = GetFileAttributesW(path.c_str());
    constexpr DWORD kOther = FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DEVICE;
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & kOther) == 0;
}

} // namespace

Status WriteWholeFile(const std::string& path, std::string_view bytes)
{
    const std::wstring target = WidePath(path);
    if (!IsPlainFile(target))
    {
        return WriteTo(target, CREATE_ALWAYS, bytes);
    }
    // What is there stays until the new file is whole: the disk may be full.
    const std::wstring fresh = target + L".new";
    const Status written = WriteTo(fresh, CREATE_NEW, bytes);
    const bool mayNotCreate = !written
        && (written.Error().code == ERROR_ACCESS_DENIED || written.Error().code == ERROR_FILE_EXISTS);
    if (mayNotCreate)
    {
        return WriteTo(target, CREATE_ALWAYS, bytes);
    }
    const Status replaced = !written ? written
        : ReplaceFileW(
              target.c_str(), fresh.c_str(), nullptr, REPLACEFILE_IGNORE_MERGE_ERRORS, nullptr, nullptr)
        ? Status::Done()
        : Status(LastFailure("ReplaceFile", path));
    if (!replaced)
    {
        DeleteFileW(fresh.c_str());
    }
    return replaced;
}

} // namespace mars
