// SPDX-License-Identifier: MIT
#include "agent.h"
#include "ask_all.h"
#include "connection_blob.h"
#include "probes.h"
#include "proxy.h"
#include "questions/computer.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

constexpr const char* kSystemSettings =
    "HKU\\S-1-5-18\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
constexpr std::string_view kClear = "clear";
constexpr std::string_view kCopy = "copy";

bool HasProxy(const ProxySettings& settings)
{
    return settings.enabled || UsesScript(settings);
}

/// How the documented hosts answer by some settings.
struct Trial
{
    bool works = false;
    /// Why nothing is known, where nothing answered and something could not be asked.
    std::optional<Failure> unknown;
};

Trial TrialOf(const Probes& probes)
{
    Trial trial{AnyReached(probes), {}};
    const auto notAsked = std::ranges::find_if(
        probes.hosts, [](const HostProbe& probe) { return probe.ExplainedBy() == Explanation::kNotAsked; });
    if (!trial.works && notAsked != probes.hosts.end())
    {
        trial.unknown = notAsked->Error();
    }
    return trial;
}

enum class State
{
    kAlive,
    kNone,
    kDead,
    kUnknown,
};

/// What is found, and what could be done about it.
struct Situation
{
    State system = State::kUnknown;
    bool byPolicy = false;
    Trial direct;
    /// Of this user's settings, where they have a proxy of their own; tried without any login, as SYSTEM
    /// would.
    std::optional<Trial> user;
    std::optional<Failure> why;
};

State JudgeProxy(const Probes& probes, std::optional<Failure>& why)
{
    if (probes.scriptFailure)
    {
        why = probes.scriptFailure;
        const bool neverAsked = IsUndecided(*why) || why->code == code::kNotRecorded;
        return neverAsked ? State::kUnknown : State::kDead;
    }
    bool proxied = false;
    for (const HostProbe& probe : probes.hosts)
    {
        if (probe.proxy.empty())
        {
            continue;
        }
        proxied = true;
        if (probe.answer && probe.answer->end != ProbeEnd::kProxyUnreachable)
        {
            return State::kAlive;
        }
        why = why || probe.answer ? why : std::optional(probe.Error());
    }
    // A script may send every host directly.
    return !proxied ? State::kAlive : why ? State::kUnknown : State::kDead;
}

/// The user's own proxy, tried. Nothing: the user has none either, or the same.
std::optional<Trial> TryUser(
    const MachineView& machine, const Given& given, const ProxySettings& system, std::optional<Failure>& why)
{
    const auto user = machine.Ask(ReadProxySettings{ProxyOwner::kUser});
    if (user.HasFailed())
    {
        why = user.Error();
        return std::nullopt;
    }
    if (!user || !HasProxy(*user) || *user == system)
    {
        return std::nullopt;
    }
    return TrialOf(ProbeDocumented(machine, given, *user));
}

Answer<Situation> Look(const MachineView& machine, const Given& given)
{
    const auto answer = machine.Ask(ReadProxySettings{ProxyOwner::kSystem});
    if (answer.HasFailed())
    {
        return answer.Error();
    }
    const ProxySettings system = answer.ValueOr({});
    const auto probes = ProbeEndpoints(machine, given);
    if (!probes)
    {
        return probes.HasFailed() ? probes.Error() : Failure{code::kNotSupported, "probe the hosts"};
    }
    Situation found;
    found.byPolicy = system.byPolicy;
    found.system = HasProxy(system) ? JudgeProxy(*probes, found.why) : State::kNone;
    if (found.system == State::kDead)
    {
        // Side by side: a proxy that hangs leaves little time, and one that works needs little.
        std::optional<Failure> ignored;
        RunSideBySide({[&] { found.direct = TrialOf(ProbeDocumented(machine, given, {})); },
            [&] { found.user = TryUser(machine, given, system, ignored); }});
    }
    if (found.system == State::kNone)
    {
        found.direct = TrialOf(*probes);
        if (!found.direct.works && !found.direct.unknown)
        {
            found.user = TryUser(machine, given, system, found.why);
        }
    }
    return found;
}

