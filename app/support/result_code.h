// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "pass.h"
#include "root_cause.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What a code says of a root cause; what passed or does not apply is not in it.
struct CodedResult
{
    /// Null for a row that this program does not have: the code is of a newer one.
    const RootCause* cause = nullptr;
    /// "B-3".
    std::string step{};
    OutcomeKind kind = OutcomeKind::kProblem;
    /// Only for kProblem.
    Level level = Level::kError;
    bool operator==(const CodedResult&) const = default;
};

/// A run as a code that can be read over a telephone: "M2-08G4-2ZK9-T3". Digits and letters without those
/// that look or sound like others, groups of four, two check characters at the end, which tell a wrong
/// character and two that changed places. Between them two characters for each row: its step code, which
/// never changes, and what came of it; so programs of different versions read each other's codes.
std::string ResultCode(std::span<const CheckResult> results, std::span<const RootCause* const> causes);

/// The text means to be such a code, be it a right one or not.
bool IsResultCode(std::string_view text);

/// Case, blanks and hyphens do not count; O is read as 0, I and L as 1. Fails with code::kInvalidData when a
/// character is wrong or missing, with code::kNewerFormat for a kind of code that only newer programs know.
/// The codes of version 0.1.0, "M1-...", are read too.
Answer<std::vector<CodedResult>> ReadResultCode(
    std::string_view text, std::span<const RootCause* const> causes);

} // namespace mars
