// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace mars::test
{

/// Tests that need something which not every computer has.
struct Need
{
    /// What it is, as the reason for skipping them.
    const char* what;
    bool (*isHere)();
    /// Their names; "windows temp_folder: *" stands for all that begin so.
    std::vector<std::string> tests;
};

/// What tests of this program need, in one place. A test that is not named here runs everywhere.
const std::vector<Need>& Needs();

/// Whether `name` is that of the test, or begins as a pattern that ends in "*" does.
bool IsNamed(const std::string& name, const std::string& test);

} // namespace mars::test
