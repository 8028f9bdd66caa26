// SPDX-License-Identifier: MIT
#include "credentials_file.h"

#include "catalogue.h"
#include "own_drives.h"
#include "questions/files.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

constexpr const char* kDownloads = "C:\\Users\\maria.lopez\\Downloads";
constexpr const char* kDesktop = "C:\\Users\\maria.lopez\\Desktop";
constexpr const char* kDocuments = "C:\\Users\\maria.lopez\\Documents";

FileList OneFile(const std::string& name, Timestamp written)
{
    FileInfo file;
    file.name = name;
    file.written = written;
    return {{file}, false};
}

Answer<CredentialsFile> Find(const RecordedMachine& machine, const Given& given = {})
{
    return FindCredentialsFile(MachineView(machine, Wait{}), given);
}

} // namespace

TEST_CASE("credentials_file: the newest of the three folders counts")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFiles{kDesktop, kCredentialsEnding},
        OneFile("older.VaultCredentials", kNow - std::chrono::hours(30)));
    machine.Set(ListFiles{kDocuments, kCredentialsEnding},
        OneFile("newer.VaultCredentials", kNow - std::chrono::hours(1)));
    const auto file = Find(machine);
    REQUIRE(file.HasValue());
    CHECK(file->path == std::string(kDocuments) + "\\newer.VaultCredentials");
    CHECK_FALSE(file->given);
}

TEST_CASE("credentials_file: the file that the person gave counts before any other")
{
    RecordedMachine machine = HealthyServer();
    Given given;
    given.credentialsFile = "D:\\x\\given.VaultCredentials";
    FileInfo info;
    info.name = "given.VaultCredentials";
    info.written = kNow - std::chrono::days(40);
    machine.Set(ReadFileInfo{given.credentialsFile}, info);
    const auto file = Find(machine, given);
    REQUIRE(file.HasValue());
    CHECK(file->path == given.credentialsFile);
    CHECK(file->given);
    CHECK(file->written == info.written);
}

TEST_CASE("credentials_file: a given file that is not there is none, also when others are found")
{
    RecordedMachine machine = HealthyServer();
    Given given;
    given.credentialsFile = "D:\\x\\gone.VaultCredentials";
    machine.Set(ReadFileInfo{given.credentialsFile}, Absent{});
    CheckNotApplicable(WithoutCredentialsFile(Find(machine, given)), reason::kNoCredentialsFile);

    FileInfo folder;
    folder.attributes = file_attribute::kDirectory;
    machine.Set(ReadFileInfo{given.credentialsFile}, folder);
    CHECK(Find(machine, given).IsAbsent());

    machine.Set(ReadFileInfo{given.credentialsFile}, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(WithoutCredentialsFile(Find(machine, given)), code::kAccessDenied);
}

TEST_CASE("credentials_file: no file anywhere is none, an unreadable folder is not")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFiles{kDownloads, kCredentialsEnding}, FileList{});
    CHECK(Find(machine).IsAbsent());
    machine.Set(ListFiles{kDownloads, kCredentialsEnding}, Absent{});
    machine.Set(FindFolder{KnownFolder::kDesktop}, Absent{});
    CHECK(Find(machine).IsAbsent());
    machine.Set(ListFiles{kDocuments, kCredentialsEnding}, Failure{53, "list"});
    CheckCouldNotCheck(WithoutCredentialsFile(Find(machine)), 53);
    machine.Set(ListFiles{kDocuments, kCredentialsEnding}, FileList{});
    machine.Set(FindFolder{KnownFolder::kDesktop}, Failure{code::kTimeout, "find"});
    CheckCouldNotCheck(WithoutCredentialsFile(Find(machine)), code::kTimeout);
}

TEST_CASE("credentials_file: folders that are not opened are no fault of the server")
{
    RecordedMachine machine = HealthyServer();
    const Failure notOpened{code::kLeadsElsewhere, "\\\\files.example\\home"};
    machine.Set(FindFolder{KnownFolder::kDownloads}, notOpened);
    CHECK(Find(machine).IsAbsent());
    for (const char* row : {"V-1", "V-2", "V-3", "V-4", "V-5"})
    {
        CheckNotApplicable(Detect(*ResolveSelector(row).front(), machine), reason::kNoCredentialsFile);
    }

    // What was tried and failed is the better reason, whichever came first.
    machine.Set(ListFiles{kDesktop, kCredentialsEnding}, Failure{53, "list"});
    CheckCouldNotCheck(WithoutCredentialsFile(Find(machine)), 53);
    machine.Set(FindFolder{KnownFolder::kDesktop}, Failure{code::kTimeout, "x"});
    machine.Set(FindFolder{KnownFolder::kDocuments}, notOpened);
    CheckCouldNotCheck(WithoutCredentialsFile(Find(machine)), code::kTimeout);

    // A file found in another of them counts, but nobody says that it is the newest.
    machine.Set(FindFolder{KnownFolder::kDesktop}, PathText{kDesktop});
    machine.Set(ListFiles{kDesktop, kCredentialsEnding}, OneFile("one.VaultCredentials", kNow));
    CHECK(Find(machine).HasValue());
    const auto incomplete = ListCredentialsFiles(MachineView(machine, Wait{})).incomplete;
    REQUIRE(incomplete.has_value());
    CHECK(*incomplete == notOpened);
}

TEST_CASE("credentials_file: an unreadable folder does not hide a file in another")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFiles{kDocuments, kCredentialsEnding}, Failure{53, "list"});
    CHECK(Find(machine).HasValue());
    const CredentialsFiles files = ListCredentialsFiles(MachineView(machine, Wait{}));
    CHECK(files.files.size() == 1);
    REQUIRE(files.incomplete.has_value());
    CHECK(files.incomplete->code == 53);
}

TEST_CASE("credentials_file: each folder is listed once, and a list that was cut says so")
{
    RecordedMachine machine = HealthyServer();
    const MachineView view(machine, Wait{});
    CHECK(ListCredentialsFiles(view, "c:\\users\\MARIA.LOPEZ\\downloads\\").incomplete.has_value());
    machine.Set(ListFiles{"c:\\users\\MARIA.LOPEZ\\downloads\\", kCredentialsEnding},
        OneFile("one.VaultCredentials", kNow));
    CHECK(ListCredentialsFiles(view, "c:\\users\\MARIA.LOPEZ\\downloads\\").files.size() == 1);

    FileList cut = OneFile("one.VaultCredentials", kNow);
    cut.truncated = true;
    machine.Set(ListFiles{kDesktop, kCredentialsEnding}, cut);
    CHECK(ListCredentialsFiles(view).incomplete.has_value());
}

} // namespace mars::test
