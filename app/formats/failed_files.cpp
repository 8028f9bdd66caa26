// SPDX-License-Identifier: MIT
#include "failed_files.h"

#include "ascii.h"
#include "number.h"
#include "questions/failed_files.h"
#include "utf16.h"

#include <algorithm>
#include <array>
#include <map>

namespace mars
{

namespace
{

constexpr std::size_t kMostExamples = 5;
constexpr std::size_t kMostGroups = 50;
constexpr std::size_t kLongestPath = 400;

struct Place
{
    std::size_t begin = std::string_view::npos;
    std::size_t end = std::string_view::npos;
    bool Found() const
    {
        return begin != std::string_view::npos;
    }
};

/// "0x8" and seven hex digits more.
Place FindCode(std::string_view line)
{
    constexpr std::size_t kLength = 10;
    for (std::size_t at = line.find("0x8"); at != std::string_view::npos; at = line.find("0x8", at + 1))
    {
        const std::string_view code = line.substr(at, kLength);
        const bool isWhole = at + kLength >= line.size() || !IsAsciiHexDigit(line[at + kLength]);
        if (code.size() == kLength && isWhole && std::ranges::all_of(code.substr(2), IsAsciiHexDigit))
        {
            return {at, at + kLength};
        }
    }
    return {};
}

/// "X:\" or "\\?\".
std::size_t FindPathBegin(std::string_view line)
{
    for (std::size_t at = line.find('\\'); at != std::string_view::npos; at = line.find('\\', at + 1))
    {
        if (line.substr(at).starts_with("\\\\?\\"))
        {
            return at;
        }
        const bool hasDrive = at >= 2 && line[at - 1] == ':' && IsAsciiLetter(line[at - 2]);
        if (hasDrive && (at == 2 || (!IsAsciiLetter(line[at - 3]) && !IsAsciiDigit(line[at - 3]))))
        {
            return at - 2;
        }
    }
    return std::string_view::npos;
}

std::string_view WithoutEnd(std::string_view text, std::string_view letters)
{
    return text.substr(0, text.find_last_not_of(letters) + 1);
}

/// What stands between a path and its code is not documented: white space, punctuation, a word such as
/// "HRESULT".
std::string_view WithoutLabel(std::string_view path)
{
    constexpr std::string_view kBetween = " \t,;:-=([{'";
    constexpr std::array<std::string_view, 4> kLabels{"hresult", "hr", "error", "code"};
    path = WithoutEnd(path, kBetween);
    for (const std::string_view label : kLabels)
    {
        const std::size_t size = path.size() - std::min(path.size(), label.size());
        if (size > 0 && EndsWithIgnoreCase(path, label)
            && kBetween.find(path[size - 1]) != std::string_view::npos)
        {
            return WithoutEnd(path.substr(0, size), kBetween);
        }
    }
    return path;
}

Place FindPath(std::string_view line, const Place& code)
{
    const std::size_t begin = FindPathBegin(line);
    if (begin == std::string_view::npos)
    {
        return {};
    }
    const bool codeFollows = code.Found() && code.begin > begin;
    std::size_t end = std::min(line.find_first_of("\t\"<>|", begin), line.size());
    end = codeFollows ? std::min(end, code.begin) : end;
    const std::string_view path = line.substr(begin, end - begin);
    return {begin, begin + (codeFollows ? WithoutLabel(path) : WithoutEnd(path, " ")).size()};
}

/// A dashed rule, also at the end of the headline.
bool IsRule(std::string_view line)
{
    return line.ends_with("-----");
}

std::string Shortened(std::string_view path)
{
    while (path.size() > kLongestPath)
    {
        std::size_t size = kLongestPath;
        while (size > 0 && (static_cast<unsigned char>(path[size]) & 0xC0) == 0x80)
        {
            --size;
        }
        path = path.substr(0, size);
    }
    return std::string(path);
}

class Collector
{
public:
    explicit Collector(bool hasRule) : m_hasRule(hasRule) {}

    void Add(std::string_view line)
    {
        const Place code = FindCode(line);
        const Place path = FindPath(line, code);
        if (path.Found())
        {
            AddPath(line.substr(path.begin, path.end - path.begin), code.Found() ? NumberOf(line, code) : 0);
        }
        else if (code.Found())
        {
            AddCode(NumberOf(line, code));
        }
        else
        {
            AddOther(line);
        }
    }

