// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "commands.h"
#include "console_text.h"
#include "json.h"
#include "mars_agent.h"
#include "progress.h"
#include "questions/computer.h"
#include "repair.h"
#include "subject.h"

#include <algorithm>
#include <ostream>

namespace mars
{

namespace
{

bool IsLeft(const UndoItem& item)
{
    return item.status != UndoStatus::kUndone;
}

/// What an earlier entry stands behind may be free once the later one is undone, so only what is certain is
/// left out.
bool MayBeUndone(const UndoItem& item)
{
    return item.entry.damage.empty() && IsLeft(item) && item.status != UndoStatus::kIrreversible;
}

/// The entries that the person named: one by its name, or all of a root cause. Nothing when the name means
/// neither; the person was told then.
std::optional<std::vector<UndoItem>> Select(
    const std::vector<UndoItem>& items, const ConsoleOptions& options, const Console& console)
{
    std::vector<UndoItem> selected;
    const auto take = [&](auto wanted) {
        std::ranges::copy_if(items, std::back_inserter(selected), wanted);
        return !selected.empty();
    };
    if (options.subject.empty())
    {
        take([&](const UndoItem& item) { return !options.all || IsLeft(item); });
        return selected;
    }
    if (take([&](const UndoItem& item) { return EqualsIgnoreCase(item.entry.name, options.subject); }))
    {
        return selected;
    }
    const auto causes = ResolveSelector(options.subject);
    take([&](const UndoItem& item) {
        return std::ranges::find(causes, item.entry.header.rootCause, &RootCause::id) != causes.end();
    });
    if (causes.empty())
    {
        console.Refuse("usage.unknown_entry", {{"id", options.subject}});
        return std::nullopt;
    }
    return selected;
}

bool IsElevated(const Machine& machine)
{
    const auto context = machine.Ask(ReadContext{}, Wait{});
    return context && context->elevated;
}

/// The newest first; each is judged again when its turn comes.
void UndoEach(RepairEngine& engine, std::vector<UndoItem>& items, const Console& console)
{
    Progress progress(console);
    for (std::size_t i = 0; i < items.size(); ++i)
    {
        if (MayBeUndone(items[i]))
        {
            progress.Show(i + 1, items.size(), items[i].entry.name);
            items[i] = engine.Undo(items[i].entry.name, console.host.Stop());
        }
    }
}

int ExitCodeOf(const UndoItem& item, bool named)
{
    const bool touched = std::ranges::any_of(item.steps,
        [](const RepairStep& step) { return step.result != StepResult::kPending && !step.error; });
    switch (item.status)
    {
    case UndoStatus::kUndone:
        return exit_code::kGood;
    case UndoStatus::kIrreversible:
        // "Everything that can be undone" was asked for with --all.
        return !named ? exit_code::kGood : touched ? exit_code::kProblem : exit_code::kNotDone;
    case UndoStatus::kFailed:
        return touched ? exit_code::kProblem : exit_code::kNotDone;
    default:
        return exit_code::kNotDone;
    }
}

/// Why the journal cannot be used, on stderr.
int CannotUse(const RepairEngine& engine, std::uint32_t why, const Console& console)
{
    console.Tell(console.Text("console.cannot_read",
        {{"file", engine.JournalPath()}, {"why", console.knowledge.ExplainCode(why, console.language)}}));
    return exit_code::kNotDone;
}

/// Nothing: go on with the list.
std::optional<int> CloseFolder(RepairEngine& engine, const ConsoleOptions& options, const Console& console)
{
    if (!options.yes)
    {
        console.Tell(console.Text("console.would_close_folder", {{"folder", engine.JournalPath()}}));
        console.out << (options.format == OutputFormat::kJson
                ? UndoJson({}, console.knowledge, console.language)
                : std::string());
        return exit_code::kGood;
    }
    const Status closed = engine.CloseJournalAgain();
    if (!closed)
    {
        return CannotUse(engine, closed.Error().code, console);
    }
    console.Tell(console.Text("console.folder_closed", {{"folder", engine.JournalPath()}}));
    return std::nullopt;
}

/// "Left half-done" outweighs "not done", and that outweighs "done".
int ExitCodeOf(const std::vector<UndoItem>& items, bool named)
{
    int worst = exit_code::kGood;
    for (const UndoItem& item : items)
    {
        const int one = ExitCodeOf(item, named);
        worst = worst == exit_code::kProblem || one == exit_code::kGood ? worst : one;
    }
    return worst;
}

} // namespace

int UndoCommand(const ConsoleOptions& options, const Console& console)
{
    const auto subject = OpenSubject(options, console);
    if (!subject)
    {
        return exit_code::kWrongUsage;
    }
    RepairEngine engine(subject->machine, console.host.Changer(), console.host.JournalFolder(), MarsAgent());
    if (options.closeFolder)
    {
        if (const auto ended = CloseFolder(engine, options, console))
        {
            return *ended;
        }
    }
    const auto listed = engine.ListUndo();
    if (!listed)
    {
        return CannotUse(engine, listed.HasFailed() ? listed.Error().code : code::kInternalError, console);
    }
    auto items = Select(*listed, options, console);
    if (!items)
    {
        return exit_code::kWrongUsage;
    }
    // Closing the folder takes nothing back.
    const bool yes = options.yes && !options.closeFolder;
    const bool open = std::ranges::any_of(*items, IsLeft);
    const bool allowed = !yes || !open || IsElevated(*subject->machine);
    if (yes && allowed)
    {
        UndoEach(engine, *items, console);
    }
    if (!allowed)
    {
        console.Tell(console.Text("held.not_elevated"));
    }
    console.out << (options.format == OutputFormat::kJson
            ? UndoJson(*items, console.knowledge, console.language)
            : UndoText(*items, console.knowledge, console.language));
    return !yes ? exit_code::kGood : !allowed ? exit_code::kNotDone : ExitCodeOf(*items, !options.all);
}

} // namespace mars
