// SPDX-License-Identifier: MIT
#include "asking.h"
#include "computer.h"
#include "error.h"
#include "file_time.h"
#include "questions/computer.h"
#include "system_call.h"

using namespace mars;
using namespace mars::test;

TEST_CASE("windows clock: now, and the start of Windows before it")
{
    const ClockReading clock = Value(ReadClock{});
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    CHECK(clock.now <= now);
    CHECK(clock.now >= now - std::chrono::seconds(5));
    CHECK(clock.booted < clock.now);
    CHECK(clock.utcOffsetMinutes >= -12 * 60);
    CHECK(clock.utcOffsetMinutes <= 14 * 60);
}

TEST_CASE("windows context: who asks")
{
    const ProcessContext context = Value(ReadContext{});
    CHECK(EqualsIgnoreCase(context.computer, "srv-files01"));
    CHECK(context.domain.empty());
    CHECK_FALSE(context.user.empty());
    CHECK(context.userSid.starts_with("S-1-5-21-"));
    CHECK(context.evidenceSid == context.userSid);
    // Programs under Wine always have an administrator's rights.
    CHECK(context.elevated);
    CHECK_FALSE(context.system);
    CHECK_FALSE(context.remoteSession);
}

TEST_CASE("windows context: another user's evidence may be asked for")
{
    const auto machine = MakeWindowsMachine({"S-1-5-21-1-2-3-1001"});
    const auto context = machine->Ask(ReadContext{}, TenSeconds());
    REQUIRE(context);
    CHECK(context->evidenceSid == "S-1-5-21-1-2-3-1001");
    CHECK(context->userSid == CurrentUserSid());
}

TEST_CASE("windows version: the server's, by number")
{
    const WindowsVersion version = Value(ReadWindowsVersion{});
    CHECK(version.major == 10);
    CHECK(version.build == 17763);
    CHECK(version.server);
    CHECK_FALSE(version.serverCore);
    CHECK_FALSE(version.domainController);
    CHECK(version.product == "Windows Server 2019 Standard");
    const bool exported = GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetTempPath2W") != nullptr;
    CHECK(version.systemTempFolder == exported);
}

TEST_CASE("windows errors: each has one number, never 0")
{
    CHECK(FailureFrom(0, "x").code == code::kNotSupported);
    CHECK(FailureFrom(0x80070005, "x").code == 5);
    CHECK(FailureFrom(0x80041318, "x").code == 0x80041318);
    SetLastError(32);
    const Failure failure = LastFailure("CreateFile", "C:\\x");
    CHECK(failure.code == 32);
    CHECK(failure.what == "CreateFile (C:\\x)");
}

TEST_CASE("windows functions: a missing one says so, and is looked for in System32 only")
{
    const SystemCall<BOOL()> missing(LoadSystemDll(L"kernel32.dll"), "NoSuchFunction");
    CHECK_FALSE(static_cast<bool>(missing));
    CHECK_FALSE(missing());
    CHECK(GetLastError() == ERROR_PROC_NOT_FOUND);
    CHECK(LoadSystemDll(L"no-such.dll") == nullptr);
    const SystemCall<BOOL()> ofNothing(nullptr, "GetTickCount");
    CHECK_FALSE(static_cast<bool>(ofNothing));
}

TEST_CASE("windows times: file times and COM dates")
{
    CHECK(TimeFrom(116444736000000000) == Timestamp());
    CHECK(TimeFrom(116444736000000000 - 1) == Timestamp(std::chrono::seconds(-1)));
    CHECK_FALSE(TimeFromLocalDate(0));
    // 1999-11-30, which Windows Server 2016 and later say of a task that never ran.
    CHECK_FALSE(TimeFromLocalDate(36494));
    CHECK(TimeFromLocalDate(36526));
    // 2026-03-10 06:00, whatever the time zone: within a day of UTC.
    const auto date = TimeFromLocalDate(46091.25);
    REQUIRE(date);
    const auto offset = *date - *FromIso8601("2026-03-10T06:00:00Z");
    CHECK(offset <= std::chrono::hours(14));
    CHECK(offset >= -std::chrono::hours(14));
}
