// SPDX-License-Identifier: MIT
#include "records_text.h"

#include "known_errors.h"
#include "reading.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

std::optional<KnownError> FindKnown(const RecordEntry& entry, const Knowledge& knowledge)
{
    auto errors = KnownErrors(knowledge);
    const auto found = std::ranges::find(errors, entry.knownError, &KnownError::id);
    return entry.knownError.empty() || found == errors.end() ? std::nullopt
                                                             : std::optional(std::move(*found));
}

/// What the kind of record alone says.
std::string OwnTitle(const RecordEntry& entry, const Knowledge& knowledge, Language language)
{
    const std::string bySource = fmt::format("records.title.{}", WordOf(entry.source));
    const std::string byError = fmt::format("{}_{}", bySource, entry.error);
    return knowledge.Text(knowledge.HasText(byError) ? byError : bySource, language);
}

} // namespace

std::string RecordTitle(const RecordEntry& entry, const Knowledge& knowledge, Language language)
{
    const auto known = FindKnown(entry, knowledge);
    const std::string title =
        known ? LocalText(known->title, language) : OwnTitle(entry, knowledge, language);
    return entry.error.empty() ? title
                               : knowledge.Text("records.error_and_title", language,
                                   {{"error", ForReading(entry.error)}, {"title", title}});
}

std::string RecordLine(const RecordEntry& entry, const Knowledge& knowledge, Language language)
{
    const std::string id =
        fmt::format("records.{}_{}", WordOf(entry.source), entry.count == 1 ? "one" : "many");
    std::string line = RecordTitle(entry, knowledge, language) + ". "
        + knowledge.Text(id, language,
            {{"count", static_cast<std::int64_t>(entry.count)}, {"first", entry.first},
                {"last", entry.last}});
    line += entry.atLeast ? " " + knowledge.Text("records.at_least", language) : "";
    line += entry.past ? " " + knowledge.Text("records.past", language) : "";
    return line;
}

std::string RecordMeaning(const RecordEntry& entry, const Knowledge& knowledge, Language language)
{
    const auto known = FindKnown(entry, knowledge);
    return known ? LocalText(known->meaning, language) : std::string();
}

std::vector<std::string> RecordLines(const Records& records, const Knowledge& knowledge, Language language)
{
    std::vector<std::string> lines;
    for (const RecordEntry& entry : records.entries)
    {
        lines.push_back(RecordLine(entry, knowledge, language));
    }
    if (lines.empty())
    {
        lines.push_back(knowledge.Text("records.nothing", language));
    }
    for (const UnreadRecord& unread : records.unread)
    {
        const std::string line =
            knowledge.Text(fmt::format("records.unread.{}", WordOf(unread.source)), language) + " "
            + knowledge.ExplainCode(unread.why.code, language);
        // Of several records of a kind each failed, mostly for one reason.
        if (std::ranges::find(lines, line) == lines.end())
        {
            lines.push_back(line);
        }
    }
    return lines;
}

std::string SuggestionText(const Records& records, const Knowledge& knowledge, Language language)
{
    const RecordEntry* entry = records.Suggested();
    if (entry == nullptr)
    {
        return {};
    }
    return RecordLine(*entry, knowledge, language) + " "
        + knowledge.Text("records.start_with", language,
            {{"section", knowledge.Text(fmt::format("section.{}", entry->section), language)}});
}

} // namespace mars
