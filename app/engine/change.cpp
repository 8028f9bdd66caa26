// SPDX-License-Identifier: MIT
#include "change.h"

#include "connection_text.h"
#include "questions/protection.h"
#include "questions/registry.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

std::string Shown(const std::string& name, const std::optional<RegistryValue>& value)
{
    if (!value)
    {
        return "(absent)";
    }
    const auto connection = DescribeConnection(name, *value);
    return connection ? ConnectionLine(*connection) : value->Describe();
}

std::string OnOff(bool enabled)
{
    return enabled ? "enabled" : "disabled";
}

ChangeDescription DescribeOne(const SetRegistryValue& change)
{
    const std::string name = change.path.name.empty() ? "(Default)" : change.path.name;
    const std::string view = change.path.view == RegistryView::k32 ? " [32-bit view]" : "";
    return {.change = change.kName,
        .target = fmt::format("{}\\{}{}", change.path.key, name, view),
        .from = Shown(change.path.name, change.before),
        .to = Shown(change.path.name, change.after),
        .lowersProtection = change.lowersProtection};
}

ChangeDescription DescribeOne(const SetServiceStartType& change)
{
    return {.change = change.kName,
        .target = change.service,
        .from = std::string(WordOf(change.before)),
        .to = std::string(WordOf(change.after))};
}

ChangeDescription DescribeOne(const StartService& change)
{
    return {.change = change.kName,
        .target = change.service,
        .from = "stopped",
        .to = "running",
        .reversible = false,
        .runState = true};
}

ChangeDescription DescribeOne(const RestartService& change)
{
    return {.change = change.kName,
        .target = change.service,
        .from = "running",
        .to = "restarted",
        .reversible = false,
        .runState = true};
}

ChangeDescription DescribeOne(const StopService& change)
{
    return {.change = change.kName,
        .target = change.service,
        .from = "running",
        .to = "stopped",
        .reversible = false,
        .runState = true};
}

ChangeDescription DescribeOne(const SetTaskEnabled& change)
{
    return {.change = change.kName,
        .target = change.task,
        .from = OnOff(change.before),
        .to = OnOff(change.after)};
}

ChangeDescription DescribeOne(const SetTriggerEnabled& change)
{
    return {.change = change.kName,
        .target = fmt::format("{}, trigger {}", change.task, change.trigger),
        .from = OnOff(change.before),
        .to = OnOff(change.after)};
}

ChangeDescription DescribeOne(const SetTaskAccount& change)
{
    return {.change = change.kName,
        .target = change.task,
        .from = change.accountBefore,
        .to = change.accountAfter,
        .reversible = !change.dropsPassword};
}

ChangeDescription DescribeOne(const SetTaskOverlap& change)
{
    return {.change = change.kName,
        .target = change.task,
        .from = change.before.empty() ? "(absent)" : change.before,
        .to = change.after.empty() ? "(absent)" : change.after};
}

ChangeDescription DescribeOne(const DeleteTemporaryFiles& change)
{
    return {.change = change.kName,
        .target = change.folder,
        .from = fmt::format("{} files, {} bytes", change.files, change.bytes),
        .to = "deleted",
        .reversible = false};
}

ChangeDescription DescribeOne(const CopyFile& change)
{
    return {.change = change.kName, .target = change.target, .from = "(absent)", .to = change.source};
}

ChangeDescription DescribeOne(const DeleteCopy& change)
{
    return {.change = change.kName, .target = change.target, .from = change.source, .to = "(absent)"};
}

std::string ExcludedAs(ExclusionKind kind)
{
    return fmt::format("excluded_{}", WordOf(kind));
}

ChangeDescription DescribeOne(const AddDefenderExclusion& change)
{
    return {.change = change.kName,
        .target = change.value,
        .from = "(absent)",
        .to = ExcludedAs(change.kind),
        .lowersProtection = true};
}

ChangeDescription DescribeOne(const RemoveDefenderExclusion& change)
{
    return {
        .change = change.kName, .target = change.value, .from = ExcludedAs(change.kind), .to = "(absent)"};
}

ChangeDescription DescribeOne(const ResyncClock& change)
{
    return {.change = change.kName,
        .target = "W32Time",
        .from = fmt::format("{:+} s", change.skewSeconds),
        .to = "synchronised",
        .reversible = false};
}

ChangeDescription DescribeOne(const SetSanPolicy& change)
{
    return {.change = change.kName,
        .target = "NewDiskPolicy",
        .from = std::string(WordOf(change.before)),
        .to = std::string(WordOf(change.after))};
}

ChangeDescription DescribeOne(const InstallInboxDriver& change)
{
    return {.change = change.kName,
        .target = change.device,
        .from = fmt::format("problem code {}", change.problemCode),
        .to = change.inf,
        .reversible = false};
}

ChangeDescription DescribeOne(const SetFirewallRule& change)
{
    return {.change = change.kName,
        .target = change.rule,
        .from = OnOff(change.before),
        .to = OnOff(change.after),
        .lowersProtection = !change.after};
}

ChangeDescription DescribeOne(const StageFile& change)
{
    return {.change = change.kName, .target = change.target, .from = "(absent)", .to = change.source};
}

