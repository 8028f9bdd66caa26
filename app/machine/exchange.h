// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace pugi
{
class xml_node;
}

namespace mars
{

struct RegistryValue;

/// Sees every text of a question or an answer, and may change it. Numbers, words of an enumeration and dates
/// are no texts.
class TextVisitor
{
public:
    virtual void Visit(std::string& text) = 0;
    virtual void Visit(RegistryValue& value) = 0;

protected:
    ~TextVisitor() = default;
};

/// One question on its way to a machine, and the place for its answer, of whatever type they are: what asks
/// once, records, redacts or reads recordings handles all questions alike. A question that nobody has
/// answered has failed with code::kNotSupported.
class Exchange
{
public:
    virtual ~Exchange() = default;

    /// The question's name in recordings.
    virtual std::string_view Name() const = 0;
    /// What the question is about: "services", "network"; a bundle is shown by kinds.
    virtual std::string_view Kind() const = 0;
    /// The same text for the same question, different for different ones. What has its default is left out,
    /// so that a question keeps its key when it gets a further member.
    virtual std::string Key() const = 0;
    /// The key without the list that the question asks for; nothing for those that ask for none. See
    /// listed_answers.h.
    virtual std::string KeyWithoutList() const = 0;

    /// With the answer.
    virtual std::unique_ptr<Exchange> Copy() const = 0;
    /// The same question, not answered yet.
    virtual std::unique_ptr<Exchange> Again() const = 0;

    virtual bool HasValue() const = 0;
    /// Null: it has not failed.
    virtual const Failure* Error() const = 0;
    virtual void Fail(Failure failure) = 0;
    virtual void SetAbsent() = 0;
    /// A value as its type has it by default.
    virtual void SetEmpty() = 0;
    /// Takes over the answer of `answered`, whose question has the same name.
    virtual void TakeAnswer(const Exchange& answered) = 0;
    /// Puts the answer together from answers to questions that differ only in the list they ask for. False
    /// where none of them asked for anything of this list.
    virtual bool PutTogether(std::span<const Exchange* const> held) = 0;

    /// Append a node to `parent`: <question_name>, and <value>, <absent/> or <failed code what/>.
    virtual void WriteQuestion(pugi::xml_node parent) const = 0;
    virtual void WriteAnswer(pugi::xml_node parent) const = 0;
    /// `node` is what the two above wrote in a file of this format. The first is false where it cannot be
    /// read; the answer has then failed with code::kInvalidData, and the second is false.
    virtual bool ReadQuestion(const pugi::xml_node& node, int format) = 0;
    virtual bool ReadAnswer(const pugi::xml_node& node, int format) = 0;

    virtual void VisitQuestion(TextVisitor& visitor) = 0;
    /// The texts of a value.
    virtual void VisitAnswer(TextVisitor& visitor) = 0;
};

/// The exchange of one type of question. Its members are compiled once, in the source of the question's room;
/// a question without such a line does not link.
template <class Question>
class ExchangeOf final : public Exchange
{
public:
    using Value = typename Question::Value;

    ExchangeOf();
    explicit ExchangeOf(const Question& asked);
    ~ExchangeOf() override;

    std::string_view Name() const override;
    std::string_view Kind() const override;
    std::string Key() const override;
    std::string KeyWithoutList() const override;
    std::unique_ptr<Exchange> Copy() const override;
    std::unique_ptr<Exchange> Again() const override;
    bool HasValue() const override;
    const Failure* Error() const override;
    void Fail(Failure failure) override;
    void SetAbsent() override;
    void SetEmpty() override;
    void TakeAnswer(const Exchange& answered) override;
    bool PutTogether(std::span<const Exchange* const> held) override;
    void WriteQuestion(pugi::xml_node parent) const override;
    void WriteAnswer(pugi::xml_node parent) const override;
    bool ReadQuestion(const pugi::xml_node& node, int format) override;
    bool ReadAnswer(const pugi::xml_node& node, int format) override;
    void VisitQuestion(TextVisitor& visitor) override;
    void VisitAnswer(TextVisitor& visitor) override;

    Question question;
    Answer<Value> answer;
};

/// The exchange as one of this type of question; null where it is another.
template <class Question>
ExchangeOf<Question>* As(Exchange& exchange)
{
    return exchange.Name() == Question::kName ? static_cast<ExchangeOf<Question>*>(&exchange) : nullptr;
}
template <class Question>
const ExchangeOf<Question>* As(const Exchange& exchange)
{
    return exchange.Name() == Question::kName ? static_cast<const ExchangeOf<Question>*>(&exchange) : nullptr;
}

/// Null: no question has this name.
std::unique_ptr<Exchange> MakeExchange(std::string_view name);

} // namespace mars
