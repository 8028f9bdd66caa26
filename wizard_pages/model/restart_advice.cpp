// SPDX-License-Identifier: MIT
#include "model/restart_advice.h"

#include "catalogue.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <variant>

namespace mars
{

namespace
{

constexpr std::array<std::string_view, 3> kReadAtStart{// Services, and with them the tasks of Task Scheduler,
                                                       // have the environment of the service control manager,
    // which reads it once. https://support.microsoft.com/help/821761
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment",
    // https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL",
    // What Windows does with new disks.
    "HKLM\\SYSTEM\\CurrentControlSet\\Services\\partmgr"};

bool IsWaiting(const JournalEntry& entry)
{
    for (std::size_t i = 0; i < entry.plan.changes.size() && i < entry.steps.size(); ++i)
    {
        if (entry.steps[i] == StepState::kDone && TakesRestart(entry.plan.changes[i]))
        {
            return entry.damage.empty();
        }
    }
    return false;
}

} // namespace

bool TakesRestart(const Change& change)
{
    const auto* value = std::get_if<SetRegistryValue>(&change);
    return value != nullptr && std::ranges::any_of(kReadAtStart, [&](std::string_view key) {
        return StartsWithIgnoreCase(value->path.key, key);
    });
}

std::vector<const RootCause*> WaitingForRestart(
    std::span<const UndoItem> journal, const std::optional<Timestamp>& booted)
{
    std::vector<const RootCause*> waiting;
    for (const UndoItem& item : journal)
    {
        const RootCause* cause = FindRootCause(item.entry.header.rootCause);
        const bool since = !booted || item.entry.header.when >= *booted;
        if (cause != nullptr && since && IsWaiting(item.entry)
            && std::ranges::find(waiting, cause) == waiting.end())
        {
            waiting.push_back(cause);
        }
    }
    return waiting;
}

} // namespace mars
