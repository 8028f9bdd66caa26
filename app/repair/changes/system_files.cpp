// SPDX-License-Identifier: MIT
#include "changes/system_files.h"

#include "file_trust.h"
#include "questions/files.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

namespace
{

/// The hash of a file; empty: there is none.
Answer<std::string> HashOf(const std::string& path, const Machine& machine, const Wait& wait)
{
    const auto hash = machine.Ask(HashFile{path}, wait);
    if (hash.HasFailed())
    {
        return hash.Error();
    }
    return hash ? hash->sha256 : std::string();
}

/// For StageFile and KeepFile.
template <class Copy>
Answer<ChangeState> StateOfHashedCopy(const Copy& change, const Machine& machine, const Wait& wait)
{
    const auto hash = HashOf(change.target, machine, wait);
    return hash ? Answer<ChangeState>(StateOf(*hash, std::string(), change.sha256)) : hash.Error();
}

/// Judged where nobody else can change it any more.
Status JudgeStaged(const StageFile& change, const ChangeContext& context)
{
    const auto hash = HashOf(change.target, context.machine, context.wait);
    if (!hash)
    {
        return hash.Error();
    }
    if (*hash != change.sha256)
    {
        return ChangedSince(change.source);
    }
    const MachineView view(context.machine, context.wait);
    if (change.runs)
    {
        if (Status trusted = IsFromMicrosoft(view, change.target); !trusted)
        {
            return trusted;
        }
    }
    return change.version.empty() ? Status::Done() : HasVersion(view, change.target, change.version);
}

/// `source` must still be what the plan meant.
Status PutInPlace(const std::string& target, const std::string& source, const std::string& sha256,
    const ChangeContext& context)
{
    if (sha256.empty())
    {
        return context.changer.ReplaceFile(target, std::nullopt);
    }
    const auto hash = HashOf(source, context.machine, context.wait);
    if (!hash)
    {
        return hash.Error();
    }
    return *hash == sha256 ? context.changer.ReplaceFile(target, source) : Status(ChangedSince(source));
}

} // namespace

Answer<ChangeState> State(const StageFile& change, const Machine& machine, const Wait& wait)
{
    return StateOfHashedCopy(change, machine, wait);
}

Status Make(const StageFile& change, const ChangeContext& context)
{
    if (Status copied = context.changer.CopyToPrivateFolder(change.source, change.target); !copied)
    {
        return copied;
    }
    const Status judged = JudgeStaged(change, context);
    if (!judged)
    {
        // What roll-back would not know as its own.
        const Status ignored = context.changer.DeleteFromPrivateFolder(change.target);
        static_cast<void>(ignored);
    }
    return judged;
}

Status TakeBack(const StageFile& change, const ChangeContext& context)
{
    return context.changer.DeleteFromPrivateFolder(change.target);
}

Answer<ChangeState> State(const KeepFile& change, const Machine& machine, const Wait& wait)
{
    return StateOfHashedCopy(change, machine, wait);
}

Status Make(const KeepFile& change, const ChangeContext& context)
{
    return context.changer.CopyToPrivateFolder(change.source, change.target);
}

Status TakeBack(const KeepFile& change, const ChangeContext& context)
{
    return context.changer.DeleteFromPrivateFolder(change.target);
}

Answer<ChangeState> State(const ReplaceFile& change, const Machine& machine, const Wait& wait)
{
    const auto hash = HashOf(change.target, machine, wait);
    return hash ? Answer<ChangeState>(StateOf(*hash, change.before, change.after)) : hash.Error();
}

Status Make(const ReplaceFile& change, const ChangeContext& context)
{
    return PutInPlace(change.target, change.staged, change.after, context);
}

Status TakeBack(const ReplaceFile& change, const ChangeContext& context)
{
    return PutInPlace(change.target, change.kept, change.before, context);
}

Answer<ChangeState> State(const UncompressFolder& change, const Machine& machine, const Wait& wait)
{
    const auto folder = machine.Ask(ReadFileInfo{change.folder}, wait);
    if (!folder)
    {
        return WhyNoValue(folder, change.folder);
    }
    const auto survey = machine.Ask(SurveyFolder{change.folder}, wait);
    if (!survey)
    {
        return WhyNoValue(survey, change.folder);
    }
    const bool compressed =
        (folder->attributes & file_attribute::kCompressed) != 0 || survey->compressed != 0;
    return compressed ? ChangeState::kBefore : ChangeState::kAfter;
}

Status TakeBack(const UncompressFolder& change, const ChangeContext&)
{
    return Failure{code::kNotSupported, change.folder};
}

AppliedChange UncompressIn(
    const UncompressFolder& change, const ChangeContext& context, const ApplyProgress& progress)
{
    const auto tell = [&](std::uint64_t done) {
        if (progress)
        {
            progress(done, change.files);
        }
    };
    const UncompressResult result = context.changer.UncompressFolder(change.folder, tell, context.wait);
    return {result.endedEarly ? Status(*result.endedEarly) : Status::Done(),
        {{"uncompressed", static_cast<std::int64_t>(result.done)}}};
}

} // namespace mars::changes
