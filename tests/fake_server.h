// SPDX-License-Identifier: MIT
#pragma once

#include "machine_changer.h"
#include "private_folder.h"
#include "questions/firewall.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "recorded_machine.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mars::test
{

/// Thrown where a test lets the process die.
struct Killed
{
};

/// Counts every call that changes something, on the machine or in the journal, and spoils one of them.
class Fate
{
public:
    enum class Kind
    {
        kNone,
        /// The call fails and does nothing.
        kFail,
        /// The call says "done" and does nothing.
        kLie,
        /// The process dies before the call does anything.
        kDieBefore,
        /// The process dies when the call has done its work.
        kDieAfter,
    };
    void Spoil(Kind kind, int call)
    {
        m_kind = kind;
        m_call = call;
        m_calls = 0;
    }
    int Calls() const
    {
        return m_calls;
    }

    Status Do(const std::function<Status()>& work);

private:
    Kind m_kind = Kind::kNone;
    int m_call = 0;
    int m_calls = 0;
};

/// Changes the answers of a recorded machine, as Windows would change.
class FakeChanger : public MachineChanger
{
public:
    FakeChanger(std::shared_ptr<RecordedMachine> machine, std::shared_ptr<Fate> fate)
        : m_machine(std::move(machine)), m_fate(std::move(fate))
    {}
    Status WriteRegistryValue(const RegistryPath& path, const std::optional<RegistryValue>& value,
        std::vector<std::string>& createdKeys) override;
    Status RemoveEmptyRegistryKey(const std::string& key, RegistryView view) override;
    Status SetServiceStartType(const std::string& service, StartType startType) override;
    Status StartService(const std::string& service, const Wait& wait) override;
    Status StopService(const std::string& service, const Wait& wait) override;
    Status SetTaskEnabled(const std::string& taskPath, bool enabled) override;
    Status UpdateTask(const std::string& taskPath, const std::string& xml) override;
    Status SetDefenderExclusion(
        ExclusionKind kind, const std::string& value, bool excluded, const Wait& wait) override;
    Status ResyncClock(const Wait& wait) override;
    Status SetSanPolicy(SanPolicy policy) override;
    Status InstallInboxDriver(
        const std::string& hardwareId, const std::string& inf, bool* needsRestart) override;
    Status SetFirewallRuleEnabled(const FirewallRuleId& rule, bool enabled) override;
    Answer<std::unique_ptr<TempFolder>> OpenTempFolder(const std::string& path) override;
    Status CopyToPrivateFolder(const std::string& source, const std::string& target) override;
    Status DeleteFromPrivateFolder(const std::string& target) override;
    Status ReplaceFile(const std::string& target, const std::optional<std::string>& source) override;
    UncompressResult UncompressFolder(
        const std::string& folder, const UncompressProgress& progress, const Wait& wait) override;

    /// What OpenTempFolder gives; a test that needs one sets it.
    std::function<Answer<std::unique_ptr<TempFolder>>(const std::string&)> openTempFolder;
    /// What InstallInboxDriver says of a restart.
    bool driverNeedsRestart = false;
    /// Names of the services that were started and stopped, and "resync", in order: "+obengine", "-obengine".
    std::vector<std::string> runs;

private:
    /// Everything that the machine knows of the content of `source`, it knows of `target` afterwards.
    void CopyContent(const std::string& source, const std::string& target);
    void DropContent(const std::string& target);
    void ListValue(const RegistryPath& path, const std::optional<RegistryValue>& value);
    Status EditService(const std::string& service, const std::function<void(ServiceStatus&)>& edit);
    Status EditTask(const std::string& path, const std::function<void(ScheduledTask&)>& edit);

    std::shared_ptr<RecordedMachine> m_machine;
    std::shared_ptr<Fate> m_fate;
    std::vector<FirewallRule> m_rulesOff;
};

/// A journal folder in memory. What was appended before the process died stays.
class MemoryFolder : public PrivateFolder
{
public:
    explicit MemoryFolder(std::shared_ptr<Fate> fate) : m_fate(std::move(fate)) {}

    Status Prepare() override
    {
        return prepared;
    }
    std::string Path() const override
    {
        return "C:\\ProgramData\\MARS Wizard\\journal";
    }
    Answer<std::unique_ptr<AppendFile>> CreateNew(const std::string& name) override;
    Answer<std::unique_ptr<AppendFile>> OpenToAppend(const std::string& name) override;
    Answer<std::vector<std::string>> List() override;
    Answer<std::string> Read(const std::string& name, std::size_t limit) override;
    Status CloseAgain(std::string_view mark) override;
    Answer<std::shared_ptr<void>> Lock() override;

    std::map<std::string, std::string> files;
    Status prepared = Status::Done();
    bool locked = false;
    /// From then on a line is written only to its middle, and that is all: a full disk.
    std::optional<int> fullAfter;

private:
    std::shared_ptr<Fate> m_fate;
};

} // namespace mars::test
