// SPDX-License-Identifier: MIT
#include "source_file.h"

#include "error.h"
#include "wide.h"

#include <vector>

namespace mars
{

namespace
{

constexpr DWORD kStep = 256 * 1024;

} // namespace

Answer<UniqueHandle> OpenSourceFile(const std::string& path, Writers writers)
{
    const DWORD share =
        FILE_SHARE_READ | FILE_SHARE_DELETE | (writers == Writers::kAllowed ? FILE_SHARE_WRITE : 0);
    UniqueHandle file(CreateFileW(WidePath(path).c_str(), GENERIC_READ, share, nullptr, OPEN_EXISTING,
        FILE_FLAG_SEQUENTIAL_SCAN | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
    if (!file)
    {
        const Failure failure = LastFailure("CreateFile", path);
        return MeansAbsent(failure.code) ? Answer<UniqueHandle>(Absent{}) : failure;
    }
    if (GetFileType(file.Get()) != FILE_TYPE_DISK)
    {
        return FailureFrom(ERROR_INVALID_NAME, "CreateFile", path);
    }
    return file;
}

Answer<bool> ReadSourceFile(
    const std::string& path, const Wait& wait, const std::function<bool(std::span<const std::uint8_t>)>& take)
{
    const Answer<UniqueHandle> file = OpenSourceFile(path);
    if (!file)
    {
        return file.HasFailed() ? Answer<bool>(file.Error()) : Absent{};
    }
    std::vector<std::uint8_t> buffer(kStep);
    for (;;)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("read " + path);
        }
        DWORD size = 0;
        if (!ReadFile(file->Get(), buffer.data(), kStep, &size, nullptr))
        {
            return LastFailure("ReadFile", path);
        }
        if (size == 0)
        {
            return true;
        }
        if (!take({buffer.data(), size}))
        {
            return false;
        }
    }
}

} // namespace mars
