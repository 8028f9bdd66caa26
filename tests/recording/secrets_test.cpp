// SPDX-License-Identifier: MIT
#include "secrets.h"

#include "questions/log.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "recorder.h"
#include "recording.h"
#include "test_support.h"

#include <algorithm>

using namespace mars;
using namespace mars::test;

TEST_CASE("A secret in a text is replaced, what stands around it stays")
{
    struct Row
    {
        const char* text;
        const char* cleaned;
    };
    for (const Row& row :
        {
            Row{"password=hunter2;user=sa", "password=REMOVED-SECRET;user=sa"},
            Row{"Password: hunter2 next", "Password: REMOVED-SECRET next"},
            Row{"{\"client_secret\":\"hun,ter2\",\"a\":1}", "{\"client_secret\":\"REMOVED-SECRET\",\"a\":1}"},
            Row{"{\\\"password\\\":\\\"hunter2\\\"}", "{\\\"password\\\":\\\"REMOVED-SECRET\\\"}"},
            Row{"<ManagementCert>MIIhunter2==</ManagementCert>",
                "<ManagementCert>REMOVED-SECRET</ManagementCert>"},
            Row{"&lt;ManagementCert&gt;MIIhunter2&lt;/ManagementCert&gt;",
                "&lt;ManagementCert&gt;REMOVED-SECRET&lt;/ManagementCert&gt;"},
            Row{"ManagementCert = MIIhunter2", "ManagementCert = REMOVED-SECRET"},
            Row{"x.exe -Password hunter2 -Verbose", "x.exe -Password REMOVED-SECRET -Verbose"},
            Row{"x.exe /password:hunter2", "x.exe /password:REMOVED-SECRET"},
            Row{"Set-OBMachineSetting -EncryptionPassphrase 'hun ter2' -x",
                "Set-OBMachineSetting -EncryptionPassphrase 'REMOVED-SECRET' -x"},
            Row{"powershell -EncodedCommand aAB1AG4A", "powershell -EncodedCommand REMOVED-SECRET"},
            Row{"Authorization: Bearer hunter2", "Authorization: Bearer REMOVED-SECRET"},
            Row{"Proxy-Authorization: Basic aHVudGVyMg==\r\nHost: a",
                "Proxy-Authorization: Basic REMOVED-SECRET\r\nHost: a"},
            Row{"sent Bearer hunter2hunter2 to", "sent Bearer REMOVED-SECRET to"},
            Row{"https://a.blob.core.windows.net/c?sv=1&sig=hunter2%3D&se=2",
                "https://a.blob.core.windows.net/c?sv=1&sig=REMOVED-SECRET&se=2"},
            Row{"http://maria:hunter2@proxy.example:8080/",
                "http://maria:REMOVED-SECRET@proxy.example:8080/"},
            Row{"http=maria:hunter2@proxy:80;https=b:443", "http=maria:REMOVED-SECRET@proxy:80;https=b:443"},
            Row{"AccountName=a;AccountKey=hunter2+/==;E=c", "AccountName=a;AccountKey=REMOVED-SECRET;E=c"},
            Row{"password%3Dhunter2&x", "password%3DREMOVED-SECRET&x"},
            Row{"got eyJhbGciOiJub25lIn0.eyJzdWIiOiJodW50ZXIyIn0.c2ln done", "got REMOVED-SECRET done"},
            Row{"key q8Zx3Lw0Rt5Yb7Nm2Vc9Kd4Jf6Hg1Ps8Xa0Qe5Wu3Io7Ty2Bn9Mz4 end", "key REMOVED-SECRET end"},
            Row{"a -----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY----- b", "a REMOVED-SECRET b"},
        })
    {
        CAPTURE(row.text);
        const std::string cleaned = RemoveSecrets(std::string_view(row.text));
        CHECK(cleaned == row.cleaned);
        CHECK(RemoveSecrets(std::string_view(cleaned)) == cleaned);
    }
}

