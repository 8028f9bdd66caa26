// SPDX-License-Identifier: MIT
#include "iscsi.h"

#include "error.h"
#include "local_addresses.h"
#include "questions/devices.h"
#include "system_call.h"
#include "wide.h"

#include <algorithm>
#include <cstddef>

namespace mars
{

namespace
{

// ISCSI_CONNECTION_INFOW and ISCSI_SESSION_INFOW of iscsidsc.h; mingw's own have characters where the texts'
// addresses belong, and two members in another order.

struct UniqueId
{
    ULONGLONG adapterUnique;
    ULONGLONG adapterSpecific;
};

struct ConnectionInfo
{
    UniqueId id;
    const wchar_t* initiatorAddress;
    const wchar_t* targetAddress;
    USHORT initiatorSocket;
    USHORT targetSocket;
    UCHAR cid[2];
};

struct SessionInfo
{
    UniqueId id;
    const wchar_t* initiatorName;
    const wchar_t* targetNodeName;
    const wchar_t* targetName;
    UCHAR isid[6];
    UCHAR tsid[2];
    ULONG connectionCount;
    const ConnectionInfo* connections;
};

static_assert(sizeof(UniqueId) == 16);
static_assert(sizeof(ConnectionInfo) == 40 && offsetof(ConnectionInfo, initiatorAddress) == 16
    && offsetof(ConnectionInfo, targetAddress) == 24 && offsetof(ConnectionInfo, initiatorSocket) == 32
    && offsetof(ConnectionInfo, targetSocket) == 34 && offsetof(ConnectionInfo, cid) == 36);
static_assert(sizeof(SessionInfo) == 64 && offsetof(SessionInfo, initiatorName) == 16
    && offsetof(SessionInfo, targetNodeName) == 24 && offsetof(SessionInfo, targetName) == 32
    && offsetof(SessionInfo, isid) == 40 && offsetof(SessionInfo, tsid) == 46
    && offsetof(SessionInfo, connectionCount) == 48 && offsetof(SessionInfo, connections) == 56);

using GetSessionList = HRESULT(ULONG* bytes, ULONG* count, SessionInfo* sessions);

struct SessionBlock
{
    std::vector<std::max_align_t> memory;
    ULONG count = 0;
};

Answer<SessionBlock> ReadSessions()
{
    const SystemCall<GetSessionList> getSessionList(LoadSystemDll(L"iscsidsc.dll"), "GetIScsiSessionListW");
    if (!getSessionList)
    {
        return FailureFrom(code::kNotSupported, "GetIScsiSessionList");
    }
    SessionBlock block;
    ULONG size = 4096;
    HRESULT result = ERROR_INSUFFICIENT_BUFFER;
    // Sessions may come between two calls.
    for (int i = 0; i < 4 && result == ERROR_INSUFFICIENT_BUFFER; ++i)
    {
        block.memory.resize(size / sizeof(std::max_align_t) + 1);
        size = static_cast<ULONG>(block.memory.size() * sizeof(std::max_align_t));
        result = getSessionList(&size, &block.count, reinterpret_cast<SessionInfo*>(block.memory.data()));
    }
    if (result != ERROR_SUCCESS)
    {
        return FailureFrom(static_cast<std::uint32_t>(result), "GetIScsiSessionList");
    }
    return block;
}

std::string TextOf(const wchar_t* text)
{
    return text == nullptr ? std::string() : Narrow(text);
}

bool LeadsHere(const ConnectionInfo& connection, const std::vector<std::string>& ownAddresses)
{
    const std::string target = PlainAddress(TextOf(connection.targetAddress));
    return target.starts_with("127.")
        || std::find(ownAddresses.begin(), ownAddresses.end(), target) != ownAddresses.end();
}

IscsiSession Describe(const SessionInfo& session, const std::vector<std::string>& ownAddresses)
{
    IscsiSession described;
    described.target = TextOf(session.targetName != nullptr ? session.targetName : session.targetNodeName);
    described.connections = session.connectionCount;
    const ULONG count = session.connections == nullptr ? 0 : session.connectionCount;
    described.local = std::any_of(session.connections, session.connections + count,
        [&](const auto& connection) { return LeadsHere(connection, ownAddresses); });
    return described;
}

} // namespace

Answer<IscsiSessionList> AskWindows(const ListIscsiSessions&, const WindowsMachineOptions&, const Wait&)
{
    const Answer<SessionBlock> block = ReadSessions();
    if (!block)
    {
        return block.Error();
    }
    const std::vector<std::string> ownAddresses = LocalAddresses();
    const auto* sessions = reinterpret_cast<const SessionInfo*>(block->memory.data());
    IscsiSessionList list;
    for (ULONG i = 0; i < block->count; ++i)
    {
        list.sessions.push_back(Describe(sessions[i], ownAddresses));
    }
    return list;
}

} // namespace mars
