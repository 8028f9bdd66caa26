// SPDX-License-Identifier: MIT
#include "events.h"

#include "error.h"
#include "event_xml.h"
#include "system_call.h"
#include "wide.h"

#include <winevt.h>

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

Answer<EventList> ReadAll(EVT_HANDLE results, const std::string& channel, const Wait& wait)
{
    constexpr DWORD kPatience = 1000;
    EventList list;
    while (list.events.size() < kMostEvents)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("read events of " + channel);
        }
        EVT_HANDLE handle = nullptr;
        DWORD count = 0;
        if (!Calls().next(results, 1, &handle, kPatience, 0, &count))
        {
            const Failure end = LastFailure("EvtNext", channel);
            if (end.code == ERROR_TIMEOUT)
            {
                continue;
            }
            return end.code == ERROR_NO_MORE_ITEMS ? Answer<EventList>(std::move(list)) : end;
        }
        const UniqueEvent event(handle);
        if (const auto info = ParseEventXml(RenderXml(event.Get())))
        {
            list.events.push_back(*info);
        }
    }
    return list;
}

Answer<EventList> ReadMatching(const std::string& channel, const std::string& query, const Wait& wait)
{
    // A stub fails without a number, and must not show that of an earlier call.
    SetLastError(ERROR_SUCCESS);
    const UniqueEvent results(Calls().query(
        nullptr, Wide(channel).c_str(), Wide(query).c_str(), EvtQueryChannelPath | EvtQueryReverseDirection));
    if (!results)
    {
        const Failure failure = LastFailure("EvtQuery", channel);
        return failure.code == kChannelNotFound ? Answer<EventList>(Absent{}) : failure;
    }
    return ReadAll(results.Get(), channel, wait);
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

} // namespace mars