Outcome Problem(Level level, const char* textCase, Facts facts)
{
    facts["case"] = textCase;
    return Outcome::Problem(level, std::move(facts));
}

Outcome JudgeDead(const Situation& found, Facts facts)
{
    facts["direct_works"] = found.direct.works;
    if (found.user)
    {
        facts["user_proxy_works"] = found.user->works;
    }
    const char* const textCase = found.byPolicy ? "dead_by_policy"
        : found.direct.works                    ? "dead_direct_works"
        : found.user && found.user->works       ? "dead_user_works"
                                                : "dead";
    return Problem(Level::kError, textCase, std::move(facts));
}

Outcome JudgeNone(const Situation& found, Facts facts)
{
    if (found.direct.works)
    {
        return Outcome::Passed(std::move(facts));
    }
    if (found.user && found.user->works)
    {
        return Problem(Level::kWarning, "only_user", std::move(facts));
    }
    for (const auto& why : {found.direct.unknown, found.why, found.user ? found.user->unknown : std::nullopt})
    {
        if (why)
        {
            return Outcome::CouldNotCheck(*why, std::move(facts));
        }
    }
    // Nothing gets through, with or without a proxy: N-1 to N-3 say what is wrong then.
    return Outcome::Passed(std::move(facts));
}

/// The proxies of everybody who could be meant, in words; those of whom nothing is known are left out.
void AddProxies(const MachineView& machine, const Given& given, Facts& facts)
{
    std::vector<Finding> proxies;
    if (const std::string own = AgentsOwnProxy(given); !own.empty())
    {
        proxies.push_back(DescribeOwner("agent", own));
    }
    for (const auto& [word, owner] : {std::pair("system", ProxyOwner::kSystem),
             std::pair("user", ProxyOwner::kUser), std::pair("winhttp", ProxyOwner::kWinHttp)})
    {
        const auto settings = machine.Ask(ReadProxySettings{owner});
        if (settings.HasFailed())
        {
            continue;
        }
        const std::string proxy = settings ? DescribeProxy(*settings) : std::string();
        proxies.push_back(DescribeOwner(word, proxy));
        if (owner == ProxyOwner::kWinHttp)
        {
            facts["winhttp_proxy"] = proxy.empty() ? "direct" : proxy;
        }
    }
    facts["proxies"] = std::move(proxies);
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    if (given.offline)
    {
        return Outcome::NotApplicable(reason::kOffline);
    }
    Facts facts = DescribeContext(machine, given);
    AddProxies(machine, given, facts);
    if (!AgentsOwnProxy(given).empty())
    {
        facts["case"] = "own_proxy";
        return Outcome::Passed(std::move(facts));
    }
    const auto found = Look(machine, given);
    if (!found)
    {
        return Outcome::CouldNotCheck(found.Error(), std::move(facts));
    }
    switch (found->system)
    {
    case State::kDead:
        return JudgeDead(*found, std::move(facts));
    case State::kNone:
        return JudgeNone(*found, std::move(facts));
    case State::kUnknown:
        return Outcome::CouldNotCheck(
            found->why.value_or(Failure{code::kNotSupported, "try the proxy"}), std::move(facts));
    case State::kAlive:
        break;
    }
    facts["case"] = "alive";
    return Outcome::Passed(std::move(facts));
}

// ---- Repair

/// Collects the changes of values that differ. Fails where a value of today cannot be read.
class Settings
{
public:
    explicit Settings(const MachineView& machine) : m_machine(machine) {}

    std::optional<RegistryValue> Read(const std::string& key, const std::string& name)
    {
        const auto value = m_machine.Ask(ReadRegistryValue{{key, name}});
        m_failed = m_failed || value.HasFailed();
        return value ? std::optional(*value) : std::nullopt;
    }

    void Set(const std::string& key, const std::string& name, const std::optional<RegistryValue>& after)
    {
        const auto before = Read(key, name);
        if (before != after)
        {
            m_plan.changes.push_back(SetRegistryValue{{key, name}, before, after, false, {}});
        }
    }

