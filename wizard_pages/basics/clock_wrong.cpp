// SPDX-License-Identifier: MIT
#include "network_test.h"
#include "proxy.h"
#include "questions/computer.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <cstdlib>

namespace mars::basics
{
namespace
{

constexpr const char* kTimeService = "W32Time";
constexpr const char* kTimeZoneKey = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation";
constexpr const char* kTimeParameters = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters";
constexpr const char* kTimePolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Parameters";
constexpr const char* kTimeConfig = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Config";
constexpr const char* kTimeConfigPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Config";
/// It tells the time where plain HTTP is shut off.
constexpr const char* kSecureHost = "login.microsoftonline.com";

/// Sign-in tokens are refused beyond that.
constexpr std::chrono::seconds kMostSkew = std::chrono::minutes(5);
/// How far the time service steps where no value says so ("Windows Time service tools and settings").
constexpr std::uint32_t kAnyStep = 0xFFFFFFFF;
constexpr std::uint32_t kMostStepAlone = 54'000;
/// What a recording goes by in which the limit was not asked for.
constexpr std::uint32_t kMostStepNotRecorded = 172'800;
/// Time zones differ by multiples of 15 minutes; a clock that was set by hand is not exact to the second.
constexpr std::chrono::seconds kZoneStep = std::chrono::minutes(15);
constexpr std::chrono::seconds kZoneTolerance = std::chrono::minutes(2);

struct Skew
{
    /// Above zero: this computer's clock is ahead.
    std::chrono::seconds ahead{0};
    std::string host;
};

/// "2026-03-10T13:00:00+01:00"
std::string LocalTime(const ClockReading& clock)
{
    const std::string local = ToIso8601(clock.now + std::chrono::minutes(clock.utcOffsetMinutes));
    const int offset = std::abs(clock.utcOffsetMinutes);
    return fmt::format("{}{}{:02}:{:02}", local.substr(0, local.size() - 1),
        clock.utcOffsetMinutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

Failure WhyNoDate(const Answer<HttpProbe>& probe, const std::string& host)
{
    if (probe.HasFailed())
    {
        return probe.Error();
    }
    return {probe && probe->code != 0 ? probe->code : code::kNotSupported, "ask " + host + " for the time"};
}

Answer<HttpsProbe> AskSecureHost(const MachineView& machine, const ProxySettings& settings)
{
    const auto proxies = FindProxies(machine, settings, kSecureHost);
    ProbeHttps question{kSecureHost, 443, {}};
    return AskThrough(machine, question, proxies.ValueOr(std::vector{ProxyFor(settings, kSecureHost)}));
}

/// Of the test whose answer has a date; where `own` is set, only of one that the test's own text came with.
std::optional<Skew> SkewOf(const NetworkTests& tests, const ClockReading& clock, bool own)
{
    for (std::size_t i = 0; i < tests.answers.size(); ++i)
    {
        const auto& answer = tests.answers[i];
        if (answer && answer->serverDate && (!own || answer->body.starts_with(kNetworkTests[i].body)))
        {
            return Skew{
                answer->answeredAt.value_or(clock.now) - *answer->serverDate, tests.questions[i].host};
        }
    }
    return std::nullopt;
}

/// The first of the far ends that tells its time: the network test of Windows, which needs no trust and so
/// works with a wrong clock too, else the sign-in host. The time of a page that somebody on the way puts in
/// place of the test's text is that one's, and counts last.
Answer<Skew> MeasureSkew(const MachineView& machine, const ClockReading& clock, const Given& given)
{
    const auto stored = ReadAgentsProxy(machine, given);
    if (stored.HasFailed())
    {
        return stored.Error();
    }
    const ProxySettings settings = stored.ValueOr({});
    const NetworkTests tests = AskNetworkTests(machine, settings);
    if (const auto skew = SkewOf(tests, clock, true))
    {
        return *skew;
    }
    const auto secure = AskSecureHost(machine, settings);
    if (secure && secure->serverDate)
    {
        return Skew{clock.now - *secure->serverDate, kSecureHost};
    }
    const auto skew = SkewOf(tests, clock, false);
    return skew ? Answer<Skew>(*skew) : WhyNoDate(tests.answers.front(), tests.questions.front().host);
}

/// "a time zone?": the distance is nearly a multiple of 15 minutes.
bool LooksLikeTimeZone(std::chrono::seconds skew)
{
    const auto rest = std::chrono::abs(skew) % kZoneStep;
    return std::chrono::abs(skew) + kZoneTolerance >= kZoneStep
        && (rest <= kZoneTolerance || kZoneStep - rest <= kZoneTolerance);
}

/// What the check looks at, as far as the machine tells it.
struct Observed
{
    ClockReading clock;
    Answer<RegistryValue> timeZone = Absent{};
    Answer<ServiceStatus> service = Absent{};
    bool domainMember = false;
    /// Absent: not to be measured, because nothing may be sent.
    Answer<Skew> skew = Absent{};
};

Answer<Observed> Observe(const MachineView& machine, const Given& given)
{
    const auto clock = machine.Ask(ReadClock{});
    const auto context = machine.Ask(ReadContext{});
    if (!clock || !context)
    {
        return clock.HasFailed()  ? clock.Error()
            : context.HasFailed() ? context.Error()
                                  : Failure{code::kNotSupported, "read the clock"};
    }
    Observed observed;
    observed.clock = *clock;
    observed.domainMember = !context->domain.empty();
    observed.timeZone = machine.Ask(ReadRegistryValue{{kTimeZoneKey, "TimeZoneKeyName"}});
    observed.service = machine.Ask(QueryService{kTimeService});
    if (!given.offline)
    {
        observed.skew = MeasureSkew(machine, *clock, given);
    }
    return observed;
}

std::string TimeZoneOf(const Observed& observed)
{
    return observed.timeZone ? observed.timeZone->AsString().value_or("") : std::string();
}

Facts FactsOf(const Observed& observed)
{
    Facts facts{{"local_time", LocalTime(observed.clock)}, {"domain_member", observed.domainMember}};
    if (const std::string zone = TimeZoneOf(observed); !zone.empty())
    {
        facts["time_zone"] = zone;
    }
    if (observed.service)
    {
        facts["service_state"] = std::string(WordOf(observed.service->state));
        facts["start_type"] = std::string(WordOf(observed.service->startType));
    }
    if (observed.skew)
    {
        facts["skew_seconds"] = std::int64_t{observed.skew->ahead.count()};
        facts["skew_minutes"] = std::int64_t{std::chrono::abs(observed.skew->ahead).count() / 60};
        facts["compared_with"] = observed.skew->host;
    }
    return facts;
}

Outcome Problem(Level level, const char* textCase, Facts facts)
{
    facts["case"] = textCase;
    return Outcome::Problem(level, std::move(facts));
}

Outcome Judge(const Observed& observed)
{
    Facts facts = FactsOf(observed);
    if (observed.skew && std::chrono::abs(observed.skew->ahead) > kMostSkew)
    {
        const bool zone = LooksLikeTimeZone(observed.skew->ahead);
        const bool ahead = observed.skew->ahead.count() > 0;
        return Problem(Level::kError,
            zone ? (ahead ? "zone_ahead" : "zone_behind") : (ahead ? "ahead" : "behind"), std::move(facts));
    }
    if (observed.domainMember && observed.service && observed.service->startType == StartType::kDisabled)
    {
        return Problem(Level::kWarning, "service_disabled", std::move(facts));
    }
    if (observed.domainMember && observed.service.IsAbsent())
    {
        return Problem(Level::kWarning, "service_missing", std::move(facts));
    }
    if (!observed.timeZone.HasFailed() && TimeZoneOf(observed).empty())
    {
        return Problem(Level::kWarning, "time_zone_missing", std::move(facts));
    }
    if (observed.timeZone.HasFailed())
    {
        return Outcome::CouldNotCheck(observed.timeZone.Error(), std::move(facts));
    }
    if (observed.service.HasFailed() && observed.domainMember)
    {
        return Outcome::CouldNotCheck(observed.service.Error(), std::move(facts));
    }
    if (observed.skew.HasFailed())
    {
        return Outcome::CouldNotCheck(observed.skew.Error(), std::move(facts));
    }
    if (observed.skew.IsAbsent())
    {
        facts["case"] = "not_compared";
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    const auto observed = Observe(machine, given);
    return observed ? Judge(*observed) : Outcome::CouldNotCheck(observed.Error());
}

/// How the time service finds its source; a policy goes before the setting. Fails where that cannot be read.
Answer<std::string> TimeSourceType(const MachineView& machine)
{
    for (const char* key : {kTimePolicy, kTimeParameters})
    {
        const auto type = machine.Ask(ReadRegistryValue{{key, "Type"}});
        if (type.HasFailed())
        {
            return type.Error();
        }
        if (type)
        {
            return type->AsString().value_or("");
        }
    }
    return Absent{};
}

/// The largest correction in seconds that the time service makes in this direction; a policy goes before the
/// setting. Fails where that cannot be read.
Answer<std::uint32_t> MostStep(const MachineView& machine, const Observed& observed)
{
    // A clock that is ahead needs a negative correction.
    const bool ahead = observed.skew && observed.skew->ahead.count() > 0;
    for (const char* key : {kTimeConfigPolicy, kTimeConfig})
    {
        const auto limit =
            machine.Ask(ReadRegistryValue{{key, ahead ? "MaxNegPhaseCorrection" : "MaxPosPhaseCorrection"}});
        if (limit.HasFailed())
        {
            return limit.Error().code == code::kNotRecorded ? Answer<std::uint32_t>(kMostStepNotRecorded)
                                                            : limit.Error();
        }
        if (limit && limit->AsDword())
        {
            return *limit->AsDword();
        }
    }
    return observed.domainMember ? kAnyStep : kMostStepAlone;
}

/// A domain controller is the source of others, and a service without a source has nothing to go by.
std::string WhyOnlyGuided(const MachineView& machine, const Observed& observed)
{
    const auto windows = machine.Ask(ReadWindowsVersion{});
    const auto type = TimeSourceType(machine);
    const auto mostStep = MostStep(machine, observed);
    if (!windows || type.HasFailed() || !mostStep)
    {
        return "could_not_check";
    }
    if (windows->domainController)
    {
        return "domain_controller";
    }
    if (EqualsIgnoreCase(type.ValueOr({}), "NoSync"))
    {
        return "time_not_synchronised";
    }
    if (observed.skew && *mostStep != kAnyStep
        && std::chrono::abs(observed.skew->ahead) > std::chrono::seconds(*mostStep))
    {
        return "clock_too_far";
    }
    return {};
}

RepairProposal Repair(const MachineView& machine, const Given& given, const Outcome& outcome)
{
    const std::string found = outcome.Text("case");
    const auto observed = Observe(machine, given);
    if (!observed || !observed->service || found == "time_zone_missing")
    {
        return RepairProposal::Guided();
    }
    if (std::string why = WhyOnlyGuided(machine, *observed); !why.empty())
    {
        return RepairProposal::Guided(std::move(why));
    }
    Plan plan;
    if (observed->service->startType == StartType::kDisabled)
    {
        // As Windows itself sets it: a member of a domain keeps it running, others start it when it is
        // wanted.
        plan.changes.push_back(SetServiceStartType{kTimeService, StartType::kDisabled,
            observed->domainMember ? StartType::kAutomatic : StartType::kManual});
    }
    if (observed->service->state != ServiceState::kRunning)
    {
        plan.changes.push_back(StartService{kTimeService});
    }
    if (!given.offline)
    {
        plan.changes.push_back(ResyncClock{observed->skew ? observed->skew->ahead.count() : 0});
    }
    return plan.changes.empty() ? RepairProposal::Guided() : RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& ClockWrong()
{
    static constexpr RootCause kCause{
        "basics.clock_wrong", "B-9", RepairKind::kOneClick, false, Detect, Repair};
    return kCause;
}

} // namespace mars::basics
