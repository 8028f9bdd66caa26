// SPDX-License-Identifier: MIT
#include "windows_changer.h"

#include "error.h"
#include "questions/services.h"
#include "service_control.h"
#include "services.h"
#include "wide.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <thread>

namespace mars
{

namespace
{

using namespace std::chrono_literals;

/// Longer than any service may keep the service manager waiting, for callers that set no limit.
constexpr auto kLongestWait = 5min;

Answer<UniqueService> OpenService(const std::string& name, DWORD access)
{
    const UniqueService manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
    if (!manager)
    {
        return LastFailure("OpenSCManager");
    }
    UniqueService service(OpenServiceW(manager.Get(), Wide(name).c_str(), access));
    if (!service)
    {
        return LastFailure("OpenService", name);
    }
    return service;
}

// ---- Start type

std::optional<DWORD> NumberOf(StartType startType)
{
    switch (startType)
    {
    case StartType::kAutomatic:
    case StartType::kAutomaticDelayed:
        return SERVICE_AUTO_START;
    case StartType::kManual:
        return SERVICE_DEMAND_START;
    case StartType::kDisabled:
        return SERVICE_DISABLED;
    case StartType::kDriver:
        break;
    }
    return std::nullopt;
}

Answer<DWORD> ReadStartNumber(SC_HANDLE service, const std::string& name)
{
    DWORD size = 0;
    QueryServiceConfigW(service, nullptr, 0, &size);
    std::vector<std::max_align_t> block(size / sizeof(std::max_align_t) + 1);
    auto* config = reinterpret_cast<QUERY_SERVICE_CONFIGW*>(block.data());
    if (!QueryServiceConfigW(
            service, config, static_cast<DWORD>(block.size() * sizeof(std::max_align_t)), &size))
    {
        return LastFailure("QueryServiceConfig", name);
    }
    return config->dwStartType;
}

Status SetStartNumber(SC_HANDLE service, const std::string& name, DWORD number)
{
    if (!ChangeServiceConfigW(service, SERVICE_NO_CHANGE, number, SERVICE_NO_CHANGE, nullptr, nullptr,
            nullptr, nullptr, nullptr, nullptr, nullptr))
    {
        return LastFailure("ChangeServiceConfig", name);
    }
    return Status::Done();
}

Status SetDelayed(SC_HANDLE service, const std::string& name, bool delayed)
{
    SERVICE_DELAYED_AUTO_START_INFO info{};
    DWORD size = 0;
    const BOOL read = QueryServiceConfig2W(
        service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, reinterpret_cast<BYTE*>(&info), sizeof info, &size);
    // What does not know the setting is not delayed.
    const bool before = read && info.fDelayedAutostart;
    if (before == delayed)
    {
        return Status::Done();
    }
    info.fDelayedAutostart = delayed;
    if (!ChangeServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, &info))
    {
        return LastFailure("ChangeServiceConfig2", name);
    }
    return Status::Done();
}

// ---- Run state

Answer<SERVICE_STATUS_PROCESS> ReadStatus(SC_HANDLE service, const std::string& name)
{
    SERVICE_STATUS_PROCESS status{};
    DWORD size = 0;
    if (!QueryServiceStatusEx(
            service, SC_STATUS_PROCESS_INFO, reinterpret_cast<BYTE*>(&status), sizeof status, &size))
    {
        return LastFailure("QueryServiceStatusEx", name);
    }
    return status;
}

/// A tenth of what the service asks for, so that its end is noticed soon.
void Pause(const SERVICE_STATUS_PROCESS& status, const Wait& wait)
{
    const auto hint = std::clamp(std::chrono::milliseconds(status.dwWaitHint) / 10, 50ms, 500ms);
    const auto end = std::min(std::chrono::steady_clock::now() + hint, wait.deadline);
    while (!wait.stop.stop_requested() && std::chrono::steady_clock::now() < end)
    {
        std::this_thread::sleep_for(20ms);
    }
}

Wait Limited(const Wait& wait)
{
    Wait limited = wait;
    limited.deadline = std::min(wait.deadline, std::chrono::steady_clock::now() + kLongestWait);
    return limited;
}

/// What to do in a state: nothing means to go on waiting, else the end.
using Step = std::function<std::optional<Status>(const SERVICE_STATUS_PROCESS&)>;

Status WaitUntil(SC_HANDLE service, const std::string& name, const Wait& wait, const Step& step)
{
    for (;;)
    {
        const Answer<SERVICE_STATUS_PROCESS> status = ReadStatus(service, name);
        if (!status)
        {
            return status.Error();
        }
        if (std::optional<Status> end = step(*status))
        {
            return *std::move(end);
        }
        if (wait.IsOver())
        {
            return wait.WhyOver(
                fmt::format("waiting for service {}, now in state {}", name, status->dwCurrentState));
        }
        Pause(*status, wait);
    }
}

Failure WhyEnded(const SERVICE_STATUS_PROCESS& status, const std::string& name)
{
    const DWORD code = status.dwWin32ExitCode == 0 ? ERROR_SERVICE_NOT_ACTIVE : status.dwWin32ExitCode;
    return {code,
        fmt::format("service {} ended while starting, exit code {}, its own code {}", name,
            status.dwWin32ExitCode, status.dwServiceSpecificExitCode)};
}

/// Brings a service to "running" from whatever state it is in. Each request is made once.
class Starter
{
public:
    Starter(SC_HANDLE service, const std::string& name) : m_service(service), m_name(name) {}

