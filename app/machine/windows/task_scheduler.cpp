// SPDX-License-Identifier: MIT
#include "task_scheduler.h"

#include "error.h"
#include "text.h"

namespace mars
{

namespace
{

/// CLSID_TaskScheduler and IID_ITaskService of taskschd.h; mingw's import library does not hold them.
constexpr GUID kTaskScheduler{0x0f87369f, 0xa4e5, 0x4cfc, {0xbd, 0x3e, 0x73, 0xe6, 0x15, 0x45, 0x72, 0xdd}};
constexpr GUID kTaskServiceInterface{
    0x2faba4c7, 0x4da9, 0x4013, {0x96, 0x97, 0x20, 0xcc, 0x3f, 0xd4, 0x0f, 0x85}};

Failure ComFailure(HRESULT result, std::string_view tried, std::string_view object = {})
{
    return FailureFrom(static_cast<std::uint32_t>(result), tried, object);
}

} // namespace

Answer<ComPtr<ITaskService>> ConnectTaskScheduler()
{
    ComPtr<ITaskService> service;
    HRESULT result = CoCreateInstance(kTaskScheduler, nullptr, CLSCTX_INPROC_SERVER, kTaskServiceInterface,
        reinterpret_cast<void**>(service.Receive()));
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
