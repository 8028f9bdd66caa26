// SPDX-License-Identifier: MIT
#pragma once

#include "commands.h"
#include "support_plan.h"
#include "text.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace mars
{

struct RootCause;

/// What a command is about: this computer, or one in a recording, and what the person gave.
struct Subject
{
    std::shared_ptr<const Machine> machine;
    Given given;
    /// When the recording was taken; empty: this computer.
    std::optional<Timestamp> recorded;
};

/// Opens the recording that the options name, else this computer. Nothing when there is neither; the person
/// was told then.
std::optional<Subject> OpenSubject(const ConsoleOptions& options, const Console& console);

/// The plan in this file. Nothing when there is none; the person was told then.
std::optional<SupportPlan> OpenPlan(const std::string& file, const Console& console);

/// The union of --section, --check and --symptom in the order of the catalogue, each id once; everything when
/// none is given. Nothing when one of them names nothing; the person was told then.
std::optional<std::vector<const RootCause*>> SelectChecks(
    const ConsoleOptions& options, const Console& console);

} // namespace mars
