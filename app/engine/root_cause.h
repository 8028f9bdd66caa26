// SPDX-License-Identifier: MIT
#pragma once

#include "change.h"
#include "given.h"
#include "outcome.h"
#include "questions/log.h"
#include "view.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

enum class RepairKind
{
    kNone,
    /// Steps for a person.
    kGuided,
    /// A plan of changes that the engine makes. Has guided steps too.
    kOneClick,
};
MARS_WORDS(RepairKind, "none", "guided", "one_click");

/// What a repair would do on this machine now.
struct RepairProposal
{
    enum class Kind
    {
        kPlanned,
        kNothingToDo,
        /// No automatic repair in this situation: the guided steps.
        kGuided,
        /// Possible, but not before `reason` is gone (for instance "task_keeps_password").
        kHeld,
    };
    Kind kind = Kind::kGuided;
    /// A token why not, with a text `held.<reason>` in knowledge/interface.xml.
    std::string reason;
    Plan plan;

    static RepairProposal Planned(Plan plan)
    {
        return {Kind::kPlanned, {}, std::move(plan)};
    }
    static RepairProposal NothingToDo()
    {
        return {Kind::kNothingToDo, {}, {}};
    }
    static RepairProposal Guided(std::string reason = {})
    {
        return {Kind::kGuided, std::move(reason), {}};
    }
    static RepairProposal Held(std::string reason)
    {
        return {Kind::kHeld, std::move(reason), {}};
    }
};

/// One thing that can be wrong: how to find it and how to plan its repair. Lives in one file,
/// wizard_pages/<section>/<name>.cpp; its texts are knowledge/<section>/<name>.xml.
struct RootCause
{
    /// "section.what_is_wrong". Never changes once released.
    std::string_view id;
    /// Step code, "S-3". Never changes once released.
    std::string_view code;
    /// The catalogue's repair kind; what is possible now is said by the proposal.
    RepairKind repairKind = RepairKind::kGuided;
    /// Only for kOneClick: the repair can be undone.
    bool reversible = true;
    /// Asks and judges. Must not change anything and must not wait but in Ask.
    Outcome (*detect)(const MachineView& machine, const Given& given) = nullptr;
    /// Plans from the machine as it is now and the outcome just found; only for kOneClick. Changes nothing.
    RepairProposal (*repair)(
        const MachineView& machine, const Given& given, const Outcome& outcome) = nullptr;
    /// What Given::choice may be, by its stable word; the text `choice.<word>` is in knowledge/interface.xml.
    std::span<const std::string_view> choices = {};

    /// The repair copies from a folder that the person names (Given::fromFolder).
    bool needsFolder = false;

    /// What the check looks for in the agent's log, exactly as it asks for it; null: nothing. So the log is
    /// read once for all checks of a pass.
    std::vector<LogSearch> (*logSearches)(const Given& given) = nullptr;

    std::string_view SectionId() const
    {
        return id.substr(0, id.find('.'));
    }
};

} // namespace mars
