// SPDX-License-Identifier: MIT

/// A Task Scheduler for tests under Wine, whose own loses triggers and principals and answers half of the
/// methods with E_NOTIMPL. Same CLSID, same interfaces, same HRESULTs as Windows for what MARS Wizard and its
/// tests call.

#include "com_object.h"
#include "task_store.h"
#include "task_xml.h"

#include <initguid.h>

#include <sddl.h>
#include <taskschd.h>

#include <cstdio>
#include <cstring>

namespace stand_in
{
namespace
{

// winerror.h of mingw-w64 lacks most of the scheduler's codes.
constexpr HRESULT kTaskHasNotRun = 0x00041303;
constexpr HRESULT kUnexpectedNode = static_cast<HRESULT>(0x80041316);
constexpr HRESULT kNamespace = static_cast<HRESULT>(0x80041317);
constexpr HRESULT kMissingNode = static_cast<HRESULT>(0x80041319);
constexpr HRESULT kMalformedXml = static_cast<HRESULT>(0x8004131A);
constexpr HRESULT kTaskDisabled = static_cast<HRESULT>(0x80041326);

std::string ToUtf8(const std::wstring& text)
{
    const int length = static_cast<int>(text.size());
    const int size = WideCharToMultiByte(CP_UTF8, 0, text.data(), length, nullptr, 0, nullptr, nullptr);
    std::string narrow(static_cast<std::size_t>(size), 0);
    WideCharToMultiByte(CP_UTF8, 0, text.data(), length, narrow.data(), size, nullptr, nullptr);
    return narrow;
}

std::wstring Join(const std::wstring& folder, const std::wstring& path)
{
    if (path.empty() || path == L"\\")
        return folder;
    if (path.starts_with(L"\\"))
        return path;
    return folder == L"\\" ? folder + path : folder + L"\\" + path;
}

std::wstring NameOf(const std::wstring& path)
{
    return path == L"\\" ? path : path.substr(path.rfind(L'\\') + 1);
}

std::wstring FolderOf(const std::wstring& path)
{
    const std::size_t end = path.rfind(L'\\');
    return end == 0 ? L"\\" : path.substr(0, end);
}

bool IsLegal(const std::wstring& path)
{
    return path.find_first_of(L"/:*?\"<>|") == std::wstring::npos && path.find(L"\\\\") == std::wstring::npos
        && path.find(L"..") == std::wstring::npos;
}

/// Windows says "file" when only the last part is missing and "path" when its parent is missing too.
HRESULT Missing(const TaskStore& store, const std::wstring& path)
{
    return HRESULT_FROM_WIN32(store.HasFolder(FolderOf(path)) ? ERROR_FILE_NOT_FOUND : ERROR_PATH_NOT_FOUND);
}

HRESULT ToHresult(TaskXml::Fault fault)
{
    switch (fault)
    {
    case TaskXml::Fault::kNone:
        return S_OK;
    case TaskXml::Fault::kWrongRoot:
        return kUnexpectedNode;
    case TaskXml::Fault::kWrongNamespace:
        return kNamespace;
    case TaskXml::Fault::kMissingActions:
        return kMissingNode;
    case TaskXml::Fault::kMalformed:
        break;
    }
    return kMalformedXml;
}

/// 1999-11-30: what the schedulers since Windows Server 2016 say of a task that has not run, and S_OK with
/// it.
constexpr DATE kNeverRan = 36494;

/// DATE of a local time "2024-05-01T21:00:00"; 0 = none, as Windows has it.
DATE ToDate(const std::string& text)
{
    SYSTEMTIME time{};
    DATE date = 0;
    if (std::sscanf(text.c_str(), "%hu-%hu-%huT%hu:%hu:%hu", &time.wYear, &time.wMonth, &time.wDay,
            &time.wHour, &time.wMinute, &time.wSecond)
            == 6
        && SystemTimeToVariantTime(&time, &date))
        return date;
    return 0;
}

std::string Now()
{
    SYSTEMTIME time;
    GetLocalTime(&time);
    char text[32];
    std::snprintf(text, sizeof text, "%04hu-%02hu-%02huT%02hu:%02hu:%02hu", time.wYear, time.wMonth,
        time.wDay, time.wHour, time.wMinute, time.wSecond);
    return text;
}

bool IsServiceAccount(const std::string& user)
{
    for (const char* name :
        {"S-1-5-18", "SYSTEM", "NT AUTHORITY\\SYSTEM", "LocalSystem", "S-1-5-19", "S-1-5-20"})
    {
        if (_stricmp(user.c_str(), name) == 0)
            return true;
    }
    return false;
}

/// The parts of a security descriptor that were asked for.
HRESULT PartsOf(const std::string& security, LONG parts, BSTR* sddl)
{
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    char* text = nullptr;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorA(
            security.c_str(), SDDL_REVISION_1, &descriptor, nullptr))
        return HRESULT_FROM_WIN32(GetLastError());
    const bool done = ConvertSecurityDescriptorToStringSecurityDescriptorA(
        descriptor, SDDL_REVISION_1, static_cast<SECURITY_INFORMATION>(parts), &text, nullptr);
    const HRESULT result =
        done ? Give(std::wstring(text, text + std::strlen(text)), sddl) : HRESULT_FROM_WIN32(GetLastError());
    LocalFree(text);
    LocalFree(descriptor);
    return result;
}

bool IsSecurityDescriptor(const std::string& sddl)
{
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    const bool valid = ConvertStringSecurityDescriptorToSecurityDescriptorA(
        sddl.c_str(), SDDL_REVISION_1, &descriptor, nullptr);
    LocalFree(descriptor);
    return valid;
}

class RunningTask final : public Dispatch<IRunningTask>
{
public:
    explicit RunningTask(std::wstring path) : m_path(std::move(path)) {}

