// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "machine.h"
#include "machine_changer.h"
#include "private_folder.h"

#include <iosfwd>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What the console needs of the computer that it runs on. Paths are WTF-8.
class ConsoleMachine
{
public:
    virtual ~ConsoleMachine() = default;

    /// Null where there is no Windows to ask: then only recordings can be looked at.
    virtual std::shared_ptr<const Machine> LiveMachine() = 0;
    /// Null where LiveMachine is.
    virtual std::shared_ptr<MachineChanger> Changer() = 0;
    /// Where the journal is. Null where LiveMachine is.
    virtual std::shared_ptr<PrivateFolder> JournalFolder() = 0;

    /// Somebody watches stderr.
    virtual bool ShowsProgress() const = 0;
    virtual Language SystemLanguage() const = 0;
    /// Set when the person presses Ctrl+C.
    virtual std::stop_token Stop() const = 0;

    /// At most `limit` bytes; a longer file fails with code::kInvalidData. Absent: no such file.
    virtual Answer<std::string> ReadFile(const std::string& path, std::size_t limit) = 0;
    /// The names of the files in a folder, in no order; none where it cannot be read.
    virtual std::vector<std::string> ListFolder(const std::string& folder) = 0;
    /// Replaces a file that is there.
    virtual Status WriteFile(const std::string& path, std::string_view bytes) = 0;
    /// The path as seen from anywhere, for what is handed on to the machine.
    virtual std::string AbsolutePath(const std::string& path) = 0;
};

/// Exit codes of all commands.
namespace exit_code
{
inline constexpr int kGood = 0;
/// run: a problem of level error or warning; repair and undo: applied but the problem is still there, or
/// rolled back; explain: no match.
inline constexpr int kProblem = 1;
/// run: something could not be checked; repair and undo: not done.
inline constexpr int kNotDone = 2;
/// Wrong usage or an internal error; nothing is on stdout.
inline constexpr int kWrongUsage = 3;
} // namespace exit_code

/// mars-check with these arguments (without the program's name): the whole console contract. Returns the exit
/// code.
int RunConsole(
    std::vector<std::string> arguments, ConsoleMachine& host, std::ostream& out, std::ostream& err);

} // namespace mars
