// SPDX-License-Identifier: MIT
#pragma once

#include "questions/credentials.h"

#include <cstddef>
#include <string_view>
#include <utility>

namespace mars
{

/// Overwrites memory in a way that the compiler does not leave out.
void WipeMemory(void* memory, std::size_t bytes);

/// A string or vector with a secret in it, overwritten when it is given up.
template <class Container>
class Secret
{
public:
    Secret() = default;
    explicit Secret(Container content) : m_content(std::move(content)) {}
    Secret(Secret&& other) noexcept : m_content(std::exchange(other.m_content, {})) {}
    Secret& operator=(Secret&& other) noexcept
    {
        std::swap(m_content, other.m_content);
        return *this;
    }
    ~Secret()
    {
        WipeMemory(m_content.data(), m_content.size() * sizeof(typename Container::value_type));
    }

    Container& operator*()
    {
        return m_content;
    }
    const Container& operator*() const
    {
        return m_content;
    }
    Container* operator->()
    {
        return &m_content;
    }
    const Container* operator->() const
    {
        return &m_content;
    }

private:
    Container m_content;
};

/// What the XML of a vault credentials file says. The certificate is there when `facts.fault` is kNone;
/// whether it can be read and holds a private key is for Windows to say.
struct ParsedCredentials
{
    VaultCredentials facts;
    Secret<Bytes> certificate;
};

inline constexpr std::size_t kLargestCredentialsFile = 1024 * 1024;

/// Reads UTF-8 or UTF-16, with or without byte order mark, any namespace prefix, and ignores elements it does
/// not know.
ParsedCredentials ParseVaultCredentials(std::string_view bytes);

} // namespace mars
