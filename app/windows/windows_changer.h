// SPDX-License-Identifier: MIT
#pragma once

#include "machine_changer.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "windows_private_folder.h"

namespace mars
{

/// Changes this computer. Keeps nothing between calls; may be called from any thread.
class WindowsChanger final : public MachineChanger
{
public:
    /// The folder for copies of credentials; see WindowsPrivateFolder.
    WindowsChanger(std::string privateFolder, std::vector<std::string> acceptedOwners)
        : m_privateFolder(std::move(privateFolder), std::move(acceptedOwners))
    {}

    // registry_changes.cpp
    Status WriteRegistryValue(const RegistryPath& path, const std::optional<RegistryValue>& value,
        std::vector<std::string>& createdKeys) override;
    /// Fails with 145 (ERROR_DIR_NOT_EMPTY) where the key holds something.
    Status RemoveEmptyRegistryKey(const std::string& key, RegistryView view) override;

    // service_changes.cpp
    Status SetServiceStartType(const std::string& service, StartType startType) override;
    /// A service that ends instead of running fails with its exit code, or with 1062 where that is 0.
    Status StartService(const std::string& service, const Wait& wait) override;
    /// Fails with 1051 (ERROR_DEPENDENT_SERVICES_RUNNING) and their names where others depend on it.
    Status StopService(const std::string& service, const Wait& wait) override;

    // task_changes.cpp
    Status SetTaskEnabled(const std::string& taskPath, bool enabled) override;
    Status UpdateTask(const std::string& taskPath, const std::string& xml) override;

    // defender.cpp
    Status SetDefenderExclusion(
        ExclusionKind kind, const std::string& value, bool excluded, const Wait& wait) override;

    // clock_changes.cpp
    /// Fails with the exit code of w32tm, which is that of its error.
    Status ResyncClock(const Wait& wait) override;
    // storage_changes.cpp
    Status SetSanPolicy(SanPolicy policy) override;
    /// Fails with 87 where `inf` is more than a file name.
    Status InstallInboxDriver(
        const std::string& hardwareId, const std::string& inf, bool* needsRestart) override;
    // firewall_changes.cpp
    Status SetFirewallRuleEnabled(const FirewallRuleId& rule, bool enabled) override;

    // windows_changer.cpp
    Answer<std::unique_ptr<TempFolder>> OpenTempFolder(const std::string& path) override;
    Status CopyToPrivateFolder(const std::string& source, const std::string& target) override;
    /// Done also when the copy is not there.
    Status DeleteFromPrivateFolder(const std::string& target) override;

    // file_changes.cpp
    /// A missing folder of the target is made, and removed again with its last file.
    Status ReplaceFile(const std::string& target, const std::optional<std::string>& source) override;
    UncompressResult UncompressFolder(
        const std::string& folder, const UncompressProgress& progress, const Wait& wait) override;

private:
    WindowsPrivateFolder m_privateFolder;
};

} // namespace mars
