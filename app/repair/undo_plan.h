// SPDX-License-Identifier: MIT
#pragma once

#include "change.h"
#include "journal.h"

#include <cstddef>
#include <string>
#include <vector>

/// What has to be taken back of a repair.
namespace mars
{

/// A service that the begun steps of a plan stopped or started.
struct TouchedService
{
    std::string service;
    /// It ran when the plan began, or may have run.
    bool ran = false;
    /// The last of the steps started it and reached its end.
    bool runsAgain = false;
    std::vector<std::size_t> steps;
};

/// Notes what a begun step does to a service; `done`: it reached its end.
void AddTouched(std::vector<TouchedService>& services, const Change& change, std::size_t step, bool done);

/// One thing that undo does.
struct TakenBack
{
    /// As it is shown.
    Change change;
    /// Empty: a setting.
    std::string service;
    /// The steps of the entry that are undone by it.
    std::vector<std::size_t> steps;
};

/// Settings first, the last one first; then the services that the repair may have left stopped: where it
/// reached its end, run state is nobody's business any more.
std::vector<TakenBack> WhatUndoDoes(const JournalEntry& entry);

/// Something of it cannot be taken back. A repair that was rolled back at once left nothing.
bool IsPartGone(const JournalEntry& entry);

bool DidNotEnd(const JournalEntry& entry);

} // namespace mars
