// SPDX-License-Identifier: MIT
#include "section.h"

#include <array>

// The order of the catalogue.
#define ROOT_CAUSES(ROW) \
    ROW(FileExpired) \
    ROW(FileNotLatest) \
    ROW(FileOnNetwork) \
    ROW(FileInvalid) \
    ROW(WrongVault) \
    ROW(TempFolderFull) \
    ROW(TempFolderUnwritable) \
    ROW(FileDownloadBlocked) \
    ROW(TrustedSitesMissing) \
    ROW(TlsTooOld) \
    ROW(DownloadRefused)

namespace mars::credentials
{

ROOT_CAUSES(MARS_DECLARE_ROOT_CAUSE)

const Section& ThisSection()
{
    static const std::array rootCauses{ROOT_CAUSES(MARS_ROOT_CAUSE_ADDRESS)};
    // Error 34513 has causes that other pages own.
    static constexpr std::array borrowed{BorrowedRow{"V-11", "connectivity.proxy_needs_login"},
        BorrowedRow{"V-11", "connectivity.system_proxy_wrong"}, BorrowedRow{"", "basics.agent_outdated"},
        BorrowedRow{"", "basics.clock_wrong"}, BorrowedRow{"", "basics.dotnet_outdated"},
        BorrowedRow{"", "basics.antivirus_exclusions_missing"}};
    static const Section section{"credentials", rootCauses, borrowed};
    return section;
}

} // namespace mars::credentials
