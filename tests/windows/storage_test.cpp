// SPDX-License-Identifier: MIT
#include "storage.h"

#include "asking.h"
#include "windows_changer.h"

using namespace mars;
using namespace mars::test;

namespace
{

/// ERROR_INVALID_PARAMETER.
constexpr std::uint32_t kInvalidParameter = 87;

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

TEST_CASE("windows storage: a Windows without the storage setting has none, which is no failure")
{
    const auto answer = Ask(ReadNewDiskPolicy{});
    CHECK_FALSE(answer.HasValue());
}

TEST_CASE("windows storage: shadow storage is listed, or said to be unknown, but never absent")
{
    // Wine answers a query for a class that it does not know with no objects, Windows with
    // WBEM_E_INVALID_CLASS.
    const auto answer = Ask(ListShadowStorage{});
    CHECK_FALSE(answer.IsAbsent());
    CHECK((answer.HasFailed() ? answer.Error().code != 0 : answer->storages.empty()));
    CheckFailed(ListShadowStorage{}, code::kTimeout, NoTime());
}

TEST_CASE("windows storage: a policy that cannot be set says so")
{
    WindowsChanger changer("C:\\nowhere", {});
    CHECK(CodeOf(changer.SetSanPolicy(SanPolicy::kOfflineShared)) != 0);
}

TEST_CASE("windows storage: a driver comes from Windows' own folder or not at all")
{
    WindowsChanger changer("C:\\nowhere", {});
    for (const char* inf : {"", "..", "..\\x.inf", "C:\\x.inf", "sub/x.inf", "x:y"})
    {
        CHECK_MESSAGE(CodeOf(changer.InstallInboxDriver("ROOT\\ISCSIPRT", inf)) == kInvalidParameter, inf);
    }
    CHECK(CodeOf(changer.InstallInboxDriver("ROOT\\NOSUCHTHING", "no_such_driver.inf")) != 0);
}
