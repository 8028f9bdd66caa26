// SPDX-License-Identifier: MIT
#include "open_repairs.h"

#include "change_text.h"
#include "journal.h"
#include "repair.h"

namespace mars
{

void TellOfInterruptedRepairs(const Console& console)
{
    const auto folder = console.host.JournalFolder();
    if (!folder)
    {
        return;
    }
    Journal journal(folder);
    const auto entries = journal.Entries();
    // Another copy of the program may be in the middle of one.
    if (!entries || journal.IsLocked())
    {
        return;
    }
    for (const JournalEntry& entry : *entries)
    {
        if (IsOpen(entry) && HasSomethingToTakeBack(entry))
        {
            console.Tell(console.Text("console.interrupted",
                {{"title", CodedTitle(entry.header.rootCause, console.knowledge, console.language)},
                    {"command", "mars-check undo " + entry.name + " --yes"}}));
        }
    }
}

} // namespace mars
