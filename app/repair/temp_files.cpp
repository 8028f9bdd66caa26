// SPDX-License-Identifier: MIT
#include "temp_files.h"

#include "questions/files.h"
#include "questions/registry.h"
#include "utf16.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace mars
{

namespace
{

constexpr std::uint32_t kSharingViolation = 32;
constexpr std::uint32_t kDeletePending = 303;
constexpr std::uint32_t kDirectoryNotSupported = 336;
constexpr std::uint32_t kReparsePointEncountered = 4395;

constexpr std::size_t kMostFailuresKept = 5;
constexpr std::uint64_t kFilesPerProgress = 100;

char LowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool EndsInTmp(std::string_view name)
{
    constexpr std::string_view kEnding = ".tmp";
    return name.size() >= kEnding.size()
        && std::equal(kEnding.begin(), kEnding.end(), name.end() - kEnding.size(),
            [](char wanted, char c) { return wanted == LowerAscii(c); });
}

/// No file system may call a file of a folder by a path or by a stream. One that does is not followed.
bool IsPlainName(std::string_view name)
{
    return name.find_first_of(std::string_view("\\/:\0", 4)) == std::string_view::npos;
}

bool IsPlainFile(const FileInfo& file)
{
    return (file.attributes & (file_attribute::kDirectory | file_attribute::kReparsePoint)) == 0;
}

/// Names not to touch. A pending operation may call a file by its short name, "SETUPX~1.TMP"; of that only
/// the first two characters are sure to be those of the long name.
class PendingNames
{
public:
    explicit PendingNames(const std::vector<std::string>& names)
    {
        for (const std::string& name : names)
        {
            const std::string folded = FoldCase(name);
            const std::size_t tilde = folded.find('~', 1);
            if (tilde != std::string::npos && tilde + 1 < folded.size() && folded[tilde + 1] >= '0'
                && folded[tilde + 1] <= '9')
            {
                m_beginnings.push_back(folded.substr(0, std::min<std::size_t>(tilde, 2)));
            }
            m_names.insert(folded);
        }
    }

    bool Contains(std::string_view name) const
    {
        if (m_names.empty())
        {
            return false;
        }
        const std::string folded = FoldCase(name);
        return m_names.contains(folded)
            || std::ranges::any_of(
                m_beginnings, [&](const std::string& beginning) { return folded.starts_with(beginning); });
    }

private:
    std::unordered_set<std::string> m_names;
    std::vector<std::string> m_beginnings;
};

/// Notices a listing that goes round in circles, by remembering a single name: the first, the second, the
/// fourth, the eighth ... seen. A few repeats are let pass.
class CircleWatch
{
public:
    bool GoesRound(const std::string& name)
    {
        if (name == m_remembered && m_seen > 0 && ++m_repeats > kRepeatsLetPass)
        {
            return true;
        }
        if (++m_seen == m_next)
        {
            m_remembered = name;
            m_next *= 2;
        }
        return false;
    }

private:
    static constexpr int kRepeatsLetPass = 16;

    std::string m_remembered;
    std::uint64_t m_seen = 0;
    std::uint64_t m_next = 1;
    int m_repeats = 0;
};

class Deletion
{
public:
    Deletion(TempFolder& folder, const TempFileRule& rule, const TempFileProgressHandler& progress,
        const Wait& wait)
        : m_folder(folder), m_rule(rule), m_progress(progress), m_wait(wait), m_pending(rule.pendingRenames)
    {}

    TempFileResult Run()
    {
        Pass();
        if (!m_result.endedEarly && Staying() > m_rule.crowdedFiles)
        {
            m_crowded = true;
            ForgetPass();
            Rewind();
            Pass();
        }
        return std::move(m_result);
    }

private:
    void Rewind()
    {
        if (const Status status = m_folder.Rewind(); !status)
        {
            m_result.endedEarly = status.Error();
        }
    }

    void Pass()
    {
        CircleWatch circle;
        while (!IsOver())
        {
            const Answer<std::vector<FileInfo>> batch = m_folder.Next();
            if (!batch)
            {
                m_result.endedEarly = batch.HasFailed()
                    ? batch.Error()
                    : Failure{code::kInvalidData, "the folder has no listing"};
                break;
            }
            if (batch->empty())
            {
                break;
            }
            for (const FileInfo& listed : *batch)
            {
                if (circle.GoesRound(listed.name))
                {
                    m_result.endedEarly =
                        Failure{code::kInvalidData, "the listing of the folder goes round in circles"};
                }
                if (IsOver())
                {
                    break;
                }
                Consider(listed);
            }
        }
        Report();
    }

    void Consider(const FileInfo& listed)
    {
        if (!EndsInTmp(listed.name))
        {
            return;
        }
        if (++m_examined % kFilesPerProgress == 0)
        {
            Report();
        }
        // The listing spares opening what will not go anyway. It never decides that a file goes.
        if (!IsPlainName(listed.name) || !IsPlainFile(listed))
        {
            ++m_result.skippedNotPlain;
        }
        else if (m_pending.Contains(listed.name))
        {
            ++m_result.skippedPending;
        }
        else if (!IsOldEnough(listed))
        {
            ++m_result.skippedRecent;
        }
        else
        {
            OpenAndDelete(listed.name);
        }
    }

    void OpenAndDelete(const std::string& name)
    {
        Answer<std::unique_ptr<TempFile>> file = m_folder.Open(name);
        if (file.HasFailed())
        {
            CountFailure(file.Error());
        }
        if (!file || IsOver())
        {
            return;
        }
        const Answer<FileInfo> info = (*file)->Query();
        if (info.HasFailed())
        {
            CountFailure(info.Error());
        }
        if (!info || IsOver())
        {
            return;
        }
        if (!IsPlainFile(*info))
        {
            ++m_result.skippedNotPlain;
        }
        else if (!IsOldEnough(*info))
        {
            ++m_result.skippedRecent;
        }
        else
        {
            Delete(**file, *info);
        }
    }

    void Delete(TempFile& file, const FileInfo& info)
    {
        const bool readOnly = (info.attributes & file_attribute::kReadOnly) != 0;
        if (readOnly)
        {
            if (const Status cleared = file.SetAttributes(info.attributes & ~file_attribute::kReadOnly);
                !cleared)
            {
                CountFailure(cleared.Error());
                return;
            }
            if (IsOver())
            {
                Restore(file, info);
                return;
            }
        }
        if (const Status marked = file.MarkForDeletion(); !marked)
        {
            CountFailure(marked.Error());
            if (readOnly)
            {
                Restore(file, info);
            }
            return;
        }
        ++m_result.deleted;
        m_result.bytes += info.bytes;
    }

    void Restore(TempFile& file, const FileInfo& info)
    {
        if (const Status restored = file.SetAttributes(info.attributes); !restored)
        {
            KeepFailure(restored.Error());
        }
    }

    bool IsOldEnough(const FileInfo& file) const
    {
        const Timestamp time = std::max(file.created, file.written);
        const std::chrono::seconds age = m_rule.now - time;
        return m_crowded ? age > m_rule.crowdedAge : age > m_rule.minimumAge && time < m_rule.booted;
    }

    void CountFailure(const Failure& failure)
    {
        switch (failure.code)
        {
        case kSharingViolation:
        case kDeletePending:
            ++m_result.skippedInUse;
            break;
        case kDirectoryNotSupported:
        case kReparsePointEncountered:
            ++m_result.skippedNotPlain;
            break;
        default:
            ++m_result.failed;
            KeepFailure(failure);
        }
    }

    void KeepFailure(const Failure& failure)
    {
        std::vector<Failure>& kept = m_result.firstFailures;
        const auto sameCode = [&](const Failure& other) { return other.code == failure.code; };
        if (kept.size() < kMostFailuresKept && std::ranges::none_of(kept, sameCode))
        {
            kept.push_back(failure);
        }
    }

    std::uint64_t Staying() const
    {
        return m_result.skippedRecent + m_result.skippedInUse + m_result.skippedPending + m_result.failed;
    }

    /// What stayed is counted anew by the next pass; what was deleted is not.
    void ForgetPass()
    {
        TempFileResult fresh;
        fresh.deleted = m_result.deleted;
        fresh.bytes = m_result.bytes;
        m_result = std::move(fresh);
        m_examined = 0;
    }

    bool IsOver()
    {
        if (!m_result.endedEarly && m_wait.IsOver())
        {
            m_result.endedEarly = m_wait.WhyOver("deleting temporary files");
        }
        return m_result.endedEarly.has_value();
    }

    void Report() const
    {
        if (m_progress)
        {
            m_progress({m_examined, m_result.deleted, m_result.bytes});
        }
    }

    TempFolder& m_folder;
    const TempFileRule& m_rule;
    const TempFileProgressHandler& m_progress;
    const Wait& m_wait;
    PendingNames m_pending;
    TempFileResult m_result;
    std::uint64_t m_examined = 0;
    bool m_crowded = false;
};

} // namespace

std::vector<std::string> PendingRenameNames(const RegistryValue& operations)
{
    std::vector<std::string> names;
    std::u16string current;
    const auto finish = [&] {
        const std::string name(FileNameOf(ToWtf8(current)));
        if (!name.empty())
        {
            names.push_back(name);
        }
        current.clear();
    };
    for (std::size_t i = 0; i + 1 < operations.bytes.size(); i += 2)
    {
        const char16_t unit = Utf16Unit(operations.bytes[i], operations.bytes[i + 1]);
        if (unit != u'\0')
        {
            current += unit;
        }
        else
        {
            finish();
        }
    }
    finish();
    return names;
}

TempFileResult DeleteTempFiles(
    TempFolder& folder, const TempFileRule& rule, const TempFileProgressHandler& progress, const Wait& wait)
{
    return Deletion(folder, rule, progress, wait).Run();
}

} // namespace mars
