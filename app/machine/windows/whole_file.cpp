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

Status WriteWholeFile(const std::string& path, std::string_view bytes)
{
    const UniqueHandle file(CreateFileW(WidePath(path).c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS,
        FILE_ATTRIBUTE_NORMAL | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
    if (!file)
    {
        return LastFailure("CreateFile", path);
    }
    if (GetFileType(file.Get()) != FILE_TYPE_DISK)
    {
        return FailureFrom(ERROR_INVALID_NAME, "CreateFile", path);
    }
    DWORD written = 0;
    if (!WriteFile(file.Get(), bytes.data(), static_cast<DWORD>(bytes.size()), &written, nullptr))
    {
        return LastFailure("WriteFile", path);
    }
    return written == bytes.size() ? Status::Done() : Status(Failure{ERROR_DISK_FULL, path});
}

} // namespace mars