    FailedFiles Take()
    {
        Flush();
        FailedFiles files;
        files.otherLines = m_otherLines;
        for (auto& [code, group] : m_groups)
        {
            files.files += group.files;
            files.groups.push_back(std::move(group));
        }
        std::ranges::stable_sort(files.groups, std::greater(), &FailedFileGroup::files);
        files.groups.resize(std::min(files.groups.size(), kMostGroups));
        for (auto& [key, folder] : m_folders)
        {
            files.folders.push_back(std::move(folder));
        }
        std::ranges::stable_sort(files.folders, std::greater(), &FailedFolder::files);
        files.folders.resize(std::min(files.folders.size(), kMostGroups));
        return files;
    }

private:
    static std::uint32_t NumberOf(std::string_view line, const Place& code)
    {
        constexpr int kHexadecimal = 16;
        return ParseNumber<std::uint32_t>(
            line.substr(code.begin + 2, code.end - code.begin - 2), kHexadecimal)
            .value_or(0);
    }

    void AddPath(std::string_view path, std::uint32_t code)
    {
        const bool completes = m_path.empty() && m_code != 0 && code == 0;
        if (!completes)
        {
            Flush();
            m_code = code;
        }
        m_path = Shortened(path);
        if (m_code != 0)
        {
            Flush();
        }
    }

    void AddCode(std::uint32_t code)
    {
        if (m_code != 0)
        {
            Flush();
        }
        m_code = code;
        if (!m_path.empty())
        {
            Flush();
        }
    }

    void AddOther(std::string_view line)
    {
        m_inList = m_inList || IsRule(line);
        // Above the rule stands the headline, whatever it says.
        m_otherLines += (m_inList || !m_hasRule) && !IsRule(line) ? 1 : 0;
    }

    /// One entry is complete.
    void Flush()
    {
        if (m_path.empty() && m_code == 0)
        {
            return;
        }
        FailedFileGroup& group = m_groups[m_code];
        group.code = m_code;
        ++group.files;
        CountInFolder();
        if (!m_path.empty() && group.examples.size() < kMostExamples)
        {
            group.examples.push_back(std::move(m_path));
        }
        m_path.clear();
        m_code = 0;
    }

    void CountInFolder()
    {
        if (m_path.empty())
        {
            return;
        }
        FailedFolder& folder = m_folders[{m_code, FoldCase(FolderOf(m_path))}];
        if (folder.files++ == 0)
        {
            folder.code = m_code;
            folder.folder = FolderOf(m_path);
        }
        if (folder.examples.size() < kMostExamples)
        {
            folder.examples.push_back(m_path);
        }
    }

    bool m_hasRule;
    bool m_inList = false;
    std::uint64_t m_otherLines = 0;
    std::map<std::uint32_t, FailedFileGroup> m_groups;
    /// By code and folder, case aside.
    std::map<std::pair<std::uint32_t, std::string>, FailedFolder> m_folders;
    /// Of the entry that is being read.
    std::string m_path;
    std::uint32_t m_code = 0;
};

std::string Decode(std::string_view bytes)
{
    constexpr std::string_view kUtf16("\xFF\xFE", 2);
    constexpr std::string_view kUtf8("\xEF\xBB\xBF", 3);
    if (!bytes.starts_with(kUtf16))
    {
        return FromUnknownEncoding(bytes.starts_with(kUtf8) ? bytes.substr(kUtf8.size()) : bytes);
    }
    return ToWtf8(Utf16Units(std::span(bytes.substr(kUtf16.size()))));
}

} // namespace

bool IsFailedFilesName(std::string_view name)
{
    return StartsWithIgnoreCase(name, "LastBackupFailedFiles") && EndsWithIgnoreCase(name, ".txt");
}

FailedFiles ParseFailedFiles(std::string_view bytes)
{
    const std::vector<std::string> lines = Split(Decode(bytes), '\n');
    Collector collector(
        std::ranges::any_of(lines, [](const std::string& line) { return IsRule(Trim(line)); }));
    for (const std::string& line : lines)
    {
        if (const std::string_view text = Trim(line); !text.empty())
        {
            collector.Add(text);
        }
    }
    return collector.Take();
}

} // namespace mars