    RepairProposal Propose()
    {
        if (m_failed || m_plan.changes.empty())
        {
            return RepairProposal::Guided();
        }
        RestartAgent();
        return RepairProposal::Planned(std::move(m_plan));
    }

private:
    /// A program that runs keeps the settings that it read at its start.
    void RestartAgent()
    {
        const auto service = m_machine.Ask(QueryService{kAgentService});
        if (service && service->state != ServiceState::kStopped)
        {
            m_plan.changes.emplace_back(RestartService{kAgentService});
            m_plan.disturbs = true;
        }
    }

    const MachineView& m_machine;
    Plan m_plan;
    bool m_failed = false;
};

constexpr std::array kBlobNames{"DefaultConnectionSettings", "SavedLegacySettings"};

std::string ConnectionsOf(const std::string& settings)
{
    return settings + "\\Connections";
}

/// As `bitsadmin /util /setieproxy LOCALSYSTEM NO_PROXY` does.
RepairProposal Clear(const MachineView& machine)
{
    Settings settings(machine);
    settings.Set(kSystemSettings, "ProxyEnable", RegistryValue::Dword(0));
    settings.Set(kSystemSettings, "AutoConfigURL", std::nullopt);
    for (const char* name : kBlobNames)
    {
        const auto blob = settings.Read(ConnectionsOf(kSystemSettings), name);
        if (blob)
        {
            settings.Set(
                ConnectionsOf(kSystemSettings), name, RegistryValue{kRegBinary, DirectBlob(blob->bytes)});
        }
    }
    return settings.Propose();
}

/// This user's settings become those of SYSTEM.
RepairProposal Copy(const MachineView& machine)
{
    const auto context = machine.Ask(ReadContext{});
    if (!context)
    {
        return RepairProposal::Guided();
    }
    const std::string user =
        "HKU\\" + context->evidenceSid + "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    Settings settings(machine);
    for (const char* name : {"ProxyEnable", "ProxyServer", "ProxyOverride", "AutoConfigURL"})
    {
        settings.Set(kSystemSettings, name, settings.Read(user, name));
    }
    const auto own = settings.Read(ConnectionsOf(user), kBlobNames.front());
    for (const char* name : kBlobNames)
    {
        const auto before = settings.Read(ConnectionsOf(kSystemSettings), name);
        // Without stored settings of the user the plain values have to count for SYSTEM too.
        const auto after = own ? std::optional(RegistryValue{
                               kRegBinary, CopiedBlob(own->bytes, before ? before->bytes : Bytes())})
                               : std::nullopt;
        settings.Set(ConnectionsOf(kSystemSettings), name, after);
    }
    return settings.Propose();
}

RepairProposal Repair(const MachineView& machine, const Given& given, const Outcome& outcome)
{
    if (!outcome.IsProblem())
    {
        return RepairProposal::NothingToDo();
    }
    const auto found = Look(machine, given);
    if (!found)
    {
        return RepairProposal::Guided();
    }
    if (found->byPolicy)
    {
        return RepairProposal::Guided("set_by_policy");
    }
    const bool mayClear = found->system == State::kDead && found->direct.works;
    const bool mayCopy = found->user && found->user->works;
    if (given.choice == kCopy)
    {
        return mayCopy ? Copy(machine) : RepairProposal::Guided("user_proxy_fails");
    }
    if (mayClear)
    {
        return Clear(machine);
    }
    if (given.choice == kClear)
    {
        return RepairProposal::Guided("direct_fails");
    }
    return mayCopy ? RepairProposal::Guided("choose_copy") : RepairProposal::Guided();
}

constexpr std::array kChoices{kClear, kCopy};

} // namespace

const RootCause& SystemProxyWrong()
{
    static constexpr RootCause kCause{
        "connectivity.system_proxy_wrong", "N-5", RepairKind::kOneClick, true, Detect, Repair, kChoices};
    return kCause;
}

} // namespace mars::connectivity
