// SPDX-License-Identifier: MIT
#include "task_scheduler.h"

#include "error.h"
#include "guids.h"
#include "text.h"

namespace mars
{

namespace
{

Failure ComFailure(HRESULT result, std::string_view tried, std::string_view object = {})
{
    return FailureFrom(static_cast<std::uint32_t>(result), tried, object);
}

} // namespace

Answer<ComPtr<ITaskService>> ConnectTaskScheduler()
{
    ComPtr<ITaskService> service;
    HRESULT result = CoCreateInstance(guid::kTaskScheduler, nullptr, CLSCTX_INPROC_SERVER,
        guid::kITaskService, reinterpret_cast<void**>(service.Receive()));
    if (FAILED(result))
    {
        return ComFailure(result, "CoCreateInstance", "TaskScheduler");
    }
    const Variant none;
    result = service->Connect(none.Get(), none.Get(), none.Get(), none.Get());
    if (FAILED(result))
    {
        return ComFailure(result, "ITaskService::Connect");
    }
    return service;
}

Answer<ComPtr<ITaskFolder>> OpenTaskFolder(const std::string& path)
{
    const Answer<ComPtr<ITaskService>> service = ConnectTaskScheduler();
    if (!service)
    {
        return service.Error();
    }
    ComPtr<ITaskFolder> folder;
    const HRESULT result = (*service)->GetFolder(Bstr(path).Get(), folder.Receive());
    if (FAILED(result))
    {
        const Failure failure = ComFailure(result, "ITaskService::GetFolder", path);
        return MeansAbsent(failure.code) ? Answer<ComPtr<ITaskFolder>>(Absent{}) : failure;
    }
    return folder;
}

Answer<std::string> ReadTaskXml(IRegisteredTask& task)
{
    Bstr text;
    const HRESULT result = task.get_Xml(text.Receive());
    if (FAILED(result))
    {
        return ComFailure(result, "IRegisteredTask::get_Xml");
    }
    const std::string xml = text.Text();
    const std::size_t end = xml.starts_with("<?xml") ? xml.find("?>") : std::string::npos;
    return std::string(end == std::string::npos ? Trim(xml) : Trim(std::string_view(xml).substr(end + 2)));
}

} // namespace mars
