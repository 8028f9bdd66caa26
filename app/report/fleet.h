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
    /// Of files that are full of them.
    std::size_t furtherFaults = 0;
    /// Older results of servers that are there.
    std::size_t replaced = 0;

    /// Takes over all results of a file: one object, or several behind each other, as UTF-8 or, as PowerShell
    /// writes, UTF-16. Nothing in it is trusted: what is no result is a fault.
    void Add(const std::string& file, std::string_view bytes);
    /// Counts only, where the file has kMostFaultsOfFile already.
    void AddFault(FleetFault fault);

    std::size_t WithProblems() const;
    std::size_t WithGaps() const;
};

inline constexpr std::size_t kMostFaultsOfFile = 20;

/// A larger file is a fault.
inline constexpr std::size_t kLargestResult = 64U * 1024 * 1024;

/// What was found, and on which servers, as they call themselves.
struct FleetCause
{
    std::string id;
    /// Empty: of a newer version.
    std::string code;
    std::string title;
    std::vector<std::string> servers;
};

/// The most frequent first. `causes` is the catalogue; a root cause of a newer version is shown by its id.
std::vector<FleetCause> CausesOf(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);

/// The worst first.
std::vector<const FleetServer*> SortedServers(const Fleet& fleet);

/// {"schema","servers":[{"name","windows","agent_version","when","errors":[ids],"warnings":[ids],
/// "could_not_check"}],"causes":[{"id","code"?,"servers":[names]}],"unread":[{"file","error":{..}}],"further_unread"?,
/// "replaced"}
std::string FleetJson(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);

} // namespace mars
