// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "recorded_machine.h"
#include "support_plan.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace mars
{

/// Where a recording comes from.
struct RecordingOrigin
{
    Timestamp taken;
    std::string toolVersion;
    bool redacted = false;
    /// Entries of a newer version that this one does not know.
    std::size_t unknownQuestions = 0;
    /// Entries that cannot be read.
    std::size_t damagedEntries = 0;
};

struct OpenedRecording
{
    std::shared_ptr<const RecordedMachine> machine;
    Given given;
    RecordingOrigin origin;
};

/// Why a file that somebody sent is not opened; each has its own way on.
enum class OpenFault
{
    /// Not there, or this person may not read it.
    kUnreadable,
    kTooLarge,
    /// Neither a recording nor a plan.
    kNotOurs,
    /// The key from stand-ins to names, which was to stay with the customer.
    kKeyToNames,
    /// Cut off, changed, or nested in a way that no recording is.
    kDamaged,
    /// Of a newer version of this program.
    kNewer,
    /// Named when the program was started with an administrator's rights, and not on this computer's own
    /// drives.
    kNotLocal,
    /// Calls itself ours and has a document type, which nothing of ours has.
    kSuspicious,
};

using OpenedFile = std::variant<OpenedRecording, SupportPlan, OpenFault>;

/// What a file is that somebody sent: a support bundle (a recording), a support plan, or nothing to open.
/// Nothing in it can do more than be shown.
OpenedFile OpenSupportFile(std::string_view bytes, std::span<const RootCause* const> causes);

} // namespace mars
