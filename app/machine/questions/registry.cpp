// SPDX-License-Identifier: MIT
#include "questions/registry.h"

#include "exchange_of.h"
#include "utf16.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

void AppendUtf16(Bytes& bytes, std::string_view text)
{
    for (const char16_t unit : ToUtf16(text))
    {
        bytes.push_back(static_cast<std::uint8_t>(unit & 0xFF));
        bytes.push_back(static_cast<std::uint8_t>(unit >> 8));
    }
}

void AppendTerminator(Bytes& bytes)
{
    bytes.insert(bytes.end(), {0, 0});
}

} // namespace

RegistryValue RegistryValue::String(std::string_view text, std::uint32_t type)
{
    RegistryValue value{type, {}};
    AppendUtf16(value.bytes, text);
    AppendTerminator(value.bytes);
    return value;
}

RegistryValue RegistryValue::Dword(std::uint32_t number)
{
    RegistryValue value{kRegDword, {}};
    for (int shift = 0; shift < 32; shift += 8)
    {
        value.bytes.push_back(static_cast<std::uint8_t>(number >> shift));
    }
    return value;
}

RegistryValue RegistryValue::MultiString(const std::vector<std::string>& texts)
{
    RegistryValue value{kRegMultiSz, {}};
    for (const std::string& text : texts)
    {
        AppendUtf16(value.bytes, text);
        AppendTerminator(value.bytes);
    }
    AppendTerminator(value.bytes);
    return value;
}

std::optional<std::string> RegistryValue::AsString() const
{
    if (type != kRegSz && type != kRegExpandSz)
    {
        return std::nullopt;
    }
    const std::u16string units = Utf16Units(std::span(bytes));
    return ToWtf8(std::u16string_view(units).substr(0, units.find(u'\0')));
}

std::optional<std::uint32_t> RegistryValue::AsDword() const
{
    if (type != kRegDword || bytes.size() != 4)
    {
        return std::nullopt;
    }
    return bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (static_cast<std::uint32_t>(bytes[3]) << 24);
}

std::optional<std::vector<std::string>> RegistryValue::AsStrings() const
{
    if (type != kRegMultiSz)
    {
        return std::nullopt;
    }
    std::vector<std::string> texts;
    std::u16string current;
    for (const char16_t unit : Utf16Units(std::span(bytes)))
    {
        if (unit != u'\0')
        {
            current += unit;
            continue;
        }
        if (current.empty())
        {
            break;
        }
        texts.push_back(ToWtf8(current));
        current.clear();
    }
    if (!current.empty())
    {
        texts.push_back(ToWtf8(current));
    }
    return texts;
}

std::string RegistryValue::Describe() const
{
    if (const auto text = AsString())
    {
        return *text;
    }
    if (const auto number = AsDword())
    {
        return fmt::format("{} (0x{:X})", *number, *number);
    }
    if (const auto texts = AsStrings())
    {
        return fmt::format("{}", fmt::join(*texts, "; "));
    }
    return fmt::format("[{}] {}", type, ToHex(bytes));
}

template class ExchangeOf<ReadRegistryValue>;
template class ExchangeOf<ListRegistryKey>;

} // namespace mars
