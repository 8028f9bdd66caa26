// SPDX-License-Identifier: MIT
#pragma once

#include "questions/certificates.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "test_support.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// Servers as they stand in the field: everything on them is as Windows, the agent and a usual administrator
/// leave it. They answer every question that a check may ask, also those of checks that are yet to be
/// written.
namespace mars::test
{

/// One line of CBEngine*.errlog.
struct LogLine
{
    Timestamp time;
    /// "NORMAL", "WARNING", "FATAL".
    std::string severity;
    std::string message;
};

struct LoggedEvent
{
    std::string channel;
    /// Empty in a channel that only one program writes to.
    std::string provider;
    std::uint32_t id = 0;
    Timestamp time;
};

/// How the hosts of the internet are reached from a server.
struct Internet
{
    /// Hosts that answer without a proxy, `*` stands for any characters; how a connection to any other ends.
    std::vector<std::string> open{"*"};
    ProbeEnd closedEnd = ProbeEnd::kTimedOut;
    std::uint32_t closedCode = 10060;
    /// The name servers know names of the internet.
    bool hasNames = true;
    /// Hosts that have an address of this network.
    std::vector<std::string> privateHosts{};
    /// By "host:port": how a request through this proxy ends. kAnswered: it goes through.
    std::map<std::string, ProbeEnd> proxies{};
    /// What a configuration script answers; empty: direct.
    std::vector<std::string> scriptRoute{};
    /// Why there is no such answer; 0: there is one.
    std::uint32_t scriptFailure = 0;
    /// Hosts for which a device on the way makes a certificate of its own, and whether its root is trusted
    /// here.
    std::vector<std::string> inspected{};
    RootKind inspectionRoot = RootKind::kAdded;
    /// Whether TLS 1.2 connections come about.
    bool hasTls = true;
    /// How far this computer's clock is ahead of the internet's.
    std::chrono::seconds clockAhead{0};
    /// This computer is a virtual machine of Azure, which answers about itself.
    bool azure = false;
};

/// A machine that holds records instead of answers where the keys of questions come from lists of the
/// knowledge, or are as many as there are hosts: whatever a check looks for in them, it finds what is there.
/// What else nobody set is not there, as on any computer.
class TestServer : public Machine
{
public:
    RecordedMachine answers;
    Internet internet;
    std::vector<LogLine> log;
    std::vector<LogLine> installLog;
    std::vector<LogLine> consoleLog;
    std::vector<LoggedEvent> events;
    /// By letter, "C".
    std::map<std::string, VolumeInfo> volumes;
    /// SHA-1 thumbprints of the root certificates that are here, by store.
    std::map<std::string, std::vector<std::string>> roots;

    void Respond(Exchange& exchange, const Wait& wait) const override;

    template <class Question>
    void Set(const Question& question, const Answer<typename Question::Value>& answer)
    {
        answers.Set(question, answer);
    }
    void SetText(const std::string& key, const std::string& name, const std::string& text);
    void SetNumber(const std::string& key, const std::string& name, std::uint32_t number,
        RegistryView view = RegistryView::k64);
    void Remove(const std::string& key, const std::string& name, RegistryView view = RegistryView::k64);
    void SetService(
        const std::string& name, const std::string& displayName, ServiceState state, StartType startType);
    void SetFolder(const std::string& path);
    void SetFile(const std::string& path, std::uint64_t bytes = 4096);
    /// In every question and answer, one word after the other.
    void Replace(const std::vector<std::pair<std::string, std::string>>& words);

private:
    template <class Question>
    bool RespondTo(Exchange& exchange) const;
    Answer<LogScan> Find(const ScanAgentLogs& question) const;
    Answer<LogScan> Find(const ScanInstallLogs& question) const;
    Answer<LogScan> Find(const ScanConsoleLogs& question) const;
    Answer<EventList> Find(const ReadEvents& question) const;
    Answer<EventList> Find(const ReadProviderEvents& question) const;
    Answer<CertificatePresence> Find(const FindCertificates& question) const;
    Answer<VolumeInfo> Find(const ReadVolume& question) const;
    Answer<LocalVolumeList> Find(const ListVolumes& question) const;
    Answer<ChangeJournal> Find(const ReadChangeJournal& question) const;
    Answer<NameResolution> Find(const ResolveName& question) const;
    Answer<HttpsProbe> Find(const ProbeHttps& question) const;
    Answer<HttpProbe> Find(const ProbeHttp& question) const;
    Answer<ProxyRoute> Find(const FindProxyForUrl& question) const;

    ProbeEnd EndOf(const std::string& host, const std::string& proxy) const;
    std::uint32_t CodeOf(ProbeEnd end) const;
};

/// How a backup ended, by the event that the agent writes.
enum class JobEnd : std::uint32_t
{
    kSucceeded = 3,
    kSucceededWithWarnings = 10,
    kFailed = 11,
};

/// One backup: its events, and what the log says of it. `error` is a line of its own.
void AddJob(TestServer& server, Timestamp start, JobEnd end, const std::string& error = {});
/// Backups of the last 30 days, the newest `newest` ago, one in `days`; nothing else is logged then.
void BackUpEvery(
    TestServer& server, std::chrono::days days, std::chrono::hours newest = std::chrono::hours(16));
/// The backups of the last days failed like this.
void FailSince(TestServer& server, std::chrono::days days, const std::string& error);
/// No backup has begun in the last days.
void StopBackups(TestServer& server, std::chrono::days days);

/// Windows Server 2019 Standard, a member of a domain, with the agent of its time, which backs up every
/// night.
TestServer DefaultServer();
/// The same with another Windows; its .NET Framework and what else comes with it.
TestServer ServerWith(
    const std::string& product, std::uint32_t major, std::uint32_t minor, std::uint32_t build);

/// What is shown for a root cause; the empty case is the only one that it has.
struct Shown
{
    Level level = Level::kError;
    std::string textCase{};
};

/// A server and what the whole catalogue must say of it.
struct Scenario
{
    std::string name;
    TestServer server = DefaultServer();
    Given given{};
    /// All errors and warnings, by id.
    std::map<std::string, Shown> problems{};
    /// What cannot be checked there, by id, and why that is as it should be.
    std::map<std::string, std::string> notChecked{};
};

/// Made one by one: a server with all its answers is large.
using MakeScenario = Scenario (*)();

std::vector<MakeScenario> EditionsOfWindows();
std::vector<MakeScenario> RolesOfServers();
std::vector<MakeScenario> WaysToTheInternet();
std::vector<MakeScenario> OtherHealthyServers();
std::vector<MakeScenario> SickServers();

} // namespace mars::test
