// SPDX-License-Identifier: MIT
#include "asking.h"
#include "event_xml.h"
#include "local_addresses.h"
#include "questions/devices.h"
#include "questions/events.h"

#include <algorithm>

using namespace mars;
using namespace mars::test;

TEST_CASE("windows devices: those with the hardware id, case ignored")
{
    const DeviceList list = Value(ListDevices{"root\\iscsiprt"});
    REQUIRE(list.devices.size() == 1);
    const DeviceInfo& device = list.devices[0];
    CHECK(device.instanceId == "ROOT\\ISCSIPRT\\0000");
    CHECK(device.description == "Microsoft iSCSI Initiator");
    CHECK(device.classGuid == "{4d36e97b-e325-11ce-bfc1-08002be10318}");
    CHECK(device.present);
    CHECK(device.problemCode == 0u);
}

TEST_CASE("windows devices: no such device is an empty list")
{
    CHECK(Value(ListDevices{"ROOT\\NOSUCHTHING"}).devices.empty());
    CheckFailed(ListDevices{"ROOT\\ISCSIPRT"}, code::kTimeout, NoTime());
}

TEST_CASE("windows iSCSI: an initiator that is not there or a stub is a failure, never an empty list")
{
    const auto answer = Ask(ListIscsiSessions{});
    REQUIRE(answer.HasFailed());
    CHECK(answer.Error().code != 0);
}

TEST_CASE("windows addresses: this computer's own, and plain spellings")
{
    const std::vector<std::string> addresses = LocalAddresses();
    CHECK(std::count(addresses.begin(), addresses.end(), "127.0.0.1") >= 1);
    CHECK(std::count(addresses.begin(), addresses.end(), "") == 0);
    CHECK(PlainAddress("127.0.0.1") == "127.0.0.1");
    CHECK(PlainAddress("[FE80::1%4]") == "fe80::1");
    CHECK(PlainAddress("0:0:0:0:0:0:0:1") == "::1");
    CHECK(PlainAddress("some.host") == "some.host");
}

TEST_CASE("windows events: those of the ids, newest first, and no channel is absent")
{
    const EventList list = Value(ReadEvents{"CloudBackup", {3, 11}});
    REQUIRE(list.events.size() == 3);
    CHECK(std::ranges::all_of(list.events, [](const EventInfo& event) { return event.id == 3; }));
    CHECK(list.events[0].time - list.events[1].time == std::chrono::hours(24));
    CheckAbsent(ReadEvents{"No such channel", {3}});
    CheckFailed(ReadEvents{"CloudBackup", {3}}, code::kTimeout, NoTime());
}

TEST_CASE("windows events: id and time of an event's XML")
{
    const auto event = ParseEventXml(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider "
        "Name='CloudBackup'/>"
        "<EventID Qualifiers='1'>11</EventID><TimeCreated "
        "SystemTime='2026-03-09T21:00:03.1234567Z'/></System></Event>");
    REQUIRE(event);
    CHECK(event->id == 11);
    CHECK(event->time == FromIso8601("2026-03-09T21:00:03Z"));
    CHECK(ParseEventXml("<Event><System><EventID>1</EventID><TimeCreated "
                        "SystemTime='2026-03-09T21:00:03Z'/></System></Event>"));
}

TEST_CASE("windows events: what is no event is none")
{
    for (const char* text : {"", "<Event/>", "<Event><System><EventID>1</EventID></System></Event>",
             "<Event><System><TimeCreated SystemTime='2026-03-09T21:00:03Z'/></System></Event>"})
    {
        CHECK_FALSE(ParseEventXml(text));
    }
}

TEST_CASE("windows events: the query names the ids")
{
    CHECK(EventQuery({}) == "*");
    CHECK(EventQuery({3}) == "*[System[(EventID=3)]]");
    CHECK(EventQuery({1, 11}) == "*[System[(EventID=1 or EventID=11)]]");
}

TEST_CASE("windows events: the query names the provider in both spellings")
{
    CHECK(EventQuery({25}, "volsnap")
        == "*[System[Provider[@Name='volsnap' or @Name='Volsnap'] and (EventID=25)]]");
    CHECK(EventQuery({}, "volsnap") == "*[System[Provider[@Name='volsnap' or @Name='Volsnap']]]");
    CHECK(Value(ReadProviderEvents{"System", "volsnap", {25}}).events.empty());
    CHECK(Value(ReadProviderEvents{"System", "service Control Manager", {}}).events.size() == 1);
}

