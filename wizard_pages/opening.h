// SPDX-License-Identifier: MIT
#pragma once

#include "model/opened_file.h"
#include "wizard_host.h"

#include <string>

class wxWindow;

namespace mars
{

/// Reads a file that somebody sent. From any thread.
OpenedFile ReadSupportFile(WizardHost& host, const std::string& path);

/// Why it is not opened, and what to do next.
void TellNotOpened(wxWindow* parent, const std::string& path, OpenFault fault);

} // namespace mars
