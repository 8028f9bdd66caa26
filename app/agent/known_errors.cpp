// SPDX-License-Identifier: MIT
#include "known_errors.h"

#include "number.h"
#include "text.h"

#include <algorithm>
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
    return std::ranges::any_of(
        numbers, [&](const std::string& one) { return ParseDecimalOrHex(one) == number; });
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
