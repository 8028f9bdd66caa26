// SPDX-License-Identifier: MIT
#pragma once

#include "temp_folder.h"

namespace mars
{

/// Opens the folder and keeps it. Absent: not there. Fails with 267 where the path is no folder, with 4395
/// where it is a link or where it leads to another folder than it says; the failure names that one.
Answer<std::unique_ptr<TempFolder>> OpenWindowsTempFolder(const std::string& path);

} // namespace mars
