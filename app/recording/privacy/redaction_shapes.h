// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Names that are known by their look, and texts in which names are encoded. Part of redaction.h.
namespace mars
{

struct NameInText
{
    /// As in StandIn.
    const char* kind;
    std::string name;
};

/// GUIDs, SIDs of accounts, thumbprints, addresses of e-mail, IP addresses, servers of UNC paths and of
/// addresses, profile folders, and what stands in the names of the agent's certificates and of resources.
/// `mayHoldVersions`: four numbers are then no IP address.
std::vector<NameInText> FindNames(std::string_view text, bool mayHoldVersions);

/// "192.168.1.20": four numbers up to 255, and nothing else.
bool IsIpv4(std::string_view text);

/// A host of Microsoft's or of a standard: it tells nothing of who uses it.
bool IsWellKnownHost(std::string_view host);

/// A text as it is meant, and where each of its bytes begins in the original; one more for the end.
struct DecodedText
{
    std::string text;
    std::vector<std::size_t> offsets;
};

/// %41, &amp;, &#65;, &#x41; and \u0041 become what they stand for.
DecodedText DecodeText(std::string_view text);

} // namespace mars
