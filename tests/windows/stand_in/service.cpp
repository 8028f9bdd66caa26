// SPDX-License-Identifier: MIT

/// A real Windows service with a chosen behaviour: `cbengine.exe NAME MODE`, as ImagePath has it.
///   ok        starts and stops at once
///   slow      start takes three seconds of START_PENDING
///   waits     start takes until there is a file C:\stand-in\NAME.go
///   exit      reports STOPPED with error 5 instead of running
///   fail1053  never reports to the service manager
///   refuse    runs and refuses to stop
/// Every start and stop adds a line to C:\stand-in\services.log.

#include <windows.h>

#include <cstdio>
#include <string>
#include <string_view>

namespace
{

constexpr DWORD kSlowStartMilliseconds = 3000;
constexpr DWORD kLookMilliseconds = 20;

// The service manager's callbacks take no context that they could carry this in.
std::string serviceName;
std::string_view mode;
SERVICE_STATUS_HANDLE statusHandle = nullptr;
HANDLE stopEvent = nullptr;

void Log(const char* what)
{
    if (std::FILE* log = std::fopen("C:\\stand-in\\services.log", "a"))
    {
        std::fprintf(log, "%s %s\n", serviceName.c_str(), what);
        std::fclose(log);
    }
}

void Report(DWORD state, DWORD exitCode = NO_ERROR)
{
    static DWORD checkPoint = 0;
    SERVICE_STATUS status{};
    status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
    status.dwCurrentState = state;
    status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0;
    status.dwWin32ExitCode = exitCode;
    const bool pending = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING;
    status.dwCheckPoint = pending ? ++checkPoint : 0;
    status.dwWaitHint = pending ? 2 * kSlowStartMilliseconds : 0;
    SetServiceStatus(statusHandle, &status);
}

DWORD WINAPI Control(DWORD control, DWORD, void*, void*)
{
    if (control == SERVICE_CONTROL_INTERROGATE)
        return NO_ERROR;
    if (control != SERVICE_CONTROL_STOP)
        return ERROR_CALL_NOT_IMPLEMENTED;
    if (mode == "refuse")
        return ERROR_ACCESS_DENIED;
    Report(SERVICE_STOP_PENDING);
    SetEvent(stopEvent);
    return NO_ERROR;
}

void WINAPI Main(DWORD, char**)
{
    statusHandle = RegisterServiceCtrlHandlerExA(serviceName.c_str(), Control, nullptr);
    if (mode == "exit")
    {
        Log("failed");
        Report(SERVICE_STOPPED, ERROR_ACCESS_DENIED);
        return;
    }
    Report(SERVICE_START_PENDING);
    if (mode == "slow")
        Sleep(kSlowStartMilliseconds);
    const std::string go = "C:\\stand-in\\" + serviceName + ".go";
    while (mode == "waits" && GetFileAttributesA(go.c_str()) == INVALID_FILE_ATTRIBUTES)
        Sleep(kLookMilliseconds);
    Report(SERVICE_RUNNING);
    Log("started");
    WaitForSingleObject(stopEvent, INFINITE);
    Log("stopped");
    Report(SERVICE_STOPPED);
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 3)
        return ERROR_INVALID_PARAMETER;
    serviceName = arguments[1];
    mode = arguments[2];
    if (mode == "fail1053")
        return ERROR_SERVICE_REQUEST_TIMEOUT;
    stopEvent = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    const SERVICE_TABLE_ENTRYA table[] = {{serviceName.data(), Main}, {nullptr, nullptr}};
    return StartServiceCtrlDispatcherA(table) ? 0 : static_cast<int>(GetLastError());
}