    STDMETHODIMP get_Name(BSTR* name) override
    {
        return Give(NameOf(m_path), name);
    }
    STDMETHODIMP get_InstanceGuid(BSTR* id) override
    {
        return Give(std::wstring(L"{5D2C4E61-7F0B-4C0E-9A55-3B1E8D6F2A10}"), id);
    }
    STDMETHODIMP get_Path(BSTR* path) override
    {
        return Give(m_path, path);
    }
    STDMETHODIMP get_State(TASK_STATE* state) override
    {
        return Give(TASK_STATE_RUNNING, state);
    }
    STDMETHODIMP get_CurrentAction(BSTR* action) override
    {
        return Give(std::wstring(L"powershell.exe"), action);
    }
    STDMETHODIMP Stop() override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP Refresh() override
    {
        return S_OK;
    }
    STDMETHODIMP get_EnginePID(DWORD* process) override
    {
        return Give(GetCurrentProcessId(), process);
    }

private:
    std::wstring m_path;
};

std::vector<Ref<IRunningTask>> InstancesOf(const TaskStore& store, const std::wstring& path)
{
    std::vector<Ref<IRunningTask>> instances;
    for (int left = store.ReadState(path).runningInstances; left > 0; --left)
        instances.emplace_back(new RunningTask(path));
    return instances;
}

class Definition final : public Dispatch<ITaskDefinition>
{
public:
    explicit Definition(std::wstring xml) : m_xml(std::move(xml)) {}

    STDMETHODIMP get_XmlText(BSTR* xml) override
    {
        return Give(m_xml, xml);
    }
    STDMETHODIMP put_XmlText(BSTR xml) override
    {
        const HRESULT result = ToHresult(TaskXml(Text(xml)).GetFault());
        if (SUCCEEDED(result))
            m_xml = Text(xml);
        return result;
    }

    STDMETHODIMP get_RegistrationInfo(IRegistrationInfo**) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP put_RegistrationInfo(IRegistrationInfo*) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP get_Triggers(ITriggerCollection**) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP put_Triggers(ITriggerCollection*) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP get_Settings(ITaskSettings**) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP put_Settings(ITaskSettings*) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP get_Data(BSTR*) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP put_Data(BSTR) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP get_Principal(IPrincipal**) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP put_Principal(IPrincipal*) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP get_Actions(IActionCollection**) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP put_Actions(IActionCollection*) override
    {
        return E_NOTIMPL;
    }

private:
    std::wstring m_xml;
};

class Task final : public Dispatch<IRegisteredTask>
{
public:
    explicit Task(std::wstring path) : m_path(std::move(path)) {}

