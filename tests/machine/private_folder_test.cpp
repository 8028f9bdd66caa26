// SPDX-License-Identifier: MIT
#include "private_folder.h"

#include <doctest/doctest.h>

using namespace mars;

namespace
{

const std::string kSystem = "S-1-5-18";
const std::string kAdministrators = "S-1-5-32-544";
const std::string kTrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
const std::string kUsers = "S-1-5-32-545";
const std::string kBob = "S-1-5-21-1-2-3-1001";
const std::vector<std::string> kAccepted = {kSystem, kAdministrators, kTrustedInstaller};

FolderSecurity Good()
{
    return {true, false, kAdministrators, {kSystem, kAdministrators}};
}

void CheckRefused(const Status& status, std::uint32_t code, const std::string& what)
{
    REQUIRE_FALSE(status.Ok());
    CHECK(status.Error().code == code);
    CHECK(status.Error().what.find(what) != std::string::npos);
}

} // namespace

TEST_CASE("private_folder: the folder that the program makes is accepted")
{
    CHECK(JudgeFolder(Good(), kAccepted).Ok());
}

TEST_CASE("private_folder: each accepted owner is accepted")
{
    for (const std::string& owner : kAccepted)
    {
        FolderSecurity folder = Good();
        folder.ownerSid = owner;
        CHECK(JudgeFolder(folder, kAccepted).Ok());
    }
}

TEST_CASE("private_folder: another owner is named, also when nobody else may write")
{
    FolderSecurity folder = Good();
    folder.ownerSid = kBob;
    CheckRefused(JudgeFolder(folder, kAccepted), 5, kBob);
}

TEST_CASE("private_folder: an unknown owner is refused")
{
    FolderSecurity folder = Good();
    folder.ownerSid.clear();
    CheckRefused(JudgeFolder(folder, kAccepted), 5, "no owner");
    CheckRefused(JudgeFolder(folder, {""}), 5, "no owner");
}

TEST_CASE("private_folder: a foreign writer is named wherever it stands in the list")
{
    for (const std::string& writer : {kUsers, kBob, std::string("S-1-1-0"), std::string("S-1-5-18-1")})
    {
        FolderSecurity folder = Good();
        folder.writerSids.push_back(writer);
        CheckRefused(JudgeFolder(folder, kAccepted), 5, writer);
        folder.writerSids = {writer, kSystem};
        CheckRefused(JudgeFolder(folder, kAccepted), 5, writer);
    }
}

TEST_CASE("private_folder: a folder that nobody may write to is accepted")
{
    FolderSecurity folder = Good();
    folder.writerSids.clear();
    CHECK(JudgeFolder(folder, kAccepted).Ok());
}

TEST_CASE("private_folder: a junction is refused whoever owns it")
{
    FolderSecurity folder = Good();
    folder.reparsePoint = true;
    CheckRefused(JudgeFolder(folder, kAccepted), 4395, "link");
}

TEST_CASE("private_folder: a file in the place of the folder is refused")
{
    FolderSecurity folder = Good();
    folder.directory = false;
    CheckRefused(JudgeFolder(folder, kAccepted), 267, "no folder");
}

TEST_CASE("private_folder: without accepted owners nothing is accepted")
{
    CheckRefused(JudgeFolder(Good(), {}), 5, kAdministrators);
}

TEST_CASE("private_folder: a file of the folder is judged like the folder")
{
    FolderSecurity file = Good();
    CheckRefused(JudgeFile(file, kAccepted), 5, "is a folder");
    file.directory = false;
    CHECK(JudgeFile(file, kAccepted).Ok());
    file.reparsePoint = true;
    CheckRefused(JudgeFile(file, kAccepted), 4395, "link");
    file.reparsePoint = false;
    file.ownerSid = kBob;
    CheckRefused(JudgeFile(file, kAccepted), 5, kBob);
    file.ownerSid = kAdministrators;
    file.writerSids.push_back(kUsers);
    CheckRefused(JudgeFile(file, kAccepted), 5, kUsers);
}

TEST_CASE(
    "private_folder: a file is decided by others where they may write to its folder or exchange one above")
{
    FolderSecurity file = Good();
    file.directory = false;
    const std::vector<FolderSecurity> good{Good(), Good(), Good(), file};
    CHECK(JudgeChain(good, kAccepted).Ok());

    // At the root of a drive everybody makes folders, which exchanges none that is there.
    std::vector<FolderSecurity> chain = good;
    chain[0].writerSids.push_back(kUsers);
    CHECK(JudgeChain(chain, kAccepted).Ok());
    chain[0].replacerSids.push_back(kUsers);
    CheckRefused(JudgeChain(chain, kAccepted), 5, kUsers);

    chain = good;
    chain[2].writerSids.push_back(kBob);
    CheckRefused(JudgeChain(chain, kAccepted), 5, kBob);
    chain = good;
    chain[3].writerSids.push_back(kBob);
    CheckRefused(JudgeChain(chain, kAccepted), 5, kBob);
    chain = good;
    chain[1].ownerSid = kBob;
    CheckRefused(JudgeChain(chain, kAccepted), 5, kBob);
    chain = good;
    chain[1].reparsePoint = true;
    CheckRefused(JudgeChain(chain, kAccepted), 4395, "link");
    CheckRefused(JudgeChain({}, kAccepted), 5, "in no folder");
    CheckRefused(JudgeChain({file}, kAccepted), 5, "in no folder");
}

TEST_CASE("private_folder: what only the person was let into can be closed again, anything else cannot")
{
    FolderSecurity folder = Good();
    CHECK_FALSE(IsOpenedTo(kBob, folder, kAccepted));
    folder.writerSids.push_back(kBob);
    CHECK(IsOpenedTo(kBob, folder, kAccepted));
    CHECK_FALSE(IsOpenedTo(kUsers, folder, kAccepted));
    CHECK_FALSE(IsOpenedTo({}, folder, kAccepted));
    folder.writerSids.push_back(kUsers);
    CHECK_FALSE(IsOpenedTo(kBob, folder, kAccepted));
    folder.writerSids.pop_back();
    folder.ownerSid = kBob;
    CHECK_FALSE(IsOpenedTo(kBob, folder, kAccepted));
    folder.ownerSid = kAdministrators;
    folder.reparsePoint = true;
    CHECK_FALSE(IsOpenedTo(kBob, folder, kAccepted));
}
