// SPDX-License-Identifier: MIT
#include "section.h"

#include <array>

// The order of the catalogue.
#define ROOT_CAUSES(ROW) \
    ROW(KeyFileMissing) \
    ROW(ScratchLocationMismatch) \
    ROW(ScratchFolderMissing) \
    ROW(ScratchAttributes) \
    ROW(RegisteredElsewhere) \
    ROW(MachineCertificateExpired) \
    ROW(ServerRenamed) \
    ROW(StaleCertificate) \
    ROW(PassphraseDamaged) \
    ROW(PassphraseLost)

namespace mars::encryption
{

ROOT_CAUSES(MARS_DECLARE_ROOT_CAUSE)

const Section& ThisSection()
{
    static const std::array rootCauses{ROOT_CAUSES(MARS_ROOT_CAUSE_ADDRESS)};
    static constexpr std::array borrowed{
        BorrowedRow{"E-4", "basics.scratch_space_low"}, BorrowedRow{"", "basics.agent_outdated"}};
    static const Section section{"encryption", rootCauses, borrowed};
    return section;
}

} // namespace mars::encryption
