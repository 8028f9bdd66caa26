// SPDX-License-Identifier: MIT
#include "credentials_file.h"
#include "questions/credentials.h"
#include "root_cause.h"
#include "text.h"

#include <string_view>

namespace mars::credentials
{
namespace
{

/// What makes the file unusable, as its case is called; empty: nothing.
std::string_view FaultOf(const ReadCredentials& read)
{
    if (read.content.fault != CredentialsFault::kNone)
    {
        return WordOf(read.content.fault);
    }
    // Last, because "rename the file" is good advice only for a file that is otherwise right.
    return EndsWithIgnoreCase(read.file.path, kCredentialsEnding) ? "" : "wrong_extension";
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    auto read = ReadCredentialsFile(machine, given);
    if (const auto* outcome = std::get_if<Outcome>(&read))
    {
        return *outcome;
    }
    auto& found = std::get<ReadCredentials>(read);
    const std::string_view fault = FaultOf(found);
    Facts facts = std::move(found.facts);
    facts["root_element"] = found.content.rootElement;
    facts["format_version"] = found.content.version;
    facts["vault"] = found.content.vault;
    if (fault.empty())
    {
        return Outcome::Passed(std::move(facts));
    }
    if (IsLeftOver(machine, found.file))
    {
        facts["case"] = "left_over";
        facts["left_over"] = true;
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    facts["case"] = std::string(fault);
    return Outcome::Problem(Level::kError, std::move(facts));
}

} // namespace

const RootCause& FileInvalid()
{
    static constexpr RootCause kCause{
        "credentials.file_invalid", "V-4", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::credentials
