// SPDX-License-Identifier: MIT
#include "section.h"

#include <array>

// The order of the catalogue.
#define ROOT_CAUSES(ROW) \
    ROW(NoNetwork) \
    ROW(NameResolutionFails) \
    ROW(EndpointUnreachable) \
    ROW(ProxyNeedsLogin) \
    ROW(SystemProxyWrong) \
    ROW(TlsFails) \
    ROW(RootCertificatesMissing) \
    ROW(TenantRestricted) \
    ROW(FirewallRuleBlocks)

namespace mars::connectivity
{

ROOT_CAUSES(MARS_DECLARE_ROOT_CAUSE)

const Section& ThisSection()
{
    static const std::array rootCauses{ROOT_CAUSES(MARS_ROOT_CAUSE_ADDRESS)};
    // Error 100050 has causes that other pages own.
    static constexpr std::array borrowed{BorrowedRow{"", "credentials.file_download_blocked"},
        BorrowedRow{"", "credentials.trusted_sites_missing"},
        BorrowedRow{"", "basics.antivirus_exclusions_missing"}};
    static const Section section{"connectivity", rootCauses, borrowed};
    return section;
}

} // namespace mars::connectivity
