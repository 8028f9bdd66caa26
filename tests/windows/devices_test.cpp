// SPDX-License-Identifier: MIT
#include "asking.h"
#include "event_xml.h"
#include "local_addresses.h"

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
