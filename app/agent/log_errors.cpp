// SPDX-License-Identifier: MIT
#include "log_errors.h"

#include "agent_log.h"
#include "ascii.h"
#include "embedded.h"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <stdexcept>

namespace mars
{
namespace
{

/// HRESULTs are known by their hex digits alone.
constexpr std::uint32_t kSmallestHresult = 0x80000000;

bool IsDecimal(std::string_view text)
{
    return std::ranges::all_of(text, IsAsciiDigit);
}

/// `word` not as a part of a longer number or name. What ends in punctuation ends there.
bool HasWord(std::string_view text, std::string_view word)
{
    const bool decimal = IsDecimal(word);
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !IsAsciiAlnum(text[at - 1]);
        const bool ends = end == text.size() || !IsAsciiAlnum(text[end]) || !IsAsciiAlnum(word.back());
        if (begins && ends && (!decimal || IsNamedAsError(text, at, word.size())))
        {
            return true;
        }
    }
    return false;
}

std::optional<LogError> ReadError(const pugi::xml_node& node)
{
    LogError error;
    error.number = node.attribute("number").as_uint();
    error.text = node.attribute("text").value();
    error.section = node.attribute("section").value();
    error.known = node.attribute("known").value();
    error.ofConsole = node.attribute("console").as_bool();
    for (const pugi::xml_node spelling : node.children("spelling"))
    {
        error.spellings.emplace_back(spelling.text().get());
    }
    const bool named = (error.number != 0) != !error.text.empty()
        && (error.number == 0 || error.spellings.empty())
        && std::ranges::find(error.spellings, std::string()) == error.spellings.end();
    const bool good =
        named && !error.section.empty() && FromWord(node.attribute("level").value(), error.level);
    return good ? std::optional(std::move(error)) : std::nullopt;
}

} // namespace

std::string LogError::Name() const
{
    if (number == 0)
    {
        return text;
    }
    return number < kSmallestHresult ? fmt::format("{} (0x{:X})", number, number)
                                     : fmt::format("0x{:08X}", number);
}

std::vector<std::string> LogError::Patterns() const
{
    if (number == 0)
    {
        std::vector<std::string> patterns{text};
        patterns.insert(patterns.end(), spellings.begin(), spellings.end());
        return patterns;
    }
    if (number >= kSmallestHresult)
    {
        return {fmt::format("0x{:08X}", number), fmt::format("0x{:08x}", number)};
    }
    // Microsoft prints "0x86D1" as well as "0x086C6".
    std::vector<std::string> patterns{fmt::format("0x{:X}", number), fmt::format("0x{:05X}", number),
        fmt::format("0x{:08X}", number), fmt::format("{}", number)};
    patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
    return patterns;
}

bool LogError::IsIn(std::string_view message) const
{
    return std::ranges::any_of(
        Patterns(), [&](const std::string& pattern) { return HasWord(message, pattern); });
}

std::optional<std::vector<LogError>> ParseLogErrors(std::string_view xml)
{
    pugi::xml_document document;
    if (!document.load_buffer(xml.data(), xml.size()))
    {
        return std::nullopt;
    }
    std::vector<LogError> errors;
    for (const pugi::xml_node node : document.child("log_errors").children("error"))
    {
        auto error = ReadError(node);
        if (!error)
        {
            return std::nullopt;
        }
        errors.push_back(std::move(*error));
    }
    return errors.empty() ? std::nullopt : std::optional(std::move(errors));
}

const std::vector<LogError>& LogErrors()
{
    static const std::vector<LogError> errors = [] {
        const auto files = EmbeddedKnowledge();
        const auto file = std::ranges::find(files, std::string_view("log_errors.xml"), &EmbeddedFile::name);
        auto table = file == files.end() ? std::nullopt : ParseLogErrors(file->bytes);
        if (!table)
        {
            throw std::logic_error("knowledge/log_errors.xml is not part of the program or damaged");
        }
        return std::move(*table);
    }();
    return errors;
}

std::vector<std::string> LogErrorPatterns()
{
    std::vector<std::string> patterns;
    for (const LogError& error : LogErrors())
    {
        std::ranges::move(error.Patterns(), std::back_inserter(patterns));
    }
    return patterns;
}

} // namespace mars
