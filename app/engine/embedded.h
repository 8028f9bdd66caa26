// SPDX-License-Identifier: MIT
#pragma once

#include "packed_files.h"

#include <span>

namespace mars
{

/// The knowledge files with their translations merged in, by path below `knowledge/`:
/// "scheduling/trigger_disabled.xml". A translated text follows its source as a sibling of the same name with
/// `xml:lang`; other attributes are not repeated there.
std::span<const EmbeddedFile> EmbeddedKnowledge();

/// Compiled message catalogues, by language: "es.mo".
std::span<const EmbeddedFile> EmbeddedTranslations();

} // namespace mars
