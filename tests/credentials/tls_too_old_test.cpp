// SPDX-License-Identifier: MIT
#include "questions/log.h"
#include "questions/registry.h"
#include "zones.h"

namespace mars::test
{
namespace
{

const std::string kProtocols =
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\";
const RegistryPath kEnabled{kProtocols + "TLS 1.2\\Client", "Enabled"};
const RegistryPath kByDefault{kProtocols + "TLS 1.2\\Client", "DisabledByDefault"};
const RegistryPath kOldEnabled{kProtocols + "TLS 1.0\\Client", "Enabled"};
const RegistryPath kOldByDefault{kProtocols + "TLS 1.0\\Client", "DisabledByDefault"};
const std::string kWinHttpKey =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp";
const RegistryPath kWinHttp{kWinHttpKey, "DefaultSecureProtocols"};
const RegistryPath kWinHttp32{kWinHttpKey, "DefaultSecureProtocols", RegistryView::k32};
const std::string kDotNetKey = "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319";
const RegistryPath kStrong{kDotNetKey, "SchUseStrongCrypto"};
const RegistryPath kSystemDefault32{kDotNetKey, "SystemDefaultTlsVersions", RegistryView::k32};
const ScanAgentLogs kLog{"C:\\Program Files\\Microsoft Azure Recovery Services Agent\\Temp",
    {"SSL/TLS", "secure channel", "0x80072F8F", "0x80072F7D", "0x80090331", "0x80090302"}};

const RootCause& Cause()
{
    return *FindRootCause("credentials.tls_too_old");
}

void SetLine(RecordedMachine& machine, std::chrono::hours age)
{
    machine.Set(kLog,
        LogScan{{{kNow - age, "SSL/TLS", "WARNING", "Could not create SSL/TLS secure channel."}}, {1}, kNow});
}

RecordedMachine WithoutStrongCrypto()
{
    RecordedMachine machine = AdvisedServer();
    SetAbsent(machine, kStrong);
    machine.Set(kLog, LogScan{});
    return machine;
}

} // namespace

TEST_CASE("tls_too_old: TLS 1.2 that is there passes, and TLS 1.0 that is off is explained")
{
    RecordedMachine machine = AdvisedServer();
    CheckPassed(Detect(Cause(), machine));
    SetNumber(machine, kEnabled, 1);
    SetNumber(machine, kByDefault, 0);
    SetNumber(machine, kWinHttp, 0x800);
    SetNumber(machine, kWinHttp32, 0x2000);
    const Outcome plain = Detect(Cause(), machine);
    CheckPassed(plain);
    CHECK(plain.facts.at("tls10_off") == Fact(false));
    for (const auto& [path, number] : {std::pair(kOldEnabled, 0U), std::pair(kOldByDefault, 1U)})
    {
        RecordedMachine off = AdvisedServer();
        SetNumber(off, path, number);
        const Outcome outcome = Detect(Cause(), off);
        CheckPassed(outcome);
        CHECK(outcome.Text("case") == "passed_old_off");
        CHECK(outcome.facts.at("tls10_off") == Fact(true));
    }
}

TEST_CASE("tls_too_old: TLS 1.2 that is off, or missing for WinHTTP, is an error")
{
    RecordedMachine machine = AdvisedServer();
    SetNumber(machine, kEnabled, 0);
    CheckProblem(Detect(Cause(), machine), Level::kError, "disabled");
    for (const RegistryPath& path : {kWinHttp, kWinHttp32})
    {
        for (const std::uint32_t number : {0U, 0x80U, 0x280U})
        {
            machine = AdvisedServer();
            SetNumber(machine, path, number);
            CheckProblem(Detect(Cause(), machine), Level::kError, "winhttp");
        }
    }
}

TEST_CASE("tls_too_old: TLS 1.2 that is off by default is a warning")
{
    RecordedMachine machine = AdvisedServer();
    SetNumber(machine, kByDefault, 1);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "not_default");
    SetNumber(machine, kEnabled, 0xFFFFFFFF);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "not_default");
}

TEST_CASE("tls_too_old: missing strong cryptography is advice, and a warning with a reason")
{
    for (const RegistryPath& path : {kStrong, kSystemDefault32})
    {
        RecordedMachine machine = WithoutStrongCrypto();
        SetNumber(machine, kStrong, 1);
        SetNumber(machine, path, 0);
        CheckProblem(Detect(Cause(), machine), Level::kAdvice, "strong_crypto");
    }
    RecordedMachine machine = WithoutStrongCrypto();
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kAdvice, "strong_crypto");
    CHECK(outcome.facts.at("values") == Fact(std::vector<std::string>{kDotNetKey + "\\SchUseStrongCrypto"}));
    // The last backup of the healthy server succeeded 14 hours ago.
    SetLine(machine, std::chrono::hours(15));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "strong_crypto");
    SetLine(machine, std::chrono::hours(14));
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "strong_crypto_errors");
    SetNumber(machine, kOldEnabled, 0);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "strong_crypto_errors");
}

TEST_CASE("tls_too_old: a hardened server without the values for .NET gets advice, and no warning")
{
    RecordedMachine machine = WithoutStrongCrypto();
    SetNumber(machine, kOldEnabled, 0);
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "strong_crypto_old_off");
    SetLine(machine, std::chrono::hours(15));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "strong_crypto_old_off");
}

TEST_CASE("tls_too_old: the log need not be readable, the values must be")
{
    RecordedMachine machine = WithoutStrongCrypto();
    machine.Set(kLog, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "strong_crypto");
    for (const RegistryPath& path : {kEnabled, kOldByDefault, kWinHttp32, kSystemDefault32})
    {
        machine = AdvisedServer();
        machine.Set(ReadRegistryValue{path}, Failure{code::kAccessDenied, "x"});
        CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
        CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    }
}

TEST_CASE("tls_too_old: the repair writes only what is absent or wrong, and never TLS 1.0")
{
    RecordedMachine machine = AdvisedServer();
    SetNumber(machine, kEnabled, 0);
    SetNumber(machine, kByDefault, 1);
    SetNumber(machine, kOldEnabled, 0);
    SetNumber(machine, kWinHttp, 0x80);
    SetAbsent(machine, kStrong);
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(proposal.plan.changes
        == std::vector<Change>{
            SetRegistryValue{kEnabled, RegistryValue::Dword(0), RegistryValue::Dword(1), false, {}},
            SetRegistryValue{kByDefault, RegistryValue::Dword(1), RegistryValue::Dword(0), false, {}},
            SetRegistryValue{kWinHttp, RegistryValue::Dword(0x80), RegistryValue::Dword(0x880), false, {}},
            SetRegistryValue{kStrong, std::nullopt, RegistryValue::Dword(1), false, {}}});
    CHECK_FALSE(LowersProtection(proposal.plan));
    CHECK(IsReversible(proposal.plan));
    CHECK(Propose(Cause(), AdvisedServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
