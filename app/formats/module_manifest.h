// SPDX-License-Identifier: MIT
#pragma once

#include "questions/signatures.h"

#include <string_view>

namespace mars
{

/// What the text of a *.psd1 names. Reads a subset of PowerShell's data language, and never fails: text that
/// is no manifest is one that is none. `text` is UTF-8.
ModuleManifest ParseModuleManifest(std::string_view text);

/// The text of a file as PowerShell reads it: UTF-16 or UTF-8 by its mark, otherwise UTF-8.
std::string TextOfScript(std::string_view bytes);

} // namespace mars
