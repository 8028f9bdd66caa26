// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "model/wizard_model.h"
#include "questions/computer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mars
{

/// Everything that the page says about its selected row, in one language. Two views that are equal look the
/// same, so that a page is only drawn anew when something on it changed.
struct RowView
{
    struct Step
    {
        std::string text;
        std::string tool;
        /// The one to take now, of a list that the check follows.
        bool isNext = false;
        bool operator==(const Step&) const = default;
    };
    struct Address
    {
        std::string text;
        std::string url;
        bool operator==(const Address&) const = default;
    };
    using Detail = std::pair<std::string, std::string>;
    /// Somebody else's plan asks for this row.
    struct Asked
    {
        std::size_t number = 0;
        std::size_t of = 0;
        std::string note;
        bool operator==(const Asked&) const = default;
    };

    const RootCause* cause = nullptr;
    std::string code;
    RowState state = RowState::kWaiting;
    /// A result is there, be it an older one that is being checked again.
    bool judged = false;
    RowState judgement = RowState::kWaiting;
    /// Only on the page of a plan, which fills it in.
    std::optional<Asked> asked;
    std::string title;
    std::string meaning;
    std::string evidence;
    /// The wizard can make a plan.
    bool repairable = false;
    /// Why it does not repair this by itself now.
    std::string repairNote;
    /// Could not be checked for want of rights that this process does not have.
    bool needsAdministrator = false;
    /// "What to do:", "If so, what to do:"; empty where there are no steps.
    std::string stepsLabel;
    /// Without tools for a recording: they would open on the reader's computer.
    std::vector<Step> steps;
    /// Only where somebody else has to act.
    std::string handoff;
    std::vector<Address> links;
    std::string checkedOn;
    std::string source;
    /// Names and raw values, never translated: those of the JSON report.
    std::vector<Detail> technical;

    bool operator==(const RowView&) const = default;
};

struct RowContext
{
    const Knowledge& knowledge;
    Language language;
    /// Who asked; nothing while it is not known.
    const std::optional<ProcessContext>& process;
    /// What the repair would be; null while it is not known.
    const RepairProposal* offer = nullptr;
    bool recording = false;
};

RowView MakeRowView(const Row& row, const CheckResult* result, const RowContext& context);

} // namespace mars
