// SPDX-License-Identifier: MIT
#include "changes/registry.h"

#include "questions/registry.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

Answer<std::vector<std::string>> MissingKeys(
    const RegistryPath& path, const Machine& machine, const Wait& wait)
{
    std::vector<std::string> missing;
    for (std::string key = path.key; key.find('\\') != std::string::npos; key = FolderOf(key))
    {
        const auto content = machine.Ask(ListRegistryKey{key, path.view}, wait);
        if (content.HasFailed())
        {
            return content.Error();
        }
        if (content.HasValue())
        {
            break;
        }
        missing.insert(missing.begin(), key);
    }
    return missing;
}

Answer<ChangeState> State(const SetRegistryValue& change, const Machine& machine, const Wait& wait)
{
    const auto now = machine.Ask(ReadRegistryValue{change.path}, wait);
    if (now.HasFailed())
    {
        return now.Error();
    }
    return StateOf(now.HasValue() ? std::optional(*now) : std::nullopt, change.before, change.after);
}

Status Make(const SetRegistryValue& change, const ChangeContext& context)
{
    std::vector<std::string> created;
    return context.changer.WriteRegistryValue(change.path, change.after, created);
}

Status TakeBack(const SetRegistryValue& change, const ChangeContext& context)
{
    std::vector<std::string> created;
    if (Status written = context.changer.WriteRegistryValue(change.path, change.before, created); !written)
    {
        return written;
    }
    for (auto key = change.createdKeys.rbegin(); key != change.createdKeys.rend(); ++key)
    {
        if (Status removed = context.changer.RemoveEmptyRegistryKey(*key, change.path.view); !removed)
        {
            return removed;
        }
    }
    return Status::Done();
}

} // namespace mars::changes
