// SPDX-License-Identifier: MIT
#include "changes/copies.h"

#include "questions/files.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

namespace
{

Answer<ChangeState> StateOfCopy(
    const std::string& source, const std::string& target, const Machine& machine, const Wait& wait)
{
    const auto copy = machine.Ask(ReadFileInfo{target}, wait);
    if (copy.HasFailed())
    {
        return copy.Error();
    }
    if (copy.IsAbsent())
    {
        return ChangeState::kBefore;
    }
    // The source may be gone by the time of an undo; then only the copy's existence can be judged.
    const auto original = machine.Ask(ReadFileInfo{source}, wait);
    const bool same = !original || original->bytes == copy->bytes;
    return same ? ChangeState::kAfter : ChangeState::kElsewhere;
}

} // namespace

Answer<ChangeState> State(const CopyFile& change, const Machine& machine, const Wait& wait)
{
    return StateOfCopy(change.source, change.target, machine, wait);
}

Status Make(const CopyFile& change, const ChangeContext& context)
{
    return context.changer.CopyToPrivateFolder(change.source, change.target);
}

Status TakeBack(const CopyFile& change, const ChangeContext& context)
{
    return context.changer.DeleteFromPrivateFolder(change.target);
}

Answer<ChangeState> State(const DeleteCopy& change, const Machine& machine, const Wait& wait)
{
    const auto state = StateOfCopy(change.source, change.target, machine, wait);
    if (!state)
    {
        return state;
    }
    return *state == ChangeState::kBefore ? ChangeState::kAfter
        : *state == ChangeState::kAfter   ? ChangeState::kBefore
                                          : ChangeState::kElsewhere;
}

Status Make(const DeleteCopy& change, const ChangeContext& context)
{
    return context.changer.DeleteFromPrivateFolder(change.target);
}

Status TakeBack(const DeleteCopy& change, const ChangeContext& context)
{
    return context.changer.CopyToPrivateFolder(change.source, change.target);
}

} // namespace mars::changes
