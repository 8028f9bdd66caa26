// SPDX-License-Identifier: MIT
#pragma once

#include "questions/certificates.h"
#include "windows_machine.h"

namespace mars
{

Answer<CertificateList> AskWindows(
    const ListCertificates& question, const WindowsMachineOptions& options, const Wait& wait);

Answer<CertificatePresence> AskWindows(
    const FindCertificates& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
