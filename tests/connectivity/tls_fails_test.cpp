// SPDX-License-Identifier: MIT
#include "network.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "root_certificates.h"

namespace mars::test
{
namespace
{

constexpr std::uint32_t kUntrustedRoot = 0x800B0109;

const RootCause& Cause()
{
    return *FindRootCause("connectivity.tls_fails");
}

HttpsProbe Secured(RootKind kind, const std::string& thumbprint = std::string(40, 'e'))
{
    HttpsProbe probe = Ended(ProbeEnd::kAnswered, 0, 200);
    probe.certificateIssuer = "CN=Contoso Inspection";
    probe.rootSubject = "CN=Contoso Root";
    probe.rootThumbprint = thumbprint;
    probe.rootKind = kind;
    return probe;
}

HttpsProbe NotTrusted()
{
    HttpsProbe probe = Ended(ProbeEnd::kNotTrusted, kUntrustedRoot);
    probe.certificateIssuer = "CN=Contoso Inspection";
    return probe;
}

} // namespace

TEST_CASE("tls_fails: TLS with public certificates passes")
{
    RecordedMachine machine = OnlineServer();
    SetAll(machine, Secured(RootKind::kPublic));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE(
    "tls_fails: a handshake that fails and a certificate that is not trusted are errors, each with its text")
{
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kTlsFailed, 0x80090331));
    CheckProblem(Detect(Cause(), machine), Level::kError, "handshake");
    SetProbe(machine, "login.microsoftonline.com", NotTrusted());
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    SetProbe(machine, "login.windows.net", NotTrusted());
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "not_trusted");
    CHECK(std::get<std::vector<Finding>>(outcome.facts.at("failed_hosts")).front()
        == Finding{"login.microsoftonline.com:443", "not_trusted",
            "2148204809 (0x800B0109), CN=Contoso Inspection"});
}

TEST_CASE("tls_fails: an issuer that somebody added here is a warning that names it")
{
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, "login.microsoftonline.com", Secured(RootKind::kAdded));
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kWarning, "inspected");
    CHECK(outcome.facts.at("issuers") == Fact(std::vector<std::string>{"CN=Contoso Inspection"}));
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kTlsFailed, 0x80090331));
    CheckProblem(Detect(Cause(), machine), Level::kError, "handshake");
}

TEST_CASE("tls_fails: a block page or an inspection of a sample is no problem")
{
    RecordedMachine machine = OnlineServer();
    for (const HttpsProbe& probe :
        {NotTrusted(), Secured(RootKind::kAdded), Ended(ProbeEnd::kTlsFailed, 0x80090331)})
    {
        SetProbe(machine, Hosts(true).front(), probe);
        CheckPassed(Detect(Cause(), machine));
    }
}

TEST_CASE("tls_fails: a root of Microsoft's documents is a public one wherever it is stored")
{
    RecordedMachine machine = OnlineServer();
    for (const RootCertificate& root : KnownRootCertificates())
    {
        if (root.expires > kNow)
        {
            SetAll(machine, Secured(RootKind::kAdded, root.thumbprint));
            CheckPassed(Detect(Cause(), machine));
        }
    }
}

TEST_CASE("tls_fails: hosts that another row explains are left to it, as long as one shows its TLS")
{
    for (const ProbeEnd end :
        {ProbeEnd::kNameNotResolved, ProbeEnd::kRefused, ProbeEnd::kReset, ProbeEnd::kTimedOut,
            ProbeEnd::kProxyNeedsLogin, ProbeEnd::kProxyRefused, ProbeEnd::kProxyUnreachable})
    {
        RecordedMachine machine = OnlineServer();
        SetProbe(machine, "login.windows.net", Ended(end, 12029));
        CheckPassed(Detect(Cause(), machine));
        SetAll(machine, Ended(end, 12029));
        CheckCouldNotCheck(Detect(Cause(), machine), 12029);
    }
}

TEST_CASE("tls_fails: a host that could not be asked lets nothing pass and hides no problem")
{
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, "login.windows.net", Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    SetProbe(machine, "login.microsoftonline.com", NotTrusted());
    CheckProblem(Detect(Cause(), machine), Level::kError, "not_trusted");
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    CheckNotApplicable(Detect(Cause(), RecordedMachine(), Offline()), reason::kOffline);
}

TEST_CASE("One host counts in the first of N-2, N-4, N-3, N-6 that explains it")
{
    for (const auto& [end, row] : {std::pair(ProbeEnd::kProxyNeedsLogin, "connectivity.proxy_needs_login"),
             std::pair(ProbeEnd::kRefused, "connectivity.endpoint_unreachable"),
             std::pair(ProbeEnd::kTlsFailed, "connectivity.tls_fails")})
    {
        RecordedMachine machine = OnlineServer();
        SetProbe(machine, "login.windows.net", Ended(end, 12029));
        for (const char* id : {"connectivity.name_resolution_fails", "connectivity.proxy_needs_login",
                 "connectivity.endpoint_unreachable", "connectivity.tls_fails"})
        {
            CAPTURE(id);
            CHECK(Detect(*FindRootCause(id), machine).IsProblem() == (std::string_view(id) == row));
        }
    }
}

} // namespace mars::test
