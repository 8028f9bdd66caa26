// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "fields.h"
#include "file_format.h"
#include "number.h"
#include "questions/registry.h"
#include "text.h"
#include "xml_print.h"

#include <pugixml.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

/// Questions, answers and changes as XML, from their lists of members. Reading accepts only what writing
/// makes: a number out of range, an unknown word or a missing member is a refusal, never a default. Only a
/// member that is younger than the file (`Since` of fields.h) keeps the value that it has by default.
namespace mars
{

/// Writes text so that it comes back unchanged: as it is when it is clean XML 1.0, else as base64 of its
/// bytes.
void WriteText(pugi::xml_node node, const std::string& text);
std::optional<std::string> ReadText(const pugi::xml_node& node);

void WriteRegistryValue(pugi::xml_node node, const RegistryValue& value);
bool ReadRegistryValueNode(const pugi::xml_node& node, RegistryValue& value);

template <class T>
void WriteXml(pugi::xml_node node, const T& value);
/// False when the node does not hold such a value; `value` is then not to be used. `format` is that of the
/// file.
template <class T>
bool ReadXml(const pugi::xml_node& node, T& value, int format);

namespace detail
{

template <class T>
struct IsVector : std::false_type
{
};
template <class T>
struct IsVector<std::vector<T>> : std::true_type
{
};
template <class T>
struct IsOptional : std::false_type
{
};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type
{
};

template <class Number>
bool ReadNumber(const pugi::xml_node& node, Number& number)
{
    const auto read = ParseNumber<Number>(node.text().get());
    number = read.value_or(number);
    return read.has_value();
}

/// No live answer has that many; a file of more would keep the checks busy for hours.
constexpr std::size_t kMostItems = 50'000;

template <class T>
bool ReadItems(const pugi::xml_node& node, std::vector<T>& items, int format)
{
    for (const pugi::xml_node child : node.children())
    {
        if (items.size() == kMostItems || !ReadXml(child, items.emplace_back(), format))
        {
            return false;
        }
    }
    return true;
}

} // namespace detail

template <class T>
void WriteXml(pugi::xml_node node, const T& value)
{
    if constexpr (std::is_same_v<T, std::string>)
    {
        WriteText(node, value);
    }
    else if constexpr (std::is_same_v<T, RegistryValue>)
    {
        WriteRegistryValue(node, value);
    }
    else if constexpr (std::is_same_v<T, bool>)
    {
        node.text().set(value ? "yes" : "no");
    }
    else if constexpr (std::is_same_v<T, Timestamp>)
    {
        node.text().set(ToIso8601(value).c_str());
    }
    else if constexpr (std::is_enum_v<T>)
    {
        node.text().set(std::string(WordOf(value)).c_str());
    }
    else if constexpr (std::is_arithmetic_v<T>)
    {
        node.text().set(std::to_string(value).c_str());
    }
    else if constexpr (detail::IsOptional<T>::value)
    {
        if (value)
        {
            WriteXml(node.append_child("value"), *value);
        }
    }
    else if constexpr (detail::IsVector<T>::value)
    {
        for (const auto& item : value)
        {
            WriteXml(node.append_child("item"), item);
        }
    }
    else
    {
        static_assert(HasFields<T>);
        ForEachField(value, [&](std::string_view name, const auto& member) {
            WriteXml(node.append_child(std::string(name).c_str()), member);
        });
    }
}

template <class T>
bool ReadXml(const pugi::xml_node& node, T& value, int format)
{
    if constexpr (std::is_same_v<T, std::string>)
    {
        auto text = ReadText(node);
        value = text.value_or(std::string());
        return text.has_value();
    }
    else if constexpr (std::is_same_v<T, RegistryValue>)
    {
        return ReadRegistryValueNode(node, value);
    }
    else if constexpr (std::is_same_v<T, bool>)
    {
        const std::string_view text = node.text().get();
        value = text == "yes";
        return value || text == "no";
    }
    else if constexpr (std::is_same_v<T, Timestamp>)
    {
        const auto time = FromIso8601(node.text().get());
        value = time.value_or(Timestamp());
        return time.has_value();
    }
    else if constexpr (std::is_enum_v<T>)
    {
        return FromWord(node.text().get(), value);
    }
    else if constexpr (std::is_arithmetic_v<T>)
    {
        return detail::ReadNumber(node, value);
    }
    else if constexpr (detail::IsOptional<T>::value)
    {
        const pugi::xml_node child = node.child("value");
        return !child || ReadXml(child, value.emplace(), format);
    }
    else if constexpr (detail::IsVector<T>::value)
    {
        return detail::ReadItems(node, value, format);
    }
    else
    {
        static_assert(HasFields<T>);
        bool good = true;
        ForEachFieldOf<T>([&](const auto& field) {
            if (field.since <= format)
            {
                const pugi::xml_node child = node.child(std::string(field.name).c_str());
                good = good && child && ReadXml(child, value.*(field.member), format);
            }
        });
        return good;
    }
}

namespace detail
{

template <class T>
void WriteWithoutDefaults(pugi::xml_node node, const T& value)
{
    if constexpr (HasFields<T>)
    {
        const T usual{};
        ForEachFieldOf<T>([&](const auto& field) {
            const auto& member = value.*(field.member);
            if (!(member == usual.*(field.member)))
            {
                WriteWithoutDefaults(node.append_child(std::string(field.name).c_str()), member);
            }
        });
    }
    else
    {
        WriteXml(node, value);
    }
}

} // namespace detail

/// Appends <value>, <absent/> or <failed code what/>.
template <class T>
void AppendAnswer(pugi::xml_node parent, const Answer<T>& answer)
{
    if (answer.HasValue())
    {
        WriteXml(parent.append_child("value"), *answer);
    }
    else if (answer.IsAbsent())
    {
        parent.append_child("absent");
    }
    else
    {
        pugi::xml_node failed = parent.append_child("failed");
        failed.append_attribute("code").set_value(answer.Error().code);
        WriteText(failed, answer.Error().what);
    }
}

/// A node that is none of the three is a failure with code::kInvalidData.
template <class T>
Answer<T> AnswerFromXml(const pugi::xml_node& node, int format)
{
    const std::string_view name = node.name();
    T value{};
    if (name == "value" && ReadXml(node, value, format))
    {
        return value;
    }
    if (name == "absent")
    {
        return Absent{};
    }
    const std::uint32_t failure = node.attribute("code").as_uint();
    if (name == "failed" && failure != 0)
    {
        return Failure{failure, ReadText(node).value_or(std::string())};
    }
    return Failure{code::kInvalidData, "recorded answer"};
}

/// The same text for the same question, different for different ones: memo and recording use it as key. What
/// has its default is left out, so that a question keeps its key when it gets a further member.
template <class Question>
std::string KeyOf(const Question& question)
{
    pugi::xml_document document;
    const pugi::xml_node node = document.append_child(std::string(Question::kName).c_str());
    detail::WriteWithoutDefaults(node, question);
    return PrintXml(node);
}

} // namespace mars
