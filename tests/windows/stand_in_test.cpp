// SPDX-License-Identifier: MIT

/// The stand-in scheduler has to behave like the one of Windows where the product depends on it.

#include "questions/files.h"
#include "stand_in/com_reference.h"

#include <doctest/doctest.h>

#include <windows.h>

#include <taskschd.h>

#include <string>

namespace
{

using stand_in::Ref;
using Text = stand_in::OwnedBstr;

std::wstring Take(BSTR text)
{
    const std::wstring taken(text, SysStringLen(text));
    SysFreeString(text);
    return taken;
}

constexpr HRESULT kFileNotFound = static_cast<HRESULT>(0x80070002);
constexpr HRESULT kPathNotFound = static_cast<HRESULT>(0x80070003);
constexpr HRESULT kLogonFailure = static_cast<HRESULT>(0x8007052E);
constexpr HRESULT kMalformedXml = static_cast<HRESULT>(0x8004131A);
constexpr LONG kQuietUpdate = TASK_UPDATE | TASK_DONT_ADD_PRINCIPAL_ACE | TASK_IGNORE_REGISTRATION_TRIGGERS;

const VARIANT kNothing{};

std::wstring TaskWith(const std::wstring& principal)
{
    return L"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n"
           L"<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\r\n"
           L"  <!-- kept -->\r\n"
           L"  <Triggers><BootTrigger><Enabled>false</Enabled></BootTrigger></Triggers>\r\n"
           L"  <Principals><Principal id=\"Author\">"
        + principal
        + L"</Principal></Principals>\r\n"
          L"  <Settings><MultipleInstancesPolicy>Parallel</MultipleInstancesPolicy></Settings>\r\n"
          L"  <Actions Context=\"Author\"><Exec><Command>%windir%\\notepad.exe</Command></Exec></Actions>\r\n"
          L"</Task>\r\n";
}

/// A folder of its own, gone again at the end.
class Scheduler
{
public:
    Scheduler()
    {
        REQUIRE(SUCCEEDED(CoInitializeEx(nullptr, COINIT_MULTITHREADED)));
        ITaskService* service = nullptr;
        REQUIRE(SUCCEEDED(CoCreateInstance(__uuidof(TaskScheduler), nullptr, CLSCTX_INPROC_SERVER,
            __uuidof(ITaskService), reinterpret_cast<void**>(&service))));
        m_service.reset(service);
        REQUIRE(m_service->Connect(kNothing, kNothing, kNothing, kNothing) == S_OK);
        ITaskFolder* folder = nullptr;
        REQUIRE(m_service->GetFolder(Text(L"\\").bstr, &folder) == S_OK);
        m_root.reset(folder);
        REQUIRE(m_root->CreateFolder(Text(kFolder).bstr, kNothing, &folder) == S_OK);
        m_folder.reset(folder);
    }
    ~Scheduler()
    {
        m_folder->DeleteTask(Text(L"Task").bstr, 0);
        m_root->DeleteFolder(Text(kFolder).bstr, 0);
        m_folder.reset();
        m_root.reset();
        m_service.reset();
        CoUninitialize();
    }
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    HRESULT Register(const std::wstring& xml, LONG flags, const wchar_t* password = nullptr)
    {
        VARIANT secret{};
        const Text text(password);
        if (password != nullptr)
        {
            secret.vt = VT_BSTR;
            secret.bstrVal = text.bstr;
        }
        IRegisteredTask* task = nullptr;
        const HRESULT result = m_folder->RegisterTask(
            Text(L"Task").bstr, Text(xml).bstr, flags, kNothing, secret, TASK_LOGON_NONE, kNothing, &task);
        if (task != nullptr)
            m_task.reset(task);
        return result;
    }
    HRESULT FindFolder(const wchar_t* path)
    {
        ITaskFolder* folder = nullptr;
        const HRESULT result = m_service->GetFolder(Text(path).bstr, &folder);
        const Ref<ITaskFolder> found(folder);
        return result;
    }
    ITaskFolder& Folder()
    {
        return *m_folder;
    }
    IRegisteredTask& Task()
    {
        return *m_task;
    }
    std::wstring Xml()
    {
        BSTR xml = nullptr;
        REQUIRE(m_task->get_Xml(&xml) == S_OK);
        return Take(xml);
    }

private:
    static constexpr const wchar_t* kFolder = L"MARS Wizard test";
    Ref<ITaskService> m_service;
    Ref<ITaskFolder> m_root;
    Ref<ITaskFolder> m_folder;
    Ref<IRegisteredTask> m_task;
};

const std::wstring kSystem = L"<UserId>S-1-5-18</UserId>";
const std::wstring kKeepsPassword = L"<UserId>S-1-5-21-1-2-3-1001</UserId><LogonType>Password</LogonType>";

} // namespace

