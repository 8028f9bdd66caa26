// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// A report for people, made once of parts that mean something and laid out by write_text.h, write_html.h and
/// write_markdown.h. Its texts are as they are read; a writer makes them safe for its format.
namespace mars
{

using LabelledText = std::pair<std::string, std::string>;

/// Of everything up to the next one.
struct Heading
{
    std::string text;
};

struct Paragraph
{
    std::string text;
    bool isStrong = false;
};

/// "Found: the service is disabled".
struct Labelled
{
    std::string label;
    std::string text;
    /// To be handed on as it is.
    bool isQuote = false;
};

struct Item
{
    /// What the text is about, in front of it; may be empty.
    std::string lead;
    std::string text;
    /// A line of its own; may be empty.
    std::string note{};
};

struct List
{
    std::vector<Item> items;
    bool isNumbered = false;
};

/// Each row has as many cells as there are headings.
struct Table
{
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> rows;
    /// The first cell of a row says what the second one is.
    bool isOfFacts = false;
    /// The column of step codes, which are not broken.
    std::optional<std::size_t> codes{};
};

/// Raw values for whoever wants to look closer; not part of a plain text.
struct Values
{
    std::string summary;
    std::vector<LabelledText> values;
};

/// A line, and more about it for whoever opens it.
struct Fold
{
    std::string summary;
    std::string text;
};

enum class Tone
{
    kPlain,
    kError,
    kWarning,
    kAdvice,
};

struct Block;

/// One thing with all that belongs to it.
struct Card
{
    Tone tone = Tone::kPlain;
    /// "Error"; empty for what is no result.
    std::string result;
    /// The step code; may be empty.
    std::string code;
    std::string headline;
    std::vector<Block> blocks;
};

struct Block
{
    std::variant<Heading, Paragraph, Labelled, List, Table, Link, Values, Fold, Card> content;
};

struct Document
{
    std::string title;
    /// What it is about and how it was made, a line each.
    std::vector<std::string> about;
    /// What came out, in a sentence or two.
    std::string answer;
    std::vector<Block> blocks;
    std::string footer;
};

} // namespace mars
