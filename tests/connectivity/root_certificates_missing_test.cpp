// SPDX-License-Identifier: MIT
#include "network.h"
#include "questions/certificates.h"
#include "questions/computer.h"
#include "questions/probes.h"
#include "questions/registry.h"
#include "root_certificates.h"

namespace mars::test
{
namespace
{

const RegistryPath kPolicy{
    "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot", "DisableRootAutoUpdate"};

const RootCause& Cause()
{
    return *FindRootCause("connectivity.root_certificates_missing");
}

/// The listed roots that have not expired, those that are wanted first, and where they are.
void SetRoots(RecordedMachine& machine, std::size_t inAuthRoot, std::size_t inRoot)
{
    std::vector<std::string> wanted;
    for (const RootCertificate& root : KnownRootCertificates())
    {
        if (root.expires > kNow)
        {
            wanted.push_back(root.thumbprint);
        }
    }
    const auto middle = wanted.begin() + static_cast<std::ptrdiff_t>(inAuthRoot);
    machine.Set(FindCertificates{"AuthRoot", wanted}, CertificatePresence{{wanted.begin(), middle}});
    machine.Set(FindCertificates{"Root", wanted},
        CertificatePresence{{middle, middle + static_cast<std::ptrdiff_t>(inRoot)}});
}

HttpsProbe NotTrusted(std::uint32_t code)
{
    HttpsProbe probe = Ended(ProbeEnd::kNotTrusted, code);
    probe.certificateIssuer = "CN=Contoso Inspection";
    probe.rootSubject = "CN=Contoso Root";
    return probe;
}

} // namespace

TEST_CASE("root_certificates_missing: roots that are there pass, in whichever store")
{
    RecordedMachine machine = OnlineServer();
    CheckPassed(Detect(Cause(), machine));
    SetRoots(machine, 2, 2);
    machine.Set(ReadRegistryValue{kPolicy}, RegistryValue::Dword(1));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("root_certificates_missing: somebody who is called like a store is not taken for it")
{
    RecordedMachine machine = OnlineServer();
    Edit(machine, ReadContext{}, [](ProcessContext& context) { context.user = "Root"; });
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("root_certificates_missing: the root that expired in 2025 is known and not asked for")
{
    bool known = false;
    for (const RootCertificate& root : KnownRootCertificates())
    {
        const bool isBaltimore = root.name == "Baltimore CyberTrust Root";
        known = known || isBaltimore;
        CHECK((root.expires > kNow) == !isBaltimore);
    }
    CHECK(known);
}

TEST_CASE("root_certificates_missing: a missing root counts only where Windows may not fetch it")
{
    RecordedMachine machine = OnlineServer();
    SetRoots(machine, 2, 1);
    for (const Answer<RegistryValue>& off :
        {Answer<RegistryValue>(Absent{}), Answer<RegistryValue>(RegistryValue::Dword(0))})
    {
        machine.Set(ReadRegistryValue{kPolicy}, off);
        const Outcome outcome = Detect(Cause(), machine);
        CheckPassed(outcome);
        CHECK(outcome.Text("case") == "fetched_when_needed");
    }
    machine.Set(ReadRegistryValue{kPolicy}, RegistryValue::Dword(1));
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kAdvice, "not_needed_yet");
    CHECK(outcome.facts.at("missing_roots")
        == Fact(std::vector<std::string>{"Microsoft ECC Root Certificate Authority 2017"}));
    machine.Set(ReadRegistryValue{kPolicy}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("root_certificates_missing: a live chain that ends in an untrusted root is an error")
{
    for (const std::uint32_t code : {0x800B0109U, 0x800B010AU})
    {
        RecordedMachine machine = OnlineServer();
        SetProbe(machine, "login.windows.net", NotTrusted(code));
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError, "untrusted_root");
        CHECK(outcome.facts.at("chains")
            == Fact(std::vector<Finding>{{"login.windows.net:443", "untrusted_root", "CN=Contoso Root"}}));
    }
    // Expired or for another name: the root is not to blame.
    for (const std::uint32_t code : {0x800B0101U, 0x800B010FU})
    {
        RecordedMachine machine = OnlineServer();
        SetProbe(machine, "login.windows.net", NotTrusted(code));
        CheckPassed(Detect(Cause(), machine));
    }
}

TEST_CASE("root_certificates_missing: a missing root in which a chain ends is a warning where Windows may "
          "not fetch it")
{
    // Its name was wrong, so that its chain was no matter of trust.
    HttpsProbe probe = Ended(ProbeEnd::kNotTrusted, 0x800B010F);
    probe.rootThumbprint = "7e04de896a3e666d00e687d33ffad93be83d349e";
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, "login.windows.net", probe);
    SetRoots(machine, 2, 2);
    machine.Set(ReadRegistryValue{kPolicy}, RegistryValue::Dword(1));
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kWarning, "missing");
    CHECK(outcome.facts.at("missing_roots") == Fact(std::vector<std::string>{"DigiCert Global Root G3"}));
    SetProbe(machine, "login.microsoftonline.com", Failure{code::kTimeout, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "missing");
    SetRoots(machine, 2, 3);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("root_certificates_missing: the chain of a sample is no matter")
{
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, Hosts(true).front(), NotTrusted(0x800B0109));
    CheckPassed(Detect(Cause(), machine));
    SetProbe(machine, Hosts(true).front(), Failure{code::kTimeout, "x"});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE(
    "root_certificates_missing: a root that only Azure's list has is not missed until a chain ends in it")
{
    RecordedMachine machine = OnlineServer();
    SetRoots(machine, 2, 2);
    machine.Set(ReadRegistryValue{kPolicy}, RegistryValue::Dword(1));
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK_FALSE(outcome.facts.contains("missing_roots"));
}

TEST_CASE("root_certificates_missing: without a single chain nothing can be told of the roots")
{
    RecordedMachine machine = OnlineServer();
    SetAll(machine, Ended(ProbeEnd::kTimedOut, 10060));
    CheckCouldNotCheck(Detect(Cause(), machine), 10060);
    SetRoots(machine, 1, 1);
    machine.Set(ReadRegistryValue{kPolicy}, RegistryValue::Dword(1));
    CheckCouldNotCheck(Detect(Cause(), machine), 10060);
}

TEST_CASE("root_certificates_missing: a host that was not reached shows no chain, one that was not asked may "
          "have one")
{
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kTimedOut, 10060));
    CheckPassed(Detect(Cause(), machine));
    SetProbe(machine, "login.windows.net", Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("root_certificates_missing: offline the stores are judged alone")
{
    RecordedMachine machine = HealthyServer();
    CheckPassed(Detect(Cause(), machine, Offline()));
    SetRoots(machine, 1, 1);
    machine.Set(ReadRegistryValue{kPolicy}, RegistryValue::Dword(1));
    CheckProblem(Detect(Cause(), machine, Offline()), Level::kAdvice, "not_needed_yet");
}

TEST_CASE("root_certificates_missing: stores or a clock that cannot be read let nothing pass")
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ReadClock{}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    CHECK_FALSE(ParseRootCertificates("<root_certificates/>").has_value());
    CHECK_FALSE(
        ParseRootCertificates("<root_certificates><root name='a' thumbprint='00' expires='2030-01-01'/>"
                              "</root_certificates>")
            .has_value());
}

TEST_CASE("root_certificates_missing: a look on the network that nothing answered is said")
{
    RecordedMachine machine = OnlineServer();
    HttpsProbe probe = Ended(ProbeEnd::kNotTrusted, 0x800B010A);
    probe.rootSubject = "CN=Some Authority";
    for (const auto& [lookup, token] :
        {std::pair(TrustLookup::kUnknown, "untrusted_root"), std::pair(TrustLookup::kEnded, "untrusted_root"),
            std::pair(TrustLookup::kCutOff, "untrusted_root_cut_off")})
    {
        probe.trustLookup = lookup;
        SetProbe(machine, "login.windows.net", probe);
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError, "untrusted_root");
        CHECK(std::get<std::vector<Finding>>(outcome.facts.at("chains")).front().token == token);
    }
}

} // namespace mars::test
