// SPDX-License-Identifier: MIT
#include "certificate_judgement.h"
#include "questions/probes.h"

#include <doctest/doctest.h>

namespace mars::test
{
namespace
{

using std::chrono::milliseconds;

constexpr std::uint32_t kExpired = 0x800B0101;
constexpr std::uint32_t kUntrustedRoot = 0x800B0109;
constexpr std::uint32_t kNoChain = 0x800B010A;
constexpr std::uint32_t kOtherName = 0x800B010F;

CertificateJudgement Judged(
    std::uint32_t code, const std::string& root = {}, TrustLookup lookup = TrustLookup::kUnknown)
{
    return {code, root, root.empty() ? std::string() : std::string(40, 'a'),
        code == 0 ? RootKind::kPublic : RootKind::kUntrusted, lookup};
}

} // namespace

TEST_CASE("certificate judgement: what is trusted by what is here needs no network")
{
    CHECK(FetchLimit(Judged(0, "CN=Root"), milliseconds(10'000)) == milliseconds(0));
    CHECK(Decide(Judged(0, "CN=Root"), {}) == Judged(0, "CN=Root", TrustLookup::kNotNeeded));
}

TEST_CASE("certificate judgement: only a missing certificate is worth fetching")
{
    for (const std::uint32_t code : {kUntrustedRoot, kNoChain})
    {
        CHECK(FetchLimit(Judged(code), milliseconds(10'000)) == milliseconds(3000));
    }
    for (const std::uint32_t code : {kExpired, kOtherName, 50U})
    {
        CHECK(FetchLimit(Judged(code), milliseconds(10'000)) == milliseconds(0));
    }
}

TEST_CASE("certificate judgement: fetching leaves the asker time to hear of it")
{
    CHECK(FetchLimit(Judged(kNoChain), milliseconds(3300)) == milliseconds(3000));
    CHECK(FetchLimit(Judged(kNoChain), milliseconds(3299)) == milliseconds(2999));
    CHECK(FetchLimit(Judged(kNoChain), milliseconds(300)) == milliseconds(0));
    CHECK(FetchLimit(Judged(kNoChain), milliseconds(-5000)) == milliseconds(0));
}

TEST_CASE("certificate judgement: what was fetched counts, a look that did not end or failed does not")
{
    const auto local = [](TrustLookup lookup) { return Judged(kNoChain, "CN=Intermediate", lookup); };
    const CertificateJudgement first = local(TrustLookup::kUnknown);
    CHECK(Decide(first, {}) == local(TrustLookup::kCutOff));
    CHECK(Decide(first, Judged(0, "CN=Root")) == Judged(0, "CN=Root", TrustLookup::kEnded));
    CHECK(Decide(first, Judged(kUntrustedRoot, "CN=Own root"))
        == Judged(kUntrustedRoot, "CN=Own root", TrustLookup::kEnded));
    CHECK(Decide(first, Judged(kUntrustedRoot)) == local(TrustLookup::kEnded));
}

TEST_CASE(
    "certificate judgement: a root is one of Microsoft's where its list has the whole hash as a subject")
{
    const std::string root = "7e04de896a3e666d00e687d33ffad93be83d349e";
    const auto list = [](const std::string& hex) { return FromHex("30820102" + hex + "3082").value(); };
    CHECK(ListsRoot(list("0414" + root), root));
    CHECK(ListsRoot(list("0414" + std::string(40, 'a') + "0414" + root), root));
    CHECK_FALSE(ListsRoot(list("0413" + root), root));
    CHECK_FALSE(ListsRoot(list("0414" + root.substr(0, 38)), root));
    CHECK_FALSE(ListsRoot(list("0414" + root), std::string(40, 'b')));
    CHECK_FALSE(ListsRoot(list("0414" + root), ""));
    CHECK_FALSE(ListsRoot(list("0414" + root), "no thumbprint"));
    CHECK_FALSE(ListsRoot({}, root));
}

} // namespace mars::test
