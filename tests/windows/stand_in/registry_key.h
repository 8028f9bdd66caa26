// SPDX-License-Identifier: MIT
#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <vector>

/// What the stand-ins keep in HKEY_LOCAL_MACHINE: where Windows keeps it, wherever that is known, so that a
/// test can ask reg.exe.
namespace stand_in
{

/// What is no part of Windows' own keys.
inline const std::wstring kOwnKey = L"Software\\Stand-in";

class RegistryKey
{
public:
    explicit RegistryKey(const std::wstring& path, REGSAM access = KEY_READ)
    {
        if (access == KEY_READ)
            RegOpenKeyExW(HKEY_LOCAL_MACHINE, path.c_str(), 0, access, &m_key);
        else
            RegCreateKeyExW(
                HKEY_LOCAL_MACHINE, path.c_str(), 0, nullptr, 0, access, nullptr, &m_key, nullptr);
    }
    ~RegistryKey()
    {
        if (m_key != nullptr)
            RegCloseKey(m_key);
    }
    RegistryKey(const RegistryKey&) = delete;
    RegistryKey& operator=(const RegistryKey&) = delete;

    bool IsOpen() const
    {
        return m_key != nullptr;
    }

    std::optional<DWORD> Number(const wchar_t* name) const
    {
        DWORD number = 0;
        DWORD size = sizeof number;
        if (RegGetValueW(m_key, nullptr, name, RRF_RT_REG_DWORD, nullptr, &number, &size) != ERROR_SUCCESS)
            return std::nullopt;
        return number;
    }
    /// REG_SZ and REG_EXPAND_SZ as they are; empty where there is none.
    std::wstring Text(const wchar_t* name) const
    {
        std::wstring text(4096, L'\0');
        auto size = static_cast<DWORD>(text.size() * sizeof(wchar_t));
        constexpr DWORD kinds = RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND;
        if (RegGetValueW(m_key, nullptr, name, kinds, nullptr, text.data(), &size) != ERROR_SUCCESS)
            return {};
        return text.c_str();
    }
    /// The strings of a REG_MULTI_SZ.
    std::vector<std::wstring> Texts(const wchar_t* name) const
    {
        std::vector<wchar_t> block(4096);
        auto size = static_cast<DWORD>(block.size() * sizeof(wchar_t));
        std::vector<std::wstring> texts;
        if (RegGetValueW(m_key, nullptr, name, RRF_RT_REG_MULTI_SZ, nullptr, block.data(), &size)
            == ERROR_SUCCESS)
        {
            for (const wchar_t* text = block.data(); *text != L'\0'; text += texts.back().size() + 1)
                texts.emplace_back(text);
        }
        return texts;
    }
    std::vector<std::wstring> ValueNames() const
    {
        std::vector<std::wstring> names;
        wchar_t name[512];
        for (DWORD size = 512; RegEnumValueW(m_key, static_cast<DWORD>(names.size()), name, &size, nullptr,
                                   nullptr, nullptr, nullptr)
             == ERROR_SUCCESS;
             size = 512)
            names.emplace_back(name, size);
        return names;
    }
    std::vector<std::wstring> KeyNames() const
    {
        std::vector<std::wstring> names;
        wchar_t name[256];
        while (RegEnumKeyW(m_key, static_cast<DWORD>(names.size()), name, 256) == ERROR_SUCCESS)
            names.emplace_back(name);
        return names;
    }

    // Each says what Windows said.

    LSTATUS Set(const wchar_t* name, DWORD number) const
    {
        return RegSetValueExW(
            m_key, name, 0, REG_DWORD, reinterpret_cast<const BYTE*>(&number), sizeof number);
    }
    LSTATUS Set(const wchar_t* name, const std::wstring& text) const
    {
        return RegSetValueExW(m_key, name, 0, REG_SZ, reinterpret_cast<const BYTE*>(text.c_str()),
            static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t)));
    }
    LSTATUS Delete(const wchar_t* name) const
    {
        return RegDeleteValueW(m_key, name);
    }

private:
    HKEY m_key = nullptr;
};

} // namespace stand_in
