// SPDX-License-Identifier: MIT
#include "tls.h"

#include "computer.h"
#include "error.h"
#include "questions/computer.h"
#include "system_call.h"

#include <subauth.h>

#define SCHANNEL_USE_BLACKLISTS
#include <schannel.h>

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

/// More than any handshake needs.
constexpr std::size_t kMostPending = 256 * 1024;

const SecurityFunctionTableW& Calls()
{
    static const SecurityFunctionTableW* const table = [] {
        static const SecurityFunctionTableW none{};
        const SystemCall<decltype(InitSecurityInterfaceW)> init(
            LoadSystemDll(L"secur32.dll"), "InitSecurityInterfaceW");
        const SecurityFunctionTableW* const found = init();
        return found == nullptr ? &none : found;
    }();
    return *table;
}

Failure TlsFailure(SECURITY_STATUS status, std::string_view tried)
{
    return FailureFrom(static_cast<std::uint32_t>(status), tried);
}

/// The first byte of a record is its type, 20 to 23 (RFC 8446, 5.1). Nothing at all may be TLS too.
bool MayBeTls(std::string_view received)
{
    constexpr unsigned char kFirstType = 20;
    constexpr unsigned char kLastType = 23;
    const auto type = received.empty() ? kFirstType : static_cast<unsigned char>(received.front());
    return type >= kFirstType && type <= kLastType;
}

SECURITY_STATUS AcquireWith(void* parameters, CredHandle& credentials)
{
    wchar_t package[] = UNISP_NAME_W;
    TimeStamp expiry;
    return Calls().AcquireCredentialsHandleW(
        nullptr, package, SECPKG_CRED_OUTBOUND, nullptr, parameters, nullptr, nullptr, &credentials, &expiry);
}

/// The only way to TLS 1.3.
SECURITY_STATUS AcquireNewer(CredHandle& credentials)
{
    TLS_PARAMETERS protocols{};
    protocols.grbitDisabledProtocols = ~static_cast<DWORD>(SP_PROT_TLS1_2_CLIENT | SP_PROT_TLS1_3_CLIENT);
    SCH_CREDENTIALS parameters{};
    parameters.dwVersion = SCH_CREDENTIALS_VERSION;
    parameters.dwFlags = SCH_CRED_MANUAL_CRED_VALIDATION | SCH_CRED_NO_DEFAULT_CREDS;
    parameters.cTlsParameters = 1;
    parameters.pTlsParameters = &protocols;
    return AcquireWith(&parameters, credentials);
}

SECURITY_STATUS AcquireOlder(CredHandle& credentials)
{
    SCHANNEL_CRED parameters{};
    parameters.dwVersion = SCHANNEL_CRED_VERSION;
    parameters.grbitEnabledProtocols = SP_PROT_TLS1_2_CLIENT;
    parameters.dwFlags = SCH_CRED_MANUAL_CRED_VALIDATION | SCH_CRED_NO_DEFAULT_CREDS;
    return AcquireWith(&parameters, credentials);
}

/// Windows Server 2022 and newer. Some builds before it have an unfinished TLS 1.3, which a setting switches
/// on and the agent does not use ("Protocols in TLS/SSL (Schannel SSP)" of the Win32 documentation).
bool HasTls13()
{
    constexpr std::uint32_t kServer2022 = 20348;
    const Answer<WindowsVersion> version = AskWindows(ReadWindowsVersion{}, {}, {});
    return version && version->build >= kServer2022;
}

SECURITY_STATUS Acquire(CredHandle& credentials)
{
    if (Calls().AcquireCredentialsHandleW == nullptr)
    {
        return SEC_E_UNSUPPORTED_FUNCTION;
    }
    if (!HasTls13())
    {
        return AcquireOlder(credentials);
    }
    const SECURITY_STATUS status = AcquireNewer(credentials);
    return status == SEC_E_OK ? status : AcquireOlder(credentials);
}

SecBuffer BufferOf(std::string& bytes, ULONG type)
{
    return {static_cast<ULONG>(bytes.size()), type, bytes.data()};
}

/// Moves what SChannel allocated into the text.
void TakeToken(SecBuffer& token, std::string& text)
{
    if (token.pvBuffer != nullptr)
    {
        text.assign(static_cast<const char*>(token.pvBuffer), token.cbBuffer);
        Calls().FreeContextBuffer(token.pvBuffer);
    }
}

