// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The registry.
namespace mars
{

enum class RegistryView
{
    k64,
    k32,
};

MARS_WORDS(RegistryView, "64", "32");

/// REG_* type numbers as winnt.h has them.
enum RegistryType : std::uint32_t
{
    kRegSz = 1,
    kRegExpandSz = 2,
    kRegBinary = 3,
    kRegDword = 4,
    kRegMultiSz = 7,
    kRegQword = 11,
};

/// Type and raw bytes, exactly as stored.
struct RegistryValue
{
    std::uint32_t type = 0;
    Bytes bytes;

    static RegistryValue String(std::string_view text, std::uint32_t type = kRegSz);
    static RegistryValue Dword(std::uint32_t number);
    static RegistryValue MultiString(const std::vector<std::string>& texts);

    /// The text of REG_SZ and REG_EXPAND_SZ up to the first NUL; nothing for other types.
    std::optional<std::string> AsString() const;
    /// REG_DWORD of four bytes; nothing for other types.
    std::optional<std::uint32_t> AsDword() const;
    /// The strings of REG_MULTI_SZ; nothing for other types.
    std::optional<std::vector<std::string>> AsStrings() const;
    /// For people: the text, the number in decimal and hex, or the bytes in hex.
    std::string Describe() const;

    bool operator==(const RegistryValue&) const = default;
};

/// A value's place. `key` begins with HKLM, HKU or HKCU and a backslash; an empty `name` is the key's default
/// value.
struct RegistryPath
{
    std::string key;
    std::string name;
    RegistryView view = RegistryView::k64;

    MARS_FIELDS(RegistryPath, key, name, view);
    bool operator==(const RegistryPath&) const = default;
};

/// Absent: the key or the value does not exist.
struct ReadRegistryValue
{
    using Value = RegistryValue;
    static constexpr std::string_view kName = "read_registry_value";
    static constexpr std::string_view kKind = "registry";
    RegistryPath path;
    MARS_FIELDS(ReadRegistryValue, path);
};

struct RegistryKeyContent
{
    struct NamedValue
    {
        std::string name;
        RegistryValue value;
        MARS_FIELDS(NamedValue, name, value);
        bool operator==(const NamedValue&) const = default;
    };
    std::vector<std::string> keys;
    std::vector<NamedValue> values;
    MARS_FIELDS(RegistryKeyContent, keys, values);
    bool operator==(const RegistryKeyContent&) const = default;
};

/// The names of a key's sub-keys and all its values. Absent: no such key.
struct ListRegistryKey
{
    using Value = RegistryKeyContent;
    static constexpr std::string_view kName = "list_registry_key";
    static constexpr std::string_view kKind = "registry";
    std::string key;
    RegistryView view = RegistryView::k64;
    MARS_FIELDS(ListRegistryKey, key, view);
};

extern template class ExchangeOf<ReadRegistryValue>;
extern template class ExchangeOf<ListRegistryKey>;

} // namespace mars
