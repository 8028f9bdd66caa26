// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "connectivity/network.h"
#include "pass.h"

#include <array>
#include <memory>
#include <utility>

/// Windows translates the names of its own accounts, groups, services, devices and folders. No judgement may
/// rest on them.
namespace mars::test
{
namespace
{

struct Translation
{
    const char* language;
    const char* system;
    const char* administrators;
    const char* administrator;
    const char* iscsiDevice;
    const char* adapter;
    const char* windowsProduct;
    const char* agentProduct;
    /// Service, and what services.msc calls it.
    std::array<std::pair<const char*, const char*>, 7> services;
};

constexpr std::array kTranslations{
    Translation{"Spanish", "AUTORIDAD NT\\SISTEMA", "BUILTIN\\Administradores", "Administrador",
        "Iniciador iSCSI de Microsoft", "Conexión de área local", "Sistema operativo Microsoft® Windows®",
        "Agente de Microsoft Azure Recovery Services",
        {{{"obengine", "Agente de Microsoft Azure Recovery Services"},
            {"MSiSCSI", "Servicio del iniciador iSCSI de Microsoft"}, {"VSS", "Instantáneas de volumen"},
            {"swprv", "Proveedor de instantáneas de software de Microsoft"}, {"vds", "Disco virtual"},
            {"WinDefend", "Servicio Antivirus de Microsoft Defender"}, {"W32Time", "Hora de Windows"}}}},
    Translation{"German", "NT-AUTORITÄT\\SYSTEM", "VORDEFINIERT\\Administratoren", "Administrator",
        "Microsoft-iSCSI-Initiator", "LAN-Verbindung", "Betriebssystem Microsoft® Windows®",
        "Microsoft Azure Recovery Services-Agent",
        {{{"obengine", "Microsoft Azure Recovery Services-Agent"},
            {"MSiSCSI", "Microsoft iSCSI-Initiator-Dienst"}, {"VSS", "Volumeschattenkopie"},
            {"swprv", "Microsoft-Softwareschattenkopie-Anbieter"}, {"vds", "Virtueller Datenträger"},
            {"WinDefend", "Microsoft Defender Antivirus-Dienst"}, {"W32Time", "Windows-Zeitgeber"}}}},
};

const char* kUninstallKey = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\"
                            "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}";

void ReplaceAccount(
    RecordedMachine& machine, const std::string& element, const std::string& account, const char* sid)
{
    Edit(machine, ListTasks{kTaskFolder}, [&](TaskList& list) {
        std::string& xml = list.tasks.at(0).xml;
        const std::string before = "<UserId>S-1-5-18</UserId>";
        xml.replace(xml.find(before), before.size(), "<" + element + ">" + account + "</" + element + ">");
        const std::string triggers = "<Triggers>";
        xml.insert(xml.find(triggers),
            "<RegistrationInfo><Author>Ä, ñ &amp; co.</Author>"
            "<Description>Copia de seguridad</Description></RegistrationInfo>");
    });
    machine.Set(FindAccountSid{account}, AccountSid{sid});
}

/// The same server, set up in another language.
RecordedMachine InLanguage(const Translation& words, RecordedMachine machine)
{
    for (const auto& [service, name] : words.services)
    {
        Edit(machine, QueryService{service}, [&](ServiceStatus& status) { status.displayName = name; });
    }
    ReplaceAccount(machine, "UserId", words.system, "S-1-5-18");
    Edit(machine, ReadContext{}, [&](ProcessContext& context) { context.user = words.administrator; });
    Edit(machine, ListDevices{"ROOT\\ISCSIPRT"},
        [&](DeviceList& list) { list.devices.at(0).description = words.iscsiDevice; });
    Edit(machine, ListNetworkAdapters{},
        [&](NetworkAdapterList& list) { list.adapters.at(0).name = words.adapter; });
    Edit(machine, ListFilterDrivers{}, [&](FilterDriverList& list) {
        for (FilterDriver& driver : list.drivers)
        {
            driver.product = words.windowsProduct;
        }
    });
    machine.Set(ReadRegistryValue{{kUninstallKey, "DisplayName"}}, RegistryValue::String(words.agentProduct));
    return machine;
}

std::vector<CheckResult> RunAll(RecordedMachine machine)
{
    Given given;
    given.offlineSeeding = true;
    Pass pass(std::make_shared<RecordedMachine>(std::move(machine)), given);
    return pass.Run(AllRootCauses());
}

/// What is the matter with the server is the same in every language.
void CheckSameJudgements(const RecordedMachine& english)
{
    const auto expected = RunAll(english);
    for (const Translation& words : kTranslations)
    {
        CAPTURE(words.language);
        const auto found = RunAll(InLanguage(words, english));
        REQUIRE(found.size() == expected.size());
        for (std::size_t i = 0; i < found.size(); ++i)
        {
            CAPTURE(found[i].cause->id);
            CHECK(found[i].outcome.kind == expected[i].outcome.kind);
            CHECK(found[i].outcome.level == expected[i].outcome.level);
            CHECK(found[i].outcome.reason == expected[i].outcome.reason);
            CHECK(found[i].outcome.Text("case") == expected[i].outcome.Text("case"));
        }
    }
}

} // namespace

TEST_CASE("translated Windows: a healthy server is as healthy in Spanish and in German")
{
    CheckSameJudgements(OnlineServer());
}

TEST_CASE(
    "translated Windows: stopped and disabled services are found by their names, not by what they are called")
{
    RecordedMachine machine = OnlineServer();
    for (const char* service : {"obengine", "MSiSCSI", "VSS", "swprv", "vds", "W32Time"})
    {
        Edit(machine, QueryService{service}, [](ServiceStatus& status) {
            status.state = ServiceState::kStopped;
            status.startType = StartType::kDisabled;
        });
    }
    CheckSameJudgements(machine);
}

TEST_CASE("translated Windows: devices and filter drivers are judged by their ids and makers")
{
    RecordedMachine machine = OnlineServer();
    Edit(machine, ListDevices{"ROOT\\ISCSIPRT"},
        [](DeviceList& list) { list.devices.at(0).problemCode = 28; });
    Edit(machine, ListFilterDrivers{}, [](FilterDriverList& list) {
        list.drivers.push_back({"widgetflt", "FSFilter Anti-Virus", "328020", true, "Widget Corp.", ""});
    });
    CheckSameJudgements(machine);
}

TEST_CASE("translated Windows: the group of administrators may run the task under any name")
{
    for (const Translation& words : kTranslations)
    {
        CAPTURE(words.language);
        RecordedMachine machine = OnlineServer();
        ReplaceAccount(machine, "GroupId", words.administrators, "S-1-5-32-544");
        CheckPassed(Detect(*FindRootCause("scheduling.wrong_account"), machine));
    }
}

TEST_CASE("translated Windows: another account is found under any name")
{
    RecordedMachine machine = OnlineServer();
    ReplaceAccount(machine, "UserId", "NT-AUTORITÄT\\NETZWERKDIENST", "S-1-5-20");
    CheckProblem(Detect(*FindRootCause("scheduling.wrong_account"), machine), Level::kError);
}

} // namespace mars::test
