// SPDX-License-Identifier: MIT
#include "json.h"

#include "change_text.h"
#include "print_json.h"
#include "records_text.h"
#include "version.h"

#include <nlohmann/json.hpp>

namespace mars
{

namespace
{

/// Keys in the order of the contract.
using Json = nlohmann::ordered_json;

std::string Utf8(std::string_view wtf8)
{
    return ToValidUtf8(wtf8);
}

template <class E>
std::string Word(E value)
{
    return std::string(WordOf(value));
}

struct FactToJson
{
    Json operator()(const std::string& text) const
    {
        return Utf8(text);
    }
    Json operator()(std::int64_t number) const
    {
        return number;
    }
    Json operator()(ByteCount size) const
    {
        return size.bytes;
    }
    Json operator()(Timestamp time) const
    {
        return ToIso8601(time);
    }
    Json operator()(bool yes) const
    {
        return yes ? "yes" : "no";
    }
    Json operator()(const std::vector<std::string>& items) const
    {
        Json list = Json::array();
        for (const std::string& item : items)
        {
            list.push_back(Utf8(item));
        }
        return list;
    }
    Json operator()(const std::vector<Finding>& findings) const
    {
        Json list = Json::array();
        for (const Finding& finding : findings)
        {
            list.push_back(Utf8(finding.ToString()));
        }
        return list;
    }
};

Json ToJson(const Fact& fact)
{
    return std::visit(FactToJson{}, fact);
}

Json ToJson(const Facts& facts)
{
    Json object = Json::object();
    for (const auto& [name, fact] : facts)
    {
        object[name] = ToJson(fact);
    }
    return object;
}

Json ErrorJson(std::uint32_t code, const std::string& text)
{
    return {{"code", code}, {"text", Utf8(text)}};
}

Json ErrorJson(const Failure& failure, const Knowledge& knowledge, Language language)
{
    return ErrorJson(failure.code, knowledge.ExplainCode(failure.code, language));
}

/// What is absent is left out.
Json ServerFactsJson(const ServerFacts& facts, const Knowledge& knowledge, Language language)
{
    Json object = Json::object();
    for (const ServerFact& fact : facts)
    {
        const std::string name(fact.name);
        if (fact.value)
        {
            object[name]["value"] = ToJson(*fact.value);
        }
        else if (fact.value.HasFailed())
        {
            object[name]["error"] = ErrorJson(fact.value.Error(), knowledge, language);
        }
    }
    return object;
}

Json OrNull(const std::optional<std::string>& text)
{
    return text ? Json(Utf8(*text)) : Json();
}

Json MachineJson(const MachineSummary& machine)
{
    return {{"name", Utf8(machine.name)}, {"windows", Utf8(machine.windows)},
        {"agent_version", OrNull(machine.agentVersion)}, {"vault", OrNull(machine.vault)},
        {"elevated", machine.elevated}};
}

Json CheckJson(const ReportedCheck& check, const Knowledge& knowledge, Language language)
{
    const RootCause& cause = *check.result.cause;
    const Outcome& outcome = check.result.outcome;
    Json object{{"id", cause.id}, {"code", cause.code}, {"section", cause.SectionId()},
        {"outcome", Word(outcome.kind)}};
    if (outcome.IsProblem())
    {
        object["level"] = Word(outcome.level);
    }
    object["facts"] = ToJson(outcome.facts);
    if (!outcome.reason.empty())
    {
        object["reason"] = outcome.reason;
    }
    if (outcome.error)
    {
        object["error"] = ErrorJson(*outcome.error, knowledge, language);
    }
    object["repair"] = Word(check.repair);
    object["duration_ms"] = check.result.duration.count();
    return object;
}

Json SummaryJson(const RunReport& report)
{
    Json summary;
    for (const OutcomeKind kind : {OutcomeKind::kPassed, OutcomeKind::kProblem, OutcomeKind::kNotApplicable,
             OutcomeKind::kCouldNotCheck, OutcomeKind::kManual})
    {
        summary[Word(kind)] = report.Count(kind);
    }
    return summary;
}

Json StepJson(const RepairStep& step, const Knowledge& knowledge, Language language)
{
    const ChangeDescription description = Describe(step.change);
    Json object{{"change", description.change}, {"target", Utf8(description.target)},
        {"from", Utf8(description.from)}, {"to", Utf8(description.to)},
        {"reversible", description.reversible}};
    if (description.lowersProtection)
    {
        object["lowers_protection"] = true;
    }
    object["result"] = Word(step.result);
    if (step.facts.contains(kNeedsRestart))
    {
        object["needs_restart"] = true;
    }
    if (step.error)
    {
        object["error"] = ErrorJson(*step.error, knowledge, language);
    }
    return object;
}

Json PlanJson(const std::vector<RepairStep>& steps, const Knowledge& knowledge, Language language)
{
    Json plan = Json::array();
    for (const RepairStep& step : steps)
    {
        plan.push_back(StepJson(step, knowledge, language));
    }
    return plan;
}

/// An entry whose roll-back failed is as open as an interrupted one, and one that was rolled back leaves as
/// little behind as one that was undone.
std::string EntryStateWord(const UndoItem& item)
{
    if (!item.entry.damage.empty())
    {
        return item.entry.damage == kNewerEntry ? "newer" : "damaged";
    }
    if (item.isUnderWay)
    {
        return "under_way";
    }
    switch (item.entry.end)
    {
    case EntryEnd::kApplied:
        return "applied";
    case EntryEnd::kRolledBack:
    case EntryEnd::kUndone:
        return "undone";
    case EntryEnd::kStopped:
        return "stopped";
    default:
        return "interrupted";
    }
}

/// Optional keys: what a record that cannot be read does not say.
Json EntryJson(const UndoItem& item, const Knowledge& knowledge, Language language)
{
    Json entry{{"journal", Utf8(item.entry.name)}};
    if (item.entry.damage.empty())
    {
        entry["id"] = Utf8(item.entry.header.rootCause);
        entry["when"] = ToIso8601(item.entry.header.when);
        entry["by"] = Utf8(item.entry.header.who);
    }
    entry["state"] = EntryStateWord(item);
    entry["status"] = Word(item.status);
    entry["plan"] = PlanJson(item.steps, knowledge, language);
    if (item.partIsGone && item.entry.end != EntryEnd::kApplied)
    {
        entry["part_is_gone"] = true;
    }
    if (item.error)
    {
        const bool tells = item.entry.damage.empty() && !item.isUnderWay;
        const std::string code = tells ? " " + knowledge.ExplainCode(item.error->code, language) : "";
        entry["error"] = ErrorJson(item.error->code, ExplainUndo(item, knowledge, language) + code);
    }
    return entry;
}

/// Only what was found otherwise when it was first looked at.
Json AtFirstJson(const RunReport& report)
{
    Json list = Json::array();
    for (const CheckResult& first : report.atFirst)
    {
        const auto now = std::ranges::find(
            report.checks, first.cause, [](const ReportedCheck& check) { return check.result.cause; });
        if (now == report.checks.end() || now->result.outcome == first.outcome)
        {
            continue;
        }
        list.push_back({{"id", first.cause->id}, {"outcome", Word(first.outcome.kind)}});
        if (first.outcome.IsProblem())
        {
            list.back()["level"] = Word(first.outcome.level);
        }
    }
    return list;
}

} // namespace

std::string RunJson(const RunReport& report, const Knowledge& knowledge, Language language)
{
    Json object{{"schema", kJsonSchema}, {"tool", {{"name", report.tool}, {"version", kToolVersion}}},
        {"machine", MachineJson(report.machine)},
        {"facts", ServerFactsJson(report.facts, knowledge, language)}, {"started", ToIso8601(report.started)},
        {"duration_ms", report.duration.count()}, {"checks", Json::array()}};
    for (const ReportedCheck& check : report.checks)
    {
        object["checks"].push_back(CheckJson(check, knowledge, language));
        const auto step = std::ranges::find(report.plan, check.result.cause, &SupportStep::cause);
        if (step != report.plan.end() && !step->note.empty())
        {
            object["checks"].back()["note"] = Utf8(step->note);
        }
    }
    object["summary"] = SummaryJson(report);
    if (Json first = AtFirstJson(report); !first.empty())
    {
        object["at_first"] = std::move(first);
    }
    for (const UndoItem& item : report.changes)
    {
        object["changes"].push_back(EntryJson(item, knowledge, language));
    }
    return PrintJson(object);
}

std::string ListJson(std::span<const RootCause* const> causes, const Knowledge& knowledge, Language language)
{
    Json object{{"schema", kJsonSchema}, {"reasons", Json::array()}, {"checks", Json::array()}};
    for (const char* token : reason::kAll)
    {
        object["reasons"].push_back(token);
    }
    for (const RootCause* cause : causes)
    {
        object["checks"].push_back({{"id", cause->id}, {"code", cause->code}, {"section", cause->SectionId()},
            {"title", Utf8(knowledge.Title(cause->id, language))}, {"repair", Word(cause->repairKind)},
            {"reversible", cause->repairKind == RepairKind::kOneClick && cause->reversible}});
    }
    return PrintJson(object);
}

std::string ExplainJson(const std::vector<ErrorMatch>& matches)
{
    Json object{{"schema", kJsonSchema}, {"matches", Json::array()}};
    for (const ErrorMatch& match : matches)
    {
        Json row = Json::object();
        if (!match.error.empty())
        {
            row["error"] = match.error;
        }
        row["title"] = Utf8(match.title);
        row["section"] = match.section;
        row["checks"] = Json::array();
        for (const RootCause* cause : match.checks)
        {
            row["checks"].push_back(cause->id);
        }
        row["score"] = match.score;
        object["matches"].push_back(std::move(row));
    }
    return PrintJson(object);
}

Json RecordJson(const RecordEntry& entry, const Knowledge& knowledge, Language language)
{
    Json row{{"error", Utf8(entry.error)}, {"title", Utf8(RecordTitle(entry, knowledge, language))},
        {"section", entry.section}, {"checks", entry.causes}, {"score", 1}, {"source", Word(entry.source)},
        {"level", Word(entry.level)}, {"count", entry.count}};
    if (entry.atLeast)
    {
        row["at_least"] = true;
    }
    row["first"] = ToIso8601(entry.first);
    row["last"] = ToIso8601(entry.last);
    if (entry.past)
    {
        row["past"] = true;
    }
    if (!entry.symptom.empty())
    {
        row["symptom"] = entry.symptom;
    }
    return row;
}

std::string CodeJson(const std::vector<CodedResult>& results, const Knowledge& knowledge, Language language)
{
    Json object{{"schema", kJsonSchema}, {"matches", Json::array()}};
    for (const CodedResult& result : results)
    {
        // A row of a newer version has no id and no page here.
        const bool known = result.cause != nullptr;
        Json match{{"title",
                       Utf8(known ? knowledge.Title(result.cause->id, language)
                                  : knowledge.Text("phone.newer_row", language))},
            {"section", known ? result.cause->SectionId() : std::string_view()},
            {"checks", known ? Json::array({result.cause->id}) : Json::array()}, {"code", result.step},
            {"score", 1.0}, {"outcome", Word(result.kind)}};
        if (result.kind == OutcomeKind::kProblem)
        {
            match["level"] = Word(result.level);
        }
        object["matches"].push_back(std::move(match));
    }
    return PrintJson(object);
}

std::string RecordsJson(const Records& records, const Knowledge& knowledge, Language language)
{
    Json object{{"schema", kJsonSchema}, {"matches", Json::array()}};
    for (const RecordEntry& entry : records.entries)
    {
        object["matches"].push_back(RecordJson(entry, knowledge, language));
    }
    if (!records.unread.empty())
    {
        object["unread"] = Json::array();
    }
    for (const UnreadRecord& unread : records.unread)
    {
        object["unread"].push_back(
            {{"source", Word(unread.source)}, {"error", ErrorJson(unread.why, knowledge, language)}});
    }
    return PrintJson(object);
}

std::string RepairJson(const RepairResult& result, const Knowledge& knowledge, Language language)
{
    Json object{{"schema", kJsonSchema}, {"id", result.cause->id}, {"status", Word(result.status)},
        {"plan", PlanJson(result.steps, knowledge, language)}, {"applied", result.applied},
        {"verified", result.verified}, {"outcome_before", Word(result.before.kind)}};
    if (result.after)
    {
        object["outcome_after"] = Word(result.after->kind);
    }
    if (!result.journal.empty())
    {
        object["journal"] = Utf8(result.journal);
    }
    if (const std::uint32_t code = RepairErrorCode(result))
    {
        const std::string why = ExplainRepair(result, knowledge, language);
        object["error"] = ErrorJson(code, why.empty() ? knowledge.ExplainCode(code, language) : why);
    }
    return PrintJson(object);
}

std::string UndoJson(const std::vector<UndoItem>& items, const Knowledge& knowledge, Language language)
{
    Json object{{"schema", kJsonSchema}, {"entries", Json::array()}};
    for (const UndoItem& item : items)
    {
        object["entries"].push_back(EntryJson(item, knowledge, language));
    }
    return PrintJson(object);
}

std::string CaptureJson(const CaptureSummary& summary)
{
    Json object{{"schema", kJsonSchema}, {"file", Utf8(summary.file)}};
    if (summary.namesFile)
    {
        object["names_file"] = Utf8(*summary.namesFile);
    }
    object["bytes"] = summary.bytes;
    object["questions"] = summary.questions;
    object["redacted"] = summary.redacted;
    object["removed"] = Json::object();
    for (const auto& [kind, count] : summary.removed)
    {
        object["removed"][kind] = count;
    }
    return PrintJson(object);
}

} // namespace mars
