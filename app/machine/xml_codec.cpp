// SPDX-License-Identifier: MIT
#include "xml_codec.h"

#include "number.h"
#include "questions/registry.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr const char* kEncoding = "encoding";
constexpr const char* kBase64 = "base64";

std::span<const std::uint8_t> AsBytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The value's text, if writing the text again gives exactly its bytes.
std::optional<std::string> LosslessText(const RegistryValue& value)
{
    const auto text = value.AsString();
    if (text && RegistryValue::String(*text, value.type) == value)
    {
        return text;
    }
    return std::nullopt;
}

std::optional<std::vector<std::string>> LosslessTexts(const RegistryValue& value)
{
    const auto texts = value.AsStrings();
    if (texts && RegistryValue::MultiString(*texts) == value)
    {
        return texts;
    }
    return std::nullopt;
}

} // namespace

void WriteText(pugi::xml_node node, const std::string& text)
{
    if (IsCleanXmlText(text))
    {
        node.text().set(text.c_str());
        return;
    }
    node.append_attribute(kEncoding).set_value(kBase64);
    node.text().set(ToBase64(AsBytes(text)).c_str());
}

std::optional<std::string> ReadText(const pugi::xml_node& node)
{
    const std::string text = node.text().get();
    if (!node.attribute(kEncoding))
    {
        return text;
    }
    const auto bytes = FromBase64(text);
    if (std::string_view(node.attribute(kEncoding).value()) != kBase64 || !bytes)
    {
        return std::nullopt;
    }
    return std::string(bytes->begin(), bytes->end());
}

void WriteRegistryValue(pugi::xml_node node, const RegistryValue& value)
{
    node.append_attribute("type").set_value(value.type);
    if (const auto text = LosslessText(value))
    {
        WriteText(node.append_child("text"), *text);
    }
    else if (const auto texts = LosslessTexts(value))
    {
        WriteXml(node.append_child("texts"), *texts);
    }
    else
    {
        node.append_child("bytes").text().set(ToHex(value.bytes).c_str());
    }
}

bool ReadRegistryValueNode(const pugi::xml_node& node, RegistryValue& value)
{
    const pugi::xml_attribute type = node.attribute("type");
    const auto number = ParseNumber<std::uint32_t>(type.value());
    if (!number)
    {
        return false;
    }
    value.type = *number;
    if (const pugi::xml_node text = node.child("text"))
    {
        const auto content = ReadText(text);
        value.bytes = RegistryValue::String(content.value_or(std::string()), value.type).bytes;
        return content.has_value();
    }
    if (const pugi::xml_node texts = node.child("texts"))
    {
        std::vector<std::string> items;
        const bool good = ReadXml(texts, items, kFileFormat);
        value.bytes = RegistryValue::MultiString(items).bytes;
        return good;
    }
    const auto bytes = FromHex(node.child("bytes").text().get());
    value.bytes = bytes.value_or(Bytes());
    return node.child("bytes") && bytes.has_value();
}

} // namespace mars