template <std::size_t Count>
const SecBuffer* Find(const std::array<SecBuffer, Count>& buffers, ULONG type)
{
    const auto found = std::find_if(
        buffers.begin(), buffers.end(), [&](const SecBuffer& buffer) { return buffer.BufferType == type; });
    return found == buffers.end() ? nullptr : &*found;
}

} // namespace

TlsConnection::~TlsConnection()
{
    if (m_hasContext)
    {
        Calls().DeleteSecurityContext(&m_context);
    }
    if (m_hasCredentials)
    {
        Calls().FreeCredentialsHandle(&m_credentials);
    }
}

Status TlsConnection::Start(const Wait& wait)
{
    const SECURITY_STATUS status = Acquire(m_credentials);
    m_hasCredentials = status == SEC_E_OK;
    return m_hasCredentials ? Handshake(wait) : Status(TlsFailure(status, "AcquireCredentialsHandle"));
}

Status TlsConnection::Handshake(const Wait& wait)
{
    while (!wait.IsOver())
    {
        std::string reply;
        const SECURITY_STATUS status = Step(reply);
        if (Status sent = SendAll(m_socket, reply, wait); !sent)
        {
            return sent;
        }
        if (status == SEC_E_OK)
        {
            return CheckProtocol();
        }
        const bool going = status == SEC_I_CONTINUE_NEEDED || status == SEC_I_INCOMPLETE_CREDENTIALS;
        if (!going && status != SEC_E_INCOMPLETE_MESSAGE)
        {
            return TlsFailure(status, "InitializeSecurityContext");
        }
        if (!going || m_pending.empty())
        {
            if (Status received = ReceiveMore(wait); !received)
            {
                return received;
            }
        }
    }
    return FailureFrom(WSAETIMEDOUT, "InitializeSecurityContext");
}

Status TlsConnection::CheckProtocol()
{
    // The credentials ask for TLS 1.2 and newer; what came about is looked at all the same, because some
    // systems (Wine) agree to less.
    SecPkgContext_ConnectionInfo info{};
    const SECURITY_STATUS queried =
        Calls().QueryContextAttributesW(&m_context, SECPKG_ATTR_CONNECTION_INFO, &info);
    const bool tooOld =
        queried == SEC_E_OK && (info.dwProtocol & (SP_PROT_TLS1_2_CLIENT | SP_PROT_TLS1_3_CLIENT)) == 0;
    return tooOld ? Status(TlsFailure(SEC_E_ALGORITHM_MISMATCH, "TLS version")) : Status::Done();
}

SECURITY_STATUS TlsConnection::Step(std::string& reply)
{
    constexpr ULONG kFlags = ISC_REQ_SEQUENCE_DETECT | ISC_REQ_REPLAY_DETECT | ISC_REQ_CONFIDENTIALITY
        | ISC_REQ_ALLOCATE_MEMORY | ISC_REQ_STREAM | ISC_REQ_MANUAL_CRED_VALIDATION
        | ISC_REQ_USE_SUPPLIED_CREDS;
    std::array<SecBuffer, 2> in{BufferOf(m_pending, SECBUFFER_TOKEN), SecBuffer{0, SECBUFFER_EMPTY, nullptr}};
    SecBuffer out{0, SECBUFFER_TOKEN, nullptr};
    SecBufferDesc input{SECBUFFER_VERSION, static_cast<ULONG>(in.size()), in.data()};
    SecBufferDesc output{SECBUFFER_VERSION, 1, &out};
    ULONG attributes = 0;
    TimeStamp expiry;
    const SECURITY_STATUS status =
        Calls().InitializeSecurityContextW(&m_credentials, m_hasContext ? &m_context : nullptr, m_host.data(),
            kFlags, 0, 0, m_hasContext ? &input : nullptr, 0, &m_context, &output, &attributes, &expiry);
    m_hasContext = m_hasContext || status == SEC_E_OK || status == SEC_I_CONTINUE_NEEDED;
    TakeToken(out, reply);
    // Both want the same bytes again, one with more behind them.
    if (status != SEC_E_INCOMPLETE_MESSAGE && status != SEC_I_INCOMPLETE_CREDENTIALS)
    {
        KeepOnly(Find(in, SECBUFFER_EXTRA));
    }
    return status;
}

void TlsConnection::KeepOnly(const SecBuffer* extra)
{
    const std::size_t size = extra == nullptr ? 0 : std::min<std::size_t>(extra->cbBuffer, m_pending.size());
    m_pending.erase(0, m_pending.size() - size);
}

