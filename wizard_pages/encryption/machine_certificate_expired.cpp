// SPDX-License-Identifier: MIT
#include "last_backup.h"
#include "questions/computer.h"
#include "registered_certificate.h"
#include "root_cause.h"

namespace mars::encryption
{
namespace
{

constexpr std::chrono::days kSoon{30};

Outcome Detect(const MachineView& machine, const Given&)
{
    const RegisteredCertificates found = FindRegisteredCertificates(machine);
    if (found.end)
    {
        return *found.end;
    }
    const MachineCertificate& certificate = found.all.front();
    const auto clock = machine.Ask(ReadClock{});
    Facts facts{{"registered_name", certificate.registeredName}, {"ends", certificate.notAfter}};
    if (!clock)
    {
        return Outcome::CouldNotCheck(
            clock.HasFailed() ? clock.Error() : Failure{code::kNotSupported, "read the clock"},
            std::move(facts));
    }
    const auto left = certificate.notAfter - clock->now;
    if (left <= std::chrono::seconds(0))
    {
        // What succeeded after its end did not need it.
        const auto success = ReadLastSuccess(machine);
        if (success && *success > certificate.notAfter)
        {
            facts["succeeded_since"] = *success;
        }
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
