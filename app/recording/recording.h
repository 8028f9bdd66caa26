// SPDX-License-Identifier: MIT
#pragma once

#include "file_format.h"
#include "recorded_machine.h"
#include "text.h"

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace mars
{

/// A recording as a file: what was asked, what was answered, by which program and when.
struct RecordingHeader
{
    /// That of the file; what is read is brought to today's.
    int format = kFileFormat;
    std::string toolVersion;
    Timestamp taken;
    bool redacted = false;
    /// What the person gave, as the XML of given.h; this layer does not know its members.
    pugi::xml_document given;
};

struct Recording
{
    RecordingHeader header;
    RecordedMachine machine;
    /// Entries of a newer version that this one does not know: skipped, and counted.
    std::size_t unknownQuestions = 0;
    /// Entries that cannot be read; what they answered fails with code::kInvalidData or is not there.
    std::size_t damagedEntries = 0;
};

inline constexpr std::size_t kLargestRecording = 64U * 1024 * 1024;
/// A bundle has less than a thousand entries.
inline constexpr std::size_t kMostEntries = 20'000;
inline constexpr int kDeepestRecording = 16;

std::string WriteRecording(const RecordingHeader& header, const RecordedMachine& machine);

/// Refuses, with code::kInvalidData, what is over 64 MiB, nested deeper than 16, has a document type or is no
/// recording; with code::kNewerFormat one of a newer format (file_format.h). `recording` is untouched then.
Status ReadRecording(std::string_view text, Recording& recording);

} // namespace mars
