// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/registry.h"
#include "refutation.h"
#include "registered_certificate.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>

namespace mars::encryption
{
namespace
{

struct HostName
{
    std::string_view host;
    /// Empty: not said.
    std::string_view domain;
};

HostName SplitName(std::string_view name)
{
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos ? HostName{name, {}}
                                         : HostName{name.substr(0, dot), name.substr(dot + 1)};
}

/// What the full name of this server may end in.
struct Suffixes
{
    std::vector<std::string> known;
    std::optional<Failure> incomplete;
};

/// The domain that the server is a member of, and its primary DNS suffix, which may be another one (set by
/// hand, or by the policy of that name: DnsClient.admx).
Suffixes ReadSuffixes(const MachineView& machine, const std::string& domain)
{
    const RegistryPath places[] = {
        {"HKLM\\SOFTWARE\\Policies\\Microsoft\\System\\DNSClient", "NV PrimaryDnsSuffix"},
        {"HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters", "Domain"}};
    Suffixes suffixes;
    for (const RegistryPath& place : places)
    {
        const auto value = machine.Ask(ReadRegistryValue{place});
        // Recordings of earlier versions were not asked for it.
        if (value.HasFailed() && value.Error().code != code::kNotRecorded)
        {
            suffixes.incomplete = value.Error();
        }
        const std::string suffix = value ? value->AsString().value_or(std::string()) : std::string();
        if (!suffix.empty())
        {
            suffixes.known.push_back(suffix);
        }
    }
    if (!domain.empty())
    {
        suffixes.known.push_back(domain);
    }
    return suffixes;
}

bool Fits(std::string_view registeredName, const std::string& computer, const Suffixes& suffixes)
{
    const HostName registered = SplitName(registeredName);
    // Some certificates hold no domain; then only the host can be compared.
    return EqualsIgnoreCase(registered.host, computer)
        && (registered.domain.empty() || std::ranges::any_of(suffixes.known, [&](const std::string& suffix) {
               return EqualsIgnoreCase(registered.domain, suffix);
           }));
}

/// None of the names that the server was registered with is today's.
Outcome JudgeOther(
    const MachineView& machine, const std::string& computer, const Suffixes& suffixes, Facts facts)
{
    const bool sameHost =
        EqualsIgnoreCase(SplitName(std::get<std::string>(facts["registered_name"])).host, computer);
    if (sameHost && suffixes.incomplete)
    {
        return Outcome::CouldNotCheck(*suffixes.incomplete, std::move(facts));
    }
    if (const auto success = ReadRecentSuccess(machine))
    {
        facts["case"] = "backups_succeed";
        facts["last_success"] = *success;
        return Outcome::Problem(Level::kWarning, std::move(facts));
    }
    facts["case"] = sameHost ? "domain_changed" : "renamed";
    return Outcome::Problem(Level::kError, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const RegisteredCertificates found = FindRegisteredCertificates(machine);
    if (found.end)
    {
        return *found.end;
    }
    Facts facts{{"registered_name", found.all.front().registeredName}};
    const auto context = machine.Ask(ReadContext{});
    if (!context)
    {
        return Outcome::CouldNotCheck(
            context.HasFailed() ? context.Error() : Failure{code::kNotSupported, "read the computer's name"},
            std::move(facts));
    }
    const Suffixes suffixes = ReadSuffixes(machine, context->domain);
    facts["present_name"] =
        suffixes.known.empty() ? context->computer : context->computer + "." + suffixes.known.front();
    const auto fitting = std::ranges::find_if(found.all, [&](const MachineCertificate& certificate) {
        return Fits(certificate.registeredName, context->computer, suffixes);
    });
    if (fitting == found.all.end())
    {
        return JudgeOther(machine, context->computer, suffixes, std::move(facts));
    }
    facts["registered_name"] = fitting->registeredName;
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& ServerRenamed()
{
    static constexpr RootCause kCause{
        "encryption.server_renamed", "E-8", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::encryption
