// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Files and folders.
namespace mars
{

enum class KnownFolder
{
    kWindows,
    kProgramFiles,
    kProgramData,
    /// Of the user whose folders are evidence (see ProcessContext).
    kDownloads,
    kDesktop,
    kDocuments,
    kUserTemp,
};

MARS_WORDS(KnownFolder, "windows", "program_files", "program_data", "downloads", "desktop", "documents",
    "user_temp");

struct PathText
{
    std::string path;
    MARS_FIELDS(PathText, path);
    bool operator==(const PathText&) const = default;
};

struct FindFolder
{
    using Value = PathText;
    static constexpr std::string_view kName = "find_folder";
    static constexpr std::string_view kKind = "files";
    KnownFolder folder = KnownFolder::kWindows;
    MARS_FIELDS(FindFolder, folder);
};

/// FILE_ATTRIBUTE_* bits that checks compare.
namespace file_attribute
{
inline constexpr std::uint32_t kReadOnly = 0x1;
inline constexpr std::uint32_t kDirectory = 0x10;
inline constexpr std::uint32_t kSparse = 0x200;
inline constexpr std::uint32_t kReparsePoint = 0x400;
inline constexpr std::uint32_t kCompressed = 0x800;
inline constexpr std::uint32_t kEncrypted = 0x4000;
} // namespace file_attribute

struct FileInfo
{
    /// Without its folder.
    std::string name;
    std::uint32_t attributes = 0;
    std::uint64_t bytes = 0;
    Timestamp created;
    Timestamp written;
    bool IsDirectory() const
    {
        return (attributes & file_attribute::kDirectory) != 0;
    }
    MARS_FIELDS(FileInfo, name, attributes, bytes, created, written);
    bool operator==(const FileInfo&) const = default;
};

/// About the file or folder itself, not what a link leads to. Absent: not there.
struct ReadFileInfo
{
    using Value = FileInfo;
    static constexpr std::string_view kName = "read_file_info";
    static constexpr std::string_view kKind = "files";
    std::string path;
    MARS_FIELDS(ReadFileInfo, path);
};

struct FileList
{
    std::vector<FileInfo> files;
    /// There were more than `limit`.
    bool truncated = false;
    MARS_FIELDS(FileList, files, truncated);
    bool operator==(const FileList&) const = default;
};

/// Files (no folders) directly in `folder` whose name ends in `ending`, case ignored; at most 1,000. Absent:
/// no such folder.
struct ListFiles
{
    using Value = FileList;
    static constexpr std::string_view kName = "list_files";
    static constexpr std::string_view kKind = "files";
    std::string folder;
    std::string ending;
    MARS_FIELDS(ListFiles, folder, ending);
};

struct FileVersion
{
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t build = 0;
    std::uint32_t revision = 0;
    std::string ToString() const;
    static std::optional<FileVersion> Parse(std::string_view text);
    MARS_FIELDS(FileVersion, major, minor, build, revision);
    auto operator<=>(const FileVersion&) const = default;
};

/// FileVersion of the version resource (VS_FIXEDFILEINFO). Absent: no such file.
struct ReadFileVersion
{
    using Value = FileVersion;
    static constexpr std::string_view kName = "read_file_version";
    static constexpr std::string_view kKind = "files";
    std::string path;
    MARS_FIELDS(ReadFileVersion, path);
};

struct FileTotals
{
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    MARS_FIELDS(FileTotals, files, bytes);
    bool operator==(const FileTotals&) const = default;
};

struct TempFileCount
{
    FileTotals all;
    /// Plain files last written more than 24 hours (60 minutes) ago and before the last start of Windows.
    FileTotals olderThanDay;
    FileTotals olderThanHour;
    /// GetTempFileName has 65,535 names for each folder and three-letter prefix.
    std::string largestPrefix;
    std::uint64_t largestPrefixFiles = 0;
    MARS_FIELDS(TempFileCount, all, olderThanDay, olderThanHour, largestPrefix, largestPrefixFiles);
    bool operator==(const TempFileCount&) const = default;
};

/// The *.tmp files directly in a folder. Absent: no such folder.
struct CountTempFiles
{
    using Value = TempFileCount;
    static constexpr std::string_view kName = "count_temp_files";
    static constexpr std::string_view kKind = "files";
    std::string folder;
    MARS_FIELDS(CountTempFiles, folder);
};

struct FileHash
{
    /// 64 lower-case hex digits.
    std::string sha256;
    MARS_FIELDS(FileHash, sha256);
    bool operator==(const FileHash&) const = default;
};

/// Of a file's content. Absent: no such file.
struct HashFile
{
    using Value = FileHash;
    static constexpr std::string_view kName = "hash_file";
    static constexpr std::string_view kKind = "files";
    std::string path;
    MARS_FIELDS(HashFile, path);
};

struct FolderSurvey
{
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    /// Files and folders with the attribute "compressed", the folder itself not counted; the size of such
    /// files, and how much of the disk they take.
    std::uint64_t compressed = 0;
    std::uint64_t compressedBytes = 0;
    std::uint64_t compressedStoredBytes = 0;
    std::uint64_t encrypted = 0;
    /// Files that Data Deduplication has replaced (IO_REPARSE_TAG_DEDUP).
    std::uint64_t deduplicated = 0;
    /// There is more than was looked at.
    bool truncated = false;
    MARS_FIELDS(FolderSurvey, files, bytes, compressed, compressedBytes, compressedStoredBytes, encrypted,
        deduplicated, truncated);
    bool operator==(const FolderSurvey&) const = default;
};

/// Everything below a folder, at most 200,000 entries; mount points and other links are not entered. Absent:
/// no such folder.
struct SurveyFolder
{
    using Value = FolderSurvey;
    static constexpr std::string_view kName = "survey_folder";
    static constexpr std::string_view kKind = "files";
    std::string folder;
    MARS_FIELDS(SurveyFolder, folder);
};

struct FolderAccess
{
    /// By the folder's access list: who may make a file in it.
    bool systemMayAdd = false;
    /// The user whose folders are evidence (see ProcessContext).
    bool userMayAdd = false;
    MARS_FIELDS(FolderAccess, systemMayAdd, userMayAdd);
    bool operator==(const FolderAccess&) const = default;
};

/// Absent: no such folder.
struct ReadFolderAccess
{
    using Value = FolderAccess;
    static constexpr std::string_view kName = "read_folder_access";
    static constexpr std::string_view kKind = "files";
    std::string folder;
    MARS_FIELDS(ReadFolderAccess, folder);
};

extern template class ExchangeOf<FindFolder>;
extern template class ExchangeOf<ReadFileInfo>;
extern template class ExchangeOf<ListFiles>;
extern template class ExchangeOf<ReadFileVersion>;
extern template class ExchangeOf<CountTempFiles>;
extern template class ExchangeOf<HashFile>;
extern template class ExchangeOf<SurveyFolder>;
extern template class ExchangeOf<ReadFolderAccess>;

} // namespace mars
