// SPDX-License-Identifier: MIT
#include "server_facts.h"

#include "agent.h"
#include "last_backup.h"
#include "machine_certificate.h"
#include "proxy.h"
#include "questions/files.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "scratch.h"

#include <algorithm>
#include <optional>

namespace mars
{
namespace
{

/// The answer as a fact: `toFact` turns the value into one; an empty text is as good as absent.
template <class T, class Function>
Answer<Fact> AsFact(const Answer<T>& answer, Function toFact)
{
    if (answer.HasFailed())
    {
        return answer.Error();
    }
    if (answer.IsAbsent())
    {
        return Absent{};
    }
    Fact fact = toFact(*answer);
    const auto* text = std::get_if<std::string>(&fact);
    return text && text->empty() ? Answer<Fact>(Absent{}) : Answer<Fact>(std::move(fact));
}

Answer<Fact> AgentVersion(const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    const auto version = agent ? ReadAgentVersion(machine, *agent)
        : agent.HasFailed()    ? Answer<FileVersion>(agent.Error())
                               : Answer<FileVersion>(Absent{});
    return AsFact(version, [](const FileVersion& value) { return Fact(value.ToString()); });
}

Answer<Fact> ScratchText(const MachineView& machine, const char* key)
{
    return AsFact(machine.Ask(ReadRegistryValue{{key, "ScratchLocation"}}),
        [](const RegistryValue& value) { return Fact(value.AsString().value_or(value.Describe())); });
}

Answer<Fact> NextRun(const MachineView& machine)
{
    const auto list = machine.Ask(ListTasks{"\\Microsoft\\OnlineBackup"});
    if (list.HasFailed())
    {
        return list.Error();
    }
    std::optional<Timestamp> next;
    for (const ScheduledTask& task : list.ValueOr({}).tasks)
    {
        if (task.enabled && task.nextRun)
        {
            next = next ? std::min(*next, *task.nextRun) : *task.nextRun;
        }
    }
    return next ? Answer<Fact>(Fact(*next)) : Answer<Fact>(Absent{});
}

Answer<Fact> Proxy(const MachineView& machine, ProxyOwner owner)
{
    return AsFact(machine.Ask(ReadProxySettings{owner}),
        [](const ProxySettings& settings) { return Fact(DescribeProxy(settings)); });
}

} // namespace

ServerFacts ReadServerFacts(const MachineView& machine)
{
    const auto registration = ReadRegistration(machine);
    const auto certificate = ReadMachineCertificate(machine);
    return {
        {"agent_version", AgentVersion(machine)},
        {"vault", AsFact(registration, [](const Registration& value) { return Fact(value.vault); })},
        {"registered_name",
            AsFact(certificate, [](const MachineCertificate& value) { return Fact(value.registeredName); })},
        {"machine_certificate_ends",
            AsFact(certificate, [](const MachineCertificate& value) { return Fact(value.notAfter); })},
        {"scratch_location", ScratchText(machine, kAgentConfigKey)},
        {"scratch_location_provider", ScratchText(machine, kAgentProviderKey)},
        {"last_backup", AsFact(ReadLastSuccess(machine), [](Timestamp value) { return Fact(value); })},
        {"next_run", NextRun(machine)},
        {"proxy_system", Proxy(machine, ProxyOwner::kSystem)},
        {"proxy_user", Proxy(machine, ProxyOwner::kUser)},
    };
}

} // namespace mars
