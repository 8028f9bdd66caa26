// SPDX-License-Identifier: MIT
#include "ask_all.h"
#include "questions/probes.h"

#include <doctest/doctest.h>

#include <chrono>
#include <mutex>
#include <set>
#include <stdexcept>

namespace mars::test
{
namespace
{

/// Answers each probe with its own port as milliseconds, slowly; port 1 throws.
class SlowMachine : public Machine
{
public:
    void Respond(Exchange& exchange, const Wait&) const override
    {
        auto* const asked = As<ProbeHttps>(exchange);
        REQUIRE(asked != nullptr);
        if (asked->question.port == 1)
        {
            throw std::runtime_error("broken");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        HttpsProbe probe;
        probe.milliseconds = asked->question.port;
        asked->answer = probe;
    }
};

} // namespace

TEST_CASE("ask_all: the answers come in the order of the questions, in the time of one")
{
    std::vector<ProbeHttps> questions;
    for (std::uint32_t port = 10; port < 22; ++port)
    {
        questions.push_back({"host", port, ""});
    }
    const SlowMachine machine;
    const auto begin = std::chrono::steady_clock::now();
    const auto answers = AskAll(MachineView(machine, Wait{}), questions);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(600));
    REQUIRE(answers.size() == questions.size());
    for (std::size_t i = 0; i < answers.size(); ++i)
    {
        REQUIRE(answers[i]);
        CHECK(answers[i]->milliseconds == questions[i].port);
    }
}

TEST_CASE("ask_all: more questions than threads are all asked, none is nothing")
{
    const SlowMachine machine;
    const auto answers = AskAll(MachineView(machine, Wait{}), std::vector<ProbeHttps>(40, {"host", 7, ""}));
    REQUIRE(answers.size() == 40);
    for (const auto& answer : answers)
    {
        CHECK(answer.HasValue());
    }
    CHECK(AskAll(MachineView(machine, Wait{}), std::vector<ProbeHttps>()).empty());
}

TEST_CASE("ask_all: a question that throws is a failure and harms no other")
{
    const SlowMachine machine;
    const auto answers =
        AskAll(MachineView(machine, Wait{}), std::vector<ProbeHttps>{{"a", 1, ""}, {"b", 2, ""}});
    REQUIRE(answers[0].HasFailed());
    CHECK(answers[0].Error().code == code::kInternalError);
    CHECK(answers[1].HasValue());
}

} // namespace mars::test
