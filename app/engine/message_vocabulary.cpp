// SPDX-License-Identifier: MIT
#include "message_vocabulary.h"

#include "embedded.h"

#include <pugixml.hpp>

namespace mars
{

namespace
{

/// Texts and the values of attributes; addresses are of others and say nothing about what programs print.
struct Words : pugi::xml_tree_walker
{
    Vocabulary vocabulary;

    bool for_each(pugi::xml_node& node) override
    {
        vocabulary.Add(node.value());
        for (const pugi::xml_attribute attribute : node.attributes())
        {
            if (std::string_view(attribute.name()) != "url")
            {
                vocabulary.Add(attribute.value());
            }
        }
        return true;
    }
};

} // namespace

const Vocabulary& MessageVocabulary()
{
    static const Vocabulary vocabulary = [] {
        Words words;
        for (const EmbeddedFile& file : EmbeddedKnowledge())
        {
            pugi::xml_document document;
            if (document.load_buffer(file.bytes.data(), file.bytes.size()))
            {
                document.traverse(words);
            }
        }
        return std::move(words.vocabulary);
    }();
    return vocabulary;
}

} // namespace mars