namespace
{

std::string EventOf(int id, const char* provider, const std::string& content)
{
    return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='"
        + std::string(provider) + "'/><EventID Qualifiers='0'>" + std::to_string(id)
        + "</EventID><TimeCreated SystemTime='2026-03-09T21:00:03.1234567Z'/></System><EventData>" + content
        + "</EventData></Event>";
}

std::optional<CrashEvent> CrashIn(const std::string& xml)
{
    return ParseCrashXml(xml, ListCrashes{"cbengine.exe", "obengine"}, "Agente de Azure");
}

std::string AppError(const char* program, const char* exception)
{
    return EventOf(1000, "Application Error",
        "<Data>" + std::string(program)
            + "</Data><Data>2.0.9250.0</Data><Data>5f0c1234</Data><Data>ntdll.dll</Data><Data>10.0</Data>"
              "<Data>5f0c5678</Data><Data>"
            + exception + "</Data><Data>0000</Data>");
}

std::string ServiceEnd(int id, const std::string& displayName, const std::string& binary)
{
    return EventOf(id, "Service Control Manager",
        "<Data Name='param1'>" + displayName + "</Data><Data Name='param2'>1</Data>"
            + (binary.empty() ? "" : "<Binary>" + binary + "</Binary>"));
}

} // namespace

TEST_CASE("windows crashes: a program that stopped, with the file and the exception")
{
    const auto crash = CrashIn(AppError("CBEngine.exe", "c0000005"));
    REQUIRE(crash);
    CHECK(*crash == CrashEvent{1000, *FromIso8601("2026-03-09T21:00:03Z"), "ntdll.dll", 0xC0000005});
    CHECK(CrashIn(AppError("cbengine.exe", "0xe0434352"))->exception == 0xE0434352);
    CHECK(CrashIn(AppError("cbengine.exe", "?"))->exception == 0);
    CHECK_FALSE(CrashIn(AppError("mycbengine.exe", "c0000005")));
    CHECK(CrashIn(EventOf(1000, "Application Error", "<Data>cbengine.exe</Data>"))->module.empty());
}

TEST_CASE("windows crashes: a .NET program is named by the first line, in whatever language")
{
    const auto runtime = [](const char* text) {
        return CrashIn(EventOf(1026, ".NET Runtime", "<Data>" + std::string(text) + "</Data>"));
    };
    CHECK(runtime("Application: cbengine.exe\nFramework Version: v4.0.30319\nDescription: x"));
    CHECK(runtime("Aplicaci\xC3\xB3n: CBEngine.exe\r\nVersi\xC3\xB3n de Framework: v4.0.30319"));
    CHECK_FALSE(runtime("Application: other.exe\nModule: cbengine.exe"));
    CHECK_FALSE(runtime("Application: xcbengine.exe"));
    CHECK_FALSE(runtime(""));
}

TEST_CASE("windows crashes: a service is known by its name, and by what people see only where there is none")
{
    // "obengine", alone, closed by a zero, and with a number as other events have it.
    const std::string name = "6f00620065006e00670069006e006500";
    for (const std::string& binary : {name, name + "0000", name + "2F0031000000"})
    {
        CHECK(CrashIn(ServiceEnd(7031, "whatever", binary)));
        CHECK(CrashIn(ServiceEnd(7034, "whatever", binary)));
    }
    CHECK_FALSE(CrashIn(ServiceEnd(7034, "Agente de Azure", "530070006F006F006C00650072000000")));
    CHECK(CrashIn(ServiceEnd(7034, "Agente de Azure", "")));
    CHECK_FALSE(CrashIn(ServiceEnd(7034, "Otro agente", "")));
    CHECK_FALSE(ParseCrashXml(ServiceEnd(7034, "", ""), ListCrashes{"cbengine.exe", "obengine"}, ""));
    CHECK_FALSE(CrashIn(ServiceEnd(7036, "Agente de Azure", name)));
}

TEST_CASE("windows crashes: what is no event is no crash")
{
    for (const char* text : {"", "<Event/>", "<Event><System><EventID>7034</EventID></System></Event>"})
    {
        CHECK_FALSE(CrashIn(text));
    }
}

TEST_CASE("windows crashes: a program that never crashed has none, and a run out of time is no list")
{
    CHECK(Value(ListCrashes{"no such program.exe", "no such service"}).events.empty());
    CheckFailed(ListCrashes{"cbengine.exe", "obengine"}, code::kTimeout, NoTime());
}
