// SPDX-License-Identifier: MIT
#include "agent.h"
#include "last_backup.h"
#include "questions/log.h"
#include "questions/registry.h"
#include "root_cause.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars::credentials
{
namespace
{

constexpr const char* kProtocols =
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\";
constexpr const char* kDotNet = "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319";
constexpr const char* kWinHttp =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp";
constexpr std::uint32_t kTls12 = 0x800;
constexpr std::uint32_t kTls13 = 0x2000;

/// How the agent and the libraries below it write that TLS failed: in words, ERROR_WINHTTP_SECURE_FAILURE,
/// ERROR_INTERNET_SECURITY_CHANNEL_ERROR, SEC_E_ALGORITHM_MISMATCH, SEC_E_UNSUPPORTED_FUNCTION.
const std::vector<std::string> kTlsErrors{
    "SSL/TLS", "secure channel", "0x80072F8F", "0x80072F7D", "0x80090331", "0x80090302"};

struct Setting
{
    RegistryPath path;
    /// Absent or another value: to be repaired to this.
    std::uint32_t wanted = 0;
};

std::string Name(const RegistryPath& path)
{
    return fmt::format(
        "{}\\{}{}", path.key, path.name, path.view == RegistryView::k32 ? " [32-bit view]" : "");
}

std::string ClientKey(const char* protocol)
{
    return fmt::format("{}{}\\Client", kProtocols, protocol);
}

/// Everything that the row looks at, once. Fails with the first value that could not be read.
class Values
{
public:
    explicit Values(const MachineView& machine) : m_machine(machine) {}

    /// Nothing: not there, or no number.
    std::optional<std::uint32_t> Number(const RegistryPath& path)
    {
        const auto value = m_machine.Ask(ReadRegistryValue{path});
        if (value.HasFailed() && !m_failure)
        {
            m_failure = value.Error();
        }
        return value ? value->AsDword() : std::nullopt;
    }
    const std::optional<Failure>& WhyNot() const
    {
        return m_failure;
    }

private:
    const MachineView& m_machine;
    std::optional<Failure> m_failure;
};

struct Findings
{
    /// TLS 1.2 is switched off for clients.
    bool disabled = false;
    bool notDefault = false;
    bool winHttpWithout = false;
    /// TLS 1.0 is off, in whatever way. That alone is no problem.
    bool oldIsOff = false;
    bool strongCryptoMissing = false;
    std::vector<Setting> wrong;
};

constexpr std::array kViews{RegistryView::k64, RegistryView::k32};

void LookAtSchannel(Values& values, Findings& found)
{
    const std::string key = ClientKey("TLS 1.2");
    found.disabled = values.Number({key, "Enabled"}) == 0U;
    const auto byDefault = values.Number({key, "DisabledByDefault"});
    found.notDefault = byDefault && *byDefault != 0;
    if (found.disabled)
    {
        found.wrong.push_back({{key, "Enabled"}, 1});
    }
    if (found.notDefault)
    {
        found.wrong.push_back({{key, "DisabledByDefault"}, 0});
    }
    const std::string old = ClientKey("TLS 1.0");
    const auto oldByDefault = values.Number({old, "DisabledByDefault"});
    found.oldIsOff = values.Number({old, "Enabled"}) == 0U || (oldByDefault && *oldByDefault != 0);
}

void LookAtWinHttp(Values& values, Findings& found)
{
    for (const RegistryView view : kViews)
    {
        const RegistryPath path{kWinHttp, "DefaultSecureProtocols", view};
        const auto protocols = values.Number(path);
        if (protocols && (*protocols & (kTls12 | kTls13)) == 0)
        {
            found.winHttpWithout = true;
            found.wrong.push_back({path, *protocols | kTls12});
        }
    }
}

void LookAtDotNet(Values& values, Findings& found)
{
    for (const RegistryView view : kViews)
    {
        for (const char* name : {"SystemDefaultTlsVersions", "SchUseStrongCrypto"})
        {
            const RegistryPath path{kDotNet, name, view};
            if (values.Number(path) != 1U)
            {
                found.strongCryptoMissing = true;
                found.wrong.push_back({path, 1});
            }
        }
    }
}

Answer<Findings> Look(const MachineView& machine)
{
    Values values(machine);
    Findings found;
    LookAtSchannel(values, found);
    LookAtWinHttp(values, found);
    LookAtDotNet(values, found);
    return values.WhyNot() ? Answer<Findings>(*values.WhyNot()) : Answer<Findings>(std::move(found));
}

/// The newest line of the agent's log about TLS that failed, if no backup has succeeded since. A log that
/// cannot be read adds nothing.
std::optional<LogMatch> FindTlsError(const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    const auto scan =
        agent ? machine.Ask(ScanAgentLogs{agent->LogFolder(), kTlsErrors}) : Answer<LogScan>(Absent{});
    if (!scan || scan->matches.empty())
    {
        return std::nullopt;
    }
    const LogMatch& newest = scan->matches.front();
    const auto success = ReadLastSuccess(machine);
    return success && *success > newest.time ? std::nullopt : std::optional(newest);
}

Outcome Problem(Level level, const char* textCase, Facts facts)
{
    facts["case"] = textCase;
    return Outcome::Problem(level, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto found = Look(machine);
    if (!found)
    {
        return Outcome::CouldNotCheck(found.Error());
    }
    Facts facts{{"tls10_off", found->oldIsOff}};
    std::vector<std::string> wrong;
    std::ranges::transform(
        found->wrong, std::back_inserter(wrong), [](const Setting& setting) { return Name(setting.path); });
    if (!wrong.empty())
    {
        facts["values"] = std::move(wrong);
    }
    if (found->disabled)
    {
        return Problem(Level::kError, "disabled", std::move(facts));
    }
    if (found->winHttpWithout)
    {
        return Problem(Level::kError, "winhttp", std::move(facts));
    }
    if (found->notDefault)
    {
        return Problem(Level::kWarning, "not_default", std::move(facts));
    }
    if (!found->strongCryptoMissing)
    {
        facts["case"] = found->oldIsOff ? "passed_old_off" : "passed";
        return Outcome::Passed(std::move(facts));
    }
    if (const auto error = FindTlsError(machine))
    {
        facts["logged_at"] = error->time;
        facts["log_line"] = std::string(Trim(error->message));
        return Problem(Level::kWarning, "strong_crypto_errors", std::move(facts));
    }
    // Newer versions of .NET need neither the values nor TLS 1.0.
    return Problem(
        Level::kAdvice, found->oldIsOff ? "strong_crypto_old_off" : "strong_crypto", std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    const auto found = Look(machine);
    if (!found)
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    for (const Setting& setting : found->wrong)
    {
        const auto before = machine.Ask(ReadRegistryValue{setting.path});
        if (before.HasFailed())
        {
            return RepairProposal::Guided();
        }
        plan.changes.push_back(SetRegistryValue{setting.path, before ? std::optional(*before) : std::nullopt,
            RegistryValue::Dword(setting.wanted), false, {}});
    }
    return plan.changes.empty() ? RepairProposal::NothingToDo() : RepairProposal::Planned(std::move(plan));
}

std::vector<LogSearch> LogSearches(const Given&)
{
    return {{kTlsErrors}};
}

} // namespace

const RootCause& TlsTooOld()
{
    static constexpr RootCause kCause{"credentials.tls_too_old", "V-10", RepairKind::kOneClick, true, Detect,
        Repair, {}, false, LogSearches};
    return kCause;
}

} // namespace mars::credentials
