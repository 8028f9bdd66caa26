// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "handle.h"
#include "questions/files.h"

#include <functional>

namespace mars
{

/// Calls visit for each entry of the folder until it returns false; "." and ".." are left out. Absent: no
/// such folder.
Answer<bool> VisitFolder(
    const std::string& folder, const std::function<bool(const WIN32_FIND_DATAW&)>& visit);

FileInfo FileInfoFrom(const WIN32_FIND_DATAW& found);

} // namespace mars
