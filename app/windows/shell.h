// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"

#include <string>

/// What the wizard asks of Windows' shell. Each may wait for a permission or for another process, so not on a
/// UI thread.
namespace mars
{

/// Starts a program by its absolute path. With `asAdministrator` Windows asks for permission; 1223: the
/// person said No. `owner` is the HWND of the window that asks, or null: without it the request for
/// permission may do no more than flash in the task bar.
Status ShellStart(
    const std::string& program, const std::string& arguments, bool asAdministrator, void* owner);

/// This program again, as administrator; from the share where it lies on a mapped drive.
Status RestartAsAdministrator(const std::string& arguments, void* owner);

/// Opens an https address in the browser of the person who is signed in. An elevated program lets the desktop
/// do it, so that the browser is not elevated; where there is no desktop to ask it fails.
Status OpenAddress(const std::string& url);

/// The path as the elevated copy finds it, which has neither the mapped nor the SUBST drives of the person.
std::string ForElevatedCopy(const std::string& path);

/// %ProgramFiles% and %ProgramData%, as Windows knows them; empty when it does not say.
std::string ProgramFilesFolder();
std::string ProgramDataFolder();

} // namespace mars