    STDMETHODIMP get_Name(BSTR* name) override
    {
        return Give(NameOf(m_path), name);
    }
    STDMETHODIMP get_Path(BSTR* path) override
    {
        return Give(m_path, path);
    }

    STDMETHODIMP get_State(TASK_STATE* state) override
    {
        if (!m_store.HasTask(m_path))
            return Missing(m_store, m_path);
        if (m_store.ReadState(m_path).runningInstances > 0)
            return Give(TASK_STATE_RUNNING, state);
        return Give(Xml().IsEnabled() ? TASK_STATE_READY : TASK_STATE_DISABLED, state);
    }

    STDMETHODIMP get_Enabled(VARIANT_BOOL* enabled) override
    {
        if (!m_store.HasTask(m_path))
            return Missing(m_store, m_path);
        return Give(Xml().IsEnabled() ? VARIANT_TRUE : VARIANT_FALSE, enabled);
    }

    STDMETHODIMP put_Enabled(VARIANT_BOOL enabled) override
    {
        if (!m_store.HasTask(m_path))
            return Missing(m_store, m_path);
        if (const auto code = m_store.ReadState(m_path).changesFailWith; code != 0)
            return static_cast<HRESULT>(code);
        TaskXml xml = Xml();
        if (xml.IsEnabled() == (enabled != VARIANT_FALSE))
            return S_OK;
        xml.SetEnabled(enabled != VARIANT_FALSE);
        return m_store.WriteXml(m_path, xml.Text()) ? S_OK : E_ACCESSDENIED;
    }

    /// Records the run; nothing is started.
    STDMETHODIMP Run(VARIANT, IRunningTask** instance) override
    {
        if (!Xml().IsEnabled())
            return kTaskDisabled;
        TaskState state = m_store.ReadState(m_path);
        ++state.runs;
        state.lastRunTime = Now();
        state.lastTaskResult = 0;
        m_store.WriteState(m_path, state);
        return instance == nullptr ? S_OK : GiveNew<RunningTask>(instance, m_path);
    }
    STDMETHODIMP RunEx(VARIANT parameters, LONG, LONG, BSTR, IRunningTask** instance) override
    {
        return Run(parameters, instance);
    }

    STDMETHODIMP GetInstances(LONG, IRunningTaskCollection** instances) override
    {
        return GiveNew<Collection<IRunningTaskCollection, IRunningTask>>(
            instances, InstancesOf(m_store, m_path));
    }

    STDMETHODIMP get_LastRunTime(DATE* date) override
    {
        const TaskState state = m_store.ReadState(m_path);
        return Give(state.lastRunTime.empty() ? kNeverRan : ToDate(state.lastRunTime), date);
    }
    STDMETHODIMP get_LastTaskResult(LONG* result) override
    {
        return Give(
            static_cast<LONG>(m_store.ReadState(m_path).lastTaskResult.value_or(kTaskHasNotRun)), result);
    }
    STDMETHODIMP get_NumberOfMissedRuns(LONG* runs) override
    {
        return Give(static_cast<LONG>(m_store.ReadState(m_path).missedRuns), runs);
    }
    STDMETHODIMP get_NextRunTime(DATE* date) override
    {
        const TaskXml xml = Xml();
        const bool scheduled = xml.IsEnabled() && xml.HasEnabledTrigger();
        return Give(scheduled ? ToDate(m_store.ReadState(m_path).nextRunTime) : 0.0, date);
    }
    STDMETHODIMP get_Definition(ITaskDefinition** definition) override
    {
        return GiveNew<Definition>(definition, m_store.ReadXml(m_path));
    }
    STDMETHODIMP get_Xml(BSTR* xml) override
    {
        if (!m_store.HasTask(m_path))
            return Missing(m_store, m_path);
        return Give(m_store.ReadXml(m_path), xml);
    }

    STDMETHODIMP GetSecurityDescriptor(LONG parts, BSTR* sddl) override
    {
        return PartsOf(m_store.ReadState(m_path).security, parts, sddl);
    }
    STDMETHODIMP SetSecurityDescriptor(BSTR sddl, LONG) override
    {
        TaskState state = m_store.ReadState(m_path);
        if (state.changesFailWith != 0)
            return static_cast<HRESULT>(state.changesFailWith);
        state.security = ToUtf8(Text(sddl));
        if (!IsSecurityDescriptor(state.security))
            return E_INVALIDARG;
        return m_store.WriteState(m_path, state) ? S_OK : E_ACCESSDENIED;
    }

