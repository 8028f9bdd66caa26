// SPDX-License-Identifier: MIT
#pragma once

#include "certificate_calls.h"
#include "network.h"

#include <string>
#include <string_view>

#define SECURITY_WIN32
#include <security.h>

namespace mars
{

/// TLS 1.2, or 1.3 where Windows knows it, by Windows' own SChannel over a connected socket, which has to
/// outlive it. The certificate is not judged here, so that a bad one can be looked at. Failures of the
/// network carry the number of Winsock, the others that of SChannel (SEC_E_...).
class TlsConnection
{
public:
    TlsConnection(SOCKET socket, std::wstring host) : m_socket(socket), m_host(std::move(host)) {}
    ~TlsConnection();
    TlsConnection(const TlsConnection&) = delete;
    TlsConnection& operator=(const TlsConnection&) = delete;

    Status Start(const Wait& wait);

    // After Start.
    /// The far end's certificate; empty when SChannel does not give it.
    UniqueContext Certificate();
    Status Send(std::string_view text, const Wait& wait);
    /// Empty when the far end has finished.
    Answer<std::string> Receive(const Wait& wait);

private:
    Status Handshake(const Wait& wait);
    Status CheckProtocol();
    SECURITY_STATUS Step(std::string& reply);
    /// Appends to the text.
    SECURITY_STATUS Decrypt(std::string& text);
    Status ReceiveMore(const Wait& wait);
    void KeepOnly(const SecBuffer* extra);

    SOCKET m_socket;
    std::wstring m_host;
    /// Received and not used yet.
    std::string m_pending;
    CredHandle m_credentials{};
    CtxtHandle m_context{};
    bool m_hasCredentials = false;
    bool m_hasContext = false;
};

} // namespace mars
