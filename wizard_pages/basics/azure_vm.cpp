// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/probes.h"
#include "questions/services.h"
#include "root_cause.h"

namespace mars::basics
{
namespace
{

/// The chassis of every virtual machine in Azure.
constexpr const char* kAzureTag = "7783-7084-3265-9085-8269-3286-77";
constexpr const char* kGuestAgent = "WindowsAzureGuestAgent";

/// Only Azure's host answers there, and only with this header. Never through a proxy.
ProbeHttp MetadataQuestion()
{
    ProbeHttp question;
    question.host = "169.254.169.254";
    question.path = "/metadata/instance?api-version=2021-02-01";
    question.header = "Metadata: true";
    question.limitMilliseconds = 1000;
    return question;
}

bool HasMetadata(const Answer<HttpProbe>& metadata)
{
    constexpr std::uint32_t kGood = 200;
    return metadata && metadata->end == ProbeEnd::kAnswered && metadata->httpStatus == kGood;
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    const auto chassis = machine.Ask(ReadChassisTag{});
    const auto service = machine.Ask(QueryService{kGuestAgent});
    const bool hasTag = chassis && chassis->assetTag == kAzureTag;
    Facts facts{{"azure_asset_tag", hasTag}};
    if (!service.HasFailed())
    {
        facts["guest_agent"] = service ? std::string(WordOf(service->state)) : std::string("absent");
    }
    if (!given.offline)
    {
        facts["instance_metadata"] = HasMetadata(machine.Ask(MetadataQuestion()));
    }
    const bool hasMetadata = !given.offline && std::get<bool>(facts["instance_metadata"]);
    // A machine that was moved out of Azure keeps the guest agent, so that alone is believed only where the
    // firmware says nothing.
    const bool guestAgentRuns = service && service->state == ServiceState::kRunning;
    if (hasTag || hasMetadata || (chassis.HasFailed() && guestAgentRuns))
    {
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    return chassis.HasFailed() ? Outcome::CouldNotCheck(chassis.Error(), std::move(facts))
                               : Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& AzureVm()
{
    static constexpr RootCause kCause{"basics.azure_vm", "B-13", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
