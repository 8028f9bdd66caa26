// SPDX-License-Identifier: MIT
#include "model/row_view.h"

#include "offered_repair.h"
#include "questions/computer.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

std::string YesOrNo(bool yes)
{
    return yes ? "yes" : "no";
}

void AddCode(std::vector<RowView::Detail>& details, const Failure& failure)
{
    details.emplace_back("error.code", fmt::format("{} (0x{:08X})", failure.code, failure.code));
    details.emplace_back("error.what", failure.what);
}

void AddProcess(std::vector<RowView::Detail>& details, const ProcessContext& process)
{
    details.emplace_back("asked_by", process.user);
    details.emplace_back("elevated", YesOrNo(process.elevated));
    details.emplace_back("system", YesOrNo(process.system));
    details.emplace_back("remote_session", YesOrNo(process.remoteSession));
}

std::vector<RowView::Detail> TechnicalDetails(const CheckResult& result, const RowContext& context)
{
    const Outcome& outcome = result.outcome;
    std::vector<RowView::Detail> details;
    details.emplace_back("id", result.cause->id);
    details.emplace_back("outcome", WordOf(outcome.kind));
    if (outcome.IsProblem())
    {
        details.emplace_back("level", WordOf(outcome.level));
    }
    if (!outcome.reason.empty())
    {
        details.emplace_back("reason", outcome.reason);
    }
    for (const auto& [name, fact] : outcome.facts)
    {
        details.emplace_back(name, FormatFact(fact, Language::kEnglish));
    }
    if (outcome.error)
    {
        AddCode(details, *outcome.error);
    }
    details.emplace_back("duration", fmt::format("{} ms", result.duration.count()));
    if (context.process)
    {
        AddProcess(details, *context.process);
    }
    details.emplace_back("recording", YesOrNo(context.recording));
    return details;
}

/// There is a button for it only where it leads to a plan, or where nobody knows better yet.
void AddRepair(RowView& view, const CheckResult& result, const RowContext& context)
{
    const bool possible = OffersRepair(result.outcome) && result.cause->repairKind == RepairKind::kOneClick;
    if (!possible)
    {
        return;
    }
    using Kind = RepairProposal::Kind;
    // What the person chooses in the preview may make a plan of it, and a folder that is needed is asked for
    // before.
    const bool asks = result.cause->needsFolder && !context.recording;
    view.repairable = asks || context.offer == nullptr || context.offer->kind == Kind::kPlanned
        || (context.offer->kind == Kind::kGuided && !result.cause->choices.empty());
    const bool explained = context.offer != nullptr && !view.repairable && !context.offer->reason.empty();
    if (explained)
    {
        view.repairNote = context.knowledge.Text("held." + context.offer->reason, context.language);
    }
}

void AddJudgement(RowView& view, const CheckResult& result, const RowContext& context)
{
    const Outcome& outcome = result.outcome;
    view.judged = true;
    view.judgement = StateOf(outcome);
    const EntryText text = context.knowledge.TextFor(result.cause->id, outcome, context.language);
    view.meaning = text.meaning;
    view.evidence = text.evidence;
    view.checkedOn = text.checkedOn;
    view.source = text.sources.empty() ? std::string() : text.sources.front().url;
    view.needsAdministrator =
        NeedsAdministrator(outcome) && !context.recording && context.process && !context.process->elevated;
    view.stepsLabel = text.stepsLabel;
    for (const GuidedStep& step : text.steps)
    {
        view.steps.push_back(
            {step.text, context.recording ? std::string() : step.tool, step.state == GuidedState::kNext});
    }
    view.handoff = text.handoff;
    for (const Link& link : text.links)
    {
        view.links.push_back({link.text, link.url});
    }
    view.technical = TechnicalDetails(result, context);
    AddRepair(view, result, context);
}

} // namespace

RowView MakeRowView(const Row& row, const CheckResult* result, const RowContext& context)
{
    RowView view;
    view.cause = row.cause;
    view.code = row.code;
    view.state = row.state;
    // An older result is no result while the row is checked again.
    view.title = result == nullptr || row.state == RowState::kChecking
        ? context.knowledge.Subject(row.cause->id, context.language)
        : context.knowledge.Headline(row.cause->id, result->outcome, context.language);
    if (result != nullptr)
    {
        AddJudgement(view, *result, context);
    }
    return view;
}

} // namespace mars
