// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

namespace mars
{

struct FolderAccess
{
    /// By the folder's access list: who may make a file in it.
    bool systemMayAdd = false;
    /// The user whose folders are evidence (see ProcessContext).
    bool userMayAdd = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("system_may_add", &FolderAccess::systemMayAdd),
            MakeField("user_may_add", &FolderAccess::userMayAdd));
    }
    bool operator==(const FolderAccess&) const = default;
};

/// Absent: no such folder.
struct ReadFolderAccess
{
    using Value = FolderAccess;
    static constexpr std::string_view kName = "read_folder_access";
    std::string folder;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &ReadFolderAccess::folder));
    }
};

} // namespace mars