    STDMETHODIMP Stop(LONG) override
    {
        TaskState state = m_store.ReadState(m_path);
        state.runningInstances = 0;
        return m_store.WriteState(m_path, state) ? S_OK : E_ACCESSDENIED;
    }
    STDMETHODIMP GetRunTimes(const LPSYSTEMTIME, const LPSYSTEMTIME, DWORD*, LPSYSTEMTIME*) override
    {
        return E_NOTIMPL;
    }

private:
    TaskXml Xml() const
    {
        return TaskXml(m_store.ReadXml(m_path));
    }

    std::wstring m_path;
    TaskStore m_store;
};

/// RegisterTask, step by step. Nothing is written before every step has agreed.
class Registration
{
public:
    Registration(std::wstring path, const std::wstring& xml, LONG flags)
        : m_path(std::move(path)), m_text(xml), m_xml(xml), m_flags(flags), m_exists(m_store.HasTask(m_path)),
          m_state(m_exists ? m_store.ReadState(m_path) : TaskState())
    {}

    HRESULT Run(const VARIANT& user, const VARIANT& password, TASK_LOGON_TYPE logonType, const VARIANT& sddl)
    {
        HRESULT result = CheckTarget();
        if (SUCCEEDED(result))
            result = ToHresult(m_xml.GetFault());
        if (SUCCEEDED(result))
            result = CheckAccount(ToUtf8(Text(user)), !Text(password).empty(), logonType);
        if (SUCCEEDED(result))
            result = TakeSecurity(ToUtf8(Text(sddl)));
        if (FAILED(result) || (m_flags & TASK_VALIDATE_ONLY) != 0)
            return result;
        return Write();
    }

private:
    HRESULT CheckTarget() const
    {
        if (!IsLegal(m_path))
            return HRESULT_FROM_WIN32(ERROR_INVALID_NAME);
        if (m_state.changesFailWith != 0)
            return static_cast<HRESULT>(m_state.changesFailWith);
        if (m_exists && (m_flags & (TASK_UPDATE | TASK_VALIDATE_ONLY)) == 0)
            return HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS);
        if (!m_exists && (m_flags & (TASK_CREATE | TASK_VALIDATE_ONLY)) == 0)
            return HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
        return S_OK;
    }

    /// A password is kept for an account, never readable again, and asked for at every update.
    HRESULT CheckAccount(const std::string& user, bool hasPassword, TASK_LOGON_TYPE logonType)
    {
        const bool service = IsServiceAccount(user.empty() ? m_xml.UserId() : user);
        const bool byXml = logonType == TASK_LOGON_NONE || user.empty();
        const bool wantsPassword = !service && m_xml.GroupId().empty()
            && (byXml ? m_xml.LogonType() == "Password" : logonType == TASK_LOGON_PASSWORD);
        if (service && hasPassword)
            return E_INVALIDARG;
        if (wantsPassword && !hasPassword)
            return HRESULT_FROM_WIN32(ERROR_LOGON_FAILURE);
        if (!user.empty() && user != m_xml.UserId())
        {
            m_xml.SetUser(user, wantsPassword ? "Password" : "");
            m_text = m_xml.Text();
        }
        m_state.keepsPassword = wantsPassword;
        return S_OK;
    }

    HRESULT TakeSecurity(const std::string& sddl)
    {
        if (!sddl.empty())
        {
            if (!IsSecurityDescriptor(sddl))
                return E_INVALIDARG;
            m_state.security = sddl;
        }
        if ((m_flags & TASK_DONT_ADD_PRINCIPAL_ACE) == 0 && m_xml.UserId().starts_with("S-1-"))
        {
            const std::string entry = "(A;;FRFX;;;" + m_xml.UserId() + ")";
            if (m_state.security.find(entry) == std::string::npos)
                m_state.security += entry;
        }
        return S_OK;
    }

