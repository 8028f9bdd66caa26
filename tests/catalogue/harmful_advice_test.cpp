// SPDX-License-Identifier: MIT
#include "knowledge.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

/// Nobody may lose backups by doing what this program says. Whatever tells to delete a server, its backups or
/// a certificate has to say what that costs, in the same text and not after it: people stop reading when they
/// know what to do.
///
/// What counts, sentence by sentence:
/// - a word for taking away ("delete", "unregister") at most three words before what must not be lost, or its
///   participle ("deleted") at most six words after it;
/// - "it", "them" and their like stand for what an earlier word of the text names;
/// - "do not", "never", "nothing" before that word, in the same clause, make it a warning;
/// - else the sentence, or one before it, must name the loss, or the copy that makes good for it.
/// It reads words, not meanings: it finds a step that forgot the price, not one that names a wrong one.
namespace mars::test
{

namespace
{

using Words = std::vector<std::string>;

/// Something that must not be lost, and the words by which a text says what is lost with it.
struct Kept
{
    /// Beginnings of words, several for names of several words.
    std::vector<std::string_view> names;
    std::vector<std::string_view> price;
};

struct Vocabulary
{
    Language language;
    /// Beginnings of words.
    std::vector<std::string_view> takeAway;
    std::vector<std::string_view> takenAway;
    std::vector<std::string_view> pronouns;
    /// Ends of a verb that carry the pronoun with them: "elimínelo".
    std::vector<std::string_view> endings;
    std::vector<std::string_view> warnings;
    std::vector<Kept> kept;
};

const std::array<Vocabulary, 2>& Vocabularies()
{
    static const std::array<Vocabulary, 2> vocabularies{
        Vocabulary{Language::kEnglish,
            {"delete", "deleting", "remove", "removing", "unregister", "erase", "erasing", "wipe", "wiping",
                "purge", "purging", "discard"},
            {"deleted", "removed", "unregistered", "erased", "wiped", "purged", "discarded"},
            {"it", "them", "those", "these"}, {}, {"not", "never", "nothing", "no", "cannot", "without"},
            {{{"server", "vault", "backup", "recovery point", "restore point", "protected item"},
                 {"recovery points are deleted", "deletes all its recovery points",
                     "deletes its recovery points"}},
                {{"certificate"}, {"export"}},
                {{"scratch folder", "onlinebackup.kek", "key file", "vhds"}, {"backup has succeeded"}}}},
        Vocabulary{Language::kSpanish,
            {"elimin", "elimín", "borr", "bórr", "quit", "quít", "suprim", "suprím", "anul", "anúl",
                "desregistr"},
            {"eliminad", "borrad", "quitad", "suprimid", "anulad", "desregistrad"},
            {"lo", "los", "la", "las"}, {"lo", "los", "la", "las"},
            {"no", "nunca", "nada", "sin", "ningún", "ninguna"},
            {{{"servidor", "almacén", "almacenes", "copia de seguridad", "copias de seguridad",
                  "punto de recuperación", "puntos de recuperación", "punto de restauración",
                  "puntos de restauración", "elemento protegido"},
                 {"se eliminan sus puntos de recuperación", "se eliminan todos sus puntos de recuperación",
                     "elimina todos sus puntos de recuperación"}},
                {{"certificado"}, {"export"}},
                {{"carpeta temporal (scratch)", "onlinebackup.kek", "archivo de la clave", "vhds"},
                    {"se haya completado correctamente"}}}}};
    return vocabularies;
}

bool BeginsWithOneOf(std::string_view word, const std::vector<std::string_view>& beginnings)
{
    return std::ranges::any_of(beginnings, [&](std::string_view one) { return word.starts_with(one); });
}

std::string Lower(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

/// A full stop ends a sentence only before a blank: "OnlineBackup.KEK", "2.0.9249.0".
std::vector<std::string> SentencesOf(std::string_view text)
{
    std::vector<std::string> sentences(1);
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        sentences.back() += text[at];
        const bool ends = text[at] == '.' || text[at] == '?' || text[at] == ';';
        if (ends && at + 1 < text.size() && text[at + 1] == ' ')
        {
            sentences.emplace_back();
        }
    }
    return sentences;
}

/// A comma is a word of its own: it ends a clause.
Words WordsOf(std::string_view sentence)
{
    Words words;
    std::string word;
    for (const char c : std::string(sentence) + " ")
    {
        if (std::string_view(" ,.;:?!\"").find(c) == std::string_view::npos)
        {
            word += c;
            continue;
        }
        if (!word.empty())
        {
            words.push_back(word);
            word.clear();
        }
        if (c == ',' || c == ':')
        {
            words.emplace_back(",");
        }
    }
    return words;
}

/// Whether the name, of one word or several, begins at this word.
bool IsNamedAt(const Words& words, std::size_t at, std::string_view name)
{
    const Words parts = WordsOf(name);
    for (std::size_t part = 0; part < parts.size(); ++part)
    {
        if (at + part >= words.size() || !words[at + part].starts_with(parts[part]))
        {
            return false;
        }
    }
    return true;
}

/// What of that is named in the words from `from` up to and without `to`; null when nothing is.
const Kept* NamedIn(const Vocabulary& vocabulary, const Words& words, std::size_t from, std::size_t to)
{
    for (std::size_t at = from; at < std::min(to, words.size()); ++at)
    {
        for (const Kept& kept : vocabulary.kept)
        {
            if (std::ranges::any_of(kept.names, [&](auto name) { return IsNamedAt(words, at, name); }))
            {
                return &kept;
            }
        }
    }
    return nullptr;
}

/// "it" right after the word, or at its end in Spanish.
bool HasPronoun(const Vocabulary& vocabulary, const Words& words, std::size_t at)
{
    const auto is = [&](std::size_t other) {
        return other < words.size()
            && std::ranges::find(vocabulary.pronouns, words[other]) != vocabulary.pronouns.end();
    };
    const bool atItsEnd =
        std::ranges::any_of(vocabulary.endings, [&](auto ending) { return words[at].ends_with(ending); });
    const bool spanish = vocabulary.language == Language::kSpanish;
    return atItsEnd || (spanish ? at > 0 && is(at - 1) : is(at + 1));
}

bool TakesAway(const Vocabulary& vocabulary, const std::string& word)
{
    // "eliminó" tells what happened.
    const bool told = vocabulary.language == Language::kSpanish && word.ends_with("ó");
    return !told
        && (BeginsWithOneOf(word, vocabulary.takeAway) || BeginsWithOneOf(word, vocabulary.takenAway));
}

/// What the word at `at`, one for taking away, is about; null when that is nothing that must not be lost.
const Kept* TakenAwayAt(const Vocabulary& vocabulary, const Words& words, std::size_t at, const Kept* earlier)
{
    if (BeginsWithOneOf(words[at], vocabulary.takenAway))
    {
        return NamedIn(vocabulary, words, at > 7 ? at - 7 : 0, at);
    }
    const Kept* object = NamedIn(vocabulary, words, at + 1, at + 5);
    const Kept* before = NamedIn(vocabulary, words, 0, at);
    const Kept* meant = before != nullptr ? before : earlier;
    return object == nullptr && HasPronoun(vocabulary, words, at) ? meant : object;
}

/// "do not delete", "nothing has to be deleted", "delete nothing".
bool IsWarning(const Vocabulary& vocabulary, const Words& words, std::size_t at)
{
    const auto warns = [&](std::size_t other) {
        return other < words.size()
            && std::ranges::find(vocabulary.warnings, words[other]) != vocabulary.warnings.end();
    };
    for (std::size_t back = 1; back <= std::min<std::size_t>(at, 4) && words[at - back] != ","; ++back)
    {
        if (warns(at - back))
        {
            return true;
        }
    }
    return warns(at + 1);
}

bool SaysOneOf(std::string_view text, const std::vector<std::string_view>& phrases)
{
    return std::ranges::any_of(
        phrases, [&](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
}

enum class Price
{
    kExcuses,
    kDoesNotExcuse,
};

/// The first sentence that takes something away, a harm unless the text has named its price by then; empty
/// when there is none.
std::string HarmIn(const std::string& text, const Vocabulary& vocabulary, Price price = Price::kExcuses)
{
    if (!SaysOneOf(Lower(text), vocabulary.takeAway) && !SaysOneOf(Lower(text), vocabulary.takenAway))
    {
        return {};
    }
    std::string soFar;
    const Kept* earlier = nullptr;
    for (const std::string& sentence : SentencesOf(text))
    {
        soFar += Lower(sentence);
        const Words words = WordsOf(Lower(sentence));
        for (std::size_t at = 0; at < words.size(); ++at)
        {
            if (!TakesAway(vocabulary, words[at]) || IsWarning(vocabulary, words, at))
            {
                continue;
            }
            const Kept* lost = TakenAwayAt(vocabulary, words, at, earlier);
            if (lost != nullptr && (price == Price::kDoesNotExcuse || !SaysOneOf(soFar, lost->price)))
            {
                return sentence;
            }
        }
        const Kept* named = NamedIn(vocabulary, words, 0, words.size());
        earlier = named != nullptr ? named : earlier;
    }
    return {};
}

/// Every element that has a text of its own and, next to it, a translation.
template <class Visitor>
void ForEachText(const pugi::xml_node& node, Visitor visit)
{
    for (const pugi::xml_node child : node.children())
    {
        const bool translated = child.next_sibling(child.name()).attribute("xml:lang");
        if (child.attribute("xml:lang"))
        {
            continue;
        }
        if (translated)
        {
            visit(child);
        }
        else
        {
            ForEachText(child, visit);
        }
    }
}

} // namespace

TEST_CASE("harmful advice: no text takes away what must not be lost before it says what that costs")
{
    std::size_t texts = 0;
    for (const char* kind : {"entry", "errors", "symptoms", "interface", "log_errors"})
    {
        for (const pugi::xml_node& root : BuiltInKnowledge().Roots(kind))
        {
            ForEachText(root, [&](const pugi::xml_node& node) {
                ++texts;
                for (const Vocabulary& vocabulary : Vocabularies())
                {
                    const std::string harm = HarmIn(LocalText(node, vocabulary.language), vocabulary);
                    const std::string where = fmt::format("{} {} {}", root.attribute("id").value(),
                        node.parent().attribute("id").value(), node.name());
                    CHECK_MESSAGE(harm.empty(), where, ": ", harm);
                }
            });
        }
    }
    CHECK(texts > 1000);
}

TEST_CASE("harmful advice: after a step that costs backups only such steps follow in its entry")
{
    std::size_t found = 0;
    for (const pugi::xml_node& entry : BuiltInKnowledge().Roots("entry"))
    {
        for (Vocabulary vocabulary : Vocabularies())
        {
            // A certificate and a copied folder come back; backups do not.
            vocabulary.kept.resize(1);
            bool before = false;
            for (const pugi::xml_node step : entry.child("guided").children("step"))
            {
                if (step.attribute("xml:lang"))
                {
                    continue;
                }
                const std::string text = LocalText(step, vocabulary.language);
                const bool costs = !HarmIn(text, vocabulary, Price::kDoesNotExcuse).empty();
                CHECK_MESSAGE((costs || !before), text);
                before = costs;
                found += costs ? 1 : 0;
            }
        }
    }
    // The last resort of B-11 and the last three of B-19, in both languages.
    CHECK(found == 8);
}

TEST_CASE("harmful advice: how to register again is told in one place, and the other steps lead there")
{
    for (const pugi::xml_node& entry : BuiltInKnowledge().Roots("entry"))
    {
        for (const pugi::xml_node step : entry.child("guided").children("step"))
        {
            const std::string text = step.text().get();
            const bool again = SaysOneOf(text, {"the same passphrase", "la misma frase de contraseña"});
            const bool here = entry.attribute("code").value() == std::string("B-11");
            CHECK_MESSAGE((!again || here || SaysOneOf(text, {"B-11"})), text);
        }
    }
}

TEST_CASE("harmful advice: the price comes first, in both languages")
{
    const auto harm = [](const char* text, Language language) {
        return !HarmIn(text, Vocabularies().at(language == Language::kEnglish ? 0 : 1)).empty();
    };
    for (const char* text :
        {"Unregister the server and register it again; keep the file with the passphrase.",
            "If the passphrase cannot be changed, unregister the server from the vault.",
            "The old registration must be gone: the server deleted from the old vault in the portal.",
            "The vault holds as many servers as it may. Remove those that are gone, or use a new vault.",
            "Open the vault, and delete this server there. Deleting it also deletes its recovery points.",
            "Look for certificates that have expired. Remove them.",
            "The scratch folder was moved. Delete it."})
    {
        CHECK_MESSAGE(harm(text, Language::kEnglish), std::string(text));
    }
    for (const char* text : {"Do not delete the server or its backups in the portal.",
             "Nothing has to be deleted in the portal for that.",
             "Deleting the server deletes all its recovery points. If nobody needs them, delete it in the "
             "portal.",
             "Export the certificate to a file. Only then remove it.",
             "Delete the file after the registration. It holds a key to the vault.",
             "Save it to a local drive of this server and delete the older files.",
             "Only after that backup has succeeded, delete the old folder."})
    {
        CHECK_MESSAGE(!harm(text, Language::kEnglish), std::string(text));
    }
    for (const char* text : {"Anule el registro del servidor y vuelva a registrarlo.",
             "El registro antiguo debe haber desaparecido: el servidor eliminado del almacén.",
             "Abra el almacén y elimine allí este servidor. Al eliminarlo se eliminan sus puntos de "
             "recuperación.",
             "Busque los certificados que hayan expirado. Quítelos."})
    {
        CHECK_MESSAGE(harm(text, Language::kSpanish), std::string(text));
    }
    for (const char* text :
        {"No elimine el servidor ni sus copias de seguridad en el portal.",
            "Con el servidor se eliminan todos sus puntos de recuperación. Si nadie los necesita, elimínelo.",
            "Exporte el certificado a un archivo y solo después elimínelo.",
            "Elimine el archivo después del registro. Contiene una clave del almacén."})
    {
        CHECK_MESSAGE(!harm(text, Language::kSpanish), std::string(text));
    }
}

} // namespace mars::test
