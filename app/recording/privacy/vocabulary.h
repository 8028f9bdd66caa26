// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace mars
{

/// The words that programs print. What somebody else wrote, a line of a log, the name of a file, leaves the
/// server only as far as it consists of them, of numbers and of codes.
class Vocabulary
{
public:
    /// The words in a text; what has digits in it is no word.
    void Add(std::string_view text);

    /// A word in any case, or an identifier that is put together from several: "MainEngineThread".
    bool Knows(std::string_view word) const;

    /// The text with everything left out that is not known: words, and what is encoded. Numbers, codes
    /// (0x80070005), pseudonyms, hosts of Azure and punctuation stay, and each occurrence of `kept`. What is
    /// left out is shown as "…". Done twice it is the same as once.
    std::string Filter(std::string_view text, std::string_view kept = {}) const;

private:
    bool KnowsParts(std::string_view identifier) const;

    /// Folded.
    std::set<std::string, std::less<>> m_words;
};

} // namespace mars
