// SPDX-License-Identifier: MIT
#include "formats.h"

#include "write_html.h"
#include "write_markdown.h"
#include "write_text.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace mars
{

std::string ToText(const DocumentIn& document, Language language)
{
    return WriteText(document(language));
}

std::string ToHtml(const DocumentIn& document, Language language)
{
    std::vector<LocalDocument> documents{{language, document(language)}};
    for (const LanguageInfo& other : kLanguages)
    {
        if (other.language != language)
        {
            documents.push_back({other.language, document(other.language)});
        }
    }
    return WriteHtml(documents);
}

std::string ToMarkdown(const DocumentIn& document, Language language)
{
    return WriteMarkdown(document(language));
}

const DocumentFormat& FormatNamed(std::string_view word)
{
    const auto found = std::ranges::find(kDocumentFormats, word, &DocumentFormat::word);
    if (found == kDocumentFormats.end())
    {
        throw std::logic_error("no such format: " + std::string(word));
    }
    return *found;
}

} // namespace mars
