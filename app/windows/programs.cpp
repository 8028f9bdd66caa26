// SPDX-License-Identifier: MIT
#include "programs.h"

#include "questions/programs.h"
#include "questions/registry.h"
#include "registry.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr const char* kUninstall = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";

std::string TextAt(const std::string& key, const char* name, RegistryView view)
{
    const Answer<RegistryValue> value = AskWindows(ReadRegistryValue{{key, name, view}}, {}, {});
    return value ? value->AsString().value_or("") : std::string();
}

Status Collect(const std::string& prefix, RegistryView view, const Wait& wait, InstalledProgramList& list)
{
    const Answer<RegistryKeyContent> entries = AskWindows(ListRegistryKey{kUninstall, view}, {}, wait);
    if (entries.HasFailed())
    {
        return entries.Error();
    }
    for (const std::string& entry : entries.ValueOr({}).keys)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list programs");
        }
        const std::string key = std::string(kUninstall) + "\\" + entry;
        const std::string name = TextAt(key, "DisplayName", view);
        if (StartsWithIgnoreCase(name, prefix))
        {
            list.programs.push_back(
                {name, TextAt(key, "DisplayVersion", view), TextAt(key, "InstallDate", view)});
        }
    }
    return Status::Done();
}

} // namespace

Answer<InstalledProgramList> AskWindows(
    const ListPrograms& question, const WindowsMachineOptions&, const Wait& wait)
{
    InstalledProgramList list;
    for (const RegistryView view : {RegistryView::k64, RegistryView::k32})
    {
        if (const Status collected = Collect(question.prefix, view, wait, list); !collected)
        {
            return collected.Error();
        }
    }
    return list;
}

} // namespace mars
