// SPDX-License-Identifier: MIT
#pragma once

#include <windows.h>

namespace stand_in
{

/// Whether the service is there and runs.
inline bool IsRunning(const wchar_t* name)
{
    const SC_HANDLE manager = OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT);
    const SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_STATUS);
    SERVICE_STATUS status{};
    const bool running = QueryServiceStatus(service, &status) && status.dwCurrentState == SERVICE_RUNNING;
    CloseServiceHandle(service);
    CloseServiceHandle(manager);
    return running;
}

} // namespace stand_in
