// SPDX-License-Identifier: MIT
#include "journal.h"

#include "calendar.h"
#include "xml_codec.h"
#include "xml_guard.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace mars
{

namespace
{

constexpr std::string_view kEnding = ".journal";
constexpr std::size_t kLargestEntry = 16U * 1024 * 1024;
constexpr int kDeepestEntry = 16;
constexpr int kMostNames = 1000;
/// Written before the lines of a later roll-back or undo: the line above it may have been cut off by a crash.
constexpr std::string_view kResume = "resume";
constexpr std::string_view kWasOpen = "was_open";

template <class... Kinds>
bool ReadChange(
    const pugi::xml_node& node, int format, std::optional<Change>& change, std::variant<Kinds...>*)
{
    const auto readAs = [&]<class Kind>(Kind kind) {
        if (node.name() != Kind::kName || !ReadXml(node, kind, format))
        {
            return false;
        }
        change = std::move(kind);
        return true;
    };
    return (readAs(Kinds{}) || ...);
}

/// "done 3" or "failed 3 5" -> word and step from 0; nothing when it is neither.
struct StepLine
{
    std::string word;
    std::size_t step = 0;
};

std::optional<StepLine> ParseStepLine(const std::vector<std::string>& words, std::size_t steps)
{
    std::size_t number = 0;
    if (words.size() < 2)
    {
        return std::nullopt;
    }
    const std::string& text = words[1];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > steps)
    {
        return std::nullopt;
    }
    return StepLine{words[0], number - 1};
}

/// False when the line is none that this version writes.
bool ReadLine(const std::string& line, JournalEntry& entry)
{
    const std::vector<std::string> words = Split(line, ' ');
    if (line == kWasOpen)
    {
        entry.wasOpen = true;
        return true;
    }
    if (words[0] == "end")
    {
        return words.size() == 2 && FromWord(words[1], entry.end);
    }
    const auto step = ParseStepLine(words, entry.steps.size());
    if (!step)
    {
        return false;
    }
    constexpr std::array kWords{std::pair(std::string_view("begin"), StepState::kBegun),
        std::pair(std::string_view("done"), StepState::kDone),
        std::pair(std::string_view("failed"), StepState::kFailed),
        std::pair(std::string_view("undone"), StepState::kUndone)};
    const auto* found = std::ranges::find(kWords, step->word, &std::pair<std::string_view, StepState>::first);
    if (found == kWords.end())
    {
        return false;
    }
    entry.steps[step->step] = found->second;
    // Whatever follows an end belongs to a roll-back or undo that has not ended yet.
    entry.end = EntryEnd::kInterrupted;
    return true;
}

bool ReadHead(std::string_view line, JournalEntry& entry)
{
    pugi::xml_document document;
    if (!ParseGuarded(line, kLargestEntry, kDeepestEntry, document))
    {
        entry.damage = "unreadable";
        return false;
    }
    const pugi::xml_node root = document.child("journal");
    const int format = root.attribute("schema").as_int();
    if (format > kFileFormat)
    {
        entry.damage = kNewerEntry;
        return false;
    }
    if (format < 1 || !ReadXml(root.child("header"), entry.header, format))
    {
        entry.damage = "unreadable";
        return false;
    }
    entry.plan.disturbs = std::string_view(root.child("plan").attribute("disturbs").value()) == "yes";
    for (const pugi::xml_node node : root.child("plan").children())
    {
        std::optional<Change> change;
        if (!ReadChange(node, format, change, static_cast<Change*>(nullptr)))
        {
            entry.damage = "unknown_change";
            return false;
        }
        entry.plan.changes.push_back(std::move(*change));
    }
    entry.steps.assign(entry.plan.changes.size(), StepState::kPending);
    return true;
}

} // namespace

std::string FormatJournalEntry(const JournalHeader& header, const Plan& plan)
{
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("journal");
    root.append_attribute("schema").set_value(kFileFormat);
    WriteXml(root.append_child("header"), header);
    pugi::xml_node planNode = root.append_child("plan");
    planNode.append_attribute("disturbs").set_value(plan.disturbs ? "yes" : "no");
    for (const Change& change : plan.changes)
    {
        std::visit(
            [&]<class Kind>(
                const Kind& one) { WriteXml(planNode.append_child(std::string(Kind::kName).c_str()), one); },
            change);
    }
    std::string line = PrintCompact(root);
    // Texts may hold line feeds, and the head is one line. In text content a reference means the same.
    for (std::size_t at = line.find('\n'); at != std::string::npos; at = line.find('\n', at))
    {
        line.replace(at, 1, "&#10;");
    }
    return line + "\n";
}