    std::optional<Status> operator()(const SERVICE_STATUS_PROCESS& status)
    {
        switch (status.dwCurrentState)
        {
        case SERVICE_RUNNING:
            return Status::Done();
        case SERVICE_STOPPED:
            return m_started ? Status(WhyEnded(status, m_name)) : Start();
        case SERVICE_PAUSED:
            return m_continued ? std::nullopt : Continue();
        default:
            return std::nullopt;
        }
    }

private:
    std::optional<Status> Start()
    {
        m_started = true;
        if (StartServiceW(m_service, 0, nullptr))
        {
            return std::nullopt;
        }
        const Failure failure = LastFailure("StartService", m_name);
        return failure.code == ERROR_SERVICE_ALREADY_RUNNING ? std::nullopt : std::optional<Status>(failure);
    }

    std::optional<Status> Continue()
    {
        m_continued = true;
        const Answer<UniqueService> service = OpenService(m_name, SERVICE_PAUSE_CONTINUE);
        if (!service)
        {
            return service.Error();
        }
        SERVICE_STATUS status{};
        return ControlService(service->Get(), SERVICE_CONTROL_CONTINUE, &status)
            ? std::nullopt
            : std::optional<Status>(LastFailure("ControlService", m_name));
    }

    SC_HANDLE m_service;
    const std::string& m_name;
    bool m_started = false;
    bool m_continued = false;
};

/// Asks once, as soon as the service takes it, and waits: Wine says "done" also when the service has refused.
class Stopper
{
public:
    Stopper(SC_HANDLE service, const std::string& name) : m_service(service), m_name(name) {}

    /// It was asked, and has neither answered nor changed its state.
    bool IsBusy() const
    {
        return m_busy;
    }

    std::optional<Status> operator()(const SERVICE_STATUS_PROCESS& status)
    {
        if (status.dwCurrentState == SERVICE_STOPPED)
        {
            return Status::Done();
        }
        m_busy = m_busy && status.dwCurrentState == SERVICE_RUNNING;
        return m_asked || status.dwCurrentState == SERVICE_STOP_PENDING ? std::nullopt : Stop();
    }

private:
    std::optional<Status> Stop()
    {
        SERVICE_STATUS status{};
        m_asked = ControlService(m_service, SERVICE_CONTROL_STOP, &status) != FALSE;
        if (m_asked)
        {
            return std::nullopt;
        }
        const Failure failure = LastFailure("ControlService", m_name);
        const StopAnswer answer = AnswerToStop(failure.code);
        m_asked = answer == StopAnswer::kAsked;
        m_busy = m_asked;
        return answer == StopAnswer::kRefused ? std::optional<Status>(failure) : std::nullopt;
    }

    SC_HANDLE m_service;
    const std::string& m_name;
    bool m_asked = false;
    bool m_busy = false;
};

/// The service manager refuses too, but only it and only on Windows.
Status RefuseForDependents(const std::string& service, const Wait& wait)
{
    const Answer<ServiceStatus> status = AskWindows(QueryService{service}, WindowsMachineOptions{}, wait);
    if (status.HasFailed())
    {
        return status.Error();
    }
    if (status && !status->runningDependents.empty())
    {
        return Failure{ERROR_DEPENDENT_SERVICES_RUNNING,
            fmt::format("{} is needed by {}", service, fmt::join(status->runningDependents, ", "))};
    }
    return Status::Done();
}

} // namespace

Status WindowsChanger::SetServiceStartType(const std::string& service, StartType startType)
{
    const std::optional<DWORD> number = NumberOf(startType);
    if (!number)
    {
        return FailureFrom(ERROR_INVALID_PARAMETER, "ChangeServiceConfig", service);
    }
    const Answer<UniqueService> opened = OpenService(service, SERVICE_CHANGE_CONFIG | SERVICE_QUERY_CONFIG);
    if (!opened)
    {
        return opened.Error();
    }
    const Answer<DWORD> before = ReadStartNumber(opened->Get(), service);
    if (!before)
    {
        return before.Error();
    }
    Status status = SetStartNumber(opened->Get(), service, *number);
    // "Delayed" is a setting of its own, which only automatic services may have; others keep what they had.
    if (status && *number == SERVICE_AUTO_START)
    {
        status = SetDelayed(opened->Get(), service, startType == StartType::kAutomaticDelayed);
        if (!status)
        {
            (void)SetStartNumber(opened->Get(), service, *before);
        }
    }
    return status;
}

Status WindowsChanger::StartService(const std::string& service, const Wait& wait)
{
    const Answer<UniqueService> opened = OpenService(service, SERVICE_START | SERVICE_QUERY_STATUS);
    if (!opened)
    {
        return opened.Error();
    }
    Starter starter(opened->Get(), service);
    return WaitUntil(opened->Get(), service, Limited(wait), std::ref(starter));
}

Status WindowsChanger::StopService(const std::string& service, const Wait& wait)
{
    const Answer<UniqueService> opened = OpenService(service, SERVICE_STOP | SERVICE_QUERY_STATUS);
    if (!opened)
    {
        return opened.Error();
    }
    const Wait limited = Limited(wait);
    if (const Status refused = RefuseForDependents(service, limited); !refused)
    {
        return refused;
    }
    Stopper stopper(opened->Get(), service);
    Status stopped = WaitUntil(opened->Get(), service, limited, std::ref(stopper));
    return !stopped && stopper.IsBusy()
        ? FailureFrom(ERROR_SERVICE_REQUEST_TIMEOUT, "ControlService", service)
        : stopped;
}

} // namespace mars
