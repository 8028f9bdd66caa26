// SPDX-License-Identifier: MIT
#include "server.h"

#include "agent_log.h"
#include "network_test.h"
#include "questions/certificates.h"
#include "questions/credentials.h"
#include "questions/devices.h"
#include "questions/events.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/programs.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/signatures.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "recording.h"
#include "wildcard.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <type_traits>

namespace mars::test
{

namespace
{

constexpr std::size_t kMostEvents = 1000;
constexpr const char* kChannel = "CloudBackup";
constexpr const char* kMetadataHost = "169.254.169.254";

template <class... Questions>
bool IsAnyOf(const Exchange& exchange)
{
    return ((exchange.Name() == Questions::kName) || ...);
}

/// What was asked is "not there" where nobody set it.
bool IsUsuallyAbsent(const Exchange& exchange)
{
    return IsAnyOf<ReadRegistryValue, ListRegistryKey, QueryService, ListTasks, ReadFileInfo, ListFiles,
        ReadFileVersion, ReadVaultCredentials, CountTempFiles, ReadProxySettings, DetectProxyScript,
        ReadFailedFiles, ReadFolderAccess, ReadModuleManifest, VerifySignature, HashFile, SurveyFolder,
        FindNewestUpdate>(exchange);
}

/// A list that is empty where nobody set one.
bool IsUsuallyEmpty(const Exchange& exchange)
{
    return IsAnyOf<ListCrashes, ListPrograms, ListDevices>(exchange);
}

bool IsOneOf(const std::string& host, const std::vector<std::string>& patterns)
{
    return std::ranges::any_of(
        patterns, [&](const std::string& pattern) { return MatchesWildcards(host, pattern); });
}

/// As the agent writes it: a headline, then eleven columns with tabs between.
std::string WriteLog(std::vector<LogLine> lines)
{
    std::ranges::stable_sort(lines, {}, &LogLine::time);
    std::string text =
        "Process\tThread\tDate\tTime\tComponent\tFile\tObject\tTask\tMachine\tSeverity\tMessage\r\n";
    for (const LogLine& line : lines)
    {
        const std::string time = ToIso8601(line.time);
        text += fmt::format("1A2C\t0F34\t{}/{}\t{}.250\t71\tbackupasync.cpp(1607)\t[000000001B73B830]\t"
                            "0517B3DB-347D-45A8-9DAB-FD7D1EA7D134\t\t{}\t{}\r\n",
            time.substr(5, 2), time.substr(8, 2), time.substr(11, 8), line.severity, line.message);
    }
    return text;
}

Answer<LogScan> Scan(
    const std::vector<LogLine>& lines, const std::vector<std::string>& patterns, bool wholeWords)
{
    if (lines.empty())
    {
        return Absent{};
    }
    const std::string text = WriteLog(lines);
    AgentLogFile file;
    file.written = std::ranges::max_element(lines, {}, &LogLine::time)->time;
    file.size = text.size();
    file.read = [&text](std::uint64_t offset, std::span<char> bytes) {
        const std::string_view part = std::string_view(text).substr(offset, bytes.size());
        std::ranges::copy(part, bytes.begin());
        return Answer<std::size_t>(part.size());
    };
    return ScanLogFiles({file}, AgentLogSearch{patterns, wholeWords}, Wait{});
}

template <class Wanted>
EventList Choose(std::vector<LoggedEvent> events, const std::vector<std::uint32_t>& ids, Wanted wanted)
{
    std::ranges::stable_sort(events, std::ranges::greater{}, &LoggedEvent::time);
    EventList list;
    for (const LoggedEvent& event : events)
    {
        const bool asked = std::ranges::find(ids, event.id) != ids.end();
        if (asked && wanted(event) && list.events.size() < kMostEvents)
        {
            list.events.push_back({event.id, event.time});
        }
    }
    return list;
}

/// Data of the service is asked for with a key that a mere visitor does not have.
std::uint32_t StatusOf(const std::string& host)
{
    return host.find(".blob.") != std::string::npos || host.find(".queue.") != std::string::npos ? 400
        : host.find(".backup.") != std::string::npos                                             ? 403
                                                                                                 : 200;
}

} // namespace

template <class Question>
bool TestServer::RespondTo(Exchange& exchange) const
{
    auto* const asked = As<Question>(exchange);
    if (asked != nullptr)
    {
        asked->answer = Find(asked->question);
    }
    return asked != nullptr;
}

void TestServer::Respond(Exchange& exchange, const Wait& wait) const
{
    const bool found = RespondTo<ScanAgentLogs>(exchange) || RespondTo<ScanInstallLogs>(exchange)
        || RespondTo<ScanConsoleLogs>(exchange) || RespondTo<ReadEvents>(exchange)
        || RespondTo<ReadProviderEvents>(exchange) || RespondTo<FindCertificates>(exchange)
        || RespondTo<ReadVolume>(exchange) || RespondTo<ListVolumes>(exchange)
        || RespondTo<ReadChangeJournal>(exchange) || RespondTo<ResolveName>(exchange)
        || RespondTo<ProbeHttps>(exchange) || RespondTo<ProbeHttp>(exchange)
        || RespondTo<FindProxyForUrl>(exchange);
    if (found)
    {
        return;
    }
    answers.Respond(exchange, wait);
    const Failure* const failure = exchange.Error();
    if (failure == nullptr || failure->code != code::kNotRecorded)
    {
        return;
    }
    if (IsUsuallyAbsent(exchange))
    {
        exchange.SetAbsent();
    }
    else if (IsUsuallyEmpty(exchange))
    {
        exchange.SetEmpty();
    }
}

void TestServer::SetText(const std::string& key, const std::string& name, const std::string& text)
{
    Set(ReadRegistryValue{{key, name}}, RegistryValue::String(text));
}

void TestServer::SetNumber(
    const std::string& key, const std::string& name, std::uint32_t number, RegistryView view)
{
    Set(ReadRegistryValue{{key, name, view}}, RegistryValue::Dword(number));
}

void TestServer::Remove(const std::string& key, const std::string& name, RegistryView view)
{
    Set(ReadRegistryValue{{key, name, view}}, Absent{});
}

void TestServer::SetService(
    const std::string& name, const std::string& displayName, ServiceState state, StartType startType)
{
    ServiceStatus service;
    service.name = name;
    service.displayName = displayName;
    service.state = state;
    service.startType = startType;
    if (state == ServiceState::kRunning)
    {
        service.processId = 900;
        service.processStarted = kNow - std::chrono::days(10);
    }
    Set(QueryService{name}, service);
}

void TestServer::SetFolder(const std::string& path)
{
    FileInfo info;
    info.name = std::string(FileNameOf(path));
    info.attributes = file_attribute::kDirectory;
    info.created = kNow - std::chrono::days(300);
    info.written = kNow - std::chrono::days(1);
    Set(ReadFileInfo{path}, info);
}

void TestServer::SetFile(const std::string& path, std::uint64_t bytes)
{
    FileInfo info;
    info.name = std::string(FileNameOf(path));
    info.attributes = 0x20;
    info.bytes = bytes;
    info.created = kNow - std::chrono::days(300);
    info.written = kNow - std::chrono::days(200);
    Set(ReadFileInfo{path}, info);
}

void TestServer::Replace(const std::vector<std::pair<std::string, std::string>>& words)
{
    std::string text = WriteRecording({}, answers);
    for (const auto& [from, to] : words)
    {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        {
            text.replace(at, from.size(), to);
        }
    }
    Recording replaced;
    const Status read = ReadRecording(text, replaced);
    REQUIRE_MESSAGE(read.Ok(), (read.Ok() ? std::string() : read.Error().what));
    answers = replaced.machine;
}

Answer<LogScan> TestServer::Find(const ScanAgentLogs& question) const
{
    return Scan(log, question.patterns, question.wholeWords);
}

Answer<LogScan> TestServer::Find(const ScanInstallLogs& question) const
{
    return Scan(installLog, question.patterns, true);
}

Answer<LogScan> TestServer::Find(const ScanConsoleLogs& question) const
{
    return Scan(consoleLog, question.patterns, question.wholeWords);
}

Answer<EventList> TestServer::Find(const ReadEvents& question) const
{
    const auto inChannel = [&](const LoggedEvent& event) { return event.channel == question.channel; };
    const bool isThere = question.channel == kChannel || std::ranges::any_of(events, inChannel);
    return isThere ? Answer<EventList>(Choose(events, question.ids, inChannel)) : Answer<EventList>(Absent{});
}

Answer<EventList> TestServer::Find(const ReadProviderEvents& question) const
{
    return Choose(events, question.ids, [&](const LoggedEvent& event) {
        return event.channel == question.channel && event.provider == question.provider;
    });
}

Answer<CertificatePresence> TestServer::Find(const FindCertificates& question) const
{
    CertificatePresence found;
    const auto store = roots.find(question.store);
    for (const std::string& wanted : question.wanted)
    {
        if (store != roots.end() && std::ranges::find(store->second, wanted) != store->second.end())
        {
            found.present.push_back(wanted);
        }
    }
    return found;
}

Answer<VolumeInfo> TestServer::Find(const ReadVolume& question) const
{
    if (question.path.starts_with("\\\\"))
    {
        return VolumeInfo{question.path, DriveKind::kRemote, "NTFS", 1ULL << 40, 1ULL << 39, false};
    }
    const auto volume = volumes.find(question.path.substr(0, 1));
    return volume == volumes.end() ? Answer<VolumeInfo>(Absent{}) : Answer<VolumeInfo>(volume->second);
}

Answer<LocalVolumeList> TestServer::Find(const ListVolumes&) const
{
    LocalVolumeList list;
    for (const auto& [letter, volume] : volumes)
    {
        LocalVolume local{{volume.root}, volume.kind, volume.fileSystem};
        local.readOnly = volume.readOnly;
        local.empty = volume.kind == DriveKind::kOptical && volume.totalBytes == 0;
        list.volumes.push_back(local);
    }
    return list;
}

Answer<ChangeJournal> TestServer::Find(const ReadChangeJournal& question) const
{
    const auto volume = Find(ReadVolume{question.volume});
    if (!volume || volume->kind != DriveKind::kFixed || volume->fileSystem != "NTFS")
    {
        return Absent{};
    }
    // Windows makes it 32 MB large, and keeps up to 8 MB more.
    constexpr std::uint64_t kMegabyte = 1U << 20;
    return ChangeJournal{32 * kMegabyte, 4100 * kMegabyte, 4136 * kMegabyte, kNow - std::chrono::days(290)};
}

ProbeEnd TestServer::EndOf(const std::string& host, const std::string& proxy) const
{
    if (!proxy.empty())
    {
        const auto known = internet.proxies.find(proxy);
        return known == internet.proxies.end() ? ProbeEnd::kProxyUnreachable : known->second;
    }
    if (!internet.hasNames && !IsOneOf(host, internet.privateHosts))
    {
        return ProbeEnd::kNameNotResolved;
    }
    return IsOneOf(host, internet.open) ? ProbeEnd::kAnswered : internet.closedEnd;
}

std::uint32_t TestServer::CodeOf(ProbeEnd end) const
{
    switch (end)
    {
    case ProbeEnd::kAnswered:
    case ProbeEnd::kProxyNeedsLogin:
        return 0;
    case ProbeEnd::kNameNotResolved:
        return 11001;
    case ProbeEnd::kProxyUnreachable:
        return 10060;
    default:
        return internet.closedCode;
    }
}

Answer<NameResolution> TestServer::Find(const ResolveName& question) const
{
    NameResolution found;
    const bool isLocal = IsOneOf(question.host, internet.privateHosts)
        || EndsWithIgnoreCase(question.host, ".contoso.example");
    if (isLocal)
    {
        found.addresses = {"10.1.2.40"};
    }
    else if (internet.hasNames)
    {
        found.addresses = {"20.190.160.1"};
    }
    else
    {
        found.code = 11001;
    }
    return found;
}

Answer<HttpsProbe> TestServer::Find(const ProbeHttps& question) const
{
    HttpsProbe probe;
    probe.end = EndOf(question.host, question.proxy);
    probe.code = CodeOf(probe.end);
    probe.milliseconds = probe.end == ProbeEnd::kTimedOut ? 5000 : 60;
    if (probe.end == ProbeEnd::kProxyNeedsLogin)
    {
        probe.httpStatus = 407;
    }
    if (probe.end != ProbeEnd::kAnswered)
    {
        return probe;
    }
    if (!internet.hasTls)
    {
        probe.end = ProbeEnd::kTlsFailed;
        // SEC_E_ALGORITHM_MISMATCH.
        probe.code = 0x80090331;
        return probe;
    }
    probe.certificateIssuer = "CN=Microsoft Azure RSA TLS Issuing CA 04, O=Microsoft Corporation, C=US";
    probe.rootSubject = "CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US";
    probe.rootThumbprint = "df3c24f9bfd666761b268073fe06d1cc8d4f82a4";
    probe.rootKind = RootKind::kPublic;
    probe.trustLookup = TrustLookup::kNotNeeded;
    if (IsOneOf(question.host, internet.inspected))
    {
        probe.certificateIssuer = "CN=Contoso Web Gateway";
        probe.rootSubject = "CN=Contoso Root CA";
        probe.rootThumbprint = "1234567890abcdef1234567890abcdef12345678";
        probe.rootKind = internet.inspectionRoot;
    }
    if (probe.rootKind == RootKind::kUntrusted)
    {
        probe.end = ProbeEnd::kNotTrusted;
        // CERT_E_UNTRUSTEDROOT.
        probe.code = 0x800B0109;
        return probe;
    }
    probe.httpStatus = StatusOf(question.host);
    probe.serverDate = kNow - internet.clockAhead;
    return probe;
}

Answer<HttpProbe> TestServer::Find(const ProbeHttp& question) const
{
    HttpProbe probe;
    const bool isMetadata = question.host == kMetadataHost;
    probe.end = isMetadata ? (internet.azure ? ProbeEnd::kAnswered : ProbeEnd::kTimedOut)
                           : EndOf(question.host, question.proxy);
    probe.code = isMetadata && !internet.azure ? 10060 : CodeOf(probe.end);
    probe.milliseconds = 40;
    if (probe.end == ProbeEnd::kProxyNeedsLogin)
    {
        probe.httpStatus = 407;
    }
    if (probe.end == ProbeEnd::kAnswered)
    {
        probe.httpStatus = 200;
        const auto test = std::ranges::find(kNetworkTests, question.host, &NetworkTest::host);
        probe.body = test == kNetworkTests.end() ? std::string("{}") : std::string(test->body);
    }
    if (probe.httpStatus != 0)
    {
        probe.serverDate = kNow - internet.clockAhead;
        probe.answeredAt = kNow;
    }
    return probe;
}

Answer<ProxyRoute> TestServer::Find(const FindProxyForUrl& question) const
{
    if (question.script.empty())
    {
        return Absent{};
    }
    return internet.scriptFailure == 0
        ? Answer<ProxyRoute>(ProxyRoute{internet.scriptRoute})
        : Answer<ProxyRoute>(Failure{internet.scriptFailure, "fetch " + question.script});
}

} // namespace mars::test
