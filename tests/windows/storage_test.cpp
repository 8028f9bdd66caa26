// SPDX-License-Identifier: MIT
#include "storage.h"

#include "asking.h"
#include "handle.h"
#include "questions/volumes.h"
#include "windows_changer.h"

#include <setupapi.h>

using namespace mars;
using namespace mars::test;

namespace
{

/// ERROR_INVALID_PARAMETER.
constexpr std::uint32_t kInvalidParameter = 87;
/// "Invalid parameter" of the storage management classes.
constexpr std::uint32_t kStorageInvalidParameter = 5;

std::uint32_t CodeOf(const Status& status)
{
    REQUIRE_FALSE(status.Ok());
    return status.Error().code;
}

} // namespace

TEST_CASE("windows storage: a volume's name in a reference")
{
    CHECK(VolumeNameIn("\\\\SRV\\root\\cimv2:Win32_Volume.DeviceID=\"\\\\\\\\?\\\\Volume{6b}\\\\\"")
        == "\\\\?\\Volume{6b}\\");
    CHECK(VolumeNameIn("Win32_Volume.DeviceID=\"x") == "x");
    CHECK(VolumeNameIn("Win32_Volume") == "");
    CHECK(VolumeNameIn("") == "");
}

TEST_CASE("windows storage: shadow storage is listed with its volume, its limit and what is free")
{
    const ShadowStorageList list = Value(ListShadowStorage{});
    REQUIRE(list.storages.size() == 1);
    const ShadowStorage& storage = list.storages[0];
    CHECK(storage.volume == "C:\\");
    CHECK(storage.storageVolume == "C:\\");
    REQUIRE((storage.limitBytes && storage.volumeBytes && storage.storageFreeBytes));
    CHECK(*storage.limitBytes > *storage.volumeBytes / 10);
    CHECK(storage.usedBytes > 0);
    CHECK(storage.usedBytes < *storage.limitBytes);
    CheckFailed(ListShadowStorage{}, code::kTimeout, NoTime());
}

TEST_CASE("windows storage: the policy for new disks is read, set and refused")
{
    WindowsChanger changer("C:\\nowhere", {});
    const SanPolicy before = Value(ReadNewDiskPolicy{}).policy;
    CHECK(before == SanPolicy::kOfflineShared);
    CHECK(changer.SetSanPolicy(SanPolicy::kOnlineAll).Ok());
    CHECK(Value(ReadNewDiskPolicy{}).policy == SanPolicy::kOnlineAll);
    CHECK(CodeOf(changer.SetSanPolicy(SanPolicy::kUnknown)) == kStorageInvalidParameter);
    CHECK(Value(ReadNewDiskPolicy{}).policy == SanPolicy::kOnlineAll);
    CHECK(changer.SetSanPolicy(before).Ok());
}

TEST_CASE("windows storage: a driver comes from Windows' own folder or not at all")
{
    WindowsChanger changer("C:\\nowhere", {});
    for (const char* inf : {"", "..", "..\\x.inf", "C:\\x.inf", "sub/x.inf", "x:y"})
    {
        CHECK_MESSAGE(
            CodeOf(changer.InstallInboxDriver("ROOT\\ISCSIPRT", inf, nullptr)) == kInvalidParameter, inf);
    }
    CHECK(CodeOf(changer.InstallInboxDriver("ROOT\\ISCSIPRT", "no_such_driver.inf", nullptr))
        == ERROR_FILE_NOT_FOUND);
    CHECK(CodeOf(changer.InstallInboxDriver("ROOT\\NOSUCHTHING", "iscsi.inf", nullptr))
        == ERROR_NO_SUCH_DEVINST);
    // The device has it already, which is no failure.
    CHECK(changer.InstallInboxDriver("ROOT\\ISCSIPRT", "iscsi.inf", nullptr).Ok());
}
