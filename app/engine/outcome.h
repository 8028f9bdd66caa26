// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "fields.h"
#include "text.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mars
{

/// A size. Kept apart from plain numbers so that a screen can write "2.4 GB" and JSON the bytes.
struct ByteCount
{
    std::uint64_t bytes = 0;
    bool operator==(const ByteCount&) const = default;
};

/// How one thing was found. The token has a text `finding.<token>` in knowledge/interface.xml, into which
/// {subject} and {detail} are filled; JSON holds "subject: token detail".
struct Finding
{
    std::string subject;
    std::string token;
    std::string detail;
    std::string ToString() const;
    bool operator==(const Finding&) const = default;
};

/// A value that supports a result: text (never translated), a number, a size, a time, yes/no, a list, or
/// findings.
using Fact = std::variant<std::string, std::int64_t, ByteCount, Timestamp, bool, std::vector<std::string>,
    std::vector<Finding>>;
/// Facts by name. Names are lower_snake and stable: JSON, texts and reports use them. `case` picks the text
/// where a root cause has several.
using Facts = std::map<std::string, Fact>;

/// The fact of what a later success disproved (refutation.h): when that was.
inline constexpr const char* kWorksAnyway = "works_anyway";

enum class OutcomeKind
{
    kPassed,
    kProblem,
    kNotApplicable,
    kCouldNotCheck,
    /// Only a person can tell.
    kManual,
};
MARS_WORDS(OutcomeKind, "passed", "problem", "not_applicable", "could_not_check", "manual");

enum class Level
{
    kError,
    kWarning,
    kAdvice,
};
MARS_WORDS(Level, "error", "warning", "advice");

/// What a check concluded: one of five kinds, with the facts it rests on. Holds tokens and facts, never
/// sentences.
struct Outcome
{
    OutcomeKind kind = OutcomeKind::kCouldNotCheck;
    /// Only for kProblem.
    Level level = Level::kError;
    /// Only for kNotApplicable: a token such as "agent_missing".
    std::string reason;
    /// Only for kCouldNotCheck.
    std::optional<Failure> error;
    Facts facts;

    static Outcome Passed(Facts facts = {});
    static Outcome Problem(Level level, Facts facts = {});
    static Outcome NotApplicable(std::string reason, Facts facts = {});
    static Outcome CouldNotCheck(Failure why, Facts facts = {});
    static Outcome Manual(Facts facts = {});

    bool IsProblem() const
    {
        return kind == OutcomeKind::kProblem;
    }
    /// The text of a fact; empty when there is none or it is no text.
    std::string Text(const std::string& fact) const;

    bool operator==(const Outcome&) const = default;
};

/// Tokens of kNotApplicable; `list` prints them all.
namespace reason
{
inline constexpr const char* kAgentMissing = "agent_missing";
inline constexpr const char* kTaskMissing = "task_missing";
inline constexpr const char* kScratchFolderMissing = "scratch_folder_missing";
inline constexpr const char* kDeviceMissing = "device_missing";
inline constexpr const char* kServiceMissing = "service_missing";
inline constexpr const char* kNotRegistered = "not_registered";
inline constexpr const char* kManagedByDpm = "managed_by_dpm";
inline constexpr const char* kNoCredentialsFile = "no_credentials_file";
inline constexpr const char* kCredentialsNotNeeded = "credentials_not_needed";
inline constexpr const char* kOffline = "offline";
inline constexpr const char* kDefenderNotActive = "defender_not_active";
inline constexpr const char* kNoOfflineSeeding = "no_offline_seeding";
inline constexpr std::array kAll{kAgentMissing, kTaskMissing, kScratchFolderMissing, kDeviceMissing,
    kServiceMissing, kNotRegistered, kManagedByDpm, kNoCredentialsFile, kCredentialsNotNeeded, kOffline,
    kDefenderNotActive, kNoOfflineSeeding};
} // namespace reason

} // namespace mars
