// SPDX-License-Identifier: MIT

/// iscsidsc.dll with the sessions that a test wrote down; Wine has none. Documents: "GetIScsiSessionListW
/// function", "ISCSI_SESSION_INFOW structure" and "ISCSI_CONNECTION_INFOW structure" (iscsidsc.h).
///
/// A session is a key below Stand-in\iSCSI: TargetName, TargetAddress, and the number of Connections. The
/// function asks a service for them; of its absence the documents say "the appropriate Win32 error code",
/// which for a call to a service that is not there is EPT_S_NOT_REGISTERED.

#include "registry_key.h"
#include "service_state.h"

#include <cstdint>
#include <cstring>

namespace
{

struct UniqueId
{
    ULONGLONG adapterUnique;
    ULONGLONG adapterSpecific;
};

struct ConnectionInfo
{
    UniqueId id;
    PWCHAR initiatorAddress;
    PWCHAR targetAddress;
    USHORT initiatorSocket;
    USHORT targetSocket;
    UCHAR cid[2];
};

struct SessionInfo
{
    UniqueId id;
    PWCHAR initiatorName;
    PWCHAR targetNodeName;
    PWCHAR targetName;
    UCHAR isid[6];
    UCHAR tsid[2];
    ULONG connectionCount;
    ConnectionInfo* connections;
};
static_assert(sizeof(ConnectionInfo) == 40 && sizeof(SessionInfo) == 64);

struct Session
{
    std::wstring target;
    std::wstring address;
    ULONG connections;
};

std::vector<Session> ReadSessions()
{
    const std::wstring list = stand_in::kOwnKey + L"\\iSCSI";
    std::vector<Session> sessions;
    for (const std::wstring& name : stand_in::RegistryKey(list).KeyNames())
    {
        const stand_in::RegistryKey key(list + L"\\" + name);
        sessions.push_back(
            {key.Text(L"TargetName"), key.Text(L"TargetAddress"), key.Number(L"Connections").value_or(1)});
    }
    return sessions;
}

std::size_t BytesOf(const std::wstring& text)
{
    return (text.size() + 1) * sizeof(wchar_t);
}

std::size_t BytesOf(const std::vector<Session>& sessions)
{
    std::size_t bytes = sessions.size() * sizeof(SessionInfo);
    for (const Session& session : sessions)
        bytes +=
            session.connections * sizeof(ConnectionInfo) + BytesOf(session.target) + BytesOf(session.address);
    return bytes;
}

/// The structures first, because they have to be aligned, then their texts.
class Writer
{
public:
    Writer(void* buffer, std::size_t bytes, std::size_t textBytes)
        : m_structures(static_cast<std::byte*>(buffer)), m_texts(m_structures + bytes - textBytes)
    {
        std::memset(buffer, 0, bytes);
    }
    template <class T>
    T* Structures(std::size_t count)
    {
        T* const first = count == 0 ? nullptr : reinterpret_cast<T*>(m_structures);
        m_structures += count * sizeof(T);
        return first;
    }
    PWCHAR Text(const std::wstring& text)
    {
        auto* const copy = reinterpret_cast<PWCHAR>(m_texts);
        std::memcpy(copy, text.c_str(), BytesOf(text));
        m_texts += BytesOf(text);
        return copy;
    }

private:
    std::byte* m_structures;
    std::byte* m_texts;
};

void Write(const std::vector<Session>& sessions, SessionInfo* infos, std::size_t bytes)
{
    std::size_t textBytes = 0;
    for (const Session& session : sessions)
        textBytes += BytesOf(session.target) + BytesOf(session.address);
    Writer writer(infos, bytes, textBytes);
    writer.Structures<SessionInfo>(sessions.size());
    for (std::size_t i = 0; i < sessions.size(); ++i)
    {
        SessionInfo& info = infos[i];
        info.id = {0xFFFFFFFFFFFF0000, i + 1};
        info.targetName = info.targetNodeName = writer.Text(sessions[i].target);
        info.connectionCount = sessions[i].connections;
        info.connections = writer.Structures<ConnectionInfo>(info.connectionCount);
        PWCHAR const address = writer.Text(sessions[i].address);
        for (ULONG n = 0; n < info.connectionCount; ++n)
            info.connections[n].targetAddress = address;
    }
}

} // namespace

extern "C" HRESULT WINAPI GetIScsiSessionListW(ULONG* size, ULONG* count, SessionInfo* infos)
{
    if (!stand_in::IsRunning(L"MSiSCSI"))
        return EPT_S_NOT_REGISTERED;
    const std::vector<Session> sessions = ReadSessions();
    const std::size_t bytes = BytesOf(sessions);
    const bool fits = *size >= bytes;
    *size = static_cast<ULONG>(bytes);
    if (!fits)
        return ERROR_INSUFFICIENT_BUFFER;
    *count = static_cast<ULONG>(sessions.size());
    Write(sessions, infos, bytes);
    return ERROR_SUCCESS;
}