Status TlsConnection::ReceiveMore(const Wait& wait)
{
    std::array<char, 16 * 1024> buffer;
    const Answer<std::size_t> received = ReceiveSome(m_socket, buffer, wait);
    if (!received)
    {
        return received.Error();
    }
    if (*received == 0)
    {
        return MayBeTls(m_pending) ? FailureFrom(WSAEDISCON, "recv")
                                   : Status(TlsFailure(SEC_E_INVALID_TOKEN, "recv"));
    }
    m_pending.append(buffer.data(), *received);
    return m_pending.size() <= kMostPending ? Status::Done()
                                            : Status(TlsFailure(SEC_E_INCOMPLETE_MESSAGE, "recv"));
}

UniqueContext TlsConnection::Certificate()
{
    PCCERT_CONTEXT certificate = nullptr;
    Calls().QueryContextAttributesW(&m_context, SECPKG_ATTR_REMOTE_CERT_CONTEXT, &certificate);
    return UniqueContext(certificate);
}

Status TlsConnection::Send(std::string_view text, const Wait& wait)
{
    SecPkgContext_StreamSizes sizes{};
    const SECURITY_STATUS queried =
        Calls().QueryContextAttributesW(&m_context, SECPKG_ATTR_STREAM_SIZES, &sizes);
    if (queried != SEC_E_OK)
    {
        return TlsFailure(queried, "QueryContextAttributes");
    }
    // Header, text and trailer behind one another in one block, as every other program hands them over.
    std::string block(sizes.cbHeader, '\0');
    block.append(text).append(sizes.cbTrailer, '\0');
    char* const begin = block.data();
    const auto size = static_cast<ULONG>(text.size());
    std::array<SecBuffer, 4> parts{SecBuffer{sizes.cbHeader, SECBUFFER_STREAM_HEADER, begin},
        SecBuffer{size, SECBUFFER_DATA, begin + sizes.cbHeader},
        SecBuffer{sizes.cbTrailer, SECBUFFER_STREAM_TRAILER, begin + sizes.cbHeader + size},
        SecBuffer{0, SECBUFFER_EMPTY, nullptr}};
    SecBufferDesc message{SECBUFFER_VERSION, static_cast<ULONG>(parts.size()), parts.data()};
    const SECURITY_STATUS status = Calls().EncryptMessage(&m_context, 0, &message, 0);
    if (status != SEC_E_OK)
    {
        return TlsFailure(status, "EncryptMessage");
    }
    // The trailer may have become shorter.
    block.resize(parts[0].cbBuffer + parts[1].cbBuffer + parts[2].cbBuffer);
    return SendAll(m_socket, block, wait);
}

SECURITY_STATUS TlsConnection::Decrypt(std::string& text)
{
    if (m_pending.empty())
    {
        return SEC_E_INCOMPLETE_MESSAGE;
    }
    std::array<SecBuffer, 4> parts{BufferOf(m_pending, SECBUFFER_DATA)};
    SecBufferDesc message{SECBUFFER_VERSION, static_cast<ULONG>(parts.size()), parts.data()};
    const SECURITY_STATUS status = Calls().DecryptMessage(&m_context, &message, 0, nullptr);
    if (status == SEC_E_OK || status == SEC_I_RENEGOTIATE)
    {
        const SecBuffer* const data = Find(parts, SECBUFFER_DATA);
        if (data != nullptr && data->pvBuffer != nullptr)
        {
            text.append(static_cast<const char*>(data->pvBuffer), data->cbBuffer);
        }
        KeepOnly(Find(parts, SECBUFFER_EXTRA));
    }
    return status;
}

Answer<std::string> TlsConnection::Receive(const Wait& wait)
{
    std::string text;
    while (!wait.IsOver())
    {
        const SECURITY_STATUS status = Decrypt(text);
        if (status == SEC_I_CONTEXT_EXPIRED || (status == SEC_E_OK && !text.empty()))
        {
            return text;
        }
        Status next = Status::Done();
        if (status == SEC_E_INCOMPLETE_MESSAGE)
        {
            next = ReceiveMore(wait);
        }
        else if (status == SEC_I_RENEGOTIATE)
        {
            // TLS 1.3 sends tickets after the handshake, which SChannel wants to be given so.
            next = Handshake(wait);
            if (next && !text.empty())
            {
                return text;
            }
        }
        else if (status != SEC_E_OK)
        {
            next = TlsFailure(status, "DecryptMessage");
        }
        if (!next)
        {
            return next.Error();
        }
    }
    return FailureFrom(WSAETIMEDOUT, "DecryptMessage");
}

} // namespace mars