    HRESULT Write()
    {
        if ((m_flags & TASK_DISABLE) != 0 && m_xml.IsEnabled())
        {
            m_xml.SetEnabled(false);
            m_text = m_xml.Text();
        }
        if (m_xml.PrintTriggersAnew())
            m_text = m_xml.Text();
        if ((m_flags & TASK_IGNORE_REGISTRATION_TRIGGERS) == 0 && m_xml.RunsWhenRegistered())
            ++m_state.runs;
        return m_store.WriteXml(m_path, m_text) && m_store.WriteState(m_path, m_state) ? S_OK
                                                                                       : E_ACCESSDENIED;
    }

    TaskStore m_store;
    std::wstring m_path;
    std::wstring m_text;
    TaskXml m_xml;
    LONG m_flags;
    bool m_exists;
    TaskState m_state;
};

class Folder final : public Dispatch<ITaskFolder>
{
public:
    explicit Folder(std::wstring path) : m_path(std::move(path)) {}

    STDMETHODIMP get_Name(BSTR* name) override
    {
        return Give(NameOf(m_path), name);
    }
    STDMETHODIMP get_Path(BSTR* path) override
    {
        return Give(m_path, path);
    }

    STDMETHODIMP GetFolder(BSTR path, ITaskFolder** folder) override
    {
        const std::wstring wanted = Join(m_path, Text(path));
        return m_store.HasFolder(wanted) ? GiveNew<Folder>(folder, wanted) : Missing(m_store, wanted);
    }
    STDMETHODIMP GetFolders(LONG, ITaskFolderCollection** folders) override
    {
        std::vector<Ref<ITaskFolder>> found;
        for (const std::wstring& name : m_store.FolderNames(m_path))
            found.emplace_back(new Folder(Join(m_path, name)));
        return GiveNew<Collection<ITaskFolderCollection, ITaskFolder>>(folders, std::move(found));
    }
    STDMETHODIMP CreateFolder(BSTR name, VARIANT, ITaskFolder** folder) override
    {
        const std::wstring wanted = Join(m_path, Text(name));
        if (!IsLegal(wanted))
            return HRESULT_FROM_WIN32(ERROR_INVALID_NAME);
        if (m_store.HasFolder(wanted))
            return HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS);
        if (!m_store.CreateFolder(wanted))
            return E_ACCESSDENIED;
        return folder == nullptr ? S_OK : GiveNew<Folder>(folder, wanted);
    }
    STDMETHODIMP DeleteFolder(BSTR name, LONG) override
    {
        const std::wstring wanted = Join(m_path, Text(name));
        if (!m_store.HasFolder(wanted))
            return Missing(m_store, wanted);
        return m_store.DeleteFolder(wanted) ? S_OK : HRESULT_FROM_WIN32(ERROR_DIR_NOT_EMPTY);
    }

    STDMETHODIMP GetTask(BSTR path, IRegisteredTask** task) override
    {
        const std::wstring wanted = Join(m_path, Text(path));
        return m_store.HasTask(wanted) ? GiveNew<Task>(task, wanted) : Missing(m_store, wanted);
    }
    STDMETHODIMP GetTasks(LONG flags, IRegisteredTaskCollection** tasks) override
    {
        std::vector<Ref<IRegisteredTask>> found;
        for (const std::wstring& name : m_store.TaskNames(m_path))
        {
            const std::wstring path = Join(m_path, name);
            if ((flags & TASK_ENUM_HIDDEN) != 0 || !TaskXml(m_store.ReadXml(path)).IsHidden())
                found.emplace_back(new Task(path));
        }
        return GiveNew<Collection<IRegisteredTaskCollection, IRegisteredTask>>(tasks, std::move(found));
    }
    STDMETHODIMP DeleteTask(BSTR name, LONG) override
    {
        const std::wstring wanted = Join(m_path, Text(name));
        if (!m_store.HasTask(wanted))
            return Missing(m_store, wanted);
        return m_store.DeleteTask(wanted) ? S_OK : E_ACCESSDENIED;
    }

    STDMETHODIMP RegisterTask(BSTR path, BSTR xml, LONG flags, VARIANT user, VARIANT password,
        TASK_LOGON_TYPE logonType, VARIANT sddl, IRegisteredTask** task) override
    {
        const std::wstring wanted = Join(m_path, Text(path));
        if (task != nullptr)
            *task = nullptr;
        const HRESULT result = Registration(wanted, Text(xml), flags).Run(user, password, logonType, sddl);
        if (FAILED(result) || task == nullptr || (flags & TASK_VALIDATE_ONLY) != 0)
            return result;
        return GiveNew<Task>(task, wanted);
    }
    STDMETHODIMP RegisterTaskDefinition(BSTR path, ITaskDefinition* definition, LONG flags, VARIANT user,
        VARIANT password, TASK_LOGON_TYPE logonType, VARIANT sddl, IRegisteredTask** task) override
    {
        BSTR xml = nullptr;
        HRESULT result = definition == nullptr ? E_POINTER : definition->get_XmlText(&xml);
        if (SUCCEEDED(result))
            result = RegisterTask(path, xml, flags, user, password, logonType, sddl, task);
        SysFreeString(xml);
        return result;
    }

    STDMETHODIMP GetSecurityDescriptor(LONG parts, BSTR* sddl) override
    {
        return PartsOf(TaskState().security, parts, sddl);
    }
    STDMETHODIMP SetSecurityDescriptor(BSTR, LONG) override
    {
        return E_NOTIMPL;
    }

