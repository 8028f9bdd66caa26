// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace mars
{

/// A file that is part of the program. Both views live as long as the program.
struct EmbeddedFile
{
    std::string_view name;
    std::string_view bytes;
};

/// The knowledge files with their translations merged in, by path below `knowledge/`:
/// "scheduling/trigger_disabled.xml". A translated text follows its source as a sibling of the same name with
/// `xml:lang`; other attributes are not repeated there.
std::span<const EmbeddedFile> EmbeddedKnowledge();

/// Compiled message catalogues, by language: "es.mo".
std::span<const EmbeddedFile> EmbeddedTranslations();

} // namespace mars
