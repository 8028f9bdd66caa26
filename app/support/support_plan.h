// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "root_cause.h"
#include "text.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

inline constexpr int kSupportPlanSchema = 1;
/// A longer file is no plan.
inline constexpr std::size_t kLongestSupportPlan = 256 * 1024;
/// In bytes of UTF-8.
inline constexpr std::size_t kLongestNote = 2000;

/// A row of the catalogue to look at, and what the person who asks for it says about it.
struct SupportStep
{
    const RootCause* cause = nullptr;
    /// Plain text, shown as it is: nothing in it is a link, a command or a format. May have line breaks.
    std::string note;
    bool operator==(const SupportStep&) const = default;
};

/// What a support engineer asks somebody to do, in order. It names rows of the catalogue and nothing else, so
/// the worst that a forged one can do is to show a row that does not matter.
struct SupportPlan
{
    Timestamp made;
    /// Of the program that wrote it.
    std::string toolVersion;
    std::vector<SupportStep> steps;
    bool operator==(const SupportPlan&) const = default;
};

/// Fails with code::kInvalidData for what is no plan, is damaged, or holds anything besides ids and notes;
/// with code::kNewerFormat for a plan of a newer schema, or one that names a root cause that `causes` does
/// not have. The failure's `what` says which part.
Answer<SupportPlan> ParseSupportPlan(std::string_view bytes, std::span<const RootCause* const> causes);

/// The file's text. Control characters but line breaks and tabs are left out of the notes, and a longer note
/// is cut.
std::string FormatSupportPlan(const SupportPlan& plan);

} // namespace mars
