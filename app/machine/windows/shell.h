// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"

#include <string>

/// What the wizard asks of Windows' shell. Each may wait for a permission or for another process, so not on a
/// UI thread.
namespace mars
{

/// Starts a program by its absolute path. With `asAdministrator` Windows asks for permission; 1223: the
/// person said No.
Status ShellStart(const std::string& program, const std::string& arguments, bool asAdministrator);

/// This program again, as administrator.
Status RestartAsAdministrator(const std::string& arguments);

/// Opens an https address in the browser of the person who is signed in. An elevated program lets the desktop
/// do it, so that the browser is not elevated; where there is no desktop to ask it fails.
Status OpenAddress(const std::string& url);

/// "Z:\a" as "\\server\share\a" where Z: is a mapped drive; else as it is.
std::string WithoutMappedDrive(const std::string& path);

/// %ProgramFiles% and %ProgramData%, as Windows knows them; empty when it does not say.
std::string ProgramFilesFolder();
std::string ProgramDataFolder();

} // namespace mars
