// SPDX-License-Identifier: MIT
#include "agent.h"
#include "last_backup.h"
#include "questions/log.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

constexpr const char* kPattern = "AADSTS500021";

/// "Access to 'tenant' tenant is denied." Empty: the line names none.
std::string TenantIn(std::string_view message)
{
    constexpr std::string_view kBefore = "Access to '";
    const std::size_t begin = message.find(kBefore);
    if (begin == std::string_view::npos)
    {
        return {};
    }
    const std::string_view rest = message.substr(begin + kBefore.size());
    const std::size_t end = rest.find('\'');
    return end == std::string_view::npos ? std::string() : std::string(rest.substr(0, end));
}

/// The newest refusal. Absent: none, or only such that a backup has succeeded since.
Answer<LogMatch> FindRefusal(const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return agent.HasFailed() ? Answer<LogMatch>(agent.Error()) : Answer<LogMatch>(Absent{});
    }
    const auto scan = machine.Ask(ScanAgentLogs{agent->LogFolder(), {kPattern}});
    if (!scan)
    {
        return scan.HasFailed() ? Answer<LogMatch>(scan.Error()) : Answer<LogMatch>(Absent{});
    }
    if (scan->matches.empty())
    {
        const auto whyNot = WhyNotSure(machine, *scan);
        return whyNot ? Answer<LogMatch>(*whyNot) : Absent{};
    }
    // The line with the code need not be the one that names the tenant.
    const auto named = std::ranges::find_if(
        scan->matches, [](const LogMatch& match) { return !TenantIn(match.message).empty(); });
    LogMatch newest = scan->matches.front();
    newest.message = named == scan->matches.end() ? newest.message : named->message;
    const auto success = ReadLastSuccess(machine);
    return success && *success > newest.time ? Answer<LogMatch>(Absent{}) : Answer<LogMatch>(newest);
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto refusal = FindRefusal(machine);
    if (refusal.HasFailed())
    {
        return Outcome::CouldNotCheck(refusal.Error());
    }
    if (refusal.IsAbsent())
    {
        return Outcome::Passed();
    }
    Facts facts{{"refused_at", refusal->time}, {"log_line", std::string(Trim(refusal->message))}};
    const std::string tenant = TenantIn(refusal->message);
    if (tenant.empty())
    {
        facts["case"] = "unnamed";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    facts["tenant_name"] = tenant;
    return Outcome::Problem(Level::kError, std::move(facts));
}

std::vector<LogSearch> LogSearches(const Given&)
{
    return {{{kPattern}}};
}

} // namespace

const RootCause& TenantRestricted()
{
    static constexpr RootCause kCause{"connectivity.tenant_restricted", "N-8", RepairKind::kGuided, true,
        Detect, nullptr, {}, false, LogSearches};
    return kCause;
}

} // namespace mars::connectivity
