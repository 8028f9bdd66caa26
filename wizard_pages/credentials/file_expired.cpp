// SPDX-License-Identifier: MIT
#include "credentials_file.h"
#include "questions/computer.h"
#include "root_cause.h"

#include <chrono>

namespace mars::credentials
{
namespace
{

constexpr std::chrono::hours kSoon{24};

Outcome Detect(const MachineView& machine, const Given& given)
{
    auto read = ReadCredentialsFile(machine, given);
    if (const auto* outcome = std::get_if<Outcome>(&read))
    {
        return *outcome;
    }
    auto& [file, credentials, facts] = std::get<ReadCredentials>(read);
    if (!HasReadableCertificate(credentials))
    {
        return WithUnreadableCredentials(
            machine, std::move(std::get<ReadCredentials>(read)), "read the certificate in ");
    }
    const auto clock = machine.Ask(ReadClock{});
    if (clock.HasFailed())
    {
        return Outcome::CouldNotCheck(clock.Error(), std::move(facts));
    }
    facts["vault"] = credentials.vault;
    facts["valid_from"] = credentials.notBefore;
    facts["expires"] = credentials.notAfter;
    facts["now"] = clock->now;
    const auto left = credentials.notAfter - clock->now;
    const bool expired = left < std::chrono::seconds(0);
    if (!expired)
    {
        facts["hours_left"] = std::int64_t{std::chrono::floor<std::chrono::hours>(left).count()};
    }
    if (left >= kSoon)
    {
        return Outcome::Passed(std::move(facts));
    }
    if (IsLeftOver(machine, file))
    {
        facts["case"] = "left_over";
        facts["left_over"] = true;
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    facts["case"] = expired ? "expired" : "expires_soon";
    return Outcome::Problem(expired ? Level::kError : Level::kWarning, std::move(facts));
}

} // namespace

const RootCause& FileExpired()
{
    static constexpr RootCause kCause{
        "credentials.file_expired", "V-1", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::credentials
