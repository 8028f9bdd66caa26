// SPDX-License-Identifier: MIT

/// wevtapi.dll with the events that a test wrote down; Wine's answers nothing, and some of its functions end
/// the process. Documents: "EvtQuery", "EvtNext", "EvtRender" and "EvtClose function (winevt.h)", "Consuming
/// Events" for the part of XPath 1.0 that a query may use, and "System Error Codes (12000-15999)".
///
/// A channel is a file, C:\stand-in\events\NAME.xml with "%4" for "/" as in the names of Windows' own logs;
/// it holds <Events> with the channel's events, oldest first, as EvtRender gives them.

#include <windows.h>

#include <winevt.h>

#include <pugixml.hpp>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace
{

constexpr DWORD kInvalidChannelPath = 15000;
constexpr DWORD kInvalidQuery = 15001;
constexpr DWORD kChannelNotFound = 15007;

/// A result set or one of its events.
struct Object
{
    std::shared_ptr<pugi::xml_document> log;
    std::vector<pugi::xml_node> events;
    std::size_t next = 0;
};

std::string ToUtf8(const wchar_t* text)
{
    char narrow[4096] = "";
    WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, sizeof narrow, nullptr, nullptr);
    return narrow;
}

EVT_HANDLE Fail(DWORD error)
{
    SetLastError(error);
    return nullptr;
}

BOOL Refuse(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

std::string FileOf(std::string channel)
{
    if (const std::size_t slash = channel.find('/'); slash != std::string::npos)
        channel.replace(slash, 1, "%4");
    return "C:\\stand-in\\events\\" + channel + ".xml";
}

/// Windows knows three functions, and neither axes nor steps to anywhere but down.
bool IsPartOfWindows(const std::string& query)
{
    if (!query.starts_with("*") && !query.starts_with("Event"))
        return false;
    for (const char* unknown : {"//", "..", "::", "|"})
    {
        if (query.find(unknown) != std::string::npos)
            return false;
    }
    for (std::size_t open = query.find('('); open != std::string::npos; open = query.find('(', open + 1))
    {
        std::size_t begin = open;
        while (begin > 0
            && (std::isalpha(static_cast<unsigned char>(query[begin - 1])) || query[begin - 1] == '-'))
            --begin;
        const std::string function = query.substr(begin, open - begin);
        if (!function.empty() && function != "position")
            return false;
    }
    return true;
}

/// Throws where the query is none.
std::vector<pugi::xml_node> Find(const pugi::xml_document& log, const std::string& query)
{
    if (!IsPartOfWindows(query))
        throw pugi::xpath_exception({});
    std::vector<pugi::xml_node> found;
    for (const pugi::xpath_node& match : log.document_element().select_nodes(query.c_str()))
    {
        // "Only XML elements that represent events can be selected".
        if (match.node().parent() != log.document_element())
            throw pugi::xpath_exception({});
        found.push_back(match.node());
    }
    return found;
}

} // namespace

extern "C" EVT_HANDLE WINAPI EvtQuery(EVT_HANDLE session, LPCWSTR path, LPCWSTR query, DWORD flags)
{
    if (session != nullptr || (flags & EvtQueryChannelPath) == 0)
        return Fail(ERROR_NOT_SUPPORTED);
    const std::string channel = path == nullptr ? std::string() : ToUtf8(path);
    if (channel.empty() || channel.find_first_of("\\:") != std::string::npos)
        return Fail(kInvalidChannelPath);
    auto results = std::make_unique<Object>();
    results->log = std::make_shared<pugi::xml_document>();
    if (!results->log->load_file(FileOf(channel).c_str()))
        return Fail(kChannelNotFound);
    try
    {
        results->events = Find(*results->log, query == nullptr ? "*" : ToUtf8(query));
    }
    catch (const pugi::xpath_exception&)
    {
        return Fail(kInvalidQuery);
    }
    if ((flags & EvtQueryReverseDirection) != 0)
        std::ranges::reverse(results->events);
    return results.release();
}

extern "C" BOOL WINAPI EvtNext(
    EVT_HANDLE handle, DWORD wanted, EVT_HANDLE* events, DWORD, DWORD flags, PDWORD returned)
{
    auto* const results = static_cast<Object*>(handle);
    if (results == nullptr || events == nullptr || returned == nullptr || flags != 0)
        return Refuse(ERROR_INVALID_PARAMETER);
    *returned = 0;
    if (results->next == results->events.size())
        return Refuse(ERROR_NO_MORE_ITEMS);
    for (; *returned < wanted && results->next < results->events.size(); ++*returned, ++results->next)
        events[*returned] = new Object{results->log, {results->events[results->next]}};
    return TRUE;
}

extern "C" BOOL WINAPI EvtRender(
    EVT_HANDLE context, EVT_HANDLE fragment, DWORD flags, DWORD size, PVOID buffer, PDWORD used, PDWORD count)
{
    if (fragment == nullptr || used == nullptr || count == nullptr)
        return Refuse(ERROR_INVALID_PARAMETER);
    if (context != nullptr || flags != EvtRenderEventXml)
        return Refuse(ERROR_NOT_SUPPORTED);
    std::ostringstream xml;
    static_cast<Object*>(fragment)->events.front().print(xml, "", pugi::format_raw);
    const std::string text = xml.str();
    std::vector<wchar_t> wide(text.size() + 1);
    const int length =
        MultiByteToWideChar(CP_UTF8, 0, text.c_str(), -1, wide.data(), static_cast<int>(wide.size()));
    *count = 0;
    *used = static_cast<DWORD>(length) * sizeof(wchar_t);
    if (buffer == nullptr || size < *used)
        return Refuse(ERROR_INSUFFICIENT_BUFFER);
    std::memcpy(buffer, wide.data(), *used);
    return TRUE;
}

extern "C" BOOL WINAPI EvtClose(EVT_HANDLE handle)
{
    if (handle == nullptr)
        return Refuse(ERROR_INVALID_HANDLE);
    delete static_cast<Object*>(handle);
    return TRUE;
}
