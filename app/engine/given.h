// SPDX-License-Identifier: MIT
#pragma once

#include "fields.h"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace mars
{

enum class Cloud
{
    kPublic,
    kUsGov,
    kChina,
};
MARS_WORDS(Cloud, "public", "usgov", "china");

/// What the person gave: part of a pass and of its recording, so that a pass can be repeated anywhere.
struct Given
{
    /// A vault credentials file, when one was chosen; empty: the newest one found counts.
    std::string credentialsFile;
    Cloud cloud = Cloud::kPublic;
    /// No packet may leave this computer.
    bool offline = false;
    /// Bytes of all data that is backed up, when the person said so.
    std::optional<std::uint64_t> dataBytes;
    bool offlineSeeding = false;
    /// The proxy of the agent's own settings, which only its console shows: "HOST:PORT", or "none". Empty:
    /// nobody said.
    std::string agentProxy;
    /// Which of a repair's `choices` the person wants (root_cause.h). For that repair only, so not recorded.
    std::string choice;
    /// Where a repair finds good files. No check asks for it, so it is no part of a recording.
    std::string fromFolder;
    MARS_FIELDS(Given, credentialsFile, cloud, offline, dataBytes, offlineSeeding, (agentProxy, Since{2}));
    bool operator==(const Given&) const = default;
};

} // namespace mars
