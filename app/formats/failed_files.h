// SPDX-License-Identifier: MIT
#pragma once

#include "questions/failed_files.h"

#include <string_view>

namespace mars
{

/// How much of a LastBackupFailedFiles*.txt is read.
inline constexpr std::size_t kMostOfFailedFiles = 4 * 1024 * 1024;

/// "LastBackupFailedFiles17af1_7_21_2020.txt".
bool IsFailedFilesName(std::string_view name);

/// The content of such a list. Its layout is not documented: a headline, a dashed rule, then a path and an
/// HRESULT for each file, in one line or in two. Name, time and `truncated` are the caller's.
FailedFiles ParseFailedFiles(std::string_view bytes);

} // namespace mars
