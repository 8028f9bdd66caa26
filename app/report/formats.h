// SPDX-License-Identifier: MIT
#pragma once

#include "document.h"
#include "language.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>

namespace mars
{

using DocumentIn = std::function<Document(Language)>;

std::string ToText(const DocumentIn& document, Language language);
/// In all languages, this one shown first.
std::string ToHtml(const DocumentIn& document, Language language);
std::string ToMarkdown(const DocumentIn& document, Language language);

/// How a document can be written.
struct DocumentFormat
{
    /// What `--format` calls it.
    std::string_view word;
    /// Of the file's name.
    std::string_view ending;
    std::string (*write)(const DocumentIn& document, Language language);
};

inline constexpr std::array kDocumentFormats{DocumentFormat{"text", "txt", ToText},
    DocumentFormat{"html", "html", ToHtml}, DocumentFormat{"markdown", "md", ToMarkdown}};

/// The one of this word; there must be one.
const DocumentFormat& FormatNamed(std::string_view word);

} // namespace mars
