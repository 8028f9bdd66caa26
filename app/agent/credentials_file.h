// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "outcome.h"
#include "questions/credentials.h"
#include "view.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Which vault credentials file the checks are about.
namespace mars
{

inline constexpr const char* kCredentialsEnding = ".VaultCredentials";

struct CredentialsFile
{
    std::string path;
    Timestamp written;
    /// The person named it; otherwise it is the newest one found.
    bool given = false;
};

/// The file that the person gave, else the newest *.VaultCredentials in the evidence user's Downloads,
/// Desktop and Documents; a folder that cannot be read does not hide a file found in another. Absent: there
/// is none.
Answer<CredentialsFile> FindCredentialsFile(const MachineView& machine, const Given& given);

/// What a check of the file ends with when FindCredentialsFile gave none.
Outcome WithoutCredentialsFile(const Answer<CredentialsFile>& file);

struct ReadCredentials
{
    CredentialsFile file;
    VaultCredentials content;
    /// `file`: where it is.
    Facts facts;
};

/// The file that the checks are about and what is in it; where there is none or it cannot be read, what a
/// check of it ends with.
std::variant<ReadCredentials, Outcome> ReadCredentialsFile(const MachineView& machine, const Given& given);

struct CredentialsFiles
{
    std::vector<CredentialsFile> files;
    /// Why the list may not be complete.
    std::optional<Failure> incomplete;
};

/// Every *.VaultCredentials in the three folders and in `extraFolder` (empty: none), each folder once.
CredentialsFiles ListCredentialsFiles(const MachineView& machine, std::string_view extraFolder = {});

/// Nobody named the file, and this server is registered and backs up: it lies there since the registration,
/// and no backup needs it any more.
bool IsLeftOver(const MachineView& machine, const CredentialsFile& file);

/// What a check ends with that does not find in the file what it judges. What is wrong with the file is V-4's
/// business, and where nobody needs a file there is nothing to judge.
Outcome WithUnreadableCredentials(const MachineView& machine, ReadCredentials read, std::string_view tried);

/// True when the certificate in the file could be read, so that its dates mean something.
bool HasReadableCertificate(const VaultCredentials& credentials);

} // namespace mars
