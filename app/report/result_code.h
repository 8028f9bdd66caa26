// SPDX-License-Identifier: MIT
#pragma once

#include "root_cause.h"
#include "run_report.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What a code says of a root cause; what passed or does not apply is not in it.
struct CodedResult
{
    const RootCause* cause = nullptr;
    OutcomeKind kind = OutcomeKind::kProblem;
    /// Only for kProblem.
    Level level = Level::kError;
    bool operator==(const CodedResult&) const = default;
};

/// A run as a code that can be read over a telephone: "M1-08G4-2ZK9-T3". Digits and letters without those
/// that look or sound like others, groups of four, two check characters at the end, which tell a wrong
/// character and two that changed places. `causes` is the catalogue; a program with another one refuses the
/// code.
std::string ResultCode(const RunReport& report, std::span<const RootCause* const> causes);

/// The text means to be such a code, be it a right one or not.
bool IsResultCode(std::string_view text);

/// Case, blanks and hyphens do not count; O is read as 0, I and L as 1. Nothing when a character is wrong or
/// missing, or when the code is of a program with another catalogue.
std::optional<std::vector<CodedResult>> ReadResultCode(
    std::string_view text, std::span<const RootCause* const> causes);

} // namespace mars
