// SPDX-License-Identifier: MIT
#pragma once

#include "agent.h"
#include "catalogue.h"
#include "endpoints.h"
#include "network_test.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/probes.h"
#include "test_support.h"

#include <string>
#include <vector>

/// A server that reaches everything, and short ways to cut it off.
namespace mars::test
{

inline const std::string kLogFolder = "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\Temp";
inline const std::vector<std::string> kLoginPatterns{
    "(407)", "Proxy Authentication Required", "0x80190197", " 407"};
inline const std::vector<std::string> kTransferPatterns{"FileProvider::EndData"};

HttpsProbe Ended(ProbeEnd end, std::uint32_t code = 0, std::uint32_t status = 0);
void SetProbe(RecordedMachine& machine, const std::string& host, const Answer<HttpsProbe>& answer,
    const std::string& proxy = {});
std::vector<std::string> Hosts(bool samples, Cloud cloud = Cloud::kPublic);
void SetAll(RecordedMachine& machine, const Answer<HttpsProbe>& answer, const std::string& proxy = {},
    Cloud cloud = Cloud::kPublic);
void SetName(RecordedMachine& machine, const std::string& host, std::uint32_t code = 0);
void SetAddress(RecordedMachine& machine, const std::string& host, const std::string& address);
/// Documented hosts and the samples for a vault in West Europe.
std::vector<EndpointHost> AllHosts(Cloud cloud = Cloud::kPublic);
/// The agent's log names these hosts of the service.
void SetLogHosts(RecordedMachine& machine, const std::vector<std::string>& hosts);
void SetTests(RecordedMachine& machine, const Answer<HttpProbe>& answer, const std::string& proxy = {});
HttpProbe TestEnded(ProbeEnd end, std::uint32_t code = 0, std::uint32_t status = 0);
void SetLog(
    RecordedMachine& machine, const std::vector<std::string>& patterns, const Answer<LogScan>& answer);
LogScan OneLine(std::chrono::hours age, const std::string& pattern, const std::string& message);
RecordedMachine OnlineServer();
void SetSystemProxy(RecordedMachine& machine, const std::string& server, const std::string& bypass = {});
void SetEvents(RecordedMachine& machine, const Answer<EventList>& events);
void RemoveAgent(RecordedMachine& machine);
Given Offline();
Given WithOwnProxy(const std::string& proxy);

} // namespace mars::test
