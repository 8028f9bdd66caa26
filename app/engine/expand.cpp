// SPDX-License-Identifier: MIT
#include "expand.h"

#include "questions/files.h"
#include "text.h"

#include <array>

namespace mars
{
namespace
{

struct Variable
{
    std::string_view name;
    KnownFolder folder;
    /// Only the drive of the folder, "C:".
    bool onlyDrive = false;
};

constexpr std::array kVariables{
    Variable{"SystemRoot", KnownFolder::kWindows},
    Variable{"windir", KnownFolder::kWindows},
    Variable{"SystemDrive", KnownFolder::kWindows, true},
    Variable{"ProgramFiles", KnownFolder::kProgramFiles},
    Variable{"ProgramW6432", KnownFolder::kProgramFiles},
    Variable{"ProgramData", KnownFolder::kProgramData},
    Variable{"ALLUSERSPROFILE", KnownFolder::kProgramData},
};

/// Absent: not one of the variables above.
Answer<std::string> ValueOf(const MachineView& machine, std::string_view name)
{
    for (const Variable& variable : kVariables)
    {
        if (EqualsIgnoreCase(name, variable.name))
        {
            const auto folder = machine.Ask(FindFolder{variable.folder});
            if (folder.HasFailed())
            {
                return folder.Error();
            }
            if (folder.IsAbsent())
            {
                return Absent{};
            }
            return variable.onlyDrive ? folder->path.substr(0, 2) : folder->path;
        }
    }
    return Absent{};
}

} // namespace

Answer<std::string> ExpandVariables(const MachineView& machine, std::string_view text)
{
    std::string out;
    while (!text.empty())
    {
        const std::size_t open = text.find('%');
        const std::size_t close = open == std::string_view::npos ? open : text.find('%', open + 1);
        if (close == std::string_view::npos)
        {
            break;
        }
        const auto value = ValueOf(machine, text.substr(open + 1, close - open - 1));
        if (value.HasFailed())
        {
            return value.Error();
        }
        // A closing sign that closes nothing known may open the next variable.
        const std::size_t taken = value ? close + 1 : close;
        out += text.substr(0, value ? open : taken);
        out += value.ValueOr({});
        text.remove_prefix(taken);
    }
    out += text;
    return out;
}

} // namespace mars
