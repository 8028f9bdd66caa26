// SPDX-License-Identifier: MIT
#include "http_head.h"

#include <doctest/doctest.h>

namespace mars
{

TEST_CASE("http head: status and date are read")
{
    const auto head =
        ParseHttpHead("HTTP/1.1 403 Forbidden\r\nServer: x\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n");
    REQUIRE(head);
    CHECK(head->status == 403);
    CHECK(head->date == FromIso8601("1994-11-06T08:49:37Z"));
}

TEST_CASE("http head: an answer that a proxy kept tells how old it is")
{
    const auto head =
        ParseHttpHead("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nAge: 83\r\n\r\n");
    REQUIRE(head);
    CHECK(head->Now() == FromIso8601("1994-11-06T08:51:00Z"));
    CHECK(ParseHttpHead("HTTP/1.1 200 OK\r\nAge: x\r\n\r\n")->age == std::chrono::seconds(0));
    CHECK_FALSE(ParseHttpHead("HTTP/1.1 200 OK\r\nAge: 5\r\n\r\n")->Now());
}

TEST_CASE("http head: a status without reason and without date is enough")
{
    const auto head = ParseHttpHead("HTTP/1.0 200\r\n\r\n");
    REQUIRE(head);
    CHECK(head->status == 200);
    CHECK_FALSE(head->date);
}

TEST_CASE("http head: what is no answer of HTTP/1 is refused")
{
    for (const char* text : {"", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
             "HTTP/1.1 -12\r\n\r\n", "HTTP/1.1 099 x\r\n\r\n", "\r\nHTTP/1.1 200 OK\r\n\r\n"})
    {
        CAPTURE(text);
        CHECK_FALSE(ParseHttpHead(text));
    }
}

TEST_CASE("http head: the end is the first empty line, with or without carriage returns")
{
    CHECK(EndOfHttpHead("HTTP/1.1 200 OK\r\n\r\nbody\n\n") == 19);
    CHECK(EndOfHttpHead("HTTP/1.1 200 OK\n\nbody\r\n\r\n") == 17);
    CHECK(EndOfHttpHead("HTTP/1.1 200 OK\r\nServer: x\r\n") == std::string_view::npos);
}

TEST_CASE("http head: dates that no clock shows are refused")
{
    for (const char* text : {"Sun, 31 Feb 2021 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
             "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
             "Sun, 06 Foo 1994 08:49:37 GMT", "", "Sun, 6 Nov 99999 08:49:37 GMT"})
    {
        CAPTURE(text);
        CHECK_FALSE(ParseHttpDate(text));
    }
}

} // namespace mars
