// SPDX-License-Identifier: MIT
#pragma once

#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The closed list of changes that a repair may plan. Each names one object, its value before and after.
/// `Describe` makes the preview, `Inverse` the undo; `apply.h` makes the change.
namespace mars
{

struct SetRegistryValue
{
    static constexpr std::string_view kName = "set_registry_value";
    RegistryPath path;
    /// Empty: the value is not there.
    std::optional<RegistryValue> before;
    std::optional<RegistryValue> after;
    bool lowersProtection = false;
    /// Keys that have to be created for the value, outermost first; filled in by the engine when it prepares
    /// a plan.
    std::vector<std::string> createdKeys;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("path", &SetRegistryValue::path),
            MakeField("before", &SetRegistryValue::before), MakeField("after", &SetRegistryValue::after),
            MakeField("lowers_protection", &SetRegistryValue::lowersProtection),
            MakeField("created_keys", &SetRegistryValue::createdKeys));
    }
    bool operator==(const SetRegistryValue&) const = default;
};

struct SetServiceStartType
{
    static constexpr std::string_view kName = "set_start_type";
    std::string service;
    StartType before = StartType::kDisabled;
    StartType after = StartType::kManual;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("service", &SetServiceStartType::service),
            MakeField("before", &SetServiceStartType::before),
            MakeField("after", &SetServiceStartType::after));
    }
    bool operator==(const SetServiceStartType&) const = default;
};

/// Run state is no configuration: there is nothing to undo, only inside a failed plan it is stopped again.
struct StartService
{
    static constexpr std::string_view kName = "start_service";
    std::string service;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("service", &StartService::service));
    }
    bool operator==(const StartService&) const = default;
};

/// Whether a service ran when the repair began. Who stops it brings it back to that, however the repair ends.
enum class RanBefore
{
    /// It could not be told, or nobody wrote it down: whatever is stopped is started again.
    kUnknown,
    kNo,
    kYes,
};
template <>
struct EnumWords<RanBefore>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("unknown"), std::string_view("no"), std::string_view("yes")};
    }
};

struct RestartService
{
    static constexpr std::string_view kName = "restart_service";
    std::string service;
    /// Filled in by the engine when it begins.
    RanBefore ranBefore = RanBefore::kUnknown;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("service", &RestartService::service),
            MakeField("ran_before", &RestartService::ranBefore, Since{2}));
    }
    bool operator==(const RestartService&) const = default;
};

/// For as long as a plan needs the service out of the way: a later StartService of the plan starts it again,
/// and so does roll-back.
struct StopService
{
    static constexpr std::string_view kName = "stop_service";
    std::string service;
    /// Filled in by the engine when it begins.
    RanBefore ranBefore = RanBefore::kUnknown;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("service", &StopService::service),
            MakeField("ran_before", &StopService::ranBefore, Since{2}));
    }
    bool operator==(const StopService&) const = default;
};

struct SetTaskEnabled
{
    static constexpr std::string_view kName = "set_task_enabled";
    std::string task;
    bool before = false;
    bool after = true;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("task", &SetTaskEnabled::task),
            MakeField("before", &SetTaskEnabled::before), MakeField("after", &SetTaskEnabled::after));
    }
    bool operator==(const SetTaskEnabled&) const = default;
};

struct SetTriggerEnabled
{
    static constexpr std::string_view kName = "set_trigger_enabled";
    std::string task;
    /// Position among the task's triggers, from 1.
    std::uint32_t trigger = 1;
    /// Of the rest of that trigger (task_xml.h), so that another trigger in its place is not switched.
    std::string fingerprint;
    bool before = false;
    bool after = true;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("task", &SetTriggerEnabled::task),
            MakeField("trigger", &SetTriggerEnabled::trigger),
            MakeField("fingerprint", &SetTriggerEnabled::fingerprint),
            MakeField("before", &SetTriggerEnabled::before), MakeField("after", &SetTriggerEnabled::after));
    }
    bool operator==(const SetTriggerEnabled&) const = default;
};

struct SetTaskAccount
{
    static constexpr std::string_view kName = "set_task_account";
    std::string task;
    /// The task's <Principals> element as text (task_xml.h).
    std::string before;
    std::string after;
    /// The account as people know it: a SID or a name.
    std::string accountBefore;
    std::string accountAfter;
    /// The old account's stored password is lost: then there is no way back.
    bool dropsPassword = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("task", &SetTaskAccount::task),
            MakeField("before", &SetTaskAccount::before), MakeField("after", &SetTaskAccount::after),
            MakeField("account_before", &SetTaskAccount::accountBefore),
            MakeField("account_after", &SetTaskAccount::accountAfter),
            MakeField("drops_password", &SetTaskAccount::dropsPassword));
    }
    bool operator==(const SetTaskAccount&) const = default;
};

