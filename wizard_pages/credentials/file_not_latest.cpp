// SPDX-License-Identifier: MIT
#include "credentials_file.h"
#include "questions/credentials.h"
#include "root_cause.h"
#include "text.h"

namespace mars::credentials
{
namespace
{

/// Empty on either side: the file does not say, which is no difference.
bool SameOrUnsaid(std::string_view a, std::string_view b)
{
    return a.empty() || b.empty() || EqualsIgnoreCase(a, b);
}

/// Vault names are unique only within a resource group.
bool IsSameVault(const VaultCredentials& a, const VaultCredentials& b)
{
    return !a.vault.empty() && EqualsIgnoreCase(a.vault, b.vault)
        && SameOrUnsaid(a.subscription, b.subscription) && SameOrUnsaid(a.resourceId, b.resourceId);
}

bool IsNewer(const ReadCredentials& a, const ReadCredentials& b)
{
    if (HasReadableCertificate(a.content) && HasReadableCertificate(b.content))
    {
        return a.content.notBefore > b.content.notBefore;
    }
    return a.file.written > b.file.written;
}

/// The folder of a file, so that listing it lists a drive's root and not the drive's current folder.
std::string FolderToList(std::string_view path)
{
    std::string folder(FolderOf(path));
    return folder.ends_with(':') ? folder + '\\' : folder;
}

struct Comparison
{
    ReadCredentials newest;
    std::int64_t sameVault = 1;
    std::optional<Failure> incomplete;
};

Comparison CompareWithOthers(const MachineView& machine, const ReadCredentials& chosen)
{
    const CredentialsFiles found = ListCredentialsFiles(machine, FolderToList(chosen.file.path));
    Comparison comparison{chosen, 1, found.incomplete};
    for (const CredentialsFile& file : found.files)
    {
        if (EqualsIgnoreCase(file.path, chosen.file.path))
        {
            continue;
        }
        const auto credentials = machine.Ask(ReadVaultCredentials{file.path});
        if (credentials.HasFailed())
        {
            comparison.incomplete = credentials.Error();
        }
        if (!credentials || !IsSameVault(*credentials, chosen.content))
        {
            continue;
        }
        ++comparison.sameVault;
        ReadCredentials other{file, *credentials, {}};
        if (IsNewer(other, comparison.newest))
        {
            comparison.newest = std::move(other);
        }
    }
    return comparison;
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    auto read = ReadCredentialsFile(machine, given);
    if (const auto* outcome = std::get_if<Outcome>(&read))
    {
        return *outcome;
    }
    auto& [file, credentials, facts] = std::get<ReadCredentials>(read);
    if (credentials.vault.empty())
    {
        return WithUnreadableCredentials(
            machine, std::move(std::get<ReadCredentials>(read)), "read the vault's name in ");
    }
    const ReadCredentials& chosen = std::get<ReadCredentials>(read);
    const Comparison comparison = CompareWithOthers(machine, chosen);
    facts["vault"] = credentials.vault;
    facts["files"] = comparison.sameVault;
    facts["valid_from"] = credentials.notBefore;
    facts["written"] = file.written;
    if (IsNewer(comparison.newest, chosen))
    {
        facts["newest_file"] = comparison.newest.file.path;
        facts["newest_valid_from"] = comparison.newest.content.notBefore;
        facts["newest_written"] = comparison.newest.file.written;
        if (IsLeftOver(machine, file))
        {
            facts["case"] = "left_over";
            facts["left_over"] = true;
            return Outcome::Problem(Level::kAdvice, std::move(facts));
        }
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (comparison.incomplete)
    {
        return Outcome::CouldNotCheck(*comparison.incomplete, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& FileNotLatest()
{
    static constexpr RootCause kCause{
        "credentials.file_not_latest", "V-2", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::credentials
