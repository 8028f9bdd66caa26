// SPDX-License-Identifier: MIT
#include "subject.h"

#include "catalogue.h"
#include "error_match.h"
#include "known_errors.h"
#include "recording.h"
#include "xml_codec.h"

#include <algorithm>
#include <set>

namespace mars
{

namespace
{

/// ERROR_FILE_NOT_FOUND.
constexpr std::uint32_t kFileNotFound = 2;
/// A text may mean several things; what fits much worse than the best is left out.
constexpr double kAlmostAsGood = 0.15;

Given Override(Given given, const GivenOptions& options)
{
    given.cloud = options.cloud.value_or(given.cloud);
    given.offline = given.offline || options.offline;
    given.dataBytes = options.dataBytes ? options.dataBytes : given.dataBytes;
    given.offlineSeeding = given.offlineSeeding || options.offlineSeeding;
    given.agentProxy = options.agentProxy.empty() ? given.agentProxy : options.agentProxy;
    given.credentialsFile = options.credentials.empty() ? given.credentialsFile : options.credentials;
    return given;
}

/// Nothing when it cannot be read; the person was told then.
std::optional<std::string> ReadInput(const std::string& file, std::size_t limit, const Console& console)
{
    auto text = console.host.ReadFile(file, limit);
    if (!text)
    {
        const std::uint32_t why = text.HasFailed() ? text.Error().code : kFileNotFound;
        console.Refuse("console.cannot_read",
            {{"file", file}, {"why", console.knowledge.ExplainCode(why, console.language)}});
        return std::nullopt;
    }
    return std::move(*text);
}

std::optional<Subject> OpenRecording(const ConsoleOptions& options, const Console& console)
{
    const auto text = ReadInput(options.machine, kLargestRecording, console);
    if (!text)
    {
        return std::nullopt;
    }
    auto recording = std::make_unique<Recording>();
    if (const Status read = ReadRecording(*text, *recording); !read)
    {
        console.Refuse("console.no_recording",
            {{"file", options.machine},
                {"why", console.knowledge.ExplainCode(read.Error().code, console.language)}});
        return std::nullopt;
    }
    if (recording->unknownQuestions != 0)
    {
        console.Tell(console.Text(
            "console.newer_recording", {{"count", static_cast<std::int64_t>(recording->unknownQuestions)}}));
    }
    if (recording->damagedEntries != 0)
    {
        console.Tell(console.Text(
            "console.damaged_recording", {{"count", static_cast<std::int64_t>(recording->damagedEntries)}}));
    }
    Given given;
    if (!ReadXml(recording->header.given.document_element(), given, recording->header.format))
    {
        given = Given{};
    }
    return Subject{std::make_shared<RecordedMachine>(recording->machine), Override(given, options.given),
        recording->header.taken};
}

/// Takes over the checks that one selector means.
class Selection
{
public:
    void Add(const RootCause* cause)
    {
        m_ids.insert(cause->id);
    }

    std::vector<const RootCause*> InCatalogueOrder() const
    {
        std::vector<const RootCause*> causes;
        std::ranges::copy_if(AllRootCauses(), std::back_inserter(causes),
            [&](const RootCause* cause) { return m_ids.contains(cause->id); });
        return causes;
    }

private:
    std::set<std::string_view> m_ids;
};

bool AddSections(const ConsoleOptions& options, const Console& console, Selection& selection)
{
    for (const std::string& id : options.sections)
    {
        const Section* section = FindSection(FoldCase(id));
        if (section == nullptr)
        {
            console.Refuse("usage.unknown_section", {{"id", id}});
            return false;
        }
        std::ranges::for_each(section->rootCauses, [&](const RootCause* cause) { selection.Add(cause); });
    }
    return true;
}

bool AddChecks(const ConsoleOptions& options, const Console& console, Selection& selection)
{
    for (const std::string& id : options.checks)
    {
        const auto causes = ResolveSelector(id);
        if (causes.empty())
        {
            console.Refuse("usage.unknown_id", {{"id", id}});
            return false;
        }
        std::ranges::for_each(causes, [&](const RootCause* cause) { selection.Add(cause); });
    }
    return true;
}

/// What a symptom's id or an error text means: its checks, or those of the page where nothing else is known.
void AddMatch(std::string_view section, std::span<const RootCause* const> checks, Selection& selection)
{
    const Section* page = checks.empty() ? FindSection(section) : nullptr;
    for (const RootCause* cause : page == nullptr ? checks : page->rootCauses)
    {
        selection.Add(cause);
    }
}

bool AddSymptom(const ConsoleOptions& options, const Console& console, Selection& selection)
{
    if (!options.symptom)
    {
        return true;
    }
    if (const auto symptom = FindSymptom(console.knowledge, Trim(*options.symptom)))
    {
        AddMatch(symptom->section, FindRootCauses(symptom->causes), selection);
        return true;
    }
    const auto matches = MatchErrors(*options.symptom, AllRootCauses(), console.knowledge, console.language);
    for (const ErrorMatch& match : matches)
    {
        if (match.score >= matches.front().score - kAlmostAsGood)
        {
            AddMatch(match.section, match.checks, selection);
        }
    }
    if (matches.empty())
    {
        console.Refuse("usage.unknown_symptom", {{"text", *options.symptom}});
    }
    return !matches.empty();
}

} // namespace

std::optional<SupportPlan> OpenPlan(const std::string& file, const Console& console)
{
    const auto text = ReadInput(file, kLongestSupportPlan, console);
    if (!text)
    {
        return std::nullopt;
    }
    auto plan = ParseSupportPlan(*text, AllRootCauses());
    if (!plan)
    {
        console.Refuse("console.no_plan",
            {{"file", file}, {"why", console.knowledge.ExplainCode(plan.Error().code, console.language)}});
        return std::nullopt;
    }
    return std::move(*plan);
}

std::optional<Subject> OpenSubject(const ConsoleOptions& options, const Console& console)
{
    if (!options.machine.empty())
    {
        return OpenRecording(options, console);
    }
    auto machine = console.host.LiveMachine();
    if (!machine)
    {
        console.Refuse("usage.needs_windows");
        return std::nullopt;
    }
    Subject subject{std::move(machine), Override({}, options.given), std::nullopt};
    if (!subject.given.credentialsFile.empty())
    {
        subject.given.credentialsFile = console.host.AbsolutePath(subject.given.credentialsFile);
    }
    return subject;
}

std::optional<std::vector<const RootCause*>> SelectChecks(
    const ConsoleOptions& options, const Console& console)
{
    if (options.sections.empty() && options.checks.empty() && !options.symptom)
    {
        return AllRootCauses();
    }
    Selection selection;
    const bool good = AddSections(options, console, selection) && AddChecks(options, console, selection)
        && AddSymptom(options, console, selection);
    return good ? std::optional(selection.InCatalogueOrder()) : std::nullopt;
}

} // namespace mars
