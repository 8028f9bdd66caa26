// SPDX-License-Identifier: MIT
#pragma once

#include "questions/registry.h"
#include "utf16.h"
#include "xml_codec.h"

namespace mars
{

/// Calls visit(text) for every std::string and every RegistryValue of a question or an answer. Numbers, words
/// of an enumeration and dates are no texts.
template <class T, class Visitor>
void ForEachText(T& value, Visitor&& visit)
{
    static_assert(!std::is_const_v<T>, "a constant would be passed over");
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, RegistryValue>)
    {
        visit(value);
    }
    else if constexpr (detail::IsOptional<T>::value)
    {
        if (value)
        {
            ForEachText(*value, visit);
        }
    }
    else if constexpr (detail::IsVector<T>::value)
    {
        for (auto& item : value)
        {
            ForEachText(item, visit);
        }
    }
    else if constexpr (HasFields<T>)
    {
        ForEachField(value, [&](std::string_view, auto& member) { ForEachText(member, visit); });
    }
}

/// Replaces each of the strings of a REG_SZ, REG_EXPAND_SZ or REG_MULTI_SZ by change(text); what stands
/// behind the first NUL counts as strings too. False for values of another type, which are left alone.
template <class Change>
bool ChangeTexts(RegistryValue& value, Change&& change)
{
    if (value.type != kRegSz && value.type != kRegExpandSz && value.type != kRegMultiSz)
    {
        return false;
    }
    Bytes bytes;
    std::u16string units;
    const auto end = [&] {
        const std::string before = ToWtf8(units);
        const std::string after = change(before);
        for (const char16_t unit : after == before ? units : ToUtf16(after))
        {
            bytes.push_back(static_cast<std::uint8_t>(unit & 0xFF));
            bytes.push_back(static_cast<std::uint8_t>(unit >> 8));
        }
        units.clear();
    };
    const std::size_t whole = value.bytes.size() / 2 * 2;
    for (std::size_t i = 0; i < whole; i += 2)
    {
        const auto unit = Utf16Unit(value.bytes[i], value.bytes[i + 1]);
        if (unit != 0)
        {
            units += unit;
            continue;
        }
        end();
        bytes.insert(bytes.end(), {0, 0});
    }
    end();
    bytes.insert(bytes.end(), value.bytes.begin() + static_cast<std::ptrdiff_t>(whole), value.bytes.end());
    value.bytes = std::move(bytes);
    return true;
}

} // namespace mars