TEST_CASE("scheduler stand-in: a missing folder and a missing parent have different codes")
{
    Scheduler scheduler;
    CHECK(scheduler.FindFolder(L"\\Missing") == kFileNotFound);
    CHECK(scheduler.FindFolder(L"\\Missing\\Below") == kPathNotFound);
    IRegisteredTask* task = nullptr;
    CHECK(scheduler.Folder().GetTask(Text(L"Missing").bstr, &task) == kFileNotFound);
}

TEST_CASE("scheduler stand-in: a registered task keeps its triggers and principal")
{
    Scheduler scheduler;
    REQUIRE(scheduler.Register(TaskWith(kSystem), TASK_CREATE) == S_OK);
    CHECK(scheduler.Xml().find(L"<BootTrigger><Enabled>false</Enabled></BootTrigger>") != std::wstring::npos);
    CHECK(scheduler.Xml().find(kSystem) != std::wstring::npos);
    IRegisteredTaskCollection* tasks = nullptr;
    REQUIRE(scheduler.Folder().GetTasks(TASK_ENUM_HIDDEN, &tasks) == S_OK);
    const Ref<IRegisteredTaskCollection> owned(tasks);
    LONG count = 0;
    CHECK(tasks->get_Count(&count) == S_OK);
    CHECK(count == 1);
}

TEST_CASE("scheduler stand-in: put_Enabled is stored and changes nothing else")
{
    Scheduler scheduler;
    REQUIRE(scheduler.Register(TaskWith(kSystem), TASK_CREATE) == S_OK);
    CHECK(scheduler.Task().put_Enabled(VARIANT_FALSE) == S_OK);
    VARIANT_BOOL enabled = VARIANT_TRUE;
    TASK_STATE state = TASK_STATE_UNKNOWN;
    CHECK(scheduler.Task().get_Enabled(&enabled) == S_OK);
    CHECK(enabled == VARIANT_FALSE);
    CHECK(scheduler.Task().get_State(&state) == S_OK);
    CHECK(state == TASK_STATE_DISABLED);
    CHECK(scheduler.Xml().find(L"Parallel") != std::wstring::npos);
    CHECK(scheduler.Task().put_Enabled(VARIANT_TRUE) == S_OK);
    CHECK(scheduler.Task().get_Enabled(&enabled) == S_OK);
    CHECK(enabled == VARIANT_TRUE);
}

TEST_CASE("scheduler stand-in: broken XML is refused and the task stays as it was")
{
    Scheduler scheduler;
    REQUIRE(scheduler.Register(TaskWith(kSystem), TASK_CREATE) == S_OK);
    const std::wstring before = scheduler.Xml();
    CHECK(scheduler.Register(L"<Task><Triggers></Task>", kQuietUpdate) == kMalformedXml);
    CHECK(scheduler.Xml() == before);
}

TEST_CASE("scheduler stand-in: TASK_CREATE and TASK_UPDATE each refuse the other's case")
{
    Scheduler scheduler;
    CHECK(scheduler.Register(TaskWith(kSystem), kQuietUpdate) == kFileNotFound);
    CHECK(scheduler.Register(TaskWith(kSystem), TASK_VALIDATE_ONLY) == S_OK);
    CHECK(scheduler.Register(TaskWith(kSystem), TASK_CREATE) == S_OK);
    CHECK(scheduler.Register(TaskWith(kSystem), TASK_CREATE) == HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS));
    CHECK(scheduler.Register(TaskWith(kSystem), TASK_CREATE_OR_UPDATE) == S_OK);
}

TEST_CASE("scheduler stand-in: a task that keeps a password is updated only with it")
{
    Scheduler scheduler;
    CHECK(scheduler.Register(TaskWith(kKeepsPassword), TASK_CREATE) == kLogonFailure);
    REQUIRE(scheduler.Register(TaskWith(kKeepsPassword), TASK_CREATE, L"secret") == S_OK);
    CHECK(scheduler.Register(TaskWith(kKeepsPassword), kQuietUpdate) == kLogonFailure);
    CHECK(scheduler.Register(TaskWith(kSystem), kQuietUpdate) == S_OK);
    CHECK(scheduler.Xml().find(kSystem) != std::wstring::npos);
    CHECK(scheduler.Register(TaskWith(kKeepsPassword), kQuietUpdate) == kLogonFailure);
}

TEST_CASE("scheduler stand-in: the principal gets an entry unless the caller says no")
{
    Scheduler scheduler;
    BSTR security = nullptr;
    REQUIRE(scheduler.Register(TaskWith(kSystem), TASK_CREATE | TASK_DONT_ADD_PRINCIPAL_ACE) == S_OK);
    REQUIRE(scheduler.Task().GetSecurityDescriptor(DACL_SECURITY_INFORMATION, &security) == S_OK);
    CHECK(Take(security) == L"D:(A;;FA;;;BA)(A;;FA;;;SY)");
    REQUIRE(scheduler.Register(TaskWith(kSystem), TASK_UPDATE) == S_OK);
    REQUIRE(scheduler.Task().GetSecurityDescriptor(DACL_SECURITY_INFORMATION, &security) == S_OK);
    CHECK(Take(security).find(L";;;SY)(A;;") != std::wstring::npos);
}
