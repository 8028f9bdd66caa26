// SPDX-License-Identifier: MIT
#include "agent.h"
#include "last_backup.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/log.h"
#include "root_cause.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::encryption
{
namespace
{

/// The ordinary subject of certificates in vault credentials files.
constexpr std::string_view kSubject = "CN=Windows Azure Tools";
/// The registration error of such a certificate, as the log may write it.
const std::vector<std::string> kErrorInLog{"34513", "0x86D1", "0x86d1"};
constexpr std::string_view kDecimal = "34513";
constexpr std::string_view kNoError = "NORMAL";

struct ToolCertificates
{
    std::vector<std::string> all;
    std::vector<std::string> expired;
};

ToolCertificates Sort(const CertificateList& list, Timestamp now)
{
    ToolCertificates found;
    for (const CertificateInfo& certificate : list.certificates)
    {
        const std::string_view subject = certificate.subject;
        if (!EqualsIgnoreCase(Trim(subject.substr(0, subject.find(','))), kSubject))
        {
            continue;
        }
        std::string line = fmt::format("{} ({})",
            certificate.friendlyName.empty() ? certificate.subject : certificate.friendlyName,
            ToIso8601(certificate.notAfter));
        if (certificate.notAfter <= now)
        {
            found.expired.push_back(line);
        }
        found.all.push_back(std::move(line));
    }
    return found;
}

/// Lines that say how it goes have the number as a size or a time.
bool IsError(const LogMatch& match)
{
    return match.pattern != kDecimal || !EqualsIgnoreCase(match.severity, kNoError);
}

/// When the log has the error last, if no backup succeeded since. Absent: not at all, or before the last
/// success.
Answer<Timestamp> FindUnhealedError(const MachineView& machine, const Agent& agent)
{
    const auto log = machine.Ask(ScanAgentLogs{agent.LogFolder(), kErrorInLog});
    if (log.HasFailed())
    {
        return log.Error();
    }
    if (!log)
    {
        return Absent{};
    }
    const auto newest = std::ranges::find_if(log->matches, IsError);
    if (newest == log->matches.end())
    {
        const auto whyNot = WhyNotSure(machine, *log);
        return whyNot ? Answer<Timestamp>(*whyNot) : Absent{};
    }
    const auto success = ReadLastSuccess(machine);
    if (success.HasFailed())
    {
        return success.Error();
    }
    return success && newest->time <= *success ? Answer<Timestamp>(Absent{}) : newest->time;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto list = machine.Ask(ListCertificates{"My"});
    const auto clock = machine.Ask(ReadClock{});
    if (list.HasFailed() || !clock)
    {
        return Outcome::CouldNotCheck(list.HasFailed() ? list.Error()
                : clock.HasFailed()                    ? clock.Error()
                                                       : Failure{code::kNotSupported, "read the clock"});
    }
    const ToolCertificates found = Sort(list.ValueOr({}), clock->now);
    Facts facts{{"certificates", found.all}};
    if (found.expired.empty())
    {
        return Outcome::Passed(std::move(facts));
    }
    const auto error = FindUnhealedError(machine, *agent);
    if (error.HasFailed())
    {
        return Outcome::CouldNotCheck(error.Error(), std::move(facts));
    }
    if (error.IsAbsent())
    {
        return Outcome::Passed(std::move(facts));
    }
    facts["case"] = "expired";
    facts["expired_certificates"] = found.expired;
    facts["error_at"] = *error;
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

std::vector<LogSearch> LogSearches(const Given&)
{
    return {{kErrorInLog}};
}

} // namespace

const RootCause& StaleCertificate()
{
    static constexpr RootCause kCause{"encryption.stale_certificate", "E-9", RepairKind::kGuided, true,
        Detect, nullptr, {}, false, LogSearches};
    return kCause;
}

} // namespace mars::encryption
