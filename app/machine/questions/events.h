// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Event channels.
namespace mars
{

struct EventInfo
{
    std::uint32_t id = 0;
    Timestamp time;
    MARS_FIELDS(EventInfo, id, time);
    bool operator==(const EventInfo&) const = default;
};

struct EventList
{
    /// Newest first; at most 1,000.
    std::vector<EventInfo> events{};
    /// Of the ids asked for, those that an older recording did not ask for: nothing is known of them.
    std::vector<std::uint32_t> notAsked{};
    MARS_FIELDS(EventList, events, (notAsked, Since{2}));
    bool operator==(const EventList&) const = default;
};

/// Events of a channel with one of these ids. Absent: no such channel.
struct ReadEvents
{
    using Value = EventList;
    static constexpr std::string_view kName = "read_events";
    static constexpr std::string_view kKind = "logs";
    std::string channel;
    std::vector<std::uint32_t> ids;
    static constexpr auto kAskedFor = &ReadEvents::ids;
    MARS_FIELDS(ReadEvents, channel, ids);
};

/// Events of a channel that many write to, from one provider and with one of these ids. Absent: no such
/// channel.
struct ReadProviderEvents
{
    using Value = EventList;
    static constexpr std::string_view kName = "read_provider_events";
    static constexpr std::string_view kKind = "logs";
    std::string channel;
    std::string provider;
    std::vector<std::uint32_t> ids;
    static constexpr auto kAskedFor = &ReadProviderEvents::ids;
    MARS_FIELDS(ReadProviderEvents, channel, provider, ids);
};

/// One event of Windows about a program that ended by itself.
struct CrashEvent
{
    /// 1000 (a program stopped) and 1026 (a .NET program) of the Application log, 7031 and 7034 (a service
    /// ended) of the System log.
    std::uint32_t id = 0;
    Timestamp time;
    /// The file in which it stopped, of event 1000; else empty.
    std::string module{};
    /// The exception, of event 1000; else 0.
    std::uint32_t exception = 0;
    MARS_FIELDS(CrashEvent, id, time, module, exception);
    bool operator==(const CrashEvent&) const = default;
};

struct CrashList
{
    /// Newest first; at most 100.
    std::vector<CrashEvent> events{};
    MARS_FIELDS(CrashList, events);
    bool operator==(const CrashList&) const = default;
};

/// How often the program or its service ended without being told to, by Windows' logs. Absent: neither log
/// is there.
struct ListCrashes
{
    using Value = CrashList;
    static constexpr std::string_view kName = "list_crashes";
    static constexpr std::string_view kKind = "logs";
    /// "cbengine.exe"
    std::string program;
    /// "obengine"
    std::string service;
    MARS_FIELDS(ListCrashes, program, service);
};

extern template class ExchangeOf<ReadEvents>;
extern template class ExchangeOf<ReadProviderEvents>;
extern template class ExchangeOf<ListCrashes>;

} // namespace mars
