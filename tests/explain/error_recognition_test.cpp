// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "error_match.h"
#include "known_errors.h"
#include "source_folder.h"
#include "text.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <random>

/// How many pasted texts are recognised: a table of real and damaged ones, and every documented message
/// damaged by chance, the same way on each run.
namespace mars::test
{

namespace
{

constexpr std::string_view kNothing = "nothing";

struct Pasted
{
    std::string expected;
    std::string text;
};

/// "\n" is a line end, "\xNN" a byte.
std::string Unescape(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        const auto byte = text.substr(i, 2) == "\\x" ? FromHex(text.substr(i + 2, 2)) : std::nullopt;
        if (byte && byte->size() == 1)
        {
            plain += static_cast<char>(byte->front());
            i += 3;
        }
        else if (text.substr(i, 2) == "\\n")
        {
            plain += '\n';
            ++i;
        }
        else
        {
            plain += text[i];
        }
    }
    return plain;
}

const std::vector<Pasted>& Table()
{
    static const std::vector<Pasted> table = [] {
        std::vector<Pasted> read;
        std::ifstream file(MARS_SOURCE_FOLDER "/tests/explain/pasted_errors.txt");
        for (std::string line; std::getline(file, line);)
        {
            const std::size_t bar = line.find('|');
            if (!line.starts_with('#') && bar != std::string::npos)
            {
                read.push_back({line.substr(0, bar), Unescape(line.substr(bar + 1))});
            }
        }
        return read;
    }();
    return table;
}

/// The id of what was recognised first, by its title; for a number that is not documented the number.
std::string Recognised(std::string_view text)
{
    static const std::map<std::string, std::string> idByTitle = [] {
        std::map<std::string, std::string> ids;
        for (const KnownError& error : KnownErrors(BuiltInKnowledge()))
        {
            ids[LocalText(error.title, Language::kEnglish)] = error.id;
        }
        for (const Symptom& symptom : KnownSymptoms(BuiltInKnowledge()))
        {
            ids[LocalText(symptom.text, Language::kEnglish)] = symptom.id;
        }
        return ids;
    }();
    const auto matches = MatchErrors(text, AllRootCauses(), BuiltInKnowledge(), Language::kEnglish);
    if (matches.empty())
    {
        return std::string(kNothing);
    }
    const ErrorMatch& first = matches.front();
    const auto id = idByTitle.find(first.title);
    return id != idByTitle.end() ? id->second : first.error.empty() ? first.title : first.error;
}

/// Counts the right ones and names the others.
struct Score
{
    std::size_t right = 0;
    std::size_t all = 0;

    void Count(const Pasted& pasted)
    {
        const std::string recognised = Recognised(pasted.text);
        ++all;
        right += recognised == pasted.expected ? 1 : 0;
        if (recognised != pasted.expected)
        {
            MESSAGE(pasted.expected, " taken for ", recognised, ": ", ToValidUtf8(pasted.text));
        }
    }
    double Share() const
    {
        return all == 0 ? 0 : static_cast<double>(right) / static_cast<double>(all);
    }
};

using Random = std::mt19937;

std::size_t Somewhere(const std::string& text, Random& random)
{
    return random() % text.size();
}

std::string WithoutLetters(std::string text, Random& random)
{
    for (std::size_t i = 0; i < 1 + text.size() / 20; ++i)
    {
        text.erase(Somewhere(text, random), 1);
    }
    return text;
}

std::string WithSwappedLetters(std::string text, Random& random)
{
    for (std::size_t i = 0; i < 1 + text.size() / 20; ++i)
    {
        const std::size_t at = Somewhere(text, random);
        std::swap(text[at], text[std::min(at + 1, text.size() - 1)]);
    }
    return text;
}

/// Two thirds of it.
std::string CutOff(std::string text, Random& random)
{
    const std::size_t length = 2 * text.size() / 3;
    return text.substr(random() % (text.size() - length + 1), length);
}

std::string WithMergedLines(std::string text, Random& random)
{
    for (std::size_t i = 0; i < 1 + text.size() / 25; ++i)
    {
        const std::size_t blank = text.find(' ', Somewhere(text, random));
        text.erase(std::min(blank, text.size() - 1), 1);
    }
    return text;
}

std::string WithLineEnds(std::string text, Random& random)
{
    for (std::size_t i = 0; i < 1 + text.size() / 40; ++i)
    {
        text.insert(Somewhere(text, random), "\r\n");
    }
    return text;
}

std::string InsideALog(std::string text, Random& random)
{
    return "02/1" + std::to_string(random() % 10) + " 03:0" + std::to_string(random() % 10)
        + ":11.034 71 backupasync.cpp(1607) srv-db-02 WARNING " + text
        + " Retrying in 30 seconds, attempt 2 of 5.";
}

constexpr std::array kDamages{
    &WithoutLetters, &WithSwappedLetters, &CutOff, &WithMergedLines, &WithLineEnds, &InsideALog};

/// Those that a source prints, which is what is copied. What is left of them has to tell something when a
/// third is cut off, and they may stand in a log: others are found only with certain words, or when nothing
/// else was pasted.
std::vector<std::string> MessagesToDamage(const KnownError& error)
{
    constexpr std::size_t kShortest = 40;
    std::vector<std::string> messages;
    for (const pugi::xml_node node : error.title.parent().children())
    {
        const std::string_view name = node.name();
        const std::string text = node.text().get();
        if (name == "message" && !node.attribute("alone") && !node.attribute("with")
            && text.size() >= kShortest)
        {
            messages.push_back(text);
        }
    }
    return messages;
}

/// Messages without the numbers that would give them away.
std::string WithoutNumbers(const std::string& text)
{
    std::string words;
    for (const char c : text)
    {
        words += std::isdigit(static_cast<unsigned char>(c)) != 0 ? ' ' : c;
    }
    return words;
}

} // namespace

