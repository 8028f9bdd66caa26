// SPDX-License-Identifier: MIT
#include "services.h"

#include "error.h"
#include "file_time.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "registry.h"
#include "wide.h"

#include <algorithm>
#include <deque>

namespace mars
{

namespace
{

/// Structures of the service manager with their texts behind them.
using Block = std::vector<std::max_align_t>;

Block MakeBlock(DWORD bytes)
{
    return Block(bytes / sizeof(std::max_align_t) + 1);
}

DWORD SizeOf(const Block& block)
{
    return static_cast<DWORD>(block.size() * sizeof(std::max_align_t));
}

Answer<UniqueService> OpenManager(DWORD access)
{
    UniqueService manager(OpenSCManagerW(nullptr, nullptr, access));
    if (!manager)
    {
        return LastFailure("OpenSCManager");
    }
    return manager;
}

Answer<UniqueService> OpenOne(SC_HANDLE manager, const std::string& name, DWORD access)
{
    UniqueService service(OpenServiceW(manager, Wide(name).c_str(), access));
    if (!service)
    {
        const Failure failure = LastFailure("OpenService", name);
        return failure.code == ERROR_SERVICE_DOES_NOT_EXIST ? Answer<UniqueService>(Absent{}) : failure;
    }
    return service;
}

/// Empty when the service's configuration cannot be read; the last error says why.
Block ReadConfig(SC_HANDLE service)
{
    DWORD size = 0;
    QueryServiceConfigW(service, nullptr, 0, &size);
    Block block = MakeBlock(size);
    if (!QueryServiceConfigW(
            service, reinterpret_cast<QUERY_SERVICE_CONFIGW*>(block.data()), SizeOf(block), &size))
    {
        return {};
    }
    return block;
}

const QUERY_SERVICE_CONFIGW& ConfigIn(const Block& block)
{
    return *reinterpret_cast<const QUERY_SERVICE_CONFIGW*>(block.data());
}

std::optional<SERVICE_STATUS_PROCESS> ReadStatus(SC_HANDLE service)
{
    SERVICE_STATUS_PROCESS status{};
    DWORD size = 0;
    const BOOL read = QueryServiceStatusEx(
        service, SC_STATUS_PROCESS_INFO, reinterpret_cast<BYTE*>(&status), sizeof status, &size);
    return read ? std::optional(status) : std::nullopt;
}

bool StartsDelayed(SC_HANDLE service)
{
    SERVICE_DELAYED_AUTO_START_INFO info{};
    DWORD size = 0;
    const BOOL read = QueryServiceConfig2W(
        service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, reinterpret_cast<BYTE*>(&info), sizeof info, &size);
    return read && info.fDelayedAutostart;
}

StartType StartTypeOf(SC_HANDLE service, DWORD number)
{
    switch (number)
    {
    case SERVICE_AUTO_START:
        return StartsDelayed(service) ? StartType::kAutomaticDelayed : StartType::kAutomatic;
    case SERVICE_DEMAND_START:
        return StartType::kManual;
    case SERVICE_DISABLED:
        return StartType::kDisabled;
    default:
        return StartType::kDriver;
    }
}

std::optional<Timestamp> StartOfProcess(DWORD id)
{
    const UniqueHandle process(id == 0 ? nullptr : OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id));
    FILETIME created{};
    FILETIME other{};
    const bool known = process && GetProcessTimes(process.Get(), &created, &other, &other, &other);
    return known ? std::optional(TimeFrom(created)) : std::nullopt;
}

// ---- Running dependents

/// The documented question. Nothing when it may not be asked.
std::optional<std::vector<std::string>> NamedDependents(SC_HANDLE service)
{
    DWORD size = 0;
    DWORD count = 0;
    EnumDependentServicesW(service, SERVICE_ACTIVE, nullptr, 0, &size, &count);
    Block block = MakeBlock(size);
    auto* entries = reinterpret_cast<ENUM_SERVICE_STATUSW*>(block.data());
    if (!EnumDependentServicesW(service, SERVICE_ACTIVE, entries, SizeOf(block), &size, &count))
    {
        return std::nullopt;
    }
    std::vector<std::string> names;
    for (DWORD i = 0; i < count; ++i)
    {
        names.push_back(Narrow(entries[i].lpServiceName));
    }
    return names;
}

struct ActiveService
{
    std::string name;
    std::vector<std::string> needs;
};

/// From where the service manager keeps it: Wine's QueryServiceConfig leaves the dependencies out.
std::vector<std::string> ReadNeeds(const std::string& name)
{
    const Answer<RegistryValue> value = AskWindows(
        ReadRegistryValue{{"HKLM\\SYSTEM\\CurrentControlSet\\Services\\" + name, "DependOnService"}},
        WindowsMachineOptions{}, Wait{});
    const auto list = value ? value->AsStrings() : std::nullopt;
    return list.value_or(std::vector<std::string>());
}

std::vector<ActiveService> ListActiveServices(const Wait& wait)
{
    std::vector<ActiveService> list;
    const Answer<UniqueService> manager = OpenManager(SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
    Block block = MakeBlock(64 * 1024);
    DWORD resume = 0;
    BOOL finished = manager ? FALSE : TRUE;
    while (!finished && !wait.IsOver())
    {
        DWORD missing = 0;
        DWORD count = 0;
        finished = EnumServicesStatusExW(manager->Get(), SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_ACTIVE,
            reinterpret_cast<BYTE*>(block.data()), SizeOf(block), &missing, &count, &resume, nullptr);
        if (!finished && GetLastError() != ERROR_MORE_DATA)
        {
            break;
        }
        const auto* entries = reinterpret_cast<const ENUM_SERVICE_STATUS_PROCESSW*>(block.data());
        for (DWORD i = 0; i < count && !wait.IsOver(); ++i)
        {
            const std::string name = Narrow(entries[i].lpServiceName);
            list.push_back({name, ReadNeeds(name)});
        }
    }
    return list;
}

bool Names(const std::vector<std::string>& list, const std::string& name)
{
    return std::any_of(
        list.begin(), list.end(), [&](const auto& item) { return EqualsIgnoreCase(item, name); });
}

/// The same from the other end, for systems whose EnumDependentServices always answers "none" (Wine's does).
std::vector<std::string> FoundDependents(const std::string& name, const Wait& wait)
{
    const std::vector<ActiveService> active = ListActiveServices(wait);
    std::vector<std::string> found;
    std::deque<std::string> open{name};
    for (; !open.empty(); open.pop_front())
    {
        for (const ActiveService& service : active)
        {
            if (Names(service.needs, open.front()) && !Names(found, service.name))
            {
                found.push_back(service.name);
                open.push_back(service.name);
            }
        }
    }
    return found;
}

std::vector<std::string> RunningDependents(SC_HANDLE service, const std::string& name, const Wait& wait)
{
    std::vector<std::string> named = NamedDependents(service).value_or(std::vector<std::string>());
    return named.empty() ? FoundDependents(name, wait) : named;
}

Answer<UniqueService> OpenToQuery(const std::string& name)
{
    const Answer<UniqueService> manager = OpenManager(SC_MANAGER_CONNECT);
    if (!manager)
    {
        return manager.Error();
    }
    return OpenOne(
        manager->Get(), name, SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG | SERVICE_ENUMERATE_DEPENDENTS);
}

Answer<ServiceStatus> Describe(SC_HANDLE service, const std::string& name)
{
    const Block config = ReadConfig(service);
    if (config.empty())
    {
        return LastFailure("QueryServiceConfig", name);
    }
    const auto status = ReadStatus(service);
    if (!status)
    {
        return LastFailure("QueryServiceStatusEx", name);
    }
    ServiceStatus result;
    result.name = name;
    result.displayName = Narrow(ConfigIn(config).lpDisplayName);
    // SERVICE_STOPPED is 1, and the others follow in the order of ServiceState.
    result.state = static_cast<ServiceState>(status->dwCurrentState - SERVICE_STOPPED);
    result.startType = StartTypeOf(service, ConfigIn(config).dwStartType);
    result.exitCode = status->dwWin32ExitCode;
    result.processId = status->dwProcessId;
    result.processStarted = StartOfProcess(status->dwProcessId);
    return result;
}

} // namespace

Answer<ServiceStatus> AskWindows(const QueryService& question, const WindowsMachineOptions&, const Wait& wait)
{
    const Answer<UniqueService> service = OpenToQuery(question.service);
    if (!service)
    {
        return service.HasFailed() ? Answer<ServiceStatus>(service.Error()) : Absent{};
    }
    Answer<ServiceStatus> status = Describe(service->Get(), question.service);
    if (status && status->state != ServiceState::kStopped)
    {
        status->runningDependents = RunningDependents(service->Get(), question.service, wait);
    }
    // A list that was cut short would read as "nobody depends on it".
    return wait.IsOver() ? wait.WhyOver("services that depend on " + question.service) : status;
}

} // namespace mars