TEST_CASE("Texts without a secret stay untouched")
{
    for (const std::string text : {"The passphrase was not found.", "Password has expired; user maria",
             "System.Core, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089",
             "Package_for_RollupFix~31bf3856ad364e35~amd64~~17763.6999.1.4",
             "https://pod01-manag1.jpe.backup.windowsazure.com:443/a/b?api-version=2021-02-01",
             "mailto:maria@contoso.example", "S-1-5-21-1111111111-2222222222-3333333333-1105",
             "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}", "8f43288ad272f3103b6fb1428485ea3014c0bcfe",
             "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\bin\\Modules\\MSOnlineBackup",
             "a2c1f0d9a2c1f0d9a2c1f0d9a2c1f0d9a2c1f0d9a2c1f0d9a2c1f0d9a2c1f0d9",
             "-command \"Import-Module MSOnlineBackup; Start-OBBackup\"", "ROOT\\ISCSIPRT\\0000",
             "2025-01-10T21:00:00", "proxy.example:8080", ""})
    {
        CAPTURE(text);
        CHECK(RemoveSecrets(std::string_view(text)) == text);
    }
}

TEST_CASE("A long text is cleaned in one go")
{
    std::string text;
    for (int i = 0; i < 20'000; ++i)
    {
        text += i % 2 == 0 ? "/aaaa:" : "password<&quot;\"-";
    }
    CHECK(RemoveSecrets(std::string_view(text)).size() <= text.size() * 3);
}

TEST_CASE("A secret in registry values is gone in every type, and by the value's name")
{
    RegistryValue text = RegistryValue::String("password=hunter2");
    RemoveSecrets(text);
    CHECK(text == RegistryValue::String("password=REMOVED-SECRET"));
    RegistryValue texts = RegistryValue::MultiString({"a", "pwd=hunter2"});
    RemoveSecrets(texts);
    CHECK(texts == RegistryValue::MultiString({"a", "pwd=REMOVED-SECRET"}));
    RegistryValue bytes{kRegBinary, text.bytes};
    bytes.bytes = RegistryValue::String("password=hunter2").bytes;
    RemoveSecrets(bytes);
    CHECK(std::ranges::count(bytes.bytes, 'x') == static_cast<std::ptrdiff_t>(bytes.bytes.size()));
    RegistryValue blob{kRegBinary, {1, 2, 3}};
    RemoveSecrets(blob, "ProxyPassword");
    CHECK(blob == RegistryValue::String("REMOVED-SECRET"));
    RegistryValue flag = RegistryValue::Dword(1);
    RemoveSecrets(flag, "RequirePassword");
    CHECK(flag == RegistryValue::Dword(1));
}

TEST_CASE("The recorder lets no secret through, neither into the recording nor to who asks")
{
    auto server = std::make_shared<RecordedMachine>();
    ProxySettings proxy;
    proxy.server = "maria:hunter2@proxy:8080";
    server->Set(ReadProxySettings{}, proxy);
    LogScan scan;
    scan.matches.push_back({kNow, "x", "FATAL", "Authorization: Bearer hunter2"});
    server->Set(ScanAgentLogs{"C:\\Logs", {"x"}}, scan);
    server->Set(
        ListRegistryKey{"HKLM\\X"}, RegistryKeyContent{{}, {{"Password", RegistryValue::String("hunter2")}}});
    server->Set(ReadRegistryValue{{"HKLM\\X", "Password"}}, RegistryValue::String("hunter2"));
    server->Set(QueryService{"x"}, Failure{5, "open pwd=hunter2"});
    const auto recording = std::make_shared<RecordedMachine>();
    const auto machine = RecordAnswers(server, recording);
    CHECK(machine->Ask(ReadProxySettings{}, {})->server == "maria:REMOVED-SECRET@proxy:8080");
    CHECK(machine->Ask(ScanAgentLogs{"C:\\Logs", {"x"}}, {})->matches.front().message
        == "Authorization: Bearer REMOVED-SECRET");
    CHECK(machine->Ask(ListRegistryKey{"HKLM\\X"}, {}).HasValue());
    CHECK(machine->Ask(ReadRegistryValue{{"HKLM\\X", "Password"}}, {}).HasValue());
    CHECK(machine->Ask(QueryService{"x"}, {}).Error().what == "open pwd=REMOVED-SECRET");
    CHECK(recording->QuestionCount() == 5);
    CHECK(WriteRecording({}, *recording).find("hunter2") == std::string::npos);
}
