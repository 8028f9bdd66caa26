// SPDX-License-Identifier: MIT
#include "events.h"

#include "error.h"
#include "event_xml.h"
#include "questions/events.h"
#include "questions/services.h"
#include "services.h"
#include "system_call.h"
#include "wide.h"

#include <winevt.h>

#include <algorithm>
#include <array>
#include <functional>

namespace mars
{

namespace
{

constexpr std::size_t kMostEvents = 1000;
/// ERROR_EVT_CHANNEL_NOT_FOUND.
constexpr std::uint32_t kChannelNotFound = 15007;

struct EventCalls
{
    HMODULE dll = LoadSystemDll(L"wevtapi.dll");
    SystemCall<decltype(EvtQuery)> query{dll, "EvtQuery"};
    SystemCall<decltype(EvtNext)> next{dll, "EvtNext"};
    SystemCall<decltype(EvtRender)> render{dll, "EvtRender"};
    SystemCall<decltype(EvtClose)> close{dll, "EvtClose"};
};

const EventCalls& Calls()
{
    static const EventCalls calls;
    return calls;
}

struct EventCloser
{
    static void Close(EVT_HANDLE handle)
    {
        Calls().close(handle);
    }
};
using UniqueEvent = Unique<EVT_HANDLE, EventCloser>;

/// The event as XML, which needs no rendering context: those of Wine end the process.
std::string RenderXml(EVT_HANDLE event)
{
    DWORD size = 0;
    DWORD count = 0;
    Calls().render(nullptr, event, EvtRenderEventXml, 0, nullptr, &size, &count);
    std::wstring text(size / sizeof(wchar_t) + 1, L'\0');
    const auto capacity = static_cast<DWORD>(text.size() * sizeof(wchar_t));
    const BOOL rendered =
        Calls().render(nullptr, event, EvtRenderEventXml, capacity, text.data(), &size, &count);
    return rendered ? Narrow(text.c_str()) : std::string();
}

/// Shows each event as XML, the newest first, until `visit` says that it wants no more. Absent: no channel.
Answer<bool> VisitEvents(const std::string& channel, const std::string& query,
    const std::function<bool(const std::string&)>& visit, const Wait& wait)
{
    constexpr DWORD kPatience = 1000;
    // A stub fails without a number, and must not show that of an earlier call.
    SetLastError(ERROR_SUCCESS);
    const UniqueEvent results(Calls().query(
        nullptr, Wide(channel).c_str(), Wide(query).c_str(), EvtQueryChannelPath | EvtQueryReverseDirection));
    if (!results)
    {
        const Failure failure = LastFailure("EvtQuery", channel);
        return failure.code == kChannelNotFound ? Answer<bool>(Absent{}) : failure;
    }
    for (bool more = true; more;)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("read events of " + channel);
        }
        EVT_HANDLE handle = nullptr;
        DWORD count = 0;
        if (Calls().next(results.Get(), 1, &handle, kPatience, 0, &count))
        {
            const UniqueEvent event(handle);
            more = visit(RenderXml(event.Get()));
            continue;
        }
        const Failure end = LastFailure("EvtNext", channel);
        if (end.code == ERROR_NO_MORE_ITEMS)
        {
            return true;
        }
        if (end.code != ERROR_TIMEOUT)
        {
            return end;
        }
    }
    return true;
}

Answer<EventList> ReadMatching(const std::string& channel, const std::string& query, const Wait& wait)
{
    EventList list;
    const auto visit = [&](const std::string& xml) {
        if (const auto info = ParseEventXml(xml))
        {
            list.events.push_back(*info);
        }
        return list.events.size() < kMostEvents;
    };
    const Answer<bool> visited = VisitEvents(channel, query, visit, wait);
    if (!visited)
    {
        return visited.HasFailed() ? Answer<EventList>(visited.Error()) : Absent{};
    }
    return list;
}

// ---- Crashes

constexpr std::size_t kMostCrashes = 100;
/// Of all programs and services.
constexpr int kMostLookedAt = 10'000;

struct CrashLog
{
    const char* channel;
    const char* provider;
    std::vector<std::uint32_t> ids;
};

/// Who writes of them, and where.
const std::array<CrashLog, 3>& CrashLogs()
{
    static const std::array<CrashLog, 3> logs{CrashLog{"Application", "Application Error", {1000}},
        CrashLog{"Application", ".NET Runtime", {1026}},
        CrashLog{"System", "Service Control Manager", {7031, 7034}}};
    return logs;
}

Answer<bool> AddCrashes(const CrashLog& log, const ListCrashes& question, const std::string& displayName,
    const Wait& wait, CrashList& list)
{
    std::size_t found = 0;
    int lookedAt = 0;
    const auto visit = [&](const std::string& xml) {
        if (auto crash = ParseCrashXml(xml, question, displayName))
        {
            list.events.push_back(std::move(*crash));
            ++found;
        }
        return found < kMostCrashes && ++lookedAt < kMostLookedAt;
    };
    return VisitEvents(log.channel, EventQuery(log.ids, log.provider), visit, wait);
}

} // namespace

Answer<EventList> AskWindows(const ReadEvents& question, const WindowsMachineOptions&, const Wait& wait)
{
    return ReadMatching(question.channel, EventQuery(question.ids), wait);
}

Answer<EventList> AskWindows(
    const ReadProviderEvents& question, const WindowsMachineOptions&, const Wait& wait)
{
    return ReadMatching(question.channel, EventQuery(question.ids, question.provider), wait);
}

Answer<CrashList> AskWindows(
    const ListCrashes& question, const WindowsMachineOptions& options, const Wait& wait)
{
    const std::string displayName =
        AskWindows(QueryService{question.service}, options, wait).ValueOr({}).displayName;
    CrashList list;
    bool any = false;
    for (const CrashLog& log : CrashLogs())
    {
        const Answer<bool> added = AddCrashes(log, question, displayName, wait, list);
        if (added.HasFailed())
        {
            return added.Error();
        }
        any |= added.HasValue();
    }
    if (!any)
    {
        return Absent{};
    }
    std::ranges::stable_sort(list.events, std::greater(), &CrashEvent::time);
    list.events.resize(std::min(list.events.size(), kMostCrashes));
    return list;
}

} // namespace mars
