// SPDX-License-Identifier: MIT
#include "network.h"

#include "questions/events.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/proxy.h"

namespace mars::test
{

namespace
{

template <class Probe>
Probe EndedAs(ProbeEnd end, std::uint32_t code, std::uint32_t status)
{
    Probe probe;
    probe.end = end;
    probe.code = code;
    probe.httpStatus = status;
    return probe;
}

} // namespace

HttpsProbe Ended(ProbeEnd end, std::uint32_t code, std::uint32_t status)
{
    return EndedAs<HttpsProbe>(end, code, status);
}

void SetProbe(RecordedMachine& machine, const std::string& host, const Answer<HttpsProbe>& answer,
    const std::string& proxy)
{
    machine.Set(ProbeHttps{host, 443, proxy}, answer);
}

std::vector<std::string> Hosts(bool samples, Cloud cloud)
{
    std::vector<std::string> names;
    for (const EndpointHost& host : AllHosts(cloud))
    {
        if (host.isSample == samples)
        {
            names.push_back(host.name);
        }
    }
    return names;
}

std::vector<EndpointHost> AllHosts(Cloud cloud)
{
    std::vector<EndpointHost> hosts = EndpointsOf(cloud).hosts;
    std::erase_if(hosts, &EndpointHost::isSample);
    const auto samples = SamplesFor(EndpointsOf(cloud), "westeurope");
    hosts.insert(hosts.end(), samples.begin(), samples.end());
    return hosts;
}

void SetAll(RecordedMachine& machine, const Answer<HttpsProbe>& answer, const std::string& proxy, Cloud cloud)
{
    for (const EndpointHost& host : AllHosts(cloud))
    {
        SetProbe(machine, host.name, answer, proxy);
    }
}

void SetName(RecordedMachine& machine, const std::string& host, std::uint32_t code)
{
    NameResolution resolution;
    resolution.code = code;
    if (code == 0)
    {
        resolution.addresses = {"20.190.160.1"};
    }
    machine.Set(ResolveName{host}, resolution);
}

void SetAddress(RecordedMachine& machine, const std::string& host, const std::string& address)
{
    machine.Set(ResolveName{host}, NameResolution{{address}, 0});
}

void SetLogHosts(RecordedMachine& machine, const std::vector<std::string>& hosts)
{
    LogScan scan;
    for (const std::string& host : hosts)
    {
        scan.matches.push_back({kNow - std::chrono::hours(20), host.substr(host.find('.')), "NORMAL",
            "POST https://" + host + ":443/x"});
    }
    SetLog(machine, EndpointsOf(Cloud::kPublic).serviceSuffixes, scan);
}

void SetTests(RecordedMachine& machine, const Answer<HttpProbe>& answer, const std::string& proxy)
{
    for (ProbeHttp question : NetworkTestQuestions({}))
    {
        question.proxy = proxy;
        machine.Set(question, answer);
    }
}

HttpProbe TestEnded(ProbeEnd end, std::uint32_t code, std::uint32_t status)
{
    return EndedAs<HttpProbe>(end, code, status);
}

void SetLog(RecordedMachine& machine, const std::vector<std::string>& patterns, const Answer<LogScan>& answer)
{
    machine.Set(ScanAgentLogs{kLogFolder, patterns}, answer);
}

LogScan OneLine(std::chrono::hours age, const std::string& pattern, const std::string& message)
{
    return {{{kNow - age, pattern, "WARNING", message}}, {1}, kNow};
}

RecordedMachine OnlineServer()
{
    RecordedMachine machine = AdvisedServer();
    for (const Cloud cloud : {Cloud::kPublic, Cloud::kUsGov, Cloud::kChina})
    {
        SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), {}, cloud);
        for (const EndpointHost& host : AllHosts(cloud))
        {
            SetName(machine, host.name);
        }
        SetLog(machine, EndpointsOf(cloud).serviceSuffixes, LogScan{});
    }
    HttpProbe test = TestEnded(ProbeEnd::kAnswered, 0, 200);
    test.serverDate = kNow;
    test.answeredAt = kNow;
    SetTests(machine, test);
    SetLog(machine, kLoginPatterns, LogScan{});
    SetLog(machine, kTransferPatterns, LogScan{});
    return machine;
}

void SetSystemProxy(RecordedMachine& machine, const std::string& server, const std::string& bypass)
{
    ProxySettings settings;
    settings.enabled = true;
    settings.server = server;
    settings.bypass = bypass;
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
}

void SetEvents(RecordedMachine& machine, const Answer<EventList>& events)
{
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, events);
    machine.Set(ReadEvents{"CloudBackup/Operational", {1, 3, 10, 11}}, Absent{});
}

void RemoveAgent(RecordedMachine& machine)
{
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
}

Given WithOwnProxy(const std::string& proxy)
{
    Given given;
    given.agentProxy = proxy;
    return given;
}

Given Offline()
{
    Given given;
    given.offline = true;
    return given;
}

} // namespace mars::test
