// SPDX-License-Identifier: MIT
#include "fake_server.h"

#include "questions/devices.h"
#include "questions/files.h"
#include "questions/firewall.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/signatures.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "task_xml.h"

#include <algorithm>

namespace mars::test
{

Status Fate::Do(const std::function<Status()>& work)
{
    if (++m_calls != m_call)
    {
        return work();
    }
    switch (m_kind)
    {
    case Kind::kFail:
        return Failure{code::kAccessDenied, "spoiled"};
    case Kind::kLie:
        return Status::Done();
    case Kind::kDieBefore:
        throw Killed{};
    case Kind::kDieAfter: {
        const Status ignored = work();
        static_cast<void>(ignored);
        throw Killed{};
    }
    case Kind::kNone:
        break;
    }
    return work();
}

Status FakeChanger::WriteRegistryValue(const RegistryPath& path, const std::optional<RegistryValue>& value,
    std::vector<std::string>& createdKeys)
{
    return m_fate->Do([&] {
        std::string key = path.key;
        while (value && m_machine->Ask(ListRegistryKey{key, path.view}, Wait{}).IsAbsent())
        {
            m_machine->Set(ListRegistryKey{key, path.view}, RegistryKeyContent{});
            createdKeys.insert(createdKeys.begin(), key);
            key = FolderOf(key);
        }
        m_machine->Set(ReadRegistryValue{path}, value ? Answer<RegistryValue>(*value) : Absent{});
        ListValue(path, value);
        return Status::Done();
    });
}

void FakeChanger::ListValue(const RegistryPath& path, const std::optional<RegistryValue>& value)
{
    auto content = m_machine->Ask(ListRegistryKey{path.key, path.view}, Wait{});
    if (!content)
    {
        return;
    }
    const auto listed = std::ranges::find(content->values, path.name, &RegistryKeyContent::NamedValue::name);
    if (listed == content->values.end() && value)
    {
        content->values.push_back({path.name, *value});
    }
    else if (listed != content->values.end() && value)
    {
        listed->value = *value;
    }
    else if (listed != content->values.end())
    {
        content->values.erase(listed);
    }
    m_machine->Set(ListRegistryKey{path.key, path.view}, *content);
}

Status FakeChanger::RemoveEmptyRegistryKey(const std::string& key, RegistryView view)
{
    return m_fate->Do([&] {
        const auto content = m_machine->Ask(ListRegistryKey{key, view}, Wait{});
        if (content && !content->values.empty())
        {
            return Status(Failure{145, key});
        }
        m_machine->Set(ListRegistryKey{key, view}, Absent{});
        return Status::Done();
    });
}

Status FakeChanger::EditService(const std::string& service, const std::function<void(ServiceStatus&)>& edit)
{
    auto status = m_machine->Ask(QueryService{service}, Wait{});
    if (!status)
    {
        return Failure{1060, service};
    }
    edit(*status);
    m_machine->Set(QueryService{service}, *status);
    return Status::Done();
}

Status FakeChanger::SetServiceStartType(const std::string& service, StartType startType)
{
    return m_fate->Do(
        [&] { return EditService(service, [&](ServiceStatus& status) { status.startType = startType; }); });
}

Status FakeChanger::StartService(const std::string& service, const Wait&)
{
    return m_fate->Do([&] {
        runs.push_back("+" + service);
        return EditService(service, [](ServiceStatus& status) { status.state = ServiceState::kRunning; });
    });
}

Status FakeChanger::StopService(const std::string& service, const Wait&)
{
    return m_fate->Do([&] {
        runs.push_back("-" + service);
        return EditService(service, [](ServiceStatus& status) { status.state = ServiceState::kStopped; });
    });
}

Status FakeChanger::EditTask(const std::string& path, const std::function<void(ScheduledTask&)>& edit)
{
    const ListTasks question{std::string(FolderOf(path))};
    auto list = m_machine->Ask(question, Wait{});
    if (!list)
    {
        return Failure{2, path};
    }
    const auto task = std::ranges::find(list->tasks, path, &ScheduledTask::path);
    if (task == list->tasks.end())
    {
        return Failure{2, path};
    }
    edit(*task);
    m_machine->Set(question, *list);
    return Status::Done();
}

Status FakeChanger::SetTaskEnabled(const std::string& taskPath, bool enabled)
{
    return m_fate->Do(
        [&] { return EditTask(taskPath, [&](ScheduledTask& task) { task.enabled = enabled; }); });
}

Status FakeChanger::UpdateTask(const std::string& taskPath, const std::string& xml)
{
    return m_fate->Do([&] { return EditTask(taskPath, [&](ScheduledTask& task) { task.xml = xml; }); });
}

Status FakeChanger::SetDefenderExclusion(
    ExclusionKind kind, const std::string& value, bool excluded, const Wait&)
{
    return m_fate->Do([&]() -> Status {
        auto defender = m_machine->Ask(ReadDefender{}, Wait{});
        if (!defender)
        {
            return Failure{2, value};
        }
        auto& list = kind == ExclusionKind::kPath ? defender->excludedPaths : defender->excludedProcesses;
        std::erase(list, value);
        if (excluded)
        {
            list.push_back(value);
        }
        m_machine->Set(ReadDefender{}, *defender);
        return Status::Done();
    });
}

Status FakeChanger::ResyncClock(const Wait&)
{
    return m_fate->Do([&] {
        runs.push_back("resync");
        return Status::Done();
    });
}

Status FakeChanger::SetSanPolicy(SanPolicy policy)
{
    return m_fate->Do([&] {
        m_machine->Set(ReadNewDiskPolicy{}, NewDiskSetting{policy});
        return Status::Done();
    });
}

Status FakeChanger::InstallInboxDriver(const std::string& hardwareId, const std::string&, bool* needsRestart)
{
    return m_fate->Do([&] {
        if (needsRestart != nullptr)
        {
            *needsRestart = driverNeedsRestart;
        }
        auto list = m_machine->Ask(ListDevices{hardwareId}, Wait{}).ValueOr({});
        for (DeviceInfo& device : list.devices)
        {
            device.classGuid = "{4d36e97b-e325-11ce-bfc1-08002be10318}";
            device.problemCode = 0;
        }
        m_machine->Set(ListDevices{hardwareId}, list);
        return Status::Done();
    });
}

/// A rule that was switched off is no longer listed; switched on again it comes back as it was.
Status FakeChanger::SetFirewallRuleEnabled(const FirewallRuleId& rule, bool enabled)
{
    return m_fate->Do([&]() -> Status {
        auto firewall = m_machine->Ask(ReadFirewall{}, Wait{});
        if (!firewall)
        {
            return Failure{2, rule.name};
        }
        auto& from = enabled ? m_rulesOff : firewall->rules;
        auto& to = enabled ? firewall->rules : m_rulesOff;
        const auto found = std::ranges::find(from, rule.name, &FirewallRule::name);
        if (found != from.end())
        {
            to.insert(to.begin(), *found);
            from.erase(found);
        }
        m_machine->Set(ReadFirewall{}, *firewall);
        return Status::Done();
    });
}

Answer<std::unique_ptr<TempFolder>> FakeChanger::OpenTempFolder(const std::string& path)
{
    if (!openTempFolder)
    {
        return Failure{code::kNotSupported, path};
    }
    return openTempFolder(path);
}

Status FakeChanger::CopyToPrivateFolder(const std::string& source, const std::string& target)
{
    return m_fate->Do([&]() -> Status {
        const auto file = m_machine->Ask(ReadFileInfo{source}, Wait{});
        if (!file)
        {
            return Failure{2, source};
        }
        CopyContent(source, target);
        return Status::Done();
    });
}

namespace
{

/// As long as the machine was ever asked about either file.
template <class Question>
void CopyAnswer(RecordedMachine& machine, const std::string& source, const std::string& target)
{
    const auto answer = machine.Ask(Question{source}, Wait{});
    if (!answer.HasFailed())
    {
        machine.Set(Question{target}, answer);
    }
}

template <class Question>
void DropAnswer(RecordedMachine& machine, const std::string& target)
{
    if (!machine.Ask(Question{target}, Wait{}).HasFailed())
    {
        machine.Set(Question{target}, Absent{});
    }
}

} // namespace

void FakeChanger::CopyContent(const std::string& source, const std::string& target)
{
    CopyAnswer<ReadFileInfo>(*m_machine, source, target);
    CopyAnswer<HashFile>(*m_machine, source, target);
    CopyAnswer<VerifySignature>(*m_machine, source, target);
    CopyAnswer<ReadFileVersion>(*m_machine, source, target);
}

void FakeChanger::DropContent(const std::string& target)
{
    DropAnswer<ReadFileInfo>(*m_machine, target);
    DropAnswer<HashFile>(*m_machine, target);
    DropAnswer<VerifySignature>(*m_machine, target);
    DropAnswer<ReadFileVersion>(*m_machine, target);
}

Status FakeChanger::ReplaceFile(const std::string& target, const std::optional<std::string>& source)
{
    return m_fate->Do([&] {
        source ? CopyContent(*source, target) : DropContent(target);
        return Status::Done();
    });
}

UncompressResult FakeChanger::UncompressFolder(
    const std::string& folder, const UncompressProgress& progress, const Wait&)
{
    UncompressResult result;
    const Status status = m_fate->Do([&] {
        auto survey = m_machine->Ask(SurveyFolder{folder}, Wait{});
        auto info = m_machine->Ask(ReadFileInfo{folder}, Wait{});
        result.done = survey->compressed + 1;
        progress(result.done);
        survey->compressed = 0;
        info->attributes &= ~file_attribute::kCompressed;
        m_machine->Set(SurveyFolder{folder}, *survey);
        m_machine->Set(ReadFileInfo{folder}, *info);
        return Status::Done();
    });
    if (!status)
    {
        result.endedEarly = status.Error();
    }
    return result;
}

Status FakeChanger::DeleteFromPrivateFolder(const std::string& target)
{
    return m_fate->Do([&] {
        DropContent(target);
        return Status::Done();
    });
}

namespace
{

class MemoryFile : public AppendFile
{
public:
    MemoryFile(MemoryFolder& folder, std::string name, std::shared_ptr<Fate> fate)
        : m_folder(folder), m_name(std::move(name)), m_fate(std::move(fate))
    {}
    Status Append(std::string_view bytes) override
    {
        return m_fate->Do([&]() -> Status {
            constexpr std::uint32_t kDiskFull = 112;
            const bool full = m_folder.fullAfter && --*m_folder.fullAfter < 0;
            m_folder.files[m_name] += bytes.substr(0, full ? bytes.size() / 2 : bytes.size());
            return full ? Status(Failure{kDiskFull, m_name}) : Status::Done();
        });
    }
    Status Discard() override
    {
        m_folder.files.erase(m_name);
        return Status::Done();
    }

private:
    MemoryFolder& m_folder;
    std::string m_name;
    std::shared_ptr<Fate> m_fate;
};

} // namespace

Answer<std::unique_ptr<AppendFile>> MemoryFolder::CreateNew(const std::string& name)
{
    if (files.contains(name))
    {
        return Failure{80, name};
    }
    files[name];
    return std::unique_ptr<AppendFile>(std::make_unique<MemoryFile>(*this, name, m_fate));
}

Answer<std::unique_ptr<AppendFile>> MemoryFolder::OpenToAppend(const std::string& name)
{
    if (!files.contains(name))
    {
        return Absent{};
    }
    return std::unique_ptr<AppendFile>(std::make_unique<MemoryFile>(*this, name, m_fate));
}

Answer<std::vector<std::string>> MemoryFolder::List()
{
    if (!prepared && prepared.Error().code == kFolderOpened)
    {
        return prepared.Error();
    }
    std::vector<std::string> names;
    for (const auto& [name, text] : files)
    {
        names.push_back(name);
    }
    return names;
}

Answer<std::string> MemoryFolder::Read(const std::string& name, std::size_t limit)
{
    const auto found = files.find(name);
    if (found == files.end())
    {
        return Absent{};
    }
    if (found->second.size() > limit)
    {
        return Failure{code::kInvalidData, name};
    }
    return found->second;
}

Status MemoryFolder::CloseAgain(std::string_view mark)
{
    for (auto& [name, text] : files)
    {
        text += mark;
    }
    prepared = Status::Done();
    return prepared;
}

Answer<std::shared_ptr<void>> MemoryFolder::Lock()
{
    if (locked)
    {
        return Failure{32, "lock"};
    }
    locked = true;
    return std::shared_ptr<void>(this, [](void* self) { static_cast<MemoryFolder*>(self)->locked = false; });
}

} // namespace mars::test
