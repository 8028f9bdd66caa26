// SPDX-License-Identifier: MIT
#include "agent_log.h"
#include "catalogue.h"
#include "connectivity/network.h"
#include "failed_files.h"
#include "log_errors.h"
#include "mars_agent.h"
#include "pass.h"
#include "questions/devices.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/firewall.h"
#include "questions/log.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "recording.h"
#include "scheduling/tasks.h"
#include "task_accounts.h"

#include <fmt/format.h>

#include <algorithm>

/// Every root cause on a Spanish and on a German Windows: what Windows translates, and names with letters
/// that English has not, must change no result.
namespace mars::test
{
namespace
{

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct WindowsLanguage
{
    const char* name;
    /// What the English server says, and what this one says in its place.
    Pairs words;
    /// In the order of kSystem and so on.
    std::vector<OwnAccount> accounts;
    /// Lines of the agent's log as the libraries below it write them.
    std::string proxyNeedsLogin;
    std::string tlsFailed;
    std::string failedFilesHead;
};

enum Account : std::size_t
{
    kSystem,
    kLocalService,
    kAdministrators,
    kUsers
};

std::vector<OwnAccount> Accounts(const std::string& authority, const std::string& service,
    const std::string& builtIn, const std::string& administrators, const std::string& users)
{
    return {{"S-1-5-18", authority, "SYSTEM"}, {"S-1-5-19", authority, service},
        {"S-1-5-32-544", builtIn, administrators}, {"S-1-5-32-545", builtIn, users}};
}

const WindowsLanguage& English()
{
    static const WindowsLanguage language{"English", {},
        Accounts("NT AUTHORITY", "LOCAL SERVICE", "BUILTIN", "Administrators", "Users"),
        "The remote server returned an error: (407) Proxy Authentication Required.",
        "The request was aborted: Could not create SSL/TLS secure channel.",
        "The following files could not be backed up. Add them to the exclusion list."};
    return language;
}

const WindowsLanguage& Spanish()
{
    static const WindowsLanguage language{"Spanish",
        {{"maria.lopez", "maría.núñez"},
            {">Microsoft Azure Recovery Services Agent</", ">Agente de Microsoft Azure Recovery Services</"},
            {"Microsoft iSCSI Initiator Service", "Servicio del iniciador iSCSI de Microsoft"},
            {"Microsoft iSCSI Initiator", "Iniciador iSCSI de Microsoft"},
            {"Volume Shadow Copy", "Instantáneas de volumen"},
            {"Microsoft Software Shadow Copy Provider", "Proveedor de instantáneas de software de Microsoft"},
            {"Virtual Disk", "Disco virtual"}, {"Windows Time", "Hora de Windows"},
            {"Microsoft Defender Antivirus Service", "Servicio Antivirus de Microsoft Defender"},
            {"Ethernet0", "Conexión de área local"},
            {"vmxnet3 Ethernet Adapter", "Adaptador Ethernet vmxnet3"},
            {"No Asset Tag", "Sin etiqueta de activo"}, {"Block the agent", "Bloquear el agente: salida"}},
        Accounts("NT AUTHORITY", "SERVICIO LOCAL", "BUILTIN", "Administradores", "Usuarios"),
        "Error en el servidor remoto: (407) Se requiere autenticación de proxy.",
        "Se ha terminado la solicitud: No se puede crear un canal seguro SSL/TLS.",
        "No se pudo realizar la copia de seguridad de estos archivos. Agréguelos a la lista de exclusión."};
    return language;
}

const WindowsLanguage& German()
{
    static const WindowsLanguage language{"German",
        {{"maria.lopez", "jörg.größer"},
            {">Microsoft Azure Recovery Services Agent</", ">Microsoft Azure Recovery Services-Agent</"},
            {"Microsoft iSCSI Initiator Service", "Microsoft iSCSI-Initiator-Dienst"},
            {"Microsoft iSCSI Initiator", "Microsoft iSCSI-Initiator"},
            {"Volume Shadow Copy", "Volumeschattenkopie"},
            {"Microsoft Software Shadow Copy Provider", "Microsoft-Softwareschattenkopie-Anbieter"},
            {"Virtual Disk", "Virtueller Datenträger"}, {"Windows Time", "Windows-Zeitgeber"},
            {"Microsoft Defender Antivirus Service", "Microsoft Defender Antivirus-Dienst"},
            {"Ethernet0", "LAN-Verbindung für Büro"},
            {"vmxnet3 Ethernet Adapter", "vmxnet3-Ethernet-Adapter"}, {"No Asset Tag", "Keine Anlagennummer"},
            {"Block the agent", "Agent blockieren (ausgehend, für alle)"}},
        Accounts("NT-AUTORITÄT", "Lokaler Dienst", "VORDEFINIERT", "Administratoren", "Benutzer"),
        "Der Remoteserver hat einen Fehler zurückgegeben: (407) Proxyauthentifizierung erforderlich.",
        "Die Anfrage wurde abgebrochen: Es konnte kein geschützter SSL/TLS-Kanal erstellt werden.",
        "Die folgenden Dateien konnten nicht gesichert werden. Fügen Sie sie der Ausschlussliste hinzu."};
    return language;
}

std::string ReplacedAll(std::string text, const Pairs& pairs)
{
    for (const auto& [from, to] : pairs)
    {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        {
            text.replace(at, from.size(), to);
        }
    }
    return text;
}

/// The same server in another language: its recording with other words.
RecordedMachine Translated(const RecordedMachine& machine, const WindowsLanguage& language)
{
    RecordingHeader header;
    header.toolVersion = "test";
    header.taken = kNow;
    Recording recording;
    const Status read =
        ReadRecording(ReplacedAll(WriteRecording(header, machine), language.words), recording);
    REQUIRE(read.Ok());
    return std::move(recording.machine);
}

/// The backup task's principal as an old scheduler has it, by name, and as the adapter passes it on.
void SetPrincipal(RecordedMachine& machine, const WindowsLanguage& language, const char* element, Account who)
{
    const OwnAccount& account = language.accounts[who];
    EditTask(machine, [&](ScheduledTask& task) {
        task.xml = Replaced(task.xml, "<UserId>S-1-5-18</UserId>",
            fmt::format("<{0}>{1}\\{2}</{0}>", element, account.domain, account.name));
        task.xml = WithSids(task.xml, language.accounts);
    });
}

RecordedMachine ServerIn(const WindowsLanguage& language)
{
    RecordedMachine machine = OnlineServer();
    SetPrincipal(machine, language, "UserId", kSystem);
    return machine;
}

LogScan ScanLine(const std::string& message, std::vector<std::string> patterns, bool wholeWords = false)
{
    AgentLogFile file;
    file.written = kNow;
    const auto text = std::make_shared<const std::string>(
        "44B4\t3968\t03/10\t11:30:00.000\t71\tbackupasync.cpp(1607)\t[000000001B73B830]\t"
        "0517B3DB-347D-45A8-9DAB-FD7D1EA7D134\t\tWARNING\t"
        + message + "\r\n");
    file.size = text->size();
    file.read = [text](std::uint64_t offset, std::span<char> bytes) {
        const std::string part = text->substr(std::min<std::size_t>(offset, text->size()), bytes.size());
        std::ranges::copy(part, bytes.begin());
        return Answer<std::size_t>(part.size());
    };
    AgentLogScanner scanner({AgentLogSearch{std::move(patterns), wholeWords}});
    REQUIRE(scanner.Add(file, Wait{}));
    return scanner.Take().front();
}

struct Scenario
{
    const char* name;
    void (*spoil)(RecordedMachine& machine, const WindowsLanguage& language);
    /// The row that finds it, with how it ends.
    const char* id;
    OutcomeKind kind = OutcomeKind::kProblem;
};

void Disable(RecordedMachine& machine, const char* service)
{
    Edit(machine, QueryService{service}, [](ServiceStatus& status) {
        status.startType = StartType::kDisabled;
        status.state = ServiceState::kStopped;
    });
}

const Scenario kScenarios[] = {
    {"a task that runs as the local service, by its name",
        [](RecordedMachine& machine, const WindowsLanguage& language) {
            SetPrincipal(machine, language, "UserId", kLocalService);
        },
        "scheduling.wrong_account"},
    {"a task that runs as the group of administrators, by its name",
        [](RecordedMachine& machine, const WindowsLanguage& language) {
            SetPrincipal(machine, language, "GroupId", kAdministrators);
        },
        "scheduling.wrong_account", OutcomeKind::kPassed},
    {"a task that runs as the group of users, by its name",
        [](RecordedMachine& machine, const WindowsLanguage& language) {
            SetPrincipal(machine, language, "GroupId", kUsers);
        },
        "scheduling.wrong_account"},
    {"a stopped agent",
        [](RecordedMachine& machine, const WindowsLanguage&) { Disable(machine, "obengine"); },
        "basics.service_stopped"},
    {"a stopped iSCSI service",
        [](RecordedMachine& machine, const WindowsLanguage&) { Disable(machine, "MSiSCSI"); },
        "restore.iscsi_service_stopped"},
    {"a time service that is switched off",
        [](RecordedMachine& machine, const WindowsLanguage&) { Disable(machine, "W32Time"); },
        "basics.clock_wrong"},
    {"shadow copies that are switched off",
        [](RecordedMachine& machine, const WindowsLanguage&) { Disable(machine, "VSS"); },
        "jobs.shadow_services_disabled"},
    {"an installation after the last start",
        [](RecordedMachine& machine, const WindowsLanguage&) {
            machine.Set(ReadRegistryValue{{"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\"
                                           "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}",
                            "InstallDate"}},
                RegistryValue::String("20260309"));
            // Where the list calls the agent otherwise, its program tells.
            Edit(machine, ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"},
                [](FileInfo& file) { file.created = kNow - std::chrono::days(1); });
        },
        "scheduling.not_restarted_since_install"},
    {"a proxy that asks the agent for a login",
        [](RecordedMachine& machine, const WindowsLanguage& language) {
            SetLog(machine, kLoginPatterns, ScanLine(language.proxyNeedsLogin, kLoginPatterns));
        },
        "connectivity.proxy_needs_login"},
    {"TLS that failed",
        [](RecordedMachine& machine, const WindowsLanguage& language) {
            const std::vector<std::string> patterns{
                "SSL/TLS", "secure channel", "0x80072F8F", "0x80072F7D", "0x80090331", "0x80090302"};
            SetLog(machine, patterns, ScanLine(language.tlsFailed, patterns));
            machine.Set(ReadRegistryValue{{"HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319",
                            "SchUseStrongCrypto"}},
                Absent{});
        },
        "credentials.tls_too_old"},
    {"a known error beside a translated text",
        [](RecordedMachine& machine, const WindowsLanguage& language) {
            const auto patterns = LogErrorPatterns();
            machine.Set(ScanAgentLogs{kLogFolder, patterns, true},
                ScanLine(language.tlsFailed + " (0x186D2)", patterns, true));
        },
        "jobs.recent_errors"},
    {"files that were skipped",
        [](RecordedMachine& machine, const WindowsLanguage& language) {
            FailedFiles list = ParseFailedFiles(language.failedFilesHead
                + "\r\n------------------------------\r\nD:\\Büro\\año.docx 0x80070020\r\n"
                  "------------------------------\r\n");
            list.name = "LastBackupFailedFiles17af1_3_9_2026.txt";
            list.written = kNow - std::chrono::hours(14);
            machine.Set(ReadFailedFiles{kLogFolder}, list);
        },
        "jobs.files_skipped"},
    {"a rule of the firewall",
        [](RecordedMachine& machine, const WindowsLanguage&) {
            Edit(machine, ReadFirewall{}, [](FirewallState& state) {
                state.rules.push_back({"Block the agent", std::string(kInstallPath) + "bin\\cbengine.exe", {},
                    6, {}, {}, 7, true});
            });
        },
        "connectivity.firewall_rule_blocks"},
    {"exclusions that administrators may not see",
        [](RecordedMachine& machine, const WindowsLanguage&) {
            Edit(machine, ReadDefender{}, [](DefenderState& state) { state.exclusionsHidden = true; });
        },
        "basics.antivirus_exclusions_missing", OutcomeKind::kCouldNotCheck},
    {"the device without a driver",
        [](RecordedMachine& machine, const WindowsLanguage&) {
            Edit(machine, ListDevices{"ROOT\\ISCSIPRT"},
                [](DeviceList& list) { list.devices.at(0).problemCode = 28; });
        },
        "restore.iscsi_driver_missing"},
};

/// What counts: kind, level, reason, code and text of every row.
std::vector<std::string> ResultsOn(const RecordedMachine& machine)
{
    Pass pass(std::make_shared<RecordedMachine>(machine), {}, MarsAgent(), std::chrono::hours(1));
    std::vector<std::string> results;
    for (const CheckResult& result : pass.Run(AllRootCauses()))
    {
        const Outcome& outcome = result.outcome;
        results.push_back(fmt::format("{}: {} {} {} {} {}", result.cause->id, WordOf(outcome.kind),
            outcome.IsProblem() ? WordOf(outcome.level) : "-", outcome.reason,
            outcome.error ? outcome.error->code : 0, outcome.Text("case")));
    }
    return results;
}

void CheckSameResults(const RecordedMachine& machine, const RecordedMachine& translated)
{
    const auto wanted = ResultsOn(machine);
    const auto found = ResultsOn(translated);
    REQUIRE(found.size() == wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i)
    {
        CHECK(found[i] == wanted[i]);
    }
}

} // namespace

TEST_CASE("translated windows: a healthy Spanish or German server is as healthy as an English one")
{
    for (const WindowsLanguage* language : {&Spanish(), &German()})
    {
        INFO("", std::string(language->name));
        CheckSameResults(OnlineServer(), Translated(ServerIn(*language), *language));
    }
}

TEST_CASE("translated windows: what is wrong is found in each language, and nothing else")
{
    for (const Scenario& scenario : kScenarios)
    {
        INFO("", std::string(scenario.name));
        RecordedMachine english = ServerIn(English());
        scenario.spoil(english, English());
        for (const WindowsLanguage* language : {&Spanish(), &German()})
        {
            INFO("", std::string(language->name));
            RecordedMachine machine = ServerIn(*language);
            scenario.spoil(machine, *language);
            const RecordedMachine translated = Translated(machine, *language);
            CheckSameResults(english, translated);
            // From the recording and from the redacted one too.
            CHECK(Detect(*FindRootCause(scenario.id), translated).kind == scenario.kind);
        }
    }
}

TEST_CASE("translated windows: a repair writes no translated name")
{
    const RootCause& cause = *FindRootCause("scheduling.wrong_account");
    for (const WindowsLanguage* language : {&English(), &Spanish(), &German()})
    {
        INFO("", std::string(language->name));
        RecordedMachine machine = ServerIn(*language);
        CHECK(Propose(cause, machine).kind == RepairProposal::Kind::kNothingToDo);
        SetPrincipal(machine, *language, "UserId", kLocalService);
        const auto change = OnlyChange<SetTaskAccount>(Propose(cause, machine));
        CHECK(change.accountBefore == "S-1-5-19");
        CHECK(change.accountAfter == "S-1-5-18");
    }
}

} // namespace mars::test
