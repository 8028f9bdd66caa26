// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Services.
namespace mars
{

enum class ServiceState
{
    kStopped,
    kStartPending,
    kStopPending,
    kRunning,
    kContinuePending,
    kPausePending,
    kPaused,
};

MARS_WORDS(ServiceState, "stopped", "start_pending", "stop_pending", "running", "continue_pending",
    "pause_pending", "paused");

enum class StartType
{
    kAutomatic,
    kAutomaticDelayed,
    kManual,
    kDisabled,
    /// Boot and system start: drivers.
    kDriver,
};

MARS_WORDS(StartType, "automatic", "automatic_delayed", "manual", "disabled", "driver");

struct ServiceStatus
{
    std::string name;
    std::string displayName;
    ServiceState state = ServiceState::kStopped;
    StartType startType = StartType::kManual;
    /// dwWin32ExitCode of SERVICE_STATUS.
    std::uint32_t exitCode = 0;
    std::uint32_t processId = 0;
    /// When the service's process was created; absent when it has none or may not be asked.
    std::optional<Timestamp> processStarted;
    /// Running services that depend on this one (EnumDependentServices), by service name.
    std::vector<std::string> runningDependents;
    MARS_FIELDS(ServiceStatus, name, displayName, state, startType, exitCode, processId, processStarted,
        runningDependents);
    bool operator==(const ServiceStatus&) const = default;
};

/// Absent: no such service.
struct QueryService
{
    using Value = ServiceStatus;
    static constexpr std::string_view kName = "query_service";
    static constexpr std::string_view kKind = "services";
    std::string service;
    MARS_FIELDS(QueryService, service);
};

/// A service or driver as the registry has it.
struct ServiceImage
{
    std::string name;
    /// As it is written there; empty where there is none.
    std::string imagePath;
    bool driver = false;
    StartType startType = StartType::kManual;
    MARS_FIELDS(ServiceImage, name, imagePath, driver, startType);
    bool operator==(const ServiceImage&) const = default;
};

struct ServiceImageList
{
    /// By name; at most 4,000.
    std::vector<ServiceImage> services;
    MARS_FIELDS(ServiceImageList, services);
    bool operator==(const ServiceImageList&) const = default;
};

/// The files of all services and drivers, from HKLM\SYSTEM\CurrentControlSet\Services.
struct ListServiceImages
{
    using Value = ServiceImageList;
    static constexpr std::string_view kName = "list_service_images";
    static constexpr std::string_view kKind = "services";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple<>();
    }
};

extern template class ExchangeOf<QueryService>;
extern template class ExchangeOf<ListServiceImages>;

} // namespace mars
