// SPDX-License-Identifier: MIT
#include "apply.h"

#include "file_trust.h"
#include "pending_renames.h"
#include "questions/computer.h"
#include "questions/devices.h"
#include "questions/files.h"
#include "questions/firewall.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "task_xml.h"
#include "temp_files.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

Failure ChangedSince(const std::string& what)
{
    return {code::kChangedSince, what};
}

/// A failed answer passes on its failure, an absent one becomes "changed since".
template <class T>
Failure WhyNoValue(const Answer<T>& answer, const std::string& what)
{
    return answer.HasFailed() ? answer.Error() : ChangedSince(what);
}

template <class T>
ChangeState StateOf(const T& now, const T& before, const T& after)
{
    return now == after ? ChangeState::kAfter
        : now == before ? ChangeState::kBefore
                        : ChangeState::kElsewhere;
}

Answer<ScheduledTask> ReadTask(const std::string& path, const Machine& machine, const Wait& wait)
{
    const auto list = machine.Ask(ListTasks{std::string(FolderOf(path))}, wait);
    if (!list)
    {
        return WhyNoValue(list, path);
    }
    const auto found = std::ranges::find_if(
        list->tasks, [&](const ScheduledTask& task) { return EqualsIgnoreCase(task.path, path); });
    if (found == list->tasks.end())
    {
        return ChangedSince(path);
    }
    return *found;
}

/// One set of functions for each kind of change: where it stands, how it is made, how it is taken back.

struct Context
{
    MachineChanger& changer;
    const Machine& machine;
    const Wait& wait;
};

// ---- Registry
// ----------------------------------------------------------------------------------------------------

Answer<ChangeState> State(const SetRegistryValue& change, const Machine& machine, const Wait& wait)
{
    const auto now = machine.Ask(ReadRegistryValue{change.path}, wait);
    if (now.HasFailed())
    {
        return now.Error();
    }
    return StateOf(now.HasValue() ? std::optional(*now) : std::nullopt, change.before, change.after);
}

Status Make(const SetRegistryValue& change, const Context& context)
{
    std::vector<std::string> created;
    return context.changer.WriteRegistryValue(change.path, change.after, created);
}

Status TakeBack(const SetRegistryValue& change, const Context& context)
{
    std::vector<std::string> created;
    if (Status written = context.changer.WriteRegistryValue(change.path, change.before, created); !written)
    {
        return written;
    }
    for (auto key = change.createdKeys.rbegin(); key != change.createdKeys.rend(); ++key)
    {
        if (Status removed = context.changer.RemoveEmptyRegistryKey(*key, change.path.view); !removed)
        {
            return removed;
        }
    }
    return Status::Done();
}

/// The keys of the path that are not there yet, outermost first.
Answer<std::vector<std::string>> MissingKeys(
    const RegistryPath& path, const Machine& machine, const Wait& wait)
{
    std::vector<std::string> missing;
    for (std::string key = path.key; key.find('\\') != std::string::npos; key = FolderOf(key))
    {
        const auto content = machine.Ask(ListRegistryKey{key, path.view}, wait);
        if (content.HasFailed())
        {
            return content.Error();
        }
        if (content.HasValue())
        {
            break;
        }
        missing.insert(missing.begin(), key);
    }
    return missing;
}

// ---- Services
// ----------------------------------------------------------------------------------------------------

