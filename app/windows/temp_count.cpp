// SPDX-License-Identifier: MIT
#include "temp_count.h"

#include "computer.h"
#include "error.h"
#include "file_time.h"
#include "questions/files.h"
#include "wide.h"

#include <algorithm>
#include <unordered_map>

namespace mars
{

namespace
{

/// One call's worth of entries: a few hundred. The memory is the same however many files there are.
constexpr std::size_t kBatchBytes = 64 * 1024;
/// 36 letters and digits to the power of three are fewer; names that are no work of GetTempFileName end here.
constexpr std::size_t kMostPrefixes = 50'000;

wchar_t LowerAscii(wchar_t c)
{
    return c >= L'A' && c <= L'Z' ? static_cast<wchar_t>(c - L'A' + L'a') : c;
}

bool EndsInTmp(std::wstring_view name)
{
    constexpr std::wstring_view kEnding = L".tmp";
    return name.size() >= kEnding.size()
        && std::equal(kEnding.begin(), kEnding.end(), name.end() - kEnding.size(),
            [](wchar_t wanted, wchar_t c) { return wanted == LowerAscii(c); });
}

/// The first three letters in lower case, as one number.
std::uint64_t PrefixKey(std::wstring_view name)
{
    std::uint64_t key = 0;
    for (const wchar_t c : name.substr(0, std::min<std::size_t>(3, name.find(L'.'))))
    {
        key = (key << 16) | LowerAscii(c);
    }
    return key;
}

std::string PrefixText(std::uint64_t key)
{
    std::wstring text;
    for (; key != 0; key >>= 16)
    {
        text.insert(text.begin(), static_cast<wchar_t>(key & 0xFFFF));
    }
    return Narrow(text);
}

class Counter
{
public:
    Counter() : m_now(Now()), m_booted(BootTime()) {}

    void Add(const FILE_FULL_DIR_INFO& entry)
    {
        const std::wstring_view name(entry.FileName, entry.FileNameLength / sizeof(wchar_t));
        if ((entry.FileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 || !EndsInTmp(name))
        {
            return;
        }
        AddTo(m_count.all, entry);
        AddPrefix(name);
        if ((entry.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0)
        {
            AddAge(entry);
        }
    }

    TempFileCount Take()
    {
        const auto largest = std::max_element(m_prefixes.begin(), m_prefixes.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
        if (largest != m_prefixes.end())
        {
            m_count.largestPrefix = PrefixText(largest->first);
            m_count.largestPrefixFiles = largest->second;
        }
        return m_count;
    }

private:
    static void AddTo(FileTotals& totals, const FILE_FULL_DIR_INFO& entry)
    {
        ++totals.files;
        totals.bytes += static_cast<std::uint64_t>(entry.EndOfFile.QuadPart);
    }

    void AddPrefix(std::wstring_view name)
    {
        const std::uint64_t key = PrefixKey(name);
        if (m_prefixes.size() < kMostPrefixes || m_prefixes.contains(key))
        {
            ++m_prefixes[key];
        }
    }

    /// By the rule that the deletion follows: a file is as old as the newer of its two times.
    void AddAge(const FILE_FULL_DIR_INFO& entry)
    {
        const Timestamp time = TimeFrom(std::max(entry.CreationTime.QuadPart, entry.LastWriteTime.QuadPart));
        if (time >= m_booted)
        {
            return;
        }
        if (time < m_now - std::chrono::hours(24))
        {
            AddTo(m_count.olderThanDay, entry);
        }
        if (time < m_now - std::chrono::hours(1))
        {
            AddTo(m_count.olderThanHour, entry);
        }
    }

    Timestamp m_now;
    Timestamp m_booted;
    TempFileCount m_count;
    std::unordered_map<std::uint64_t, std::uint64_t> m_prefixes;
};

void AddBatch(const std::byte* batch, Counter& counter)
{
    for (;;)
    {
        const auto& entry = *reinterpret_cast<const FILE_FULL_DIR_INFO*>(batch);
        counter.Add(entry);
        if (entry.NextEntryOffset == 0)
        {
            return;
        }
        batch += entry.NextEntryOffset;
    }
}

Answer<TempFileCount> CountAll(HANDLE folder, const std::string& path, const Wait& wait)
{
    Counter counter;
    std::vector<std::max_align_t> batch(kBatchBytes / sizeof(std::max_align_t));
    while (GetFileInformationByHandleEx(folder, FileFullDirectoryInfo, batch.data(), kBatchBytes))
    {
        AddBatch(reinterpret_cast<const std::byte*>(batch.data()), counter);
        if (wait.IsOver())
        {
            return wait.WhyOver("count temporary files in " + path);
        }
    }
    const Failure end = LastFailure("GetFileInformationByHandleEx", path);
    return end.code == ERROR_NO_MORE_FILES ? Answer<TempFileCount>(counter.Take()) : end;
}

} // namespace

Answer<TempFileCount> AskWindows(
    const CountTempFiles& question, const WindowsMachineOptions&, const Wait& wait)
{
    const UniqueHandle folder(CreateFileW(WidePath(question.folder).c_str(), FILE_LIST_DIRECTORY,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
        FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    if (!folder)
    {
        const Failure failure = LastFailure("CreateFile", question.folder);
        return MeansAbsent(failure.code) ? Answer<TempFileCount>(Absent{}) : failure;
    }
    return CountAll(folder.Get(), question.folder, wait);
}

} // namespace mars
