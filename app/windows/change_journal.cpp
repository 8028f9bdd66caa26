// SPDX-License-Identifier: MIT
#include "change_journal.h"

#include "error.h"
#include "file_time.h"
#include "in_time.h"
#include "questions/volumes.h"
#include "wide.h"

#include <winioctl.h>

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

/// "\\?\Volume{...}", without the backslash at the end: with it CreateFile would open the volume's root.
Answer<std::wstring> DeviceOf(const std::string& root)
{
    std::array<wchar_t, 64> name{};
    if (!GetVolumeNameForVolumeMountPointW(Wide(root).c_str(), name.data(), static_cast<DWORD>(name.size())))
    {
        return LastFailure("GetVolumeNameForVolumeMountPoint", root);
    }
    std::wstring device(name.data());
    device.pop_back();
    return device;
}

/// NTFS makes a journal's id from the time at which it was made; the documents promise only that it is
/// another one each time.
std::optional<Timestamp> TimeOfId(DWORDLONG id)
{
    constexpr Timestamp kFirstNtfsJournal = std::chrono::sys_days(std::chrono::year(2000) / 1 / 1);
    const Timestamp time = TimeFrom(static_cast<std::int64_t>(id));
    return time >= kFirstNtfsJournal && time <= Now() ? std::optional(time) : std::nullopt;
}

ChangeJournal Describe(const USN_JOURNAL_DATA& data)
{
    ChangeJournal journal;
    journal.maximumBytes = data.MaximumSize;
    // A journal that was stamped with a new id holds older records, too; then the time says nothing of them.
    const bool stamped = data.LowestValidUsn > data.FirstUsn;
    const USN begin = std::min(data.LowestValidUsn, data.FirstUsn);
    journal.first = static_cast<std::uint64_t>(data.FirstUsn - begin);
    journal.next = static_cast<std::uint64_t>(std::max(data.NextUsn, data.FirstUsn) - begin);
    journal.begun = stamped ? std::nullopt : TimeOfId(data.UsnJournalID);
    return journal;
}

Answer<ChangeJournal> Query(const std::string& root)
{
    const Answer<std::wstring> device = DeviceOf(root);
    if (!device)
    {
        return device.Error();
    }
    const UniqueHandle volume(CreateFileW(device->c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE,
        nullptr, OPEN_EXISTING, 0, nullptr));
    if (!volume)
    {
        return LastFailure("CreateFile", root);
    }
    USN_JOURNAL_DATA data{};
    DWORD size = 0;
    if (!DeviceIoControl(
            volume.Get(), FSCTL_QUERY_USN_JOURNAL, nullptr, 0, &data, sizeof data, &size, nullptr))
    {
        const Failure failure = LastFailure("FSCTL_QUERY_USN_JOURNAL", root);
        return failure.code == ERROR_JOURNAL_NOT_ACTIVE ? Answer<ChangeJournal>(Absent{}) : failure;
    }
    return size < sizeof data ? Answer<ChangeJournal>(Failure{code::kInvalidData, "USN_JOURNAL_DATA " + root})
                              : Describe(data);
}

} // namespace

/// A disk that sleeps lets the call wait.
Answer<ChangeJournal> AskWindows(
    const ReadChangeJournal& question, const WindowsMachineOptions&, const Wait& wait)
{
    const auto journal = InTime([root = question.volume] { return Query(root); }, wait);
    return journal ? *journal : wait.WhyOver("query the change journal of " + question.volume);
}

} // namespace mars