/// MultipleInstancesPolicy; an empty `before` means that the element is not there.
struct SetTaskOverlap
{
    static constexpr std::string_view kName = "set_task_overlap";
    std::string task;
    std::string before;
    std::string after = "IgnoreNew";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("task", &SetTaskOverlap::task),
            MakeField("before", &SetTaskOverlap::before), MakeField("after", &SetTaskOverlap::after));
    }
    bool operator==(const SetTaskOverlap&) const = default;
};

struct AddDefenderExclusion
{
    static constexpr std::string_view kName = "add_defender_exclusion";
    ExclusionKind kind = ExclusionKind::kPath;
    std::string value;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("kind", &AddDefenderExclusion::kind), MakeField("value", &AddDefenderExclusion::value));
    }
    bool operator==(const AddDefenderExclusion&) const = default;
};

/// The inverse of AddDefenderExclusion.
struct RemoveDefenderExclusion
{
    static constexpr std::string_view kName = "remove_defender_exclusion";
    ExclusionKind kind = ExclusionKind::kPath;
    std::string value;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("kind", &RemoveDefenderExclusion::kind),
            MakeField("value", &RemoveDefenderExclusion::value));
    }
    bool operator==(const RemoveDefenderExclusion&) const = default;
};

/// By the time service and its source. Cannot be undone: the wrong time is not worth going back to.
struct ResyncClock
{
    static constexpr std::string_view kName = "resync_clock";
    /// How far the clock is ahead (or, below zero, behind), for the preview.
    std::int64_t skewSeconds = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("skew_seconds", &ResyncClock::skewSeconds));
    }
    bool operator==(const ResyncClock&) const = default;
};

/// What happens to disks that are new to Windows.
struct SetSanPolicy
{
    static constexpr std::string_view kName = "set_san_policy";
    SanPolicy before = SanPolicy::kOfflineAll;
    SanPolicy after = SanPolicy::kOfflineShared;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("before", &SetSanPolicy::before), MakeField("after", &SetSanPolicy::after));
    }
    bool operator==(const SetSanPolicy&) const = default;
};

/// The driver that Windows brings along, for devices that have none. Cannot be undone.
struct InstallInboxDriver
{
    static constexpr std::string_view kName = "install_inbox_driver";
    std::string hardwareId;
    /// A file name in Windows' INF folder.
    std::string inf;
    /// How the device stood when the plan was made, for the preview: its instance id and CM_PROB_* number.
    std::string device;
    std::uint32_t problemCode = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("hardware_id", &InstallInboxDriver::hardwareId),
            MakeField("inf", &InstallInboxDriver::inf), MakeField("device", &InstallInboxDriver::device),
            MakeField("problem_code", &InstallInboxDriver::problemCode));
    }
    bool operator==(const InstallInboxDriver&) const = default;
};

/// By the rules of temp_files.h. Cannot be undone.
struct DeleteTemporaryFiles
{
    static constexpr std::string_view kName = "delete_temporary_files";
    std::string folder;
    /// What the rules would delete when the plan was made, for the preview.
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &DeleteTemporaryFiles::folder),
            MakeField("files", &DeleteTemporaryFiles::files),
            MakeField("bytes", &DeleteTemporaryFiles::bytes));
    }
    bool operator==(const DeleteTemporaryFiles&) const = default;
};

/// Into the program's own administrators-only folder.
struct CopyFile
{
    static constexpr std::string_view kName = "copy_file";
    std::string source;
    std::string target;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("source", &CopyFile::source), MakeField("target", &CopyFile::target));
    }
    bool operator==(const CopyFile&) const = default;
};

/// The inverse of CopyFile.
struct DeleteCopy
{
    static constexpr std::string_view kName = "delete_copy";
    std::string source;
    std::string target;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("source", &DeleteCopy::source), MakeField("target", &DeleteCopy::target));
    }
    bool operator==(const DeleteCopy&) const = default;
};

/// The first rule of the Windows Firewall that is exactly this one; see FirewallRuleId.
struct SetFirewallRule
{
    static constexpr std::string_view kName = "set_firewall_rule";
    std::string rule;
    std::string program;
    std::string service;
    bool before = true;
    bool after = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("rule", &SetFirewallRule::rule),
            MakeField("program", &SetFirewallRule::program), MakeField("service", &SetFirewallRule::service),
            MakeField("before", &SetFirewallRule::before), MakeField("after", &SetFirewallRule::after));
    }
    bool operator==(const SetFirewallRule&) const = default;
};