private:
    std::wstring m_path;
    TaskStore m_store;
};

void CollectInstances(
    const TaskStore& store, const std::wstring& folder, std::vector<Ref<IRunningTask>>& found)
{
    for (const std::wstring& name : store.TaskNames(folder))
    {
        for (auto& instance : InstancesOf(store, Join(folder, name)))
            found.push_back(std::move(instance));
    }
    for (const std::wstring& name : store.FolderNames(folder))
        CollectInstances(store, Join(folder, name), found);
}

class Service final : public Dispatch<ITaskService>
{
public:
    STDMETHODIMP Connect(VARIANT server, VARIANT, VARIANT, VARIANT) override
    {
        if (!Text(server).empty())
            return HRESULT_FROM_WIN32(ERROR_BAD_NETPATH);
        m_connected = true;
        return S_OK;
    }
    STDMETHODIMP get_Connected(VARIANT_BOOL* connected) override
    {
        return Give(m_connected ? VARIANT_TRUE : VARIANT_FALSE, connected);
    }

    STDMETHODIMP GetFolder(BSTR path, ITaskFolder** folder) override
    {
        if (!m_connected)
            return HRESULT_FROM_WIN32(ERROR_ONLY_IF_CONNECTED);
        const Ref<ITaskFolder> root(new Folder(L"\\"));
        return root->GetFolder(path, folder);
    }
    STDMETHODIMP GetRunningTasks(LONG, IRunningTaskCollection** tasks) override
    {
        if (!m_connected)
            return HRESULT_FROM_WIN32(ERROR_ONLY_IF_CONNECTED);
        std::vector<Ref<IRunningTask>> found;
        CollectInstances(TaskStore(), L"\\", found);
        return GiveNew<Collection<IRunningTaskCollection, IRunningTask>>(tasks, std::move(found));
    }
    STDMETHODIMP NewTask(DWORD, ITaskDefinition** definition) override
    {
        return GiveNew<Definition>(definition, std::wstring());
    }

    STDMETHODIMP get_TargetServer(BSTR* server) override
    {
        wchar_t name[MAX_COMPUTERNAME_LENGTH + 1] = L"";
        DWORD size = MAX_COMPUTERNAME_LENGTH + 1;
        GetComputerNameW(name, &size);
        return Give(std::wstring(name), server);
    }
    STDMETHODIMP get_ConnectedUser(BSTR*) override
    {
        return E_NOTIMPL;
    }
    STDMETHODIMP get_ConnectedDomain(BSTR*) override
    {
        return E_NOTIMPL;
    }
    /// 1.6 = Windows 10 and Server 2016 on.
    STDMETHODIMP get_HighestVersion(DWORD* version) override
    {
        return Give<DWORD>(0x10006, version);
    }

private:
    bool m_connected = false;
};

} // namespace
} // namespace stand_in

STDAPI DllGetClassObject(REFCLSID wanted, REFIID id, void** object)
{
    return wanted == __uuidof(TaskScheduler) ? stand_in::GiveFactory<stand_in::Service>(id, object)
                                             : CLASS_E_CLASSNOTAVAILABLE;
}

STDAPI DllCanUnloadNow()
{
    return stand_in::liveObjects == 0 ? S_OK : S_FALSE;
}
