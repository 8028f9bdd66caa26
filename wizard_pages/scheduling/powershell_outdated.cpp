// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "questions/registry.h"
#include "root_cause.h"
#include "text.h"

#include <charconv>

namespace mars::scheduling
{
namespace
{

constexpr const char* kPowerShellKey = "HKLM\\SOFTWARE\\Microsoft\\PowerShell\\";

/// Major and minor, in the order in which they compare.
using Version = std::pair<int, int>;
constexpr Version kNeeded{3, 0};
constexpr Version kRecommended{5, 1};

std::optional<Version> ParseVersion(std::string_view text)
{
    Version version;
    const auto* end = text.data() + text.size();
    const auto major = std::from_chars(text.data(), end, version.first);
    if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.')
    {
        return std::nullopt;
    }
    const auto minor = std::from_chars(major.ptr + 1, end, version.second);
    return minor.ec == std::errc() ? std::optional(version) : std::nullopt;
}

/// Versions from 3.0 on stand beside the key of 2.0, which stays. Absent: no PowerShell.
Answer<std::string> ReadPowerShellVersion(const MachineView& machine)
{
    for (const char* engine : {"3\\PowerShellEngine", "1\\PowerShellEngine"})
    {
        const RegistryPath path{std::string(kPowerShellKey) + engine, "PowerShellVersion"};
        const auto value = machine.Ask(ReadRegistryValue{path});
        if (value.HasFailed())
        {
            return value.Error();
        }
        if (value)
        {
            return value->AsString().value_or(value->Describe());
        }
    }
    return Absent{};
}

Outcome Detect(const MachineView& machine, const Given&)
{
    if (const auto end = WhyManagedByDpm(machine))
    {
        return *end;
    }
    const auto found = ReadPowerShellVersion(machine);
    if (found.HasFailed())
    {
        return Outcome::CouldNotCheck(found.Error());
    }
    if (found.IsAbsent())
    {
        return Outcome::Problem(Level::kError, {{"case", "missing"}});
    }
    Facts facts{{"version", *found}};
    const auto version = ParseVersion(*found);
    if (!version)
    {
        return Outcome::CouldNotCheck({code::kInvalidData, "PowerShellVersion"}, std::move(facts));
    }
    if (*version < kNeeded)
    {
        facts["case"] = "too_old";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (*version < kRecommended)
    {
        facts["case"] = "old";
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& PowershellOutdated()
{
    static constexpr RootCause kCause{
        "scheduling.powershell_outdated", "S-5", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::scheduling
