// SPDX-License-Identifier: MIT
#include "registry.h"

#include "error.h"
#include "questions/registry.h"
#include "registry_key.h"
#include "wide.h"

namespace mars
{

namespace
{

/// More than any value that a check looks at; a larger one is refused instead of filling the memory.
constexpr DWORD kLargestValue = 16 * 1024 * 1024;

LSTATUS QueryValue(HKEY key, const std::wstring& name, RegistryValue& value)
{
    DWORD type = 0;
    DWORD size = 512;
    LSTATUS error = ERROR_MORE_DATA;
    // Another program may make the value larger between two calls.
    while (error == ERROR_MORE_DATA && size <= kLargestValue)
    {
        value.bytes.resize(size);
        error = RegQueryValueExW(key, name.c_str(), nullptr, &type, value.bytes.data(), &size);
    }
    value.type = type;
    value.bytes.resize(error == ERROR_SUCCESS ? size : 0);
    return error;
}

/// The key's sub-keys; ERROR_NO_MORE_ITEMS when all are there.
LSTATUS ListKeys(HKEY key, const Wait& wait, std::vector<std::string>& keys)
{
    LSTATUS error = ERROR_SUCCESS;
    for (DWORD i = 0; error == ERROR_SUCCESS && !wait.IsOver(); ++i)
    {
        wchar_t name[256];
        DWORD length = 256;
        error = RegEnumKeyExW(key, i, name, &length, nullptr, nullptr, nullptr, nullptr);
        if (error == ERROR_SUCCESS)
        {
            keys.push_back(Narrow({name, length}));
        }
    }
    return error;
}

/// The names of the key's values; ERROR_NO_MORE_ITEMS when all are there.
LSTATUS ListValueNames(HKEY key, const Wait& wait, std::vector<std::wstring>& names)
{
    constexpr DWORD kLongestName = 16384;
    std::wstring name(kLongestName, L'\0');
    LSTATUS error = ERROR_SUCCESS;
    for (DWORD i = 0; error == ERROR_SUCCESS && !wait.IsOver(); ++i)
    {
        DWORD length = kLongestName;
        error = RegEnumValueW(key, i, name.data(), &length, nullptr, nullptr, nullptr, nullptr);
        if (error == ERROR_SUCCESS)
        {
            names.push_back(name.substr(0, length));
        }
    }
    return error;
}

/// A value that goes away meanwhile is left out.
LSTATUS ReadValues(HKEY key, const Wait& wait, std::vector<RegistryKeyContent::NamedValue>& values)
{
    std::vector<std::wstring> names;
    LSTATUS error = ListValueNames(key, wait, names);
    for (const std::wstring& name : names)
    {
        RegistryValue value;
        const LSTATUS read = wait.IsOver() ? ERROR_TIMEOUT : QueryValue(key, name, value);
        if (read == ERROR_SUCCESS)
        {
            values.push_back({Narrow(name), std::move(value)});
        }
        else if (read != ERROR_FILE_NOT_FOUND)
        {
            error = read;
        }
    }
    return error;
}

} // namespace

Answer<RegistryValue> AskWindows(const ReadRegistryValue& question, const WindowsMachineOptions&, const Wait&)
{
    const RegistryPath& path = question.path;
    const Answer<UniqueKey> key = OpenRegistryKey(path.key, path.view, KEY_QUERY_VALUE);
    if (!key)
    {
        return key.HasFailed() ? Answer<RegistryValue>(key.Error()) : Absent{};
    }
    RegistryValue value;
    const LSTATUS error = QueryValue(key->Get(), Wide(path.name), value);
    if (error != ERROR_SUCCESS)
    {
        return AbsentOrFailure<RegistryValue>(
            static_cast<std::uint32_t>(error), "RegQueryValueEx", path.key + "\\" + path.name);
    }
    return value;
}

Answer<RegistryKeyContent> AskWindows(
    const ListRegistryKey& question, const WindowsMachineOptions&, const Wait& wait)
{
    const Answer<UniqueKey> key = OpenRegistryKey(question.key, question.view, KEY_READ);
    if (!key)
    {
        return key.HasFailed() ? Answer<RegistryKeyContent>(key.Error()) : Absent{};
    }
    RegistryKeyContent content;
    for (const LSTATUS error :
        {ListKeys(key->Get(), wait, content.keys), ReadValues(key->Get(), wait, content.values)})
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list " + question.key);
        }
        if (error != ERROR_NO_MORE_ITEMS)
        {
            return FailureFrom(static_cast<std::uint32_t>(error), "RegEnumValue", question.key);
        }
    }
    return content;
}

} // namespace mars
