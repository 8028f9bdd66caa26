// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "root_cause.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What one server's run found, read back from the JSON that the run printed.
struct FleetServer
{
    /// As the server calls itself; the file's name where it did not say.
    std::string name;
    std::string windows;
    std::string agentVersion;
    Timestamp when;
    /// Ids of root causes that are errors or warnings, the errors first.
    std::vector<std::string> errors;
    std::vector<std::string> warnings;
    std::size_t couldNotCheck = 0;
};

/// A file, or a part of one, that is no result.
struct FleetFault
{
    std::string file;
    /// Win32 error; code::kInvalidData for a file that is no result.
    std::uint32_t code = 0;
};

/// The results of many servers, as one.
struct Fleet
{
    /// By folded name. Of several results of one server the newest counts.
    std::map<std::string, FleetServer> servers;
    std::vector<FleetFault> faults;
    /// Older results of servers that are there.
    std::size_t replaced = 0;

    /// Takes over all results of a file: one object, or several behind each other, as UTF-8 or, as PowerShell
    /// writes, UTF-16. Nothing in it is trusted: what is no result is a fault.
    void Add(const std::string& file, std::string_view bytes);

    std::size_t WithProblems() const;
    std::size_t WithGaps() const;
};

/// A larger file is a fault.
inline constexpr std::size_t kLargestResult = 64U * 1024 * 1024;

// Each names the totals, what could not be read, the root causes with their servers, most frequent first, and
// the servers, worst first. `causes` is the catalogue; a root cause of a newer version is shown by its id.
std::string FleetText(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);
std::string FleetHtml(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);
std::string FleetMarkdown(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);
/// {"schema","servers":[{"name","windows","agent_version","when","errors":[ids],"warnings":[ids],
/// "could_not_check"}],"causes":[{"id","code"?,"servers":[names]}],"unread":[{"file","error":{..}}],"replaced"}
std::string FleetJson(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);

} // namespace mars