ChangeDescription DescribeOne(const KeepFile& change)
{
    return {.change = change.kName, .target = change.target, .from = "(absent)", .to = change.source};
}

ChangeDescription DescribeOne(const ReplaceFile& change)
{
    const auto shown = [](const std::string& sha256) {
        return sha256.empty() ? std::string("(absent)") : "SHA-256 " + sha256;
    };
    return {.change = change.kName,
        .target = change.target,
        .from = shown(change.before),
        .to = shown(change.after)};
}

ChangeDescription DescribeOne(const UncompressFolder& change)
{
    return {.change = change.kName,
        .target = change.folder,
        .from = fmt::format("{} compressed", change.files),
        .to = fmt::format("not compressed, {} bytes more", change.bytes),
        .reversible = false};
}

template <class Setting>
Change Swapped(Setting change)
{
    std::swap(change.before, change.after);
    return change;
}

std::optional<Change> InverseOf(const SetRegistryValue& change)
{
    SetRegistryValue inverse = change;
    std::swap(inverse.before, inverse.after);
    inverse.lowersProtection = false;
    return inverse;
}

std::optional<Change> InverseOf(const SetServiceStartType& change)
{
    return Swapped(change);
}

std::optional<Change> InverseOf(const SetTaskEnabled& change)
{
    return Swapped(change);
}

std::optional<Change> InverseOf(const SetTriggerEnabled& change)
{
    return Swapped(change);
}

std::optional<Change> InverseOf(const SetTaskOverlap& change)
{
    return Swapped(change);
}

std::optional<Change> InverseOf(const SetSanPolicy& change)
{
    return Swapped(change);
}

std::optional<Change> InverseOf(const SetFirewallRule& change)
{
    return Swapped(change);
}

std::optional<Change> InverseOf(const SetTaskAccount& change)
{
    if (change.dropsPassword)
    {
        return std::nullopt;
    }
    SetTaskAccount inverse = change;
    std::swap(inverse.before, inverse.after);
    std::swap(inverse.accountBefore, inverse.accountAfter);
    return inverse;
}

std::optional<Change> InverseOf(const CopyFile& change)
{
    return DeleteCopy{change.source, change.target};
}

std::optional<Change> InverseOf(const AddDefenderExclusion& change)
{
    return RemoveDefenderExclusion{change.kind, change.value};
}

/// Only ever an undo, never a repair of its own.
std::optional<Change> InverseOf(const RemoveDefenderExclusion&)
{
    return std::nullopt;
}

std::optional<Change> InverseOf(const StageFile& change)
{
    return DeleteCopy{change.source, change.target};
}

std::optional<Change> InverseOf(const KeepFile& change)
{
    return DeleteCopy{change.source, change.target};
}

std::optional<Change> InverseOf(const ReplaceFile& change)
{
    return ReplaceFile{change.target, change.kept, change.staged, change.after, change.before};
}

std::optional<Change> InverseOf(const StopService&)
{
    return std::nullopt;
}

std::optional<Change> InverseOf(const ResyncClock&)
{
    return std::nullopt;
}

std::optional<Change> InverseOf(const UncompressFolder&)
{
    return std::nullopt;
}

std::optional<Change> InverseOf(const StartService&)
{
    return std::nullopt;
}

std::optional<Change> InverseOf(const RestartService&)
{
    return std::nullopt;
}

std::optional<Change> InverseOf(const DeleteTemporaryFiles&)
{
    return std::nullopt;
}

std::optional<Change> InverseOf(const DeleteCopy&)
{
    return std::nullopt;
}

std::optional<Change> InverseOf(const InstallInboxDriver&)
{
    return std::nullopt;
}

} // namespace

ChangeDescription Describe(const Change& change)
{
    return std::visit([](const auto& one) { return DescribeOne(one); }, change);
}

std::optional<Change> Inverse(const Change& change)
{
    return std::visit([](const auto& one) { return InverseOf(one); }, change);
}

Plan::Plan() = default;
Plan::Plan(std::vector<Change> changesInOrder, bool disturbsBackups)
    : changes(std::move(changesInOrder)), disturbs(disturbsBackups)
{}
Plan::Plan(const Plan&) = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(const Plan&) = default;
Plan& Plan::operator=(Plan&&) noexcept = default;
Plan::~Plan() = default;

bool IsIrreversible(const Change& change)
{
    const ChangeDescription description = Describe(change);
    return !description.reversible && !description.runState;
}

bool IsReversible(const Plan& plan)
{
    return std::ranges::none_of(plan.changes, IsIrreversible);
}

UndoExtent HowMuchCanBeUndone(const std::vector<Change>& changes)
{
    const bool some =
        std::ranges::any_of(changes, [](const Change& change) { return Describe(change).reversible; });
    const bool lost = std::ranges::any_of(changes, IsIrreversible);
    return some ? (lost ? UndoExtent::kSome : UndoExtent::kAll)
                : (lost ? UndoExtent::kNone : UndoExtent::kNothingToUndo);
}

bool LowersProtection(const Plan& plan)
{
    return std::ranges::any_of(
        plan.changes, [](const Change& change) { return Describe(change).lowersProtection; });
}

} // namespace mars
