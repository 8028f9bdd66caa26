// SPDX-License-Identifier: MIT
#include "iscsi_sessions.h"
#include "questions/devices.h"
#include "root_cause.h"

namespace mars::restore
{
namespace
{

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto list = ReadIscsiSessions(machine);
    if (list.HasFailed())
    {
        return Outcome::CouldNotCheck(list.Error());
    }
    std::vector<std::string> stale;
    const auto sessions = list.ValueOr({}).sessions;
    for (const IscsiSession& session : sessions)
    {
        if (session.connections == 0)
        {
            stale.push_back(session.target);
        }
    }
    Facts facts{{"sessions", static_cast<std::int64_t>(sessions.size())}};
    if (stale.empty())
    {
        if (sessions.empty())
        {
            facts["case"] = "no_session";
        }
        return Outcome::Passed(std::move(facts));
    }
    facts["targets"] = std::move(stale);
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

} // namespace

const RootCause& IscsiTargetStale()
{
    static constexpr RootCause kCause{
        "restore.iscsi_target_stale", "R-7", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::restore
