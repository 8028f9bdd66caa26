// SPDX-License-Identifier: MIT
#include "known_errors.h"

#include "text.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace mars
{

namespace
{

std::vector<std::string> TextsOf(const pugi::xml_node& node, const char* name)
{
    std::vector<std::string> texts;
    for (const pugi::xml_node child : node.children(name))
    {
        texts.emplace_back(child.text().get());
    }
    return texts;
}

std::vector<std::string> CausesOf(const pugi::xml_node& node)
{
    std::vector<std::string> causes;
    for (const pugi::xml_node cause : node.children("cause"))
    {
        causes.emplace_back(cause.attribute("id").value());
    }
    return causes;
}

/// Of "34513" and of "0x80070005".
std::optional<std::uint32_t> NumberOf(std::string_view text)
{
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    text.remove_prefix(hex ? 2 : 0);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

KnownError ReadError(const pugi::xml_node& node)
{
    KnownError error;
    error.id = node.attribute("id").value();
    error.section = node.attribute("section").value();
    error.numbers = TextsOf(node, "number");
    error.names = TextsOf(node, "name");
    error.messages = TextsOf(node, "message");
    std::ranges::move(TextsOf(node, "wording"), std::back_inserter(error.messages));
    error.causes = CausesOf(node);
    error.common = std::string_view(node.attribute("common").value()) == "yes";
    error.title = node.child("title");
    error.meaning = node.child("meaning");
    return error;
}

Symptom ReadSymptom(const pugi::xml_node& node)
{
    return {node.attribute("id").value(), node.attribute("section").value(), TextsOf(node, "wording"),
        CausesOf(node), node.child("text")};
}

/// All elements `name` of the files whose document element is `root`.
template <class Read>
auto ReadAll(const Knowledge& knowledge, const char* root, const char* name, Read read)
{
    std::vector<decltype(read(pugi::xml_node()))> all;
    for (const pugi::xml_node file : knowledge.Roots(root))
    {
        std::ranges::transform(file.children(name), std::back_inserter(all), read);
    }
    return all;
}

} // namespace

bool KnownError::HasNumber(std::uint32_t number) const
{
    return std::ranges::any_of(numbers, [&](const std::string& one) { return NumberOf(one) == number; });
}

std::vector<KnownError> KnownErrors(const Knowledge& knowledge)
{
    return ReadAll(knowledge, "errors", "error", ReadError);
}

std::vector<Symptom> KnownSymptoms(const Knowledge& knowledge)
{
    return ReadAll(knowledge, "symptoms", "symptom", ReadSymptom);
}

std::optional<Symptom> FindSymptom(const Knowledge& knowledge, std::string_view id)
{
    auto symptoms = KnownSymptoms(knowledge);
    for (Symptom& symptom : symptoms)
    {
        if (EqualsIgnoreCase(symptom.id, id))
        {
            return std::move(symptom);
        }
    }
    return std::nullopt;
}

} // namespace mars
