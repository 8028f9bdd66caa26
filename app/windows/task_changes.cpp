// SPDX-License-Identifier: MIT
#include "windows_changer.h"

#include "error.h"
#include "task_scheduler.h"

#include <pugixml.hpp>

namespace mars
{

namespace
{

// TASK_CREATION of taskschd.h; mingw's has not all of them. The last one: tasks that start when they are
// registered shall not start because of a repair.
constexpr LONG kUpdateFlags = TASK_UPDATE | TASK_DONT_ADD_PRINCIPAL_ACE | 0x20;

constexpr LONG kOwnGroupAndAccess =
    OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;

Failure TaskFailure(HRESULT result, std::string_view tried, const std::string& task)
{
    return FailureFrom(static_cast<std::uint32_t>(result), tried, task);
}

struct OpenTask
{
    ComPtr<ITaskFolder> folder;
    ComPtr<IRegisteredTask> task;
};

Answer<OpenTask> OpenTaskAt(const std::string& path)
{
    const std::string folderPath(FolderOf(path));
    Answer<ComPtr<ITaskFolder>> folder = OpenTaskFolder(folderPath.empty() ? "\\" : folderPath);
    if (!folder)
    {
        return folder.HasFailed() ? folder.Error() : FailureFrom(ERROR_PATH_NOT_FOUND, "GetFolder", path);
    }
    OpenTask opened;
    opened.folder = std::move(*folder);
    const HRESULT result = opened.folder->GetTask(Bstr(FileNameOf(path)).Get(), opened.task.Receive());
    if (FAILED(result))
    {
        return TaskFailure(result, "ITaskFolder::GetTask", path);
    }
    return opened;
}

/// Service accounts by their SID or by the names that the scheduler writes in every language.
bool IsServiceAccount(std::string_view user)
{
    for (const std::string_view account :
        {"S-1-5-18", "S-1-5-19", "S-1-5-20", "SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE",
            "NT AUTHORITY\\SYSTEM", "NT AUTHORITY\\LOCAL SERVICE", "NT AUTHORITY\\NETWORK SERVICE"})
    {
        if (EqualsIgnoreCase(user, account))
        {
            return true;
        }
    }
    return StartsWithIgnoreCase(user, "S-1-5-80-");
}

/// How RegisterTask is to log the task's account on, as the XML says it.
TASK_LOGON_TYPE LogonTypeOf(const std::string& xml)
{
    pugi::xml_document document;
    document.load_string(xml.c_str());
    const pugi::xml_node principal = document.child("Task").child("Principals").child("Principal");
    if (principal.child("GroupId"))
    {
        return TASK_LOGON_GROUP;
    }
    return IsServiceAccount(Trim(principal.child_value("UserId"))) ? TASK_LOGON_SERVICE_ACCOUNT
                                                                   : TASK_LOGON_NONE;
}

Status Register(const OpenTask& opened, const std::string& path, const std::string& xml, LONG parts)
{
    Bstr security;
    HRESULT result = opened.task->GetSecurityDescriptor(parts, security.Receive());
    if (FAILED(result))
    {
        return TaskFailure(result, "IRegisteredTask::GetSecurityDescriptor", path);
    }
    const Variant none;
    const Variant sddl(security.Text());
    ComPtr<IRegisteredTask> updated;
    result = opened.folder->RegisterTask(Bstr(FileNameOf(path)).Get(), Bstr(xml).Get(), kUpdateFlags,
        none.Get(), none.Get(), LogonTypeOf(xml), sddl.Get(), updated.Receive());
    return FAILED(result) ? TaskFailure(result, "ITaskFolder::RegisterTask", path) : Status::Done();
}

} // namespace

Status WindowsChanger::SetTaskEnabled(const std::string& taskPath, bool enabled)
{
    const ComApartment apartment;
    const Answer<OpenTask> opened = OpenTaskAt(taskPath);
    if (!opened)
    {
        return opened.Error();
    }
    const HRESULT result = opened->task->put_Enabled(enabled ? VARIANT_TRUE : VARIANT_FALSE);
    return FAILED(result) ? TaskFailure(result, "IRegisteredTask::put_Enabled", taskPath) : Status::Done();
}

Status WindowsChanger::UpdateTask(const std::string& taskPath, const std::string& xml)
{
    const ComApartment apartment;
    const Answer<OpenTask> opened = OpenTaskAt(taskPath);
    if (!opened)
    {
        return opened.Error();
    }
    const Status registered = Register(*opened, taskPath, xml, kOwnGroupAndAccess);
    const bool ownerRefused = !registered
        && (registered.Error().code == ERROR_INVALID_OWNER
            || registered.Error().code == ERROR_PRIVILEGE_NOT_HELD);
    // Who the owner is may only be said by who could take it; who may use the task still can be.
    return ownerRefused ? Register(*opened, taskPath, xml, DACL_SECURITY_INFORMATION) : registered;
}

} // namespace mars
