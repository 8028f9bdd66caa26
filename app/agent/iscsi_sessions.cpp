// SPDX-License-Identifier: MIT
#include "iscsi_sessions.h"

#include "questions/devices.h"
#include "questions/services.h"

namespace mars
{

Answer<IscsiSessionList> ReadIscsiSessions(const MachineView& machine)
{
    const auto service = machine.Ask(QueryService{"MSiSCSI"});
    if (service.IsAbsent() || (service && service->state == ServiceState::kStopped))
    {
        return IscsiSessionList{};
    }
    // Where the service cannot be asked about, the sessions may be told all the same.
    return machine.Ask(ListIscsiSessions{});
}

} // namespace mars
