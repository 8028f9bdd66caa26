// SPDX-License-Identifier: MIT
#include "run_report.h"

#include "questions/computer.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>

namespace mars
{

namespace
{

std::optional<std::string> TextOf(const ServerFacts& facts, std::string_view name)
{
    const auto found = std::ranges::find(facts, name, &ServerFact::name);
    const std::string* text =
        found != facts.end() && found->value ? std::get_if<std::string>(&*found->value) : nullptr;
    return text ? std::optional(*text) : std::nullopt;
}

MachineSummary Summarise(const MachineView& machine, const ServerFacts& facts)
{
    MachineSummary summary;
    if (const auto context = machine.Ask(ReadContext{}))
    {
        summary.name = context->computer;
        summary.user = context->user;
        summary.elevated = context->elevated;
        summary.system = context->system;
        summary.remoteSession = context->remoteSession;
    }
    if (const auto windows = machine.Ask(ReadWindowsVersion{}))
    {
        summary.windows =
            fmt::format("{} ({}.{}.{})", windows->product, windows->major, windows->minor, windows->build);
    }
    summary.agentVersion = TextOf(facts, "agent_version");
    summary.vault = TextOf(facts, "vault");
    return summary;
}

RepairProposal ProposeGuarded(
    const RootCause& cause, const Outcome& outcome, const MachineView& machine, const Given& given)
{
    try
    {
        return cause.repair(machine, given, outcome);
    }
    catch (const std::exception&)
    {
        // What is reported is the result of the check; that its repair is broken shows when somebody asks for
        // it.
        return RepairProposal::Guided();
    }
}

} // namespace

std::vector<CheckResult> RunReport::Results() const
{
    std::vector<CheckResult> results;
    for (const ReportedCheck& check : checks)
    {
        results.push_back(check.result);
    }
    return results;
}

std::size_t RunReport::Count(OutcomeKind kind) const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        checks, [&](const ReportedCheck& check) { return check.result.outcome.kind == kind; }));
}

std::size_t RunReport::Count(Level level) const
{
    return static_cast<std::size_t>(std::ranges::count_if(checks, [&](const ReportedCheck& check) {
        return check.result.outcome.IsProblem() && check.result.outcome.level == level;
    }));
}

RepairKind AvailableRepair(
    const RootCause& cause, const Outcome& outcome, const MachineView& machine, const Given& given)
{
    if (outcome.kind == OutcomeKind::kManual)
    {
        return cause.repairKind == RepairKind::kNone ? RepairKind::kNone : RepairKind::kGuided;
    }
    if (!outcome.IsProblem())
    {
        return RepairKind::kNone;
    }
    if (cause.repairKind != RepairKind::kOneClick)
    {
        return cause.repairKind;
    }
    const RepairProposal proposal = ProposeGuarded(cause, outcome, machine, given);
    return proposal.kind == RepairProposal::Kind::kPlanned ? RepairKind::kOneClick : RepairKind::kGuided;
}

RunReport MakeRunReport(Pass& pass, std::span<const RootCause* const> causes, std::string tool,
    const std::function<void(const CheckResult&)>& onResult, std::stop_token stop)
{
    RunReport report;
    report.tool = std::move(tool);
    report.started = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto clock = std::chrono::steady_clock::now();
    // Beside the checks, so that one hanging call does not count twice.
    auto facts = std::async(std::launch::async, [&] { return ReadServerFacts(pass.View(stop)); });
    for (CheckResult& result : pass.Run(causes, onResult, stop))
    {
        report.checks.push_back({std::move(result), RepairKind::kNone});
    }
    report.facts = facts.get();
    report.machine = Summarise(pass.View(stop), report.facts);
    for (ReportedCheck& check : report.checks)
    {
        check.repair =
            AvailableRepair(*check.result.cause, check.result.outcome, pass.View(stop), pass.WhatWasGiven());
    }
    report.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - clock);
    return report;
}

} // namespace mars
