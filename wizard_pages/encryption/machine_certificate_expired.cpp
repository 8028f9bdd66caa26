// SPDX-License-Identifier: MIT
#include "agent.h"
#include "machine_certificate.h"
#include "registered_certificate.h"
#include "root_cause.h"

namespace mars::encryption
{
namespace
{

constexpr std::chrono::days kSoon{30};

Outcome Detect(const MachineView& machine, const Given&)
{
    const RegisteredCertificate found = FindRegisteredCertificate(machine);
    if (found.end)
    {
        return *found.end;
    }
    const auto clock = machine.Ask(ReadClock{});
    Facts facts{{"registered_name", found.certificate.registeredName}, {"ends", found.certificate.notAfter}};
    if (!clock)
    {
        return Outcome::CouldNotCheck(
            clock.HasFailed() ? clock.Error() : Failure{code::kNotSupported, "read the clock"},
            std::move(facts));
    }
    const auto left = found.certificate.notAfter - clock->now;
    if (left <= std::chrono::seconds(0))
    {
        facts["case"] = "expired";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    facts["days_left"] = static_cast<std::int64_t>(std::chrono::floor<std::chrono::days>(left).count());
    if (left < kSoon)
    {
        facts["case"] = "ends_soon";
        return Outcome::Problem(Level::kWarning, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& MachineCertificateExpired()
{
    static constexpr RootCause kCause{
        "encryption.machine_certificate_expired", "E-7", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::encryption
