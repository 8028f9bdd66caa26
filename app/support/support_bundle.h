// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "recorded_machine.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What one kind of answer takes in a bundle.
struct BundlePart
{
    /// A word with a text `bundle.kind_<kind>` in interface.xml.
    std::string_view kind;
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
    bool operator==(const BundlePart&) const = default;
};

/// What a support engineer gets: a recording that opens on any computer.
struct SupportBundle
{
    std::string recording;
    /// The key from stand-ins to names, which stays with the customer; empty for a bundle with the real
    /// names.
    std::string names;
    std::uint64_t questions = 0;
    /// How many names of each kind were replaced.
    std::map<std::string, std::uint64_t> removed;
    /// Those kinds that it holds, in the order of BundleKinds.
    std::vector<BundlePart> parts;
};

/// Every kind of question (Exchange::Kind), in the order in which a person reads them.
std::vector<std::string_view> BundleKinds();

/// The answers of both; where both have one, that of `first`.
RecordedMachine Together(const RecordedMachine& first, const RecordedMachine& more);

SupportBundle MakeSupportBundle(const RecordedMachine& recorded, Given given, bool redact);

} // namespace mars
