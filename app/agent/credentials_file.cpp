// SPDX-License-Identifier: MIT
#include "credentials_file.h"

#include "agent.h"
#include "own_drives.h"
#include "questions/credentials.h"
#include "questions/files.h"
#include "refutation.h"
#include "text.h"

#include <algorithm>

namespace mars
{
namespace
{

/// ERROR_MORE_DATA.
constexpr std::uint32_t kMoreData = 234;

std::string_view WithoutClosingBackslash(std::string_view folder)
{
    while (folder.ends_with('\\'))
    {
        folder.remove_suffix(1);
    }
    return folder;
}

bool IsListed(const std::vector<std::string>& folders, std::string_view folder)
{
    return std::ranges::any_of(folders, [&](const std::string& other) {
        return EqualsIgnoreCase(WithoutClosingBackslash(other), WithoutClosingBackslash(folder));
    });
}

/// A folder of another user that this program, which has more rights, does not open.
bool IsNotOpened(const Failure& failure)
{
    return failure.code == code::kLeadsElsewhere;
}

void AddFilesOf(const MachineView& machine, const std::string& folder, CredentialsFiles& found)
{
    const auto list = machine.Ask(ListFiles{folder, kCredentialsEnding});
    if (list.HasFailed())
    {
        found.incomplete = list.Error();
    }
    if (!list)
    {
        return;
    }
    if (list->truncated)
    {
        found.incomplete = Failure{kMoreData, "list the credentials files in " + folder};
    }
    for (const FileInfo& file : list->files)
    {
        found.files.push_back({JoinPath(folder, file.name), file.written, false});
    }
}

} // namespace

CredentialsFiles ListCredentialsFiles(const MachineView& machine, std::string_view extraFolder)
{
    CredentialsFiles found;
    std::vector<std::string> folders;
    if (!extraFolder.empty())
    {
        folders.emplace_back(extraFolder);
    }
    for (const KnownFolder known : {KnownFolder::kDownloads, KnownFolder::kDesktop, KnownFolder::kDocuments})
    {
        const auto folder = machine.Ask(FindFolder{known});
        if (folder.HasFailed())
        {
            // Why another folder could not be read is the better reason.
            const bool known = found.incomplete && IsNotOpened(folder.Error());
            found.incomplete = known ? found.incomplete : folder.Error();
        }
        else if (folder.HasValue() && !IsListed(folders, folder->path))
        {
            folders.push_back(folder->path);
        }
    }
    for (const std::string& folder : folders)
    {
        AddFilesOf(machine, folder, found);
    }
    return found;
}

Answer<CredentialsFile> FindCredentialsFile(const MachineView& machine, const Given& given)
{
    if (!given.credentialsFile.empty())
    {
        const auto info = machine.Ask(ReadFileInfo{given.credentialsFile});
        if (info.HasFailed())
        {
            return info.Error();
        }
        if (info.IsAbsent() || info->IsDirectory())
        {
            return Absent{};
        }
        return CredentialsFile{given.credentialsFile, info->written, true};
    }
    const CredentialsFiles found = ListCredentialsFiles(machine);
    const auto newest = std::ranges::max_element(found.files, {}, &CredentialsFile::written);
    if (newest != found.files.end())
    {
        return *newest;
    }
    // Many servers keep their users' folders elsewhere: that is no fault, and a file there can be chosen.
    return found.incomplete && !IsNotOpened(*found.incomplete) ? Answer<CredentialsFile>(*found.incomplete)
                                                               : Absent{};
}

Outcome WithoutCredentialsFile(const Answer<CredentialsFile>& file)
{
    return file.HasFailed() ? Outcome::CouldNotCheck(file.Error())
                            : Outcome::NotApplicable(reason::kNoCredentialsFile);
}

std::variant<ReadCredentials, Outcome> ReadCredentialsFile(const MachineView& machine, const Given& given)
{
    const auto file = FindCredentialsFile(machine, given);
    if (!file)
    {
        return WithoutCredentialsFile(file);
    }
    Facts facts{{"file", file->path}};
    const auto content = machine.Ask(ReadVaultCredentials{file->path});
    if (content.HasFailed())
    {
        return Outcome::CouldNotCheck(content.Error(), std::move(facts));
    }
    if (content.IsAbsent())
    {
        return Outcome::NotApplicable(reason::kNoCredentialsFile, std::move(facts));
    }
    return ReadCredentials{*file, *content, std::move(facts)};
}

bool IsLeftOver(const MachineView& machine, const CredentialsFile& file)
{
    return !file.given && ReadRegistration(machine).HasValue() && ReadRecentSuccess(machine);
}

Outcome WithUnreadableCredentials(const MachineView& machine, ReadCredentials read, std::string_view tried)
{
    return IsLeftOver(machine, read.file)
        ? Outcome::NotApplicable(reason::kCredentialsNotNeeded, std::move(read.facts))
        : Outcome::CouldNotCheck(
            {code::kInvalidData, std::string(tried) + read.file.path}, std::move(read.facts));
}

bool HasReadableCertificate(const VaultCredentials& credentials)
{
    return credentials.fault == CredentialsFault::kNone
        || credentials.fault == CredentialsFault::kNoPrivateKey;
}

} // namespace mars
