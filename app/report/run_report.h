// SPDX-License-Identifier: MIT
#pragma once

#include "pass.h"
#include "records.h"
#include "repair.h"
#include "server_facts.h"
#include "support_plan.h"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace mars
{

/// Which computer the results are about, and how they were taken.
struct MachineSummary
{
    std::string name;
    /// "Windows Server 2019 Standard (10.0.17763)".
    std::string windows;
    /// Empty: no agent, or its version could not be read.
    std::optional<std::string> agentVersion;
    /// Empty: not registered, or not known.
    std::optional<std::string> vault;
    std::string user;
    bool elevated = false;
    bool system = false;
    bool remoteSession = false;
};

struct ReportedCheck
{
    CheckResult result;
    /// The kind of repair that is available now; the catalogue's is result.cause->repairKind.
    RepairKind repair = RepairKind::kNone;
};

/// One run: made once and rendered as text, JSON, HTML and Markdown. Holds tokens and facts, no sentences.
struct RunReport
{
    /// The program that ran it: "mars-check".
    std::string tool;
    Timestamp started;
    std::chrono::milliseconds duration{};
    /// When the recording was taken, if this run read one.
    std::optional<Timestamp> recorded;
    MachineSummary machine;
    ServerFacts facts;
    /// Only where somebody asked for them.
    std::optional<Records> records;
    std::vector<ReportedCheck> checks;
    /// The whole result for the telephone, see result_code.h; empty where only a part was checked.
    std::string code;
    /// The plan that was run, if any.
    std::vector<SupportStep> plan;
    /// What was found when these checks were first made, where they were made again after a repair; in the
    /// order of the catalogue.
    std::vector<CheckResult> atFirst;
    /// What was changed on this server and is in the journal, newest first, with what undo could do now.
    std::vector<UndoItem> changes;
    /// Why the journal could not be read.
    std::optional<Failure> changesFailure;

    std::vector<CheckResult> Results() const;
    std::size_t Count(OutcomeKind kind) const;
    /// Problems of this level.
    std::size_t Count(Level level) const;
};

/// Runs the checks, and asks the pass for everything else that a report tells, so that a recording of the
/// pass can be reported on again. `onResult` as in Pass::Run.
RunReport MakeRunReport(Pass& pass, std::span<const RootCause* const> causes, std::string tool,
    const std::function<void(const CheckResult&)>& onResult = {}, std::stop_token stop = {});

/// What the repair of a root cause would be now: nothing for what is no problem, and the guided steps where
/// there is no plan in this situation.
RepairKind AvailableRepair(
    const RootCause& cause, const Outcome& outcome, const MachineView& machine, const Given& given);

} // namespace mars
