// SPDX-License-Identifier: MIT
#pragma once

#include "vocabulary.h"

namespace mars
{

/// The words of everything that this program knows: the messages that the agent and Windows print, in all
/// languages, the texts about them, and knowledge/vocabulary.xml.
const Vocabulary& MessageVocabulary();

} // namespace mars