Answer<ChangeState> State(const SetServiceStartType& change, const Machine& machine, const Wait& wait)
{
    const auto service = machine.Ask(QueryService{change.service}, wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    return StateOf(service->startType, change.before, change.after);
}

Status Make(const SetServiceStartType& change, const Context& context)
{
    return context.changer.SetServiceStartType(change.service, change.after);
}

Status TakeBack(const SetServiceStartType& change, const Context& context)
{
    return context.changer.SetServiceStartType(change.service, change.before);
}

/// Asked again after a call that said "done".
Status MustBe(ServiceState state, const std::string& service, const Machine& machine, const Wait& wait)
{
    const auto now = machine.Ask(QueryService{service}, wait);
    if (!now)
    {
        return WhyNoValue(now, service);
    }
    return now->state == state
        ? Status::Done()
        : Status(Failure{code::kInternalError, fmt::format("{} is {}", service, WordOf(now->state))});
}

/// Nobody can take a stop back that was asked for: a service that is stopping is as good as stopped.
bool IsDown(const ServiceStatus& service)
{
    return service.state == ServiceState::kStopped || service.state == ServiceState::kStopPending;
}

Answer<ChangeState> State(const StartService& change, const Machine& machine, const Wait& wait)
{
    const auto service = machine.Ask(QueryService{change.service}, wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    return service->state == ServiceState::kRunning ? ChangeState::kAfter : ChangeState::kBefore;
}

Status Make(const StartService& change, const Context& context)
{
    return context.changer.StartService(change.service, context.wait);
}

Answer<ChangeState> State(const StopService& change, const Machine& machine, const Wait& wait)
{
    const auto service = machine.Ask(QueryService{change.service}, wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    return service->state == ServiceState::kStopped ? ChangeState::kAfter : ChangeState::kBefore;
}

Status Make(const StopService& change, const Context& context)
{
    return context.changer.StopService(change.service, context.wait);
}

/// A restart is always still to be made.
Answer<ChangeState> State(const RestartService& change, const Machine& machine, const Wait& wait)
{
    const auto service = machine.Ask(QueryService{change.service}, wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    return ChangeState::kBefore;
}

Status Make(const RestartService& change, const Context& context)
{
    const auto service = context.machine.Ask(QueryService{change.service}, context.wait);
    if (!service)
    {
        return WhyNoValue(service, change.service);
    }
    if (service->state != ServiceState::kStopped)
    {
        if (Status stopped = context.changer.StopService(change.service, context.wait); !stopped)
        {
            return stopped;
        }
        if (Status stopped = MustBe(ServiceState::kStopped, change.service, context.machine, context.wait);
            !stopped)
        {
            return stopped;
        }
    }
    if (context.wait.stop.stop_requested())
    {
        return context.wait.WhyOver("restarting " + change.service);
    }
    // A slow stop takes nothing from the time to start.
    const Wait wait{std::chrono::steady_clock::now() + kStepDeadline, context.wait.stop};
    if (Status started = context.changer.StartService(change.service, wait); !started)
    {
        return started;
    }
    return MustBe(ServiceState::kRunning, change.service, context.machine, wait);
}

// ---- Tasks
// -------------------------------------------------------------------------------------------------------

Answer<ChangeState> State(const SetTaskEnabled& change, const Machine& machine, const Wait& wait)
{
    const auto task = ReadTask(change.task, machine, wait);
    if (!task)
    {
        return task.Error();
    }
    return StateOf(task->enabled, change.before, change.after);
}

Status Make(const SetTaskEnabled& change, const Context& context)
{
    return context.changer.SetTaskEnabled(change.task, change.after);
}

Status TakeBack(const SetTaskEnabled& change, const Context& context)
{
    return context.changer.SetTaskEnabled(change.task, change.before);
}

/// Reads the task, edits its XML and writes it back.
template <class Edit>
Status EditTask(const std::string& path, const Context& context, Edit edit)
{
    const auto task = ReadTask(path, context.machine, context.wait);
    if (!task)
    {
        return task.Error();
    }
    const Answer<std::string> edited = edit(task->xml);
    if (!edited)
    {
        return WhyNoValue(edited, path);
    }
    return context.changer.UpdateTask(path, *edited);
}

Answer<ChangeState> State(const SetTriggerEnabled& change, const Machine& machine, const Wait& wait)
{
    const auto task = ReadTask(change.task, machine, wait);
    if (!task)
    {
        return task.Error();
    }
    const auto enabled = TriggerEnabled(task->xml, change.trigger, change.fingerprint);
    if (enabled.HasFailed())
    {
        return enabled.Error();
    }
    return enabled ? StateOf(*enabled, change.before, change.after) : ChangeState::kElsewhere;
}

Status Make(const SetTriggerEnabled& change, const Context& context)
{
    return EditTask(change.task, context, [&](const std::string& xml) {
        return SwitchTrigger(xml, change.trigger, change.fingerprint, change.after);
    });
}

Status TakeBack(const SetTriggerEnabled& change, const Context& context)
{
    return EditTask(change.task, context, [&](const std::string& xml) {
        return SwitchTrigger(xml, change.trigger, change.fingerprint, change.before);
    });
}

Answer<ChangeState> State(const SetTaskAccount& change, const Machine& machine, const Wait& wait)
{
    const auto task = ReadTask(change.task, machine, wait);
    if (!task)
    {
        return task.Error();
    }
    const auto element = PrincipalsElement(task->xml);
    if (element.HasFailed())
    {
        return element.Error();
    }
    return StateOf(element ? *element : std::string(), change.before, change.after);
}

Status Make(const SetTaskAccount& change, const Context& context)
{
    return EditTask(
        change.task, context, [&](const std::string& xml) { return ReplacePrincipals(xml, change.after); });
}

Status TakeBack(const SetTaskAccount& change, const Context& context)
{
    if (change.dropsPassword)
    {
        return Failure{code::kNotSupported, change.task};
    }
    return EditTask(
        change.task, context, [&](const std::string& xml) { return ReplacePrincipals(xml, change.before); });
}

Answer<ChangeState> State(const SetTaskOverlap& change, const Machine& machine, const Wait& wait)
{
    const auto task = ReadTask(change.task, machine, wait);
    if (!task)
    {
        return task.Error();
    }
    const auto policy = Overlap(task->xml);
    if (policy.HasFailed())
    {
        return policy.Error();
    }
    return StateOf(policy ? *policy : std::string(), change.before, change.after);
}

Status Make(const SetTaskOverlap& change, const Context& context)
{
    return EditTask(
        change.task, context, [&](const std::string& xml) { return SetOverlap(xml, change.after); });
}

Status TakeBack(const SetTaskOverlap& change, const Context& context)
{
    return EditTask(
        change.task, context, [&](const std::string& xml) { return SetOverlap(xml, change.before); });
}

// ---- Disks and devices
// -------------------------------------------------------------------------------------------

Answer<ChangeState> State(const SetSanPolicy& change, const Machine& machine, const Wait& wait)
{
    const auto setting = machine.Ask(ReadNewDiskPolicy{}, wait);
    if (!setting)
    {
        return WhyNoValue(setting, Describe(change).target);
    }
    return StateOf(setting->policy, change.before, change.after);
}

Status Make(const SetSanPolicy& change, const Context& context)
{
    return context.changer.SetSanPolicy(change.after);
}

Status TakeBack(const SetSanPolicy& change, const Context& context)
{
    return context.changer.SetSanPolicy(change.before);
}

/// Still to be made as long as the device is there, and never to be taken back: Windows alone decides which
/// driver is the best, and the next pass of the check tells whether the device works.
Answer<ChangeState> State(const InstallInboxDriver& change, const Machine& machine, const Wait& wait)
{
    const auto list = machine.Ask(ListDevices{change.hardwareId}, wait);
    if (!list)
    {
        return WhyNoValue(list, change.hardwareId);
    }
    const bool there = std::ranges::any_of(list->devices,
        [&](const DeviceInfo& device) { return EqualsIgnoreCase(device.instanceId, change.device); });
    return there ? ChangeState::kBefore : ChangeState::kElsewhere;
}

AppliedChange InstallIn(const InstallInboxDriver& change, const Context& context)
{
    bool needsRestart = false;
    const Status status = context.changer.InstallInboxDriver(change.hardwareId, change.inf, &needsRestart);
    return {status, needsRestart ? Facts{{kNeedsRestart, true}} : Facts()};
}

Status TakeBack(const InstallInboxDriver& change, const Context&)
{
    return Failure{code::kNotSupported, change.device};
}

// ---- Files
// -------------------------------------------------------------------------------------------------------

Answer<ChangeState> State(const DeleteTemporaryFiles& change, const Machine& machine, const Wait& wait)
{
    const auto folder = machine.Ask(ReadFileInfo{change.folder}, wait);
    if (!folder)
    {
        return WhyNoValue(folder, change.folder);
    }
    return ChangeState::kBefore;
}

Answer<ChangeState> StateOfCopy(
    const std::string& source, const std::string& target, const Machine& machine, const Wait& wait)
{
    const auto copy = machine.Ask(ReadFileInfo{target}, wait);
    if (copy.HasFailed())
    {
        return copy.Error();
    }
    if (copy.IsAbsent())
    {
        return ChangeState::kBefore;
    }
    // The source may be gone by the time of an undo; then only the copy's existence can be judged.
    const auto original = machine.Ask(ReadFileInfo{source}, wait);
    const bool same = !original || original->bytes == copy->bytes;
    return same ? ChangeState::kAfter : ChangeState::kElsewhere;
}

Answer<ChangeState> State(const CopyFile& change, const Machine& machine, const Wait& wait)
{
    return StateOfCopy(change.source, change.target, machine, wait);
}

Status Make(const CopyFile& change, const Context& context)
{
    return context.changer.CopyToPrivateFolder(change.source, change.target);
}

Status TakeBack(const CopyFile& change, const Context& context)
{
    return context.changer.DeleteFromPrivateFolder(change.target);
}

Answer<ChangeState> State(const DeleteCopy& change, const Machine& machine, const Wait& wait)
{
    const auto state = StateOfCopy(change.source, change.target, machine, wait);
    if (!state)
    {
        return state;
    }
    return *state == ChangeState::kBefore ? ChangeState::kAfter
        : *state == ChangeState::kAfter   ? ChangeState::kBefore
                                          : ChangeState::kElsewhere;
}

Status Make(const DeleteCopy& change, const Context& context)
{
    return context.changer.DeleteFromPrivateFolder(change.target);
}

Status TakeBack(const DeleteCopy& change, const Context& context)
{
    return context.changer.CopyToPrivateFolder(change.source, change.target);
}

// ---- Microsoft Defender and the clock
// ----------------------------------------------------------------------------

Answer<bool> IsExcluded(
    ExclusionKind kind, const std::string& value, const Machine& machine, const Wait& wait)
{
    const auto defender = machine.Ask(ReadDefender{}, wait);
    if (!defender)
    {
        return WhyNoValue(defender, value);
    }
    if (defender->exclusionsHidden)
    {
        return Failure{code::kAccessDenied, "exclusions of Microsoft Defender"};
    }
    const auto& list = kind == ExclusionKind::kPath ? defender->excludedPaths : defender->excludedProcesses;
    return std::ranges::any_of(list, [&](const std::string& one) { return EqualsIgnoreCase(one, value); });
}

Answer<ChangeState> State(const AddDefenderExclusion& change, const Machine& machine, const Wait& wait)
{
    const auto excluded = IsExcluded(change.kind, change.value, machine, wait);
    return excluded ? Answer<ChangeState>(*excluded ? ChangeState::kAfter : ChangeState::kBefore)
                    : excluded.Error();
}

Status Make(const AddDefenderExclusion& change, const Context& context)
{
    return context.changer.SetDefenderExclusion(change.kind, change.value, true, context.wait);
}

Status TakeBack(const AddDefenderExclusion& change, const Context& context)
{
    return context.changer.SetDefenderExclusion(change.kind, change.value, false, context.wait);
}

Answer<ChangeState> State(const RemoveDefenderExclusion& change, const Machine& machine, const Wait& wait)
{
    const auto excluded = IsExcluded(change.kind, change.value, machine, wait);
    return excluded ? Answer<ChangeState>(*excluded ? ChangeState::kBefore : ChangeState::kAfter)
                    : excluded.Error();
}

Status Make(const RemoveDefenderExclusion& change, const Context& context)
{
    return context.changer.SetDefenderExclusion(change.kind, change.value, false, context.wait);
}

Status TakeBack(const RemoveDefenderExclusion& change, const Context& context)
{
    return context.changer.SetDefenderExclusion(change.kind, change.value, true, context.wait);
}

/// Always still to be made; whether it helped is what the check finds when it runs again.
Answer<ChangeState> State(const ResyncClock&, const Machine&, const Wait&)
{
    return ChangeState::kBefore;
}

Status Make(const ResyncClock&, const Context& context)
{
    return context.changer.ResyncClock(context.wait);
}

Status TakeBack(const ResyncClock&, const Context&)
{
    return Failure{code::kNotSupported, "clock"};
}

// ---- Firewall
// ----------------------------------------------------------------------------------------------------

/// Only enabled rules are listed, so one that is not there is off; writing tells whether it is there at all.
Answer<ChangeState> State(const SetFirewallRule& change, const Machine& machine, const Wait& wait)
{
    const auto firewall = machine.Ask(ReadFirewall{}, wait);
    if (!firewall)
    {
        return WhyNoValue(firewall, change.rule);
    }
    const bool enabled = std::ranges::any_of(firewall->rules, [&](const FirewallRule& rule) {
        return rule.blocks && rule.name == change.rule && EqualsIgnoreCase(rule.program, change.program)
            && EqualsIgnoreCase(rule.service, change.service);
    });
    return StateOf(enabled, change.before, change.after);
}

Status SwitchRule(const SetFirewallRule& change, bool enabled, const Context& context)
{
    return context.changer.SetFirewallRuleEnabled({change.rule, change.program, change.service}, enabled);
}

Status Make(const SetFirewallRule& change, const Context& context)
{
    return SwitchRule(change, change.after, context);
}

Status TakeBack(const SetFirewallRule& change, const Context& context)
{
    return SwitchRule(change, change.before, context);
}

// ---- Files that SYSTEM runs, and the scratch folder
// ---------------------------------------------------------------

/// The hash of a file; empty: there is none.
Answer<std::string> HashOf(const std::string& path, const Machine& machine, const Wait& wait)
{
    const auto hash = machine.Ask(HashFile{path}, wait);
    if (hash.HasFailed())
    {
        return hash.Error();
    }
    return hash ? hash->sha256 : std::string();
}

/// For StageFile and KeepFile.
template <class Copy>
Answer<ChangeState> StateOfHashedCopy(const Copy& change, const Machine& machine, const Wait& wait)
{
    const auto hash = HashOf(change.target, machine, wait);
    return hash ? Answer<ChangeState>(StateOf(*hash, std::string(), change.sha256)) : hash.Error();
}

Answer<ChangeState> State(const StageFile& change, const Machine& machine, const Wait& wait)
{
    return StateOfHashedCopy(change, machine, wait);
}

/// Judged where nobody else can change it any more.
Status JudgeStaged(const StageFile& change, const Context& context)
{
    const auto hash = HashOf(change.target, context.machine, context.wait);
    if (!hash)
    {
        return hash.Error();
    }
    if (*hash != change.sha256)
    {
        return ChangedSince(change.source);
    }
    const MachineView view(context.machine, context.wait);
    if (change.runs)
    {
        if (Status trusted = IsFromMicrosoft(view, change.target); !trusted)
        {
            return trusted;
        }
    }
    return change.version.empty() ? Status::Done() : HasVersion(view, change.target, change.version);
}

Status Make(const StageFile& change, const Context& context)
{
    if (Status copied = context.changer.CopyToPrivateFolder(change.source, change.target); !copied)
    {
        return copied;
    }
    const Status judged = JudgeStaged(change, context);
    if (!judged)
    {
        // What roll-back would not know as its own.
        const Status ignored = context.changer.DeleteFromPrivateFolder(change.target);
        static_cast<void>(ignored);
    }
    return judged;
}

Status TakeBack(const StageFile& change, const Context& context)
{
    return context.changer.DeleteFromPrivateFolder(change.target);
}

Answer<ChangeState> State(const KeepFile& change, const Machine& machine, const Wait& wait)
{
    return StateOfHashedCopy(change, machine, wait);
}

Status Make(const KeepFile& change, const Context& context)
{
    return context.changer.CopyToPrivateFolder(change.source, change.target);
}

Status TakeBack(const KeepFile& change, const Context& context)
{
    return context.changer.DeleteFromPrivateFolder(change.target);
}

Answer<ChangeState> State(const ReplaceFile& change, const Machine& machine, const Wait& wait)
{
    const auto hash = HashOf(change.target, machine, wait);
    return hash ? Answer<ChangeState>(StateOf(*hash, change.before, change.after)) : hash.Error();
}

/// `source` must still be what the plan meant.
Status PutInPlace(
    const std::string& target, const std::string& source, const std::string& sha256, const Context& context)
{
    if (sha256.empty())
    {
        return context.changer.ReplaceFile(target, std::nullopt);
    }
    const auto hash = HashOf(source, context.machine, context.wait);
    if (!hash)
    {
        return hash.Error();
    }
    return *hash == sha256 ? context.changer.ReplaceFile(target, source) : Status(ChangedSince(source));
}

Status Make(const ReplaceFile& change, const Context& context)
{
    return PutInPlace(change.target, change.staged, change.after, context);
}

Status TakeBack(const ReplaceFile& change, const Context& context)
{
    return PutInPlace(change.target, change.kept, change.before, context);
}

Answer<ChangeState> State(const UncompressFolder& change, const Machine& machine, const Wait& wait)
{
    const auto folder = machine.Ask(ReadFileInfo{change.folder}, wait);
    if (!folder)
    {
        return WhyNoValue(folder, change.folder);
    }
    const auto survey = machine.Ask(SurveyFolder{change.folder}, wait);
    if (!survey)
    {
        return WhyNoValue(survey, change.folder);
    }
    const bool compressed =
        (folder->attributes & file_attribute::kCompressed) != 0 || survey->compressed != 0;
    return compressed ? ChangeState::kBefore : ChangeState::kAfter;
}

Status TakeBack(const UncompressFolder& change, const Context&)
{
    return Failure{code::kNotSupported, change.folder};
}

AppliedChange UncompressIn(
    const UncompressFolder& change, const Context& context, const ApplyProgress& progress)
{
    const auto tell = [&](std::uint64_t done) {
        if (progress)
        {
            progress(done, change.files);
        }
    };
    const UncompressResult result = context.changer.UncompressFolder(change.folder, tell, context.wait);
    return {result.endedEarly ? Status(*result.endedEarly) : Status::Done(),
        {{"uncompressed", static_cast<std::int64_t>(result.done)}}};
}

Status Make(const DeleteTemporaryFiles&, const Context&)
{
    return Failure{code::kInternalError, "deletion goes through DeleteIn"};
}

Status TakeBack(const DeleteTemporaryFiles& change, const Context&)
{
    return Failure{code::kNotSupported, change.folder};
}

Answer<TempFileRule> MakeRule(const Machine& machine, const Wait& wait)
{
    const auto clock = machine.Ask(ReadClock{}, wait);
    if (!clock)
    {
        return WhyNoValue(clock, "clock");
    }
    TempFileRule rule;
    rule.now = clock->now;
    rule.booted = clock->booted;
    for (const char* value : kPendingRenameValues)
    {
        const auto renames = ReadPendingRenames(MachineView(machine, wait), value);
        if (renames.HasFailed())
        {
            return renames.Error();
        }
        if (renames)
        {
            std::ranges::move(PendingRenameNames(*renames), std::back_inserter(rule.pendingRenames));
        }
    }
    return rule;
}

Facts FactsOf(const TempFileResult& result)
{
    const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
    Facts facts{{"deleted", number(result.deleted)}, {"deleted_bytes", ByteCount{result.bytes}},
        {"skipped_recent", number(result.skippedRecent)}, {"skipped_in_use", number(result.skippedInUse)},
        {"skipped_pending", number(result.skippedPending)},
        {"skipped_not_plain", number(result.skippedNotPlain)}, {"failed", number(result.failed)}};
    if (!result.firstFailures.empty())
    {
        facts["first_failure"] = std::to_string(result.firstFailures.front().code);
    }
    return facts;
}

AppliedChange DeleteIn(
    const DeleteTemporaryFiles& change, const Context& context, const ApplyProgress& progress)
{
    const auto rule = MakeRule(context.machine, context.wait);
    if (!rule)
    {
        return {rule.Error(), {}};
    }
    auto folder = context.changer.OpenTempFolder(change.folder);
    if (!folder)
    {
        return {WhyNoValue(folder, change.folder), {}};
    }
    const auto tell = [&](const TempFileProgress& now) {
        if (progress)
        {
            progress(now.deleted, change.files);
        }
    };
    const TempFileResult result = DeleteTempFiles(**folder, *rule, tell, context.wait);
    return {result.endedEarly ? Status(*result.endedEarly) : Status::Done(), FactsOf(result)};
}

template <class Kind>
AppliedChange MakeAndReadBack(const Kind& change, const Context& context, const ApplyProgress& progress)
{
    const auto state = State(change, context.machine, context.wait);
    if (!state)
    {
        return {state.Error(), {}};
    }
    if (*state != ChangeState::kBefore)
    {
        const bool already = *state == ChangeState::kAfter && Describe(change).runState;
        return {already ? Status::Done() : Status(ChangedSince(Describe(change).target)), {}};
    }
    if constexpr (std::is_same_v<Kind, DeleteTemporaryFiles>)
    {
        return DeleteIn(change, context, progress);
    }
    AppliedChange made;
    if constexpr (std::is_same_v<Kind, UncompressFolder>)
    {
        made = UncompressIn(change, context, progress);
    }
    else if constexpr (std::is_same_v<Kind, InstallInboxDriver>)
    {
        made = InstallIn(change, context);
    }
    else
    {
        made.status = Make(change, context);
    }
    if (!made.status
        || std::is_same_v<Kind,
            RestartService> || std::is_same_v<Kind, ResyncClock> || std::is_same_v<Kind, InstallInboxDriver>)
    {
        return made;
    }
    const auto readBack = State(change, context.machine, context.wait);
    if (!readBack)
    {
        made.status = readBack.Error();
    }
    else if (*readBack != ChangeState::kAfter)
    {
        made.status = Failure{code::kInternalError, fmt::format("{} was not kept", Describe(change).target)};
    }
    return made;
}

template <class Kind>
constexpr bool kIsRunState =
    std::is_same_v<Kind,
        StartService> || std::is_same_v<Kind, StopService> || std::is_same_v<Kind, RestartService>;

template <class Kind>
Status TakeBackSetting(const Kind& change, const Context& context)
{
    const auto state = State(change, context.machine, context.wait);
    if (!state)
    {
        return state.Error();
    }
    if (*state == ChangeState::kElsewhere)
    {
        return ChangedSince(Describe(change).target);
    }
    return *state == ChangeState::kBefore ? Status::Done() : TakeBack(change, context);
}

} // namespace

Answer<ChangeState> ReadState(const Change& change, const Machine& machine, const Wait& wait)
{
    return std::visit([&](const auto& one) { return State(one, machine, wait); }, change);
}

Status Prepare(Plan& plan, const Machine& machine, const Wait& wait)
{
    // A key that several values need is made by the first of them, and goes when that one is taken back:
    // last.
    std::vector<std::pair<std::string, RegistryView>> made;
    for (Change& change : plan.changes)
    {
        auto* value = std::get_if<SetRegistryValue>(&change);
        if (value == nullptr || !value->after)
        {
            continue;
        }
        const auto missing = MissingKeys(value->path, machine, wait);
        if (!missing)
        {
            return missing.Error();
        }
        value->createdKeys.clear();
        for (const std::string& key : *missing)
        {
            const bool isMade = std::ranges::any_of(made, [&](const auto& one) {
                return EqualsIgnoreCase(one.first, key) && one.second == value->path.view;
            });
            if (!isMade)
            {
                made.emplace_back(key, value->path.view);
                value->createdKeys.push_back(key);
            }
        }
    }
    return Status::Done();
}

AppliedChange ApplyChange(const Change& change, MachineChanger& changer, const Machine& machine,
    const Wait& wait, const ApplyProgress& progress)
{
    const Context context{changer, machine, wait};
    return std::visit([&](const auto& one) { return MakeAndReadBack(one, context, progress); }, change);
}

Status RollBackChange(const Change& change, MachineChanger& changer, const Machine& machine, const Wait& wait)
{
    const Context context{changer, machine, wait};
    const auto takeBack = [&]<class Kind>(const Kind& one) -> Status {
        if constexpr (kIsRunState<Kind>)
        {
            return Status::Done();
        }
        else
        {
            return TakeBackSetting(one, context);
        }
    };
    return std::visit(takeBack, change);
}

void NoteWhatRuns(std::vector<Change>& changes, const Machine& machine, const Wait& wait)
{
    const auto note = [&]<class Kind>(Kind& one) {
        if constexpr (std::is_same_v<Kind, StopService> || std::is_same_v<Kind, RestartService>)
        {
            const auto service = machine.Ask(QueryService{one.service}, wait);
            one.ranBefore = !service ? RanBefore::kUnknown
                : IsDown(*service)   ? RanBefore::kNo
                                     : RanBefore::kYes;
        }
    };
    for (Change& change : changes)
    {
        std::visit(note, change);
    }
}

Status StartAgain(const std::string& service, bool stopIsComing, MachineChanger& changer,
    const Machine& machine, const Wait& wait)
{
    const auto before = machine.Ask(QueryService{service}, wait);
    if (before && before->state == ServiceState::kRunning)
    {
        if (!stopIsComing)
        {
            return Status::Done();
        }
        if (Status stopped = changer.StopService(service, wait); !stopped)
        {
            return stopped;
        }
    }
    // Also where Windows did not say how it stands: a service that runs is not started twice.
    if (Status started = changer.StartService(service, wait); !started)
    {
        return started;
    }
    return MustBe(ServiceState::kRunning, service, machine, wait);
}

Status StopAgain(
    const std::string& service, MachineChanger& changer, const Machine& machine, const Wait& wait)
{
    const auto before = machine.Ask(QueryService{service}, wait);
    if (!before)
    {
        return WhyNoValue(before, service);
    }
    if (IsDown(*before))
    {
        return Status::Done();
    }
    if (Status stopped = changer.StopService(service, wait); !stopped)
    {
        return stopped;
    }
    return MustBe(ServiceState::kStopped, service, machine, wait);
}

} // namespace mars
