// SPDX-License-Identifier: MIT
#include "network_test.h"
#include "probes.h"
#include "proxy.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

/// 169.254.x.y and fe80::, which Windows gives itself where nobody else gives one.
bool IsSelfGiven(std::string_view address)
{
    return address.starts_with("169.254.") || StartsWithIgnoreCase(address, "fe80:");
}

bool IsConnected(const NetworkAdapter& adapter)
{
    return adapter.up && std::ranges::any_of(adapter.addresses, [](const std::string& address) {
        return !IsSelfGiven(address);
    });
}

void AddAdapters(const NetworkAdapterList& list, Facts& facts)
{
    std::vector<Finding> findings;
    for (const NetworkAdapter& adapter : list.adapters)
    {
        std::string addresses;
        for (const std::string& address : adapter.addresses)
        {
            addresses += (addresses.empty() ? "" : " ") + address;
        }
        const char* token = !adapter.up ? "adapter_down"
            : addresses.empty()         ? "adapter_no_address"
                                        : "adapter_up";
        findings.push_back({adapter.name, token, addresses});
    }
    if (findings.empty())
    {
        findings.push_back({{}, "no_adapter", {}});
    }
    facts["adapters"] = std::move(findings);
}

Finding Describe(const ProbeHttp& question, const HttpProbe& probe)
{
    const std::string subject = question.host + ":" + std::to_string(question.port);
    return {subject, EndWord(probe.end, probe.code),
        probe.httpStatus != 0 ? std::to_string(probe.httpStatus) : CodeText(probe.code)};
}

bool IsAnswer(ProbeEnd end)
{
    return end == ProbeEnd::kAnswered || end == ProbeEnd::kProxyNeedsLogin || end == ProbeEnd::kProxyRefused;
}

struct TestResults
{
    std::vector<Finding> findings;
    bool answered = false;
    /// This computer itself did not let one out.
    bool blockedHere = false;
    std::optional<Failure> notAsked;
};

TestResults Read(const NetworkTests& asked)
{
    TestResults results;
    for (std::size_t i = 0; i < asked.answers.size(); ++i)
    {
        const auto& answer = asked.answers[i];
        if (!answer)
        {
            results.notAsked =
                answer.HasFailed() ? answer.Error() : Failure{code::kNotSupported, "probe_http"};
            continue;
        }
        results.findings.push_back(Describe(asked.questions[i], *answer));
        results.answered = results.answered || IsAnswer(answer->end);
        results.blockedHere = results.blockedHere || results.findings.back().token == "blocked_here";
    }
    return results;
}

Outcome Judge(const MachineView& machine, const Given& given, bool isCutOff, Facts facts)
{
    const auto settings = ReadAgentsProxy(machine, given);
    if (settings.HasFailed())
    {
        return Outcome::CouldNotCheck(settings.Error(), std::move(facts));
    }
    const NetworkTests asked = AskNetworkTests(machine, settings.ValueOr({}));
    TestResults results = Read(asked);
    facts["tests"] = std::move(results.findings);
    if (results.answered)
    {
        return Outcome::Passed(std::move(facts));
    }
    if (results.notAsked)
    {
        return Outcome::CouldNotCheck(*results.notAsked, std::move(facts));
    }
    // Where plain HTTP is closed, one answer over HTTPS shows that there is a network all the same.
    const auto probes = ProbeEndpoints(machine, given);
    if (probes && AnyReached(*probes))
    {
        facts["case"] = "only_https";
        return Outcome::Passed(std::move(facts));
    }
    if (asked.undecided)
    {
        // There may be a proxy, and only through it a network.
        return Outcome::CouldNotCheck(*asked.undecided, std::move(facts));
    }
    if (results.blockedHere && OnlyTheAgentIsLetOut(machine))
    {
        return Outcome::CouldNotCheck(NotLetOut(asked.questions.front().host), std::move(facts));
    }
    facts["case"] = isCutOff ? "no_adapter" : "problem";
    return Outcome::Problem(Level::kError, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    Facts facts;
    const auto list = machine.Ask(ListNetworkAdapters{});
    const bool isCutOff = list && std::ranges::none_of(list->adapters, IsConnected);
    if (list)
    {
        AddAdapters(*list, facts);
    }
    if (given.offline)
    {
        if (isCutOff)
        {
            facts["case"] = "no_adapter";
            return Outcome::Problem(Level::kError, std::move(facts));
        }
        return Outcome::NotApplicable(reason::kOffline, std::move(facts));
    }
    facts.merge(DescribeContext(machine, given));
    return Judge(machine, given, isCutOff, std::move(facts));
}

} // namespace

const RootCause& NoNetwork()
{
    static constexpr RootCause kCause{
        "connectivity.no_network", "N-1", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::connectivity