/// First half of putting a new file where SYSTEM runs it: into the private folder, and only there it is
/// looked at. Must be signed with a chain to a Microsoft root, where it is something that runs.
struct StageFile
{
    static constexpr std::string_view kName = "stage_file";
    std::string source;
    std::string target;
    /// Of the source when the plan was made.
    std::string sha256;
    /// The file runs: it must carry a signature.
    bool runs = true;
    /// The version that it must have, "2.0.9938.0"; empty: it is of a kind that has none.
    std::string version;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("source", &StageFile::source), MakeField("target", &StageFile::target),
            MakeField("sha256", &StageFile::sha256), MakeField("runs", &StageFile::runs),
            MakeField("version", &StageFile::version));
    }
    bool operator==(const StageFile&) const = default;
};

/// Before a file is replaced: a copy of the present one in the private folder.
struct KeepFile
{
    static constexpr std::string_view kName = "keep_file";
    std::string source;
    std::string target;
    std::string sha256;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("source", &KeepFile::source), MakeField("target", &KeepFile::target),
            MakeField("sha256", &KeepFile::sha256));
    }
    bool operator==(const KeepFile&) const = default;
};

/// Second half: the staged file takes the place of the present one, which undo takes from its copy.
struct ReplaceFile
{
    static constexpr std::string_view kName = "replace_file";
    std::string target;
    /// Where the new and the old content lie; `kept` is empty where there was no file.
    std::string staged;
    std::string kept;
    /// SHA-256 of the content before and after; empty: there is no file.
    std::string before;
    std::string after;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("target", &ReplaceFile::target),
            MakeField("staged", &ReplaceFile::staged), MakeField("kept", &ReplaceFile::kept),
            MakeField("before", &ReplaceFile::before), MakeField("after", &ReplaceFile::after));
    }
    bool operator==(const ReplaceFile&) const = default;
};

/// Cannot be undone: nobody wants it compressed again, and there may not be the same files any more.
struct UncompressFolder
{
    static constexpr std::string_view kName = "uncompress_folder";
    std::string folder;
    /// Compressed files and folders in it when the plan was made, and how much more of the disk they will
    /// take.
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &UncompressFolder::folder),
            MakeField("files", &UncompressFolder::files), MakeField("bytes", &UncompressFolder::bytes));
    }
    bool operator==(const UncompressFolder&) const = default;
};

using Change = std::variant<SetRegistryValue, SetServiceStartType, StartService, RestartService,
    SetTaskEnabled, SetTriggerEnabled, SetTaskAccount, SetTaskOverlap, DeleteTemporaryFiles, CopyFile,
    DeleteCopy, AddDefenderExclusion, RemoveDefenderExclusion, ResyncClock, SetSanPolicy, InstallInboxDriver,
    SetFirewallRule, StopService, StageFile, KeepFile, ReplaceFile, UncompressFolder>;

/// A change in words that are never translated: what JSON holds and what screens build their sentence from.
struct ChangeDescription
{
    std::string_view change;
    std::string target;
    std::string from;
    std::string to;
    bool reversible = true;
    bool lowersProtection = false;
    /// Run state: neither reversible nor a loss (see StartService).
    bool runState = false;
};

ChangeDescription Describe(const Change& change);

/// What takes the change back; empty for run state and for what cannot be undone.
std::optional<Change> Inverse(const Change& change);

/// Changes in the order they are to be made.
struct Plan
{
    // In change.cpp: copying and destroying a list of all these types is a second of compiling in every check
    // that only passes a plan on.
    Plan();
    Plan(std::vector<Change> changesInOrder, bool disturbsBackups = false);
    Plan(const Plan&);
    Plan(Plan&&) noexcept;
    Plan& operator=(const Plan&);
    Plan& operator=(Plan&&) noexcept;
    ~Plan();

    std::vector<Change> changes;
    /// Interrupts the agent, its scratch folder or an iSCSI session: held while a job runs (activity.h).
    bool disturbs = false;
};

/// True when everything in it but run state can be taken back.
bool IsReversible(const Plan& plan);
/// Cannot be taken back, and what it does stays: not so run state.
bool IsIrreversible(const Change& change);

/// How much of some changes undo can take back.
enum class UndoExtent
{
    kAll,
    kSome,
    kNone,
    /// Only run state: no setting is changed.
    kNothingToUndo,
};
UndoExtent HowMuchCanBeUndone(const std::vector<Change>& changes);

bool LowersProtection(const Plan& plan);

} // namespace mars
