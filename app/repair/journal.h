// SPDX-License-Identifier: MIT
#pragma once

#include "change.h"
#include "private_folder.h"
#include "text.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mars
{

/// The damage of an entry that a newer version wrote (file_format.h): nothing is wrong with it.
inline constexpr std::string_view kNewerEntry = "newer";

struct JournalHeader
{
    std::string rootCause;
    std::string toolVersion;
    Timestamp when;
    /// Account name and SID of the person.
    std::string who;
    /// How it was run: "console" or "wizard", and whether in a remote session.
    std::string context;
    MARS_FIELDS(JournalHeader, rootCause, toolVersion, when, who, context);
    bool operator==(const JournalHeader&) const = default;
};

enum class StepState
{
    kPending,
    /// Begun and never ended: it may or may not have happened.
    kBegun,
    kDone,
    kFailed,
    kUndone,
};

/// How an entry ended.
enum class EntryEnd
{
    /// The program died before the end: to be rolled back.
    kInterrupted,
    kApplied,
    kRolledBack,
    kUndone,
    /// A step failed, and not everything was taken back; the state of each step says what remains.
    kFailed,
    /// The person stopped it, and what had been done by then cannot be taken back.
    kStopped,
};
MARS_WORDS(EntryEnd, "interrupted", "applied", "rolled_back", "undone", "failed", "stopped");

struct JournalEntry
{
    /// File name in the journal's folder; what the console calls ENTRY.
    std::string name;
    JournalHeader header;
    Plan plan;
    /// One for each change of the plan.
    std::vector<StepState> steps;
    EntryEnd end = EntryEnd::kInterrupted;
    /// It could be changed by programs without an administrator's rights for a while: shown and never
    /// applied.
    bool wasOpen = false;
    /// How many files the failed steps had done before they failed; nothing where no line says it.
    std::optional<std::uint64_t> made;
    /// Somebody saw that it did not reach its end, and wants to hear no more of it.
    bool seen = false;
    /// Not empty: the file is damaged, or of a newer version (kNewerEntry). It is shown and never applied.
    std::string damage;
};

/// Writes one entry. Every line is on disk when the call returns.
class JournalWriter
{
public:
    explicit JournalWriter(std::string name, std::unique_ptr<AppendFile> file)
        : m_name(std::move(name)), m_file(std::move(file))
    {}
    const std::string& Name() const
    {
        return m_name;
    }
    Status Head(const JournalHeader& header, const Plan& plan);
    Status Begin(std::size_t step);
    Status Done(std::size_t step);
    /// `made`: files that it had done before.
    Status Failed(std::size_t step, std::uint32_t code, std::optional<std::uint64_t> made);
    Status Undone(std::size_t step);
    Status End(EntryEnd end);
    Status Seen();
    /// Deletes an entry whose head could not be written: nothing has happened yet.
    void Discard();

private:
    Status Line(const std::string& text);
    std::string m_name;
    std::unique_ptr<AppendFile> m_file;
    bool m_torn = false;
};

/// The journal of all repairs: one file each, numbered in the order in which they were begun, whatever the
/// clock says. Line 1 is the header and the whole plan as XML on one line, then a line before and after each
/// step, then the end.
class Journal
{
public:
    explicit Journal(std::shared_ptr<PrivateFolder> folder) : m_folder(std::move(folder)) {}

    /// Makes the folder trustworthy or says why it is not; needed before anything is written.
    Status Prepare()
    {
        return m_folder->Prepare();
    }
    /// See PrivateFolder. From then on the entries that are there say that they were open.
    Status CloseAgain();
    std::string Path() const
    {
        return m_folder->Path();
    }
    /// While it is held no other process repairs or undoes.
    Answer<std::shared_ptr<void>> Lock()
    {
        return m_folder->Lock();
    }
    /// Somebody else holds it.
    bool IsLocked();

    Answer<JournalWriter> Create(const JournalHeader& header, const Plan& plan);
    /// To write on in an entry that was ended or interrupted: roll-back and undo.
    Answer<JournalWriter> Continue(const std::string& name);
    /// Oldest first; those of version 0.1.0, which have no number, before all others.
    Answer<std::vector<JournalEntry>> Entries();

private:
    std::shared_ptr<PrivateFolder> m_folder;
};

/// Reads one entry's text; never fails, damage is said in the entry.
JournalEntry ParseJournalEntry(const std::string& name, std::string_view text);
/// The first line of an entry.
std::string FormatJournalEntry(const JournalHeader& header, const Plan& plan);

} // namespace mars
