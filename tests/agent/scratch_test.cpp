// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/registry.h"
#include "scratch.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const std::string kConfigKey = std::string(kAgentKey) + "\\Config";
const std::string kProviderKey = kConfigKey + "\\CloudBackupProvider";
const Agent kAgent{"C:\\Program Files\\Microsoft Azure Recovery Services Agent"};

RecordedMachine WithValues(const Answer<RegistryValue>& config, const Answer<RegistryValue>& provider)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{{kConfigKey, "ScratchLocation"}}, config);
    machine.Set(ReadRegistryValue{{kProviderKey, "ScratchLocation"}}, provider);
    return machine;
}

ScratchLocations Read(const RecordedMachine& machine)
{
    const auto locations = ReadScratchLocations(MachineView(machine, Wait{}));
    REQUIRE(locations);
    return *locations;
}

ScratchValue ReadOne(const std::string& text, std::uint32_t type = kRegSz)
{
    return Read(WithValues(RegistryValue::String(text, type), Absent{})).config;
}

void SetKeyFile(RecordedMachine& machine, const std::string& folder, const Answer<FileInfo>& answer)
{
    machine.Set(ReadFileInfo{folder + "\\OnlineBackup.KEK"}, answer);
}

Answer<std::string> Find(const RecordedMachine& machine)
{
    return FindScratchFolder(MachineView(machine, Wait{}), kAgent);
}

} // namespace

TEST_CASE("scratch: case, closing and doubled separators do not make another folder")
{
    for (const char* text : {"D:\\MARS\\Scratch", "d:\\mars\\SCRATCH\\", "D:\\MARS\\\\Scratch",
             "D:\\\\MARS\\Scratch\\\\", "D:/MARS/Scratch"})
    {
        CHECK_MESSAGE(IsSameFolder(ReadOne(text).folder, "D:\\MARS\\Scratch"), text);
    }
    CHECK(ReadOne("D:\\").folder == "D:\\");
    CHECK(ReadOne("\\\\server\\share\\").folder == "\\\\server\\share");
    CHECK_FALSE(IsSameFolder(ReadOne("D:\\MARS\\Scratch2").folder, "D:\\MARS\\Scratch"));
}

TEST_CASE("scratch: a path that no installer writes is malformed")
{
    CHECK_FALSE(ReadOne("D:\\MARS\\Scratch").malformed);
    CHECK_FALSE(ReadOne("D:\\MARS\\Scratch\\").malformed);
    CHECK_FALSE(ReadOne("\\\\server\\share\\x").malformed);
    for (const char* text :
        {"D:\\MARS\\\\Scratch", "D:\\MARS\\Scratch\\\\", " D:\\MARS", "\"D:\\MARS\\Scratch\""})
    {
        CHECK_MESSAGE(ReadOne(text).malformed, text);
        CHECK_MESSAGE(!ReadOne(text).folder.empty(), text);
    }
    for (const char* text :
        {"", "Scratch", "D:Scratch", "\\Scratch", "1:\\x", "\\\\?\\D:\\x", "D:\\a|b", "D:\\a\"b"})
    {
        CHECK_MESSAGE(ReadOne(text).malformed, text);
        CHECK_MESSAGE(ReadOne(text).folder.empty(), text);
    }
    const ScratchValue number = Read(WithValues(RegistryValue::Dword(1), Absent{})).config;
    CHECK(number.malformed);
    CHECK(number.stored == RegistryValue::Dword(1));
}

TEST_CASE("scratch: variables count only where the type says so")
{
    CHECK(ReadOne("%ProgramFiles%\\Scratch", kRegExpandSz).folder == "C:\\Program Files\\Scratch");
    CHECK(ReadOne("%ProgramFiles%\\Scratch").folder.empty());
}

TEST_CASE("scratch: short names become the names of the files")
{
    RecordedMachine machine = WithValues(RegistryValue::String("C:\\PROGRA~1\\MARS\\SCRAT~1"), Absent{});
    FileInfo folder;
    folder.attributes = file_attribute::kDirectory;
    folder.name = "Program Files";
    machine.Set(ReadFileInfo{"C:\\PROGRA~1"}, folder);
    folder.name = "Scratch Folder";
    machine.Set(ReadFileInfo{"C:\\Program Files\\MARS\\SCRAT~1"}, folder);
    CHECK(Read(machine).config.folder == "C:\\Program Files\\MARS\\Scratch Folder");
    machine.Set(ReadFileInfo{"C:\\Program Files\\MARS\\SCRAT~1"}, Absent{});
    CHECK(Read(machine).config.folder == "C:\\Program Files\\MARS\\SCRAT~1");
    machine.Set(ReadFileInfo{"C:\\PROGRA~1"}, Failure{code::kAccessDenied, "x"});
    CHECK(ReadScratchLocations(MachineView(machine, Wait{})).HasFailed());
}

TEST_CASE("scratch: a value that cannot be read is a failure, one that is not there is not")
{
    const RecordedMachine failing =
        WithValues(RegistryValue::String(kScratch), Failure{code::kAccessDenied, "x"});
    CHECK(ReadScratchLocations(MachineView(failing, Wait{})).HasFailed());
    CHECK(Find(failing).HasFailed());
    const ScratchLocations missing = Read(WithValues(RegistryValue::String(kScratch), Absent{}));
    CHECK_FALSE(missing.provider.stored);
    CHECK_FALSE(missing.Agree());
    CHECK(missing.Folders() == std::vector<std::string>{kScratch});
}

TEST_CASE("scratch: where both agree that folder counts, with or without a key file")
{
    RecordedMachine machine = HealthyServer();
    SetKeyFile(machine, kScratch, Absent{});
    CHECK(Find(machine) == Answer<std::string>(kScratch));
}

TEST_CASE("scratch: where they differ the one with the key file counts, else Config's")
{
    RecordedMachine machine = WithValues(RegistryValue::String("D:\\A"), RegistryValue::String("D:\\B"));
    FileInfo key;
    key.name = kKeyFileName;
    SetKeyFile(machine, "D:\\A", Absent{});
    SetKeyFile(machine, "D:\\B", key);
    CHECK(Find(machine) == Answer<std::string>("D:\\B"));
    SetKeyFile(machine, "D:\\A", key);
    CHECK(Find(machine) == Answer<std::string>("D:\\A"));
    SetKeyFile(machine, "D:\\A", Absent{});
    SetKeyFile(machine, "D:\\B", Absent{});
    CHECK(Find(machine) == Answer<std::string>("D:\\A"));
    SetKeyFile(machine, "D:\\A", Failure{code::kAccessDenied, "x"});
    CHECK(Find(machine).HasFailed());
}

TEST_CASE("scratch: a folder of the key file's name is no key file")
{
    RecordedMachine machine = HealthyServer();
    FileInfo folder;
    folder.name = kKeyFileName;
    folder.attributes = file_attribute::kDirectory;
    SetKeyFile(machine, kScratch, folder);
    CHECK(ReadKeyFile(MachineView(machine, Wait{}), kScratch).IsAbsent());
}

TEST_CASE("scratch: without both values it is the documented folder, with useless ones none")
{
    CHECK(Find(WithValues(Absent{}, Absent{})) == Answer<std::string>(kScratch));
    CHECK(Find(WithValues(RegistryValue::String("Scratch"), Absent{})).IsAbsent());
    CHECK(Find(WithValues(Absent{}, RegistryValue::String("D:\\B"))) == Answer<std::string>("D:\\B"));
}

} // namespace mars::test
