// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"
#include "machine_changer.h"
#include "model/options.h"
#include "private_folder.h"

#include <memory>
#include <string>
#include <string_view>

namespace mars
{

/// Folders that some of the tools need; empty where the machine did not tell.
struct ToolPlaces
{
    /// Of the agent, as the registry names it.
    std::string installPath;
    std::string scratchFolder;
};

/// The window that asks, as the system knows it (on Windows its HWND). A request for permission comes to the
/// front with it.
using AskingWindow = void*;

/// What the wizard needs of the computer that it runs on. Paths are WTF-8. May be called from any thread.
class WizardHost
{
public:
    virtual ~WizardHost() = default;

    virtual std::shared_ptr<const Machine> LiveMachine() = 0;
    virtual std::shared_ptr<MachineChanger> Changer() = 0;
    /// Where the journal is.
    virtual std::shared_ptr<PrivateFolder> JournalFolder() = 0;

    /// Whether what is dropped on the window comes from programs with the same rights.
    virtual bool SharesRightsWithDesktop() = 0;

    /// A tool of the closed list.
    virtual Status OpenTool(const std::string& tool, const ToolPlaces& places, AskingWindow owner) = 0;
    /// An https address of the knowledge, in the browser of the person who is signed in, never in an elevated
    /// one.
    virtual Status OpenLink(const std::string& url) = 0;
    /// Starts this program again with an administrator's rights. 1223: the person said No.
    virtual Status RestartElevated(const std::vector<std::string>& arguments, AskingWindow owner) = 0;
    /// A path on a drive of this logon session only, as the elevated copy finds it: "\\server\share\..."
    /// where the drive is mapped, a folder where SUBST made it.
    virtual std::string ForElevatedCopy(const std::string& path) = 0;

    /// While it is held, Windows shows `why` to whoever signs out or shuts down, and waits. `window` is the
    /// handle of a top-level window of the calling thread.
    virtual void HoldSession(void* window, const std::string& why) = 0;
    virtual void ReleaseSession(void* window) = 0;

    /// Whether a file that the command line names may be opened. With an administrator's rights only one on
    /// this computer's own drives: whoever started the program need not have these rights, and a server that
    /// the path names would be told whose they are.
    virtual bool MayOpenAtStart(const std::string& path) = 0;

    /// At most `limit` bytes; a longer file fails with code::kInvalidData.
    virtual Answer<std::string> ReadFile(const std::string& path, std::size_t limit) = 0;
    /// Replaces a file that is there.
    virtual Status WriteFile(const std::string& path, std::string_view bytes) = 0;
};

} // namespace mars
