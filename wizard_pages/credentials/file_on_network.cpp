// SPDX-License-Identifier: MIT
#include "credentials_file.h"
#include "questions/files.h"
#include "questions/volumes.h"
#include "root_cause.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace mars::credentials
{
namespace
{

constexpr int kNamesToTry = 100;

/// \\server\share, also as \\?\UNC\server\share; not \\?\C:\ and \\.\.
bool IsUnc(std::string_view path)
{
    if (!path.starts_with("\\\\") && !path.starts_with("//"))
    {
        return false;
    }
    const std::string_view rest = path.substr(2);
    if (rest.starts_with("?\\") || rest.starts_with(".\\"))
    {
        return StartsWithIgnoreCase(rest.substr(2), "UNC\\");
    }
    return true;
}

Outcome Problem(Level level, const char* textCase, Facts facts)
{
    facts["case"] = textCase;
    return Outcome::Problem(level, std::move(facts));
}

Outcome OnNetwork(const MachineView& machine, const CredentialsFile& file, Facts facts)
{
    if (IsLeftOver(machine, file))
    {
        facts["left_over"] = true;
        return Problem(Level::kAdvice, "left_over", std::move(facts));
    }
    return Problem(Level::kWarning, "network", std::move(facts));
}

Outcome JudgeVolume(
    const MachineView& machine, const CredentialsFile& file, const VolumeInfo& volume, Facts facts)
{
    switch (volume.kind)
    {
    case DriveKind::kRemote:
        return OnNetwork(machine, file, std::move(facts));
    case DriveKind::kRemovable:
        return Problem(Level::kAdvice, "removable", std::move(facts));
    case DriveKind::kOptical:
        return Problem(Level::kAdvice, "optical", std::move(facts));
    case DriveKind::kFixed:
    case DriveKind::kRamDisk:
        return Outcome::Passed(std::move(facts));
    default:
        return Outcome::CouldNotCheck(
            {code::kNotSupported, "tell what kind of drive holds " + volume.root}, std::move(facts));
    }
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    const auto file = FindCredentialsFile(machine, given);
    if (file.HasFailed() && IsUnc(given.credentialsFile))
    {
        // A share that cannot be read is all the more a reason not to register from it.
        return Problem(Level::kWarning, "network", {{"file", given.credentialsFile}});
    }
    if (!file)
    {
        return WithoutCredentialsFile(file);
    }
    Facts facts{{"file", file->path}};
    if (IsUnc(file->path))
    {
        return OnNetwork(machine, *file, std::move(facts));
    }
    const auto volume = machine.Ask(ReadVolume{file->path});
    if (volume.HasFailed())
    {
        return Outcome::CouldNotCheck(volume.Error(), std::move(facts));
    }
    if (volume.IsAbsent())
    {
        return Outcome::CouldNotCheck(
            {code::kNotSupported, "find the drive of " + file->path}, std::move(facts));
    }
    facts["volume"] = volume->root;
    facts["drive_kind"] = std::string(WordOf(volume->kind));
    return JudgeVolume(machine, *file, *volume, std::move(facts));
}

/// "name.VaultCredentials", "name (2).VaultCredentials": the first that is not taken. Without the right to
/// look into the private folder the first one is named; the copy itself never overwrites.
std::optional<std::string> FreeTarget(
    const MachineView& machine, const std::string& folder, std::string_view name)
{
    const std::size_t dot = std::min(name.rfind('.'), name.size());
    for (int i = 1; i <= kNamesToTry; ++i)
    {
        const std::string number = i == 1 ? std::string() : fmt::format(" ({})", i);
        std::string target =
            JoinPath(folder, fmt::format("{}{}{}", name.substr(0, dot), number, name.substr(dot)));
        if (!machine.Ask(ReadFileInfo{target}).HasValue())
        {
            return target;
        }
    }
    return std::nullopt;
}

RepairProposal Repair(const MachineView& machine, const Given& given, const Outcome& outcome)
{
    if (!outcome.IsProblem())
    {
        return RepairProposal::NothingToDo();
    }
    if (outcome.facts.contains("left_over"))
    {
        // Nobody is going to register with it, so no second copy of a key is made.
        return RepairProposal::Guided();
    }
    const auto file = FindCredentialsFile(machine, given);
    const auto programData = machine.Ask(FindFolder{KnownFolder::kProgramData});
    if (!file || !programData)
    {
        return RepairProposal::Guided();
    }
    const auto target =
        FreeTarget(machine, JoinPath(programData->path, "MARS Wizard\\credentials"), FileNameOf(file->path));
    if (!target)
    {
        return RepairProposal::Guided();
    }
    return RepairProposal::Planned({{CopyFile{file->path, *target}}, false});
}

} // namespace

const RootCause& FileOnNetwork()
{
    static constexpr RootCause kCause{
        "credentials.file_on_network", "V-3", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::credentials
