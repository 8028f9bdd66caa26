// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>

namespace mars
{

/// The codes by which a text says which error it is: numbers of the agent, a status of HTTP in brackets, a
/// code of Microsoft Entra's sign-in ("AADSTS500021").
class StatedCodes
{
public:
    /// A number or a name of an error.
    void Add(std::string_view code);
    /// All that a text states.
    void AddFrom(std::string_view text);
    /// Both state codes of a kind, and none of them is the same: "(403) Forbidden" is no "(407)".
    bool Contradict(const StatedCodes& other) const;

private:
    static constexpr std::size_t kKinds = 3;
    std::array<std::set<std::string>, kKinds> m_codes;
};

} // namespace mars
