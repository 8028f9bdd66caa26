// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace mars
{

/// What people see who have read no documentation: the choices of the first page. Their words are the page's.
enum class Symptom
{
    kCannotRegister,
    kScheduledBackupsDoNotRun,
    kCannotReachAzure,
    kKeyOrScratch,
    kServiceDoesNotRun,
    kCannotRestore,
    kFilesAreSkipped,
};

struct SymptomChoice
{
    Symptom symptom;
    /// Where it is looked into.
    std::string_view section;
};

inline constexpr std::array kSymptomChoices{
    SymptomChoice{Symptom::kScheduledBackupsDoNotRun, "scheduling"},
    SymptomChoice{Symptom::kServiceDoesNotRun, "basics"},
    SymptomChoice{Symptom::kCannotRegister, "credentials"},
    SymptomChoice{Symptom::kCannotReachAzure, "connectivity"},
    SymptomChoice{Symptom::kKeyOrScratch, "encryption"},
    SymptomChoice{Symptom::kCannotRestore, "restore"},
    SymptomChoice{Symptom::kFilesAreSkipped, "jobs"},
};

} // namespace mars
