// SPDX-License-Identifier: MIT
#include "probes.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/probes.h"
#include "questions/registry.h"
#include "root_cause.h"
#include "root_certificates.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

constexpr const char* kUpdatePolicyKey = "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot";
// CERT_E_UNTRUSTEDROOT, and CERT_E_CHAINING: the root was not even found.
constexpr std::uint32_t kUntrustedRoot = 0x800B0109;
constexpr std::uint32_t kNoRootFound = 0x800B010A;

/// The listed roots that have not expired and that no store of this computer holds.
Answer<std::vector<const RootCertificate*>> FindMissing(const MachineView& machine)
{
    const auto clock = machine.Ask(ReadClock{});
    if (!clock)
    {
        return clock.HasFailed() ? clock.Error() : Failure{code::kNotSupported, "read the clock"};
    }
    std::vector<const RootCertificate*> missing;
    std::vector<std::string> thumbprints;
    for (const RootCertificate& root : KnownRootCertificates())
    {
        if (root.expires > clock->now)
        {
            missing.push_back(&root);
            thumbprints.push_back(root.thumbprint);
        }
    }
    for (const char* store : {"Root", "AuthRoot"})
    {
        const auto found = machine.Ask(FindCertificates{store, thumbprints});
        if (found.HasFailed())
        {
            return found.Error();
        }
        const CertificatePresence there = found.ValueOr({});
        std::erase_if(missing, [&](const RootCertificate* root) {
            // Of those that an older recording did not ask for nothing is known.
            return std::ranges::find(there.present, root->thumbprint) != there.present.end()
                || std::ranges::find(there.notAsked, root->thumbprint) != there.notAsked.end();
        });
    }
    return missing;
}

bool EndsUntrusted(const HostProbe& probe)
{
    return probe.Ended(ProbeEnd::kNotTrusted)
        && (probe.answer->code == kUntrustedRoot || probe.answer->code == kNoRootFound);
}

struct Chains
{
    std::vector<Finding> untrusted;
    /// Thumbprints of the roots in which chains end, trusted or not.
    std::vector<std::string> roots;
    /// Why nothing can be said of the others: one could not be asked, or none showed its certificate.
    std::optional<Failure> unknown;
};

Chains LookAtChains(const MachineView& machine, const Given& given)
{
    Chains chains;
    const auto probes = ProbeEndpoints(machine, given);
    if (!probes)
    {
        chains.unknown =
            probes.HasFailed() ? probes.Error() : Failure{code::kNotSupported, "probe the hosts"};
        return chains;
    }
    std::optional<Failure> notAsked;
    std::optional<Failure> notShown;
    bool seen = false;
    for (const HostProbe& probe : probes->hosts)
    {
        if (EndsUntrusted(probe))
        {
            const HttpsProbe& answer = *probe.answer;
            const bool cutOff = answer.trustLookup == TrustLookup::kCutOff;
            chains.untrusted.push_back(
                {probe.Describe().subject, cutOff ? "untrusted_root_cut_off" : "untrusted_root",
                    answer.rootSubject.empty() ? answer.certificateIssuer : answer.rootSubject});
        }
        const bool showed = probe.Ended(ProbeEnd::kAnswered) || probe.Ended(ProbeEnd::kNotTrusted);
        seen = seen || showed;
        if (showed)
        {
            chains.roots.push_back(probe.answer->rootThumbprint);
        }
        else
        {
            (probe.ExplainedBy() == Explanation::kNotAsked ? notAsked : notShown) = probe.Error();
        }
    }
    if (notAsked || !seen)
    {
        chains.unknown = notAsked ? notAsked : notShown;
    }
    return chains;
}

/// DisableRootAutoUpdate, which only a policy sets.
Answer<bool> IsUpdateOff(const MachineView& machine)
{
    const auto value = machine.Ask(ReadRegistryValue{{kUpdatePolicyKey, "DisableRootAutoUpdate"}});
    if (value.HasFailed())
    {
        return value.Error();
    }
    return value && value->AsDword() == 1U;
}

Outcome JudgeMissing(bool isNeeded, bool isUpdateOff, Facts facts)
{
    if (!isUpdateOff)
    {
        facts["case"] = "fetched_when_needed";
        return Outcome::Passed(std::move(facts));
    }
    facts["policy"] = std::string(kUpdatePolicyKey) + "\\DisableRootAutoUpdate";
    facts["case"] = isNeeded ? "missing" : "not_needed_yet";
    return Outcome::Problem(isNeeded ? Level::kWarning : Level::kAdvice, std::move(facts));
}

Outcome JudgeStores(const MachineView& machine, const Chains& chains, Facts facts)
{
    const auto missing = FindMissing(machine);
    if (!missing)
    {
        return Outcome::CouldNotCheck(missing.Error(), std::move(facts));
    }
    std::vector<std::string> needed;
    std::vector<std::string> wanted;
    for (const RootCertificate* root : *missing)
    {
        if (std::ranges::find(chains.roots, root->thumbprint) != chains.roots.end())
        {
            needed.push_back(root->name);
        }
        else if (root->isWanted)
        {
            wanted.push_back(root->name);
        }
    }
    const bool isNeeded = !needed.empty();
    if (isNeeded || !wanted.empty())
    {
        facts["missing_roots"] = isNeeded ? needed : wanted;
    }
    if (chains.unknown && !isNeeded)
    {
        return Outcome::CouldNotCheck(*chains.unknown, std::move(facts));
    }
    if (!isNeeded && wanted.empty())
    {
        return Outcome::Passed(std::move(facts));
    }
    const auto off = IsUpdateOff(machine);
    return off ? JudgeMissing(isNeeded, *off, std::move(facts))
               : Outcome::CouldNotCheck(off.Error(), std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    Facts facts;
    Chains chains;
    if (!given.offline)
    {
        facts = DescribeContext(machine, given);
        chains = LookAtChains(machine, given);
    }
    if (!chains.untrusted.empty())
    {
        facts["chains"] = chains.untrusted;
        facts["case"] = "untrusted_root";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return JudgeStores(machine, chains, std::move(facts));
}

} // namespace

const RootCause& RootCertificatesMissing()
{
    static constexpr RootCause kCause{
        "connectivity.root_certificates_missing", "N-7", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::connectivity
