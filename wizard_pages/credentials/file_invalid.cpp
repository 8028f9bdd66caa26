// SPDX-License-Identifier: MIT
#include "credentials_file.h"
#include "root_cause.h"
#include "text.h"

namespace mars::credentials
{
namespace
{

Outcome Detect(const MachineView& machine, const Given& given)
{
    auto read = ReadCredentialsFile(machine, given);
    if (const auto* outcome = std::get_if<Outcome>(&read))
    {
        return *outcome;
    }
    auto& [file, credentials, facts] = std::get<ReadCredentials>(read);
    facts["root_element"] = credentials.rootElement;
    facts["format_version"] = credentials.version;
    facts["vault"] = credentials.vault;
    if (credentials.fault != CredentialsFault::kNone)
    {
        facts["case"] = std::string(WordOf(credentials.fault));
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    // Last, because "rename the file" is good advice only for a file that is otherwise right.
    if (!EndsWithIgnoreCase(file.path, kCredentialsEnding))
    {
        facts["case"] = "wrong_extension";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& FileInvalid()
{
    static constexpr RootCause kCause{
        "credentials.file_invalid", "V-4", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::credentials
