// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "questions/signatures.h"
#include "view.h"

#include <string>
#include <string_view>

/// Whether a file may be put where SYSTEM runs it.
namespace mars
{

/// Programs, libraries and PowerShell files, by their ending: what must carry a signature.
bool RunsByItsName(std::string_view path);
/// Of those, what has a version resource: programs and libraries.
bool HasVersionResource(std::string_view path);

/// Good, and the chain ends in one of kMicrosoftRoots.
bool IsMicrosoftSignature(const FileSignature& signature);

/// The same of a file on the machine. Fails with the code of its signature, with 0x800B0109
/// (CERT_E_UNTRUSTEDROOT) where the chain ends elsewhere, with 2 where there is no file.
Status IsFromMicrosoft(const MachineView& machine, const std::string& path);

/// Fails with 1306 (ERROR_REVISION_MISMATCH) where the file has another version, with 2 where there is none.
Status HasVersion(const MachineView& machine, const std::string& path, const std::string& version);

} // namespace mars
