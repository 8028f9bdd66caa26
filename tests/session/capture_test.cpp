// SPDX-License-Identifier: MIT
#include "capture.h"

#include "catalogue.h"
#include "mars_agent.h"
#include "pass.h"
#include "questions/registry.h"
#include "recording.h"
#include "repair.h"
#include "support_bundle.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

const RootCause& TlsTooOld()
{
    return *FindRootCause("credentials.tls_too_old");
}

/// Has every key that is asked for, as a registry has those of Windows.
class Server : public Machine
{
public:
    Server()
    {
        const std::string protocols =
            "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\";
        m_machine.Set(ReadRegistryValue{{protocols + "TLS 1.2\\Client", "Enabled"}}, RegistryValue::Dword(0));
    }
    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        m_machine.Respond(exchange, wait);
        auto* const asked = As<ListRegistryKey>(exchange);
        if (asked != nullptr && asked->answer.HasFailed())
        {
            asked->answer = RegistryKeyContent{};
        }
    }

private:
    RecordedMachine m_machine = HealthyServer();
};

/// What the plan of the repair says on the computer that is in this bundle.
RepairStatus PreviewIn(const RecordedMachine& recorded, const Given& given)
{
    const SupportBundle bundle = MakeSupportBundle(recorded, given, true);
    Recording opened;
    REQUIRE(ReadRecording(bundle.recording, opened).Ok());
    RepairEngine engine(std::make_shared<RecordedMachine>(opened.machine), nullptr, nullptr, MarsAgent());
    return engine.MakePlan(TlsTooOld(), given, {}).status;
}

} // namespace

TEST_CASE("capture: a bundle shows what the repair of a problem would change")
{
    const auto machine = std::make_shared<Server>();
    const Given given;
    Pass pass(machine, given, MarsAgent());
    const RunReport report = MakeRunReport(pass, AllRootCauses(), "mars-wizard");
    REQUIRE(report.checks.size() == AllRootCauses().size());

    // The answers to the checks alone do not say which keys are there.
    CHECK(PreviewIn(pass.WhatWasRecorded(), given) != RepairStatus::kPlanned);
    const RecordedMachine previews = RecordPreviews(machine, given, report.checks);
    CHECK(PreviewIn(Together(pass.WhatWasRecorded(), previews), given) == RepairStatus::kPlanned);
}

TEST_CASE("capture: after a stop nothing more is asked")
{
    const auto machine = std::make_shared<Server>();
    const std::vector<ReportedCheck> checks{
        {{&TlsTooOld(), Outcome::Problem(Level::kError), {}}, RepairKind::kOneClick}};
    std::stop_source stop;
    stop.request_stop();
    CHECK(RecordPreviews(machine, {}, checks, stop.get_token()).QuestionCount() == 0);
    CHECK(RecordPreviews(machine, {}, checks).QuestionCount() > 0);
}

} // namespace mars::test