JournalEntry ParseJournalEntry(const std::string& name, std::string_view text)
{
    JournalEntry entry;
    entry.name = name;
    const std::size_t headEnd = text.find('\n');
    if (headEnd == std::string_view::npos)
    {
        entry.damage = "unreadable";
        return entry;
    }
    if (!ReadHead(text.substr(0, headEnd), entry))
    {
        return entry;
    }
    std::vector<std::string> lines = Split(text.substr(headEnd + 1), '\n');
    // After the last line feed comes nothing, or a line that the program died in: the step is as the line
    // before says.
    lines.pop_back();
    for (std::size_t i = 0; i < lines.size(); ++i)
    {
        const bool cutOff = i + 1 < lines.size() && lines[i + 1] == kResume;
        if (lines[i] != kResume && !ReadLine(lines[i], entry) && !cutOff)
        {
            entry.damage = "unknown_line";
            return entry;
        }
    }
    return entry;
}

Status JournalWriter::Line(const std::string& text)
{
    return m_file->Append(text + "\n");
}

Status JournalWriter::Begin(std::size_t step)
{
    return Line(fmt::format("begin {}", step + 1));
}

Status JournalWriter::Done(std::size_t step)
{
    return Line(fmt::format("done {}", step + 1));
}

Status JournalWriter::Failed(std::size_t step, std::uint32_t code)
{
    return Line(fmt::format("failed {} {}", step + 1, code));
}

Status JournalWriter::Undone(std::size_t step)
{
    return Line(fmt::format("undone {}", step + 1));
}

Status JournalWriter::End(EntryEnd end)
{
    return Line(fmt::format("end {}", WordOf(end)));
}

Answer<JournalWriter> Journal::Create(const JournalHeader& header, const Plan& plan)
{
    constexpr std::uint32_t kFileExists = 80;
    const std::string stamp = fmt::format("{:%Y%m%dT%H%M%SZ}", CalendarOf(header.when));
    for (int number = 1; number <= kMostNames; ++number)
    {
        const std::string name = fmt::format("{}-{}-{}{}", stamp, header.rootCause, number, kEnding);
        auto file = m_folder->CreateNew(name);
        if (file.HasFailed() && file.Error().code == kFileExists)
        {
            continue;
        }
        if (!file)
        {
            return file.HasFailed() ? file.Error() : Failure{code::kInternalError, name};
        }
        if (Status written = (*file)->Append(FormatJournalEntry(header, plan)); !written)
        {
            return written.Error();
        }
        return JournalWriter(name, std::move(*file));
    }
    return Failure{kFileExists, stamp};
}

Answer<JournalWriter> Journal::Continue(const std::string& name)
{
    auto file = m_folder->OpenToAppend(name);
    if (!file)
    {
        return file.HasFailed() ? file.Error() : Failure{code::kNotRecorded, name};
    }
    if (Status resumed = (*file)->Append(fmt::format("\n{}\n", kResume)); !resumed)
    {
        return resumed.Error();
    }
    return JournalWriter(name, std::move(*file));
}

Status Journal::CloseAgain()
{
    return m_folder->CloseAgain(fmt::format("\n{}\n{}\n", kResume, kWasOpen));
}

Answer<std::vector<JournalEntry>> Journal::Entries()
{
    auto names = m_folder->List();
    if (!names)
    {
        return names.HasFailed() ? Answer<std::vector<JournalEntry>>(names.Error())
                                 : std::vector<JournalEntry>();
    }
    std::ranges::sort(*names);
    std::vector<JournalEntry> entries;
    for (const std::string& name : *names)
    {
        if (!EndsWithIgnoreCase(name, kEnding))
        {
            continue;
        }
        const auto text = m_folder->Read(name, kLargestEntry);
        JournalEntry entry;
        entry.name = name;
        entry.damage = "unreadable";
        entries.push_back(text ? ParseJournalEntry(name, *text) : std::move(entry));
    }
    return entries;
}

} // namespace mars