TEST_CASE("recognition: the pasted texts of the table are found first, and nothing fits the others")
{
    Score errors;
    Score others;
    for (const Pasted& pasted : Table())
    {
        (pasted.expected == kNothing ? others : errors).Count(pasted);
    }
    MESSAGE("recognised first: ", errors.right, " of ", errors.all, "; rightly left alone: ", others.right,
        " of ", others.all);
    CHECK(errors.all >= 330);
    CHECK(errors.Share() >= 0.97);
    CHECK(others.all >= 200);
    CHECK(others.Share() >= 0.99);
}

TEST_CASE("recognition: every documented message is found, damaged in every way")
{
    Score sum;
    for (const auto damage : kDamages)
    {
        Random random; // the default seed: the same texts on every run
        Score score;
        for (const KnownError& error : KnownErrors(BuiltInKnowledge()))
        {
            for (const std::string& message : MessagesToDamage(error))
            {
                score.Count({error.id, damage(WithoutNumbers(message), random)});
            }
        }
        CHECK(score.Share() >= 0.85);
        sum.right += score.right;
        sum.all += score.all;
    }
    MESSAGE("damaged by chance and recognised first: ", sum.right, " of ", sum.all);
    CHECK(sum.Share() >= 0.95);
}

TEST_CASE("recognition: every number and name leads to its error, in any spelling")
{
    for (const KnownError& error : KnownErrors(BuiltInKnowledge()))
    {
        for (const std::string& number : error.numbers)
        {
            const std::uint32_t value = *ParseErrorNumber(number);
            for (const char* spelling : {"{}", "0x{:x}", "0X{:08X}", "(ID: {})", "Error {}", "[0x{:X}]"})
            {
                const std::string text = fmt::format(fmt::runtime(spelling), value);
                CHECK_MESSAGE(Recognised(text) == error.id, text);
            }
        }
        for (const std::string& name : error.names)
        {
            CHECK_MESSAGE(Recognised("The job failed: " + name + ".") == error.id, name);
        }
    }
}

TEST_CASE("recognition: a number of the agent's that no source explains is answered with just this number")
{
    for (const std::uint32_t value : {34'501U, 34'599U, 100'001U, 100'299U, 120'000U, 120'099U, 130'000U,
             130'099U, 170'000U, 170'099U, 230'000U, 230'099U})
    {
        for (const char* spelling : {"{}", "0x{:X}", "(ID: {})", "The operation failed [0x{:X}].",
                 "Se produjo un error. (Id.: {})", "The agent gave up ({})"})
        {
            const std::string text = fmt::format(fmt::runtime(spelling), value);
            const auto matches = MatchErrors(text, AllRootCauses(), BuiltInKnowledge(), Language::kEnglish);
            REQUIRE_MESSAGE(!matches.empty(), text);
            CHECK_MESSAGE(
                matches[0].title == fmt::format("Error {} (0x{:X}) is not documented", value, value), text);
            CHECK_MESSAGE(matches[0].error == std::to_string(value), text);
            CHECK_MESSAGE(!matches[0].meaning.empty(), text);
        }
    }
    for (const char* text :
        {"34500", "Error 34600", "ID: 100300", "[0x3AA3A]", "230100", "it took 130099 seconds", "port 34550",
            "ntdll.dll+0x1fbe3", "Fault offset: 0x0001fbe3", "130099 bytes"})
    {
        CHECK_MESSAGE(Recognised(text) == kNothing, text);
    }
}

TEST_CASE("recognition: what a text states is the code, not what it resembles")
{
    CHECK(Recognised("AADSTS500021") == "AADSTS500021");
    for (const char* text : {"AADSTS500022", "AADSTS50002", "AADSTS5000210", "AADSTS700029"})
    {
        CHECK_MESSAGE(Recognised(text) != "AADSTS500021", text);
    }
    CHECK(Recognised("The remote server returned an error: (407)") == "407");
    CHECK(Recognised("The remote server returned an error: (403)") == "forbidden_403");
    CHECK(Recognised("The remote server returned an error: (500) Internal Server Error.") == kNothing);
    CHECK(Recognised(
              "The activation did not complete successfully. The current operation failed due to an internal "
              "service error [0x1FBE3].")
        == "130019");
}

TEST_CASE("recognition: a part of a dotted name is no error, and neither is a stem that many names have")
{
    for (const char* text : {"CloudBackup", "CloudStorage", "CloudService", "SystemBackup", "ScratchLocation",
             "CBPSnapshot", "CBPSourceSnapshot", "SalChecksumStore", "CloudBackup.evtx",
             "Microsoft.Internal.CloudBackupJobFail.Commands", "x.CBPOperationAbor.y"})
    {
        CHECK_MESSAGE(Recognised(text) == kNothing, text);
    }
    CHECK(Recognised("CloudBackupJobFai") == "130001");
    CHECK(Recognised("CloudBackupJobFailed.") == "130001");
    CHECK(Recognised("CloudBackupJob...") == "130001");
    CHECK(Recognised("CloudBackupJob\xE2\x80\xA6") == "130001");
    CHECK(Recognised("SalChecksumStoreInitializ") == "SalChecksumStoreInitializationFailed");
}

TEST_CASE("recognition: the beginning of a name is enough where no other error's name goes on so")
{
    CHECK(Recognised("CBPSourceSnapshotFailedReplica") == "CBPSourceSnapshotFailedReplica");
    CHECK(Recognised("CBPSourceSnapshotFailedReplicaMiss") == "CBPSourceSnapshotFailedReplica");
    CHECK(Recognised("CBPSourceSnapshotFailedVSS") == kNothing);
}

} // namespace mars::test
