// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "machine.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "temp_folder.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace mars
{

/// A blocking rule for outgoing connections, by all that tells it from others: names of rules need not be
/// unique.
struct FirewallRuleId
{
    std::string name;
    std::string program;
    std::string service;
};

struct UncompressResult
{
    /// Files and folders.
    std::uint64_t done = 0;
    /// Why not all of them are.
    std::optional<Failure> endedEarly;
};
using UncompressProgress = std::function<void(std::uint64_t done)>;

/// Every change that a repair may make to a computer. Only the repair engine calls it, and only for a change
/// that is already in the journal. A call that fails leaves the thing as it was; a call that says "done" is
/// still read back by the engine, because some systems say so without doing it.
class MachineChanger
{
public:
    virtual ~MachineChanger() = default;

    /// Writes the value, or removes it when `value` is empty. Missing keys are created; `createdKeys`
    /// receives their paths, outermost first, for undo.
    virtual Status WriteRegistryValue(const RegistryPath& path, const std::optional<RegistryValue>& value,
        std::vector<std::string>& createdKeys) = 0;
    /// Removes a key that has neither values nor sub-keys; done also when it is not there.
    virtual Status RemoveEmptyRegistryKey(const std::string& key, RegistryView view) = 0;

    virtual Status SetServiceStartType(const std::string& service, StartType startType) = 0;
    /// Starts the service and waits until it runs.
    virtual Status StartService(const std::string& service, const Wait& wait) = 0;
    /// Stops the service and waits until it is stopped. Never touches dependents: a service with running
    /// dependents is refused by the system. Where the wait is over first, what was asked for goes on; 1053
    /// (ERROR_SERVICE_REQUEST_TIMEOUT): it still says that it runs, and may stop at any moment.
    virtual Status StopService(const std::string& service, const Wait& wait) = 0;

    /// IRegisteredTask::put_Enabled.
    virtual Status SetTaskEnabled(const std::string& taskPath, bool enabled) = 0;
    /// Registers the task's edited XML (TASK_UPDATE, its own security descriptor kept, registration triggers
    /// ignored). A task that keeps a password cannot be updated without it, unless the new XML names SYSTEM.
    virtual Status UpdateTask(const std::string& taskPath, const std::string& xml) = 0;

    /// Adds one exclusion to Microsoft Defender's list, or removes it, through its own interface. Defender
    /// may say "done" and do nothing (tamper protection).
    virtual Status SetDefenderExclusion(
        ExclusionKind kind, const std::string& value, bool excluded, const Wait& wait) = 0;

    /// Lets the time service set the clock by its source.
    virtual Status ResyncClock(const Wait& wait) = 0;
    /// MSFT_StorageSetting.Set(NewDiskPolicy).
    virtual Status SetSanPolicy(SanPolicy policy) = 0;
    /// Gives the devices with this hardware id the driver of `inf`, a file name in Windows' own INF folder.
    /// Never replaces a better driver: done also when the best one is installed already. `needsRestart`,
    /// where given, tells whether Windows uses the driver only after a restart of the computer.
    virtual Status InstallInboxDriver(
        const std::string& hardwareId, const std::string& inf, bool* needsRestart = nullptr) = 0;
    /// INetFwRule::put_Enabled for each local rule that is this one.
    virtual Status SetFirewallRuleEnabled(const FirewallRuleId& rule, bool enabled) = 0;

    /// Opens a folder for deleting its temporary files; see temp_folder.h.
    virtual Answer<std::unique_ptr<TempFolder>> OpenTempFolder(const std::string& path) = 0;

    /// Copies a file into one of the program's own administrators-only folders, %ProgramData%\MARS
    /// Wizard\credentials and \module. Fails when a file of that name is there.
    virtual Status CopyToPrivateFolder(const std::string& source, const std::string& target) = 0;
    /// Deletes a file that CopyToPrivateFolder made; a path outside those folders is refused.
    virtual Status DeleteFromPrivateFolder(const std::string& target) = 0;

    /// Puts the content of `source`, a file that CopyToPrivateFolder made, in the place of `target`, or makes
    /// that file; without a source deletes it. The file is the old one or the new one at any moment. Never
    /// follows a link.
    virtual Status ReplaceFile(const std::string& target, const std::optional<std::string>& source) = 0;

    /// Takes the attribute "compressed" from the folder and from everything below it; mount points and other
    /// links are left alone.
    virtual UncompressResult UncompressFolder(
        const std::string& folder, const UncompressProgress& progress, const Wait& wait) = 0;
};

} // namespace mars
