// SPDX-License-Identifier: MIT
#include "change_text.h"

#include "connection_text.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

/// Codes of winerror.h for what the engine says with a token.
constexpr std::uint32_t kBusy = 170;
constexpr std::uint32_t kElevationRequired = 740;

/// "enabled" and "(absent)" in the reader's language; what is no word of ours, as it is.
std::string Localised(const std::string& word, const Knowledge& knowledge, Language language)
{
    const std::string id = "word." + std::string(word == "(absent)" ? "absent" : word);
    return knowledge.HasText(id) ? knowledge.Text(id, language) : word;
}

struct FactsOfChange
{
    const Knowledge& knowledge;
    Language language;

    /// The default: all that Describe tells, its words translated.
    template <class AnyChange>
    Facts operator()(const AnyChange& change) const
    {
        const ChangeDescription description = Describe(Change(change));
        return {{"target", description.target}, {"from", Localised(description.from, knowledge, language)},
            {"to", Localised(description.to, knowledge, language)}};
    }
    Facts operator()(const SetRegistryValue& change) const
    {
        const ChangeDescription description = Describe(Change(change));
        // A value's text stays as it is, even if it happens to be one of our words.
        const auto shown = [&](const std::optional<RegistryValue>& value, const std::string& text) -> Fact {
            if (!value)
            {
                return knowledge.Text("word.absent", language);
            }
            auto connection = DescribeConnection(change.path.name, *value);
            return connection ? Fact(std::move(*connection)) : Fact(text);
        };
        return {{"target", description.target}, {"from", shown(change.before, description.from)},
            {"to", shown(change.after, description.to)}};
    }
    Facts operator()(const SetTriggerEnabled& change) const
    {
        Facts facts = operator()<SetTriggerEnabled>(change);
        facts["target"] = change.task;
        facts["trigger"] = std::int64_t{change.trigger};
        return facts;
    }
    Facts operator()(const DeleteTemporaryFiles& change) const
    {
        return {{"target", change.folder}, {"files", static_cast<std::int64_t>(change.files)},
            {"size", ByteCount{change.bytes}}};
    }
    Facts operator()(const UncompressFolder& change) const
    {
        return {{"target", change.folder}, {"files", static_cast<std::int64_t>(change.files)},
            {"size", ByteCount{change.bytes}}};
    }
};

std::uint32_t CodeOfStatus(RepairStatus status, const std::string& reason)
{
    switch (status)
    {
    case RepairStatus::kNeedsAdministrator:
        return kElevationRequired;
    case RepairStatus::kHeld:
        return kBusy;
    case RepairStatus::kRefused:
    case RepairStatus::kFailed:
        return code::kNotSupported;
    case RepairStatus::kGuided:
        return reason.empty() ? 0 : code::kNotSupported;
    default:
        return 0;
    }
}

} // namespace

std::string ChangeSentence(const Change& change, const Knowledge& knowledge, Language language)
{
    const Facts facts = std::visit(FactsOfChange{knowledge, language}, change);
    return knowledge.Text(fmt::format("change.{}", Describe(change).change), language, facts);
}

std::string CodedTitle(std::string_view rootCause, const Knowledge& knowledge, Language language)
{
    const std::string code = knowledge.Entry(rootCause).attribute("code").value();
    return code.empty() ? knowledge.Title(rootCause, language)
                        : fmt::format("{} {}", code, knowledge.Title(rootCause, language));
}

std::vector<std::string> ChangeWarnings(const Change& change, const Knowledge& knowledge, Language language)
{
    const ChangeDescription description = Describe(change);
    std::vector<std::string> warnings;
    if (description.lowersProtection)
    {
        warnings.push_back(knowledge.Text("change.lowers_protection", language));
    }
    if (!description.reversible)
    {
        warnings.push_back(knowledge.Text(
            description.runState ? "change.nothing_to_undo" : "change.irreversible", language));
    }
    return warnings;
}

std::string ExplainRepair(const RepairResult& result, const Knowledge& knowledge, Language language)
{
    const std::string held = "held." + result.reason;
    if (!result.reason.empty() && knowledge.HasText(held))
    {
        return knowledge.Text(held, language);
    }
    if (result.status == RepairStatus::kNeedsAdministrator)
    {
        return knowledge.Text("held.not_elevated", language);
    }
    return result.error ? knowledge.ExplainCode(result.error->code, language) : std::string();
}

std::uint32_t RepairErrorCode(const RepairResult& result)
{
    return result.error ? result.error->code : CodeOfStatus(result.status, result.reason);
}

} // namespace mars
