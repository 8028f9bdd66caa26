// SPDX-License-Identifier: MIT
#include "open_repairs.h"

#include "change_text.h"
#include "journal.h"

namespace mars
{

void TellOfInterruptedRepairs(const Console& console)
{
    const auto folder = console.host.JournalFolder();
    if (!folder)
    {
        return;
    }
    const auto entries = Journal(folder).Entries();
    if (!entries)
    {
        return;
    }
    for (const JournalEntry& entry : *entries)
    {
        if (entry.end == EntryEnd::kInterrupted && entry.damage.empty() && !entry.wasOpen)
        {
            console.Tell(console.Text("console.interrupted",
                {{"title", CodedTitle(entry.header.rootCause, console.knowledge, console.language)},
                    {"command", "mars-check undo " + entry.name + " --yes"}}));
        }
    }
}

} // namespace mars
