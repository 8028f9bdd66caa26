// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

/// Questions about past jobs; a part of questions.h.
namespace mars
{

/// Files that a backup skipped for the same reason.
struct FailedFileGroup
{
    /// HRESULT; 0 where the list names none.
    std::uint32_t code = 0;
    std::uint64_t files = 0;
    /// The first paths; at most 5.
    std::vector<std::string> examples;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("code", &FailedFileGroup::code),
            MakeField("files", &FailedFileGroup::files), MakeField("examples", &FailedFileGroup::examples));
    }
    bool operator==(const FailedFileGroup&) const = default;
};

/// The same, of one folder only.
struct FailedFolder
{
    std::uint32_t code = 0;
    /// "C:\Data", without a backslash at the end.
    std::string folder;
    std::uint64_t files = 0;
    /// The first paths; at most 5.
    std::vector<std::string> examples;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("code", &FailedFolder::code), MakeField("folder", &FailedFolder::folder),
            MakeField("files", &FailedFolder::files), MakeField("examples", &FailedFolder::examples));
    }
    bool operator==(const FailedFolder&) const = default;
};

struct FailedFiles
{
    /// The list's own name and time.
    std::string name;
    Timestamp written;
    /// The largest first; at most 50.
    std::vector<FailedFileGroup> groups;
    std::uint64_t files = 0;
    /// Lines below the headline that hold neither a path nor a code.
    std::uint64_t otherLines = 0;
    /// Only the beginning of a long list was read.
    bool truncated = false;
    /// The largest first; at most 50.
    std::vector<FailedFolder> folders{};
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &FailedFiles::name), MakeField("written", &FailedFiles::written),
            MakeField("groups", &FailedFiles::groups), MakeField("files", &FailedFiles::files),
            MakeField("other_lines", &FailedFiles::otherLines),
            MakeField("truncated", &FailedFiles::truncated), MakeField("folders", &FailedFiles::folders));
    }
    bool operator==(const FailedFiles&) const = default;
};

/// The newest LastBackupFailedFiles*.txt in the agent's log folder, of which 4 MiB are read. Absent: no such
/// file.
struct ReadFailedFiles
{
    using Value = FailedFiles;
    static constexpr std::string_view kName = "read_failed_files";
    std::string folder;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("folder", &ReadFailedFiles::folder));
    }
};

/// Events of a channel that many write to, from one provider and with one of these ids. Absent: no such
/// channel.
struct ReadProviderEvents
{
    using Value = EventList;
    static constexpr std::string_view kName = "read_provider_events";
    std::string channel;
    std::string provider;
    std::vector<std::uint32_t> ids;
    static constexpr auto kAskedFor = &ReadProviderEvents::ids;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("channel", &ReadProviderEvents::channel),
            MakeField("provider", &ReadProviderEvents::provider), MakeField("ids", &ReadProviderEvents::ids));
    }
};

/// One event of Windows about a program that ended by itself.
struct CrashEvent
{
    /// 1000 (a program stopped) and 1026 (a .NET program) of the Application log, 7031 and 7034 (a service
    /// ended) of the System log.
    std::uint32_t id = 0;
    Timestamp time;
    /// The file in which it stopped, of event 1000; else empty.
    std::string module{};
    /// The exception, of event 1000; else 0.
    std::uint32_t exception = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("id", &CrashEvent::id), MakeField("time", &CrashEvent::time),
            MakeField("module", &CrashEvent::module), MakeField("exception", &CrashEvent::exception));
    }
    bool operator==(const CrashEvent&) const = default;
};

struct CrashList
{
    /// Newest first; at most 100.
    std::vector<CrashEvent> events{};
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("events", &CrashList::events));
    }
    bool operator==(const CrashList&) const = default;
};

/// How often the program or its service ended without being told to, by Windows' logs. Absent: neither log
/// is there.
struct ListCrashes
{
    using Value = CrashList;
    static constexpr std::string_view kName = "list_crashes";
    /// "cbengine.exe"
    std::string program;
    /// "obengine"
    std::string service;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("program", &ListCrashes::program), MakeField("service", &ListCrashes::service));
    }
};

} // namespace mars
