// SPDX-License-Identifier: MIT
#pragma once

#include "root_cause.h"

#include <span>

namespace mars
{

/// A row of another section that a page shows too. `code` is empty where the page has no step code of its own
/// for it.
struct BorrowedRow
{
    std::string_view code;
    std::string_view id;
};

/// One page of the wizard: its root causes in the order of the catalogue, then those it borrows.
struct Section
{
    std::string_view id;
    std::span<const RootCause* const> rootCauses;
    std::span<const BorrowedRow> borrowed;
};

} // namespace mars

/// For the one ordered list in each section.cpp: a line `ROW(TaskMissing)` both declares the root cause's
/// function and puts it in its place.
#define MARS_DECLARE_ROOT_CAUSE(name) const RootCause& name();
#define MARS_ROOT_CAUSE_ADDRESS(name) &name(),
