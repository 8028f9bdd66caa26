// SPDX-License-Identifier: MIT
#include "probes.h"
#include "questions/probes.h"
#include "root_cause.h"
#include "root_certificates.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

/// Microsoft distributes the root, or its documents name it.
bool IsPublic(const HttpsProbe& probe)
{
    return probe.rootKind != RootKind::kAdded
        || std::ranges::any_of(KnownRootCertificates(),
            [&](const RootCertificate& root) { return root.thumbprint == probe.rootThumbprint; });
}

struct Sorted
{
    std::vector<const HostProbe*> secure;
    std::vector<const HostProbe*> failed;
    std::vector<const HostProbe*> inspected;
    /// Never came as far as TLS: another check of this page says why.
    std::vector<const HostProbe*> elsewhere;
    std::vector<const HostProbe*> notAsked;
};

Sorted Sort(const Probes& probes)
{
    Sorted sorted;
    for (const HostProbe& probe : probes.hosts)
    {
        switch (probe.ExplainedBy())
        {
        case Explanation::kNone:
            (IsPublic(*probe.answer) ? sorted.secure : sorted.inspected).push_back(&probe);
            break;
        case Explanation::kTls:
            sorted.failed.push_back(&probe);
            break;
        case Explanation::kNotAsked:
            sorted.notAsked.push_back(&probe);
            break;
        default:
            sorted.elsewhere.push_back(&probe);
        }
    }
    return sorted;
}

std::vector<std::string> IssuersOf(const std::vector<const HostProbe*>& probes)
{
    std::vector<std::string> issuers;
    for (const HostProbe* probe : probes)
    {
        const std::string& issuer = probe->answer->certificateIssuer;
        if (std::ranges::find(issuers, issuer) == issuers.end())
        {
            issuers.push_back(issuer);
        }
    }
    return issuers;
}

/// For a sentence that names them: a dash where there is none.
std::vector<std::string> OrDash(std::vector<std::string> names)
{
    std::erase(names, std::string());
    if (names.empty())
    {
        names.emplace_back("-");
    }
    return names;
}

std::vector<std::string> HostsOf(const std::vector<const HostProbe*>& probes)
{
    std::vector<std::string> hosts;
    std::ranges::transform(
        probes, std::back_inserter(hosts), [](const HostProbe* probe) { return probe->Describe().subject; });
    return hosts;
}

bool AllEnded(const std::vector<const HostProbe*>& probes, ProbeEnd end)
{
    return std::ranges::all_of(probes, [&](const HostProbe* probe) { return probe->Ended(end); });
}

Outcome Conclude(const Sorted& sorted, Facts facts)
{
    if (!sorted.failed.empty())
    {
        facts["failed_hosts"] = DescribeAll(sorted.failed);
        facts["issuers"] = OrDash(IssuersOf(sorted.failed));
        facts["case"] = AllEnded(sorted.failed, ProbeEnd::kNotTrusted) ? "not_trusted"
            : AllEnded(sorted.failed, ProbeEnd::kTlsFailed)            ? "handshake"
                                                                       : "problem";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (!sorted.inspected.empty())
    {
        facts["failed_hosts"] = OrDash({});
        facts["issuers"] = OrDash(IssuersOf(sorted.inspected));
        facts["inspected_hosts"] = HostsOf(sorted.inspected);
        facts["case"] = "inspected";
        return Outcome::Problem(Level::kWarning, std::move(facts));
    }
    if (!sorted.notAsked.empty())
    {
        return Outcome::CouldNotCheck(sorted.notAsked.front()->Error(), std::move(facts));
    }
    if (sorted.secure.empty())
    {
        return Outcome::CouldNotCheck(sorted.elsewhere.front()->Error(), std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    if (given.offline)
    {
        return Outcome::NotApplicable(reason::kOffline);
    }
    Facts facts = DescribeContext(machine, given);
    const auto probes = ProbeEndpoints(machine, given);
    if (!probes)
    {
        return Outcome::CouldNotCheck(probes.Error(), std::move(facts));
    }
    const Sorted sorted = Sort(*probes);
    facts["ways"] = probes->Ways();
    facts["secure_hosts"] = HostsOf(sorted.secure);
    if (!sorted.elsewhere.empty())
    {
        facts["unconnected_hosts"] = DescribeAll(sorted.elsewhere);
    }
    return Conclude(sorted, std::move(facts));
}

} // namespace

const RootCause& TlsFails()
{
    static constexpr RootCause kCause{
        "connectivity.tls_fails", "N-6", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::connectivity
