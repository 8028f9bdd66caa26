// SPDX-License-Identifier: MIT
#pragma once

#include "each_text.h"
#include "exchange.h"
#include "listed_answers.h"
#include "xml_codec.h"

#include <utility>
#include <vector>

/// The members of ExchangeOf, for the sources that compile them: one line `template class
/// ExchangeOf<Question>;` for each question of the room.
namespace mars
{

template <class Question>
ExchangeOf<Question>::ExchangeOf() : ExchangeOf(Question{})
{}

template <class Question>
ExchangeOf<Question>::ExchangeOf(const Question& asked)
    : question(asked), answer(Failure{code::kNotSupported, std::string(Question::kName)})
{}

template <class Question>
ExchangeOf<Question>::~ExchangeOf() = default;

template <class Question>
std::string_view ExchangeOf<Question>::Name() const
{
    return Question::kName;
}

template <class Question>
std::string_view ExchangeOf<Question>::Kind() const
{
    return Question::kKind;
}

template <class Question>
std::string ExchangeOf<Question>::Key() const
{
    return KeyOf(question);
}

template <class Question>
std::string ExchangeOf<Question>::KeyWithoutList() const
{
    if constexpr (AsksForList<Question>)
    {
        Question other = question;
        (other.*Question::kAskedFor).clear();
        return KeyOf(other);
    }
    else
    {
        return {};
    }
}

template <class Question>
std::unique_ptr<Exchange> ExchangeOf<Question>::Copy() const
{
    auto copy = std::make_unique<ExchangeOf>(question);
    copy->answer = answer;
    return copy;
}

template <class Question>
std::unique_ptr<Exchange> ExchangeOf<Question>::Again() const
{
    return std::make_unique<ExchangeOf>(question);
}

template <class Question>
bool ExchangeOf<Question>::HasValue() const
{
    return answer.HasValue();
}

template <class Question>
const Failure* ExchangeOf<Question>::Error() const
{
    return answer.HasFailed() ? &answer.Error() : nullptr;
}

template <class Question>
void ExchangeOf<Question>::Fail(Failure failure)
{
    answer = std::move(failure);
}

template <class Question>
void ExchangeOf<Question>::SetAbsent()
{
    answer = Absent{};
}

template <class Question>
void ExchangeOf<Question>::SetEmpty()
{
    answer = Value{};
}

template <class Question>
void ExchangeOf<Question>::TakeAnswer(const Exchange& answered)
{
    answer = static_cast<const ExchangeOf&>(answered).answer;
}

template <class Question>
bool ExchangeOf<Question>::PutTogether(std::span<const Exchange* const> held)
{
    if constexpr (AsksForList<Question>)
    {
        using Items = std::remove_cvref_t<decltype(question.*Question::kAskedFor)>;
        std::vector<ListedAnswer<typename Items::value_type, Value>> values;
        const ExchangeOf* other = nullptr;
        for (const Exchange* exchange : held)
        {
            const auto& one = static_cast<const ExchangeOf&>(*exchange);
            if (one.answer)
            {
                values.push_back({one.question.*Question::kAskedFor, *one.answer});
            }
            else
            {
                // Where nothing could be asked, or there is nothing to ask, the list does not matter.
                other = &one;
            }
        }
        auto whole = mars::PutTogether(question.*Question::kAskedFor, values);
        if (whole)
        {
            answer = std::move(*whole);
        }
        else if (other != nullptr)
        {
            answer = other->answer;
        }
        return whole || other != nullptr;
    }
    else
    {
        return false;
    }
}

template <class Question>
void ExchangeOf<Question>::WriteQuestion(pugi::xml_node parent) const
{
    WriteXml(parent.append_child(std::string(Question::kName).c_str()), question);
}

template <class Question>
void ExchangeOf<Question>::WriteAnswer(pugi::xml_node parent) const
{
    AppendAnswer(parent, answer);
}

template <class Question>
bool ExchangeOf<Question>::ReadQuestion(const pugi::xml_node& node, int format)
{
    question = Question{};
    const bool good = ReadXml(node, question, format);
    if (!good)
    {
        answer = Failure{code::kInvalidData, std::string(Question::kName)};
    }
    return good;
}

template <class Question>
bool ExchangeOf<Question>::ReadAnswer(const pugi::xml_node& node, int format)
{
    answer = AnswerFromXml<Value>(node, format);
    const bool saysWhy = node.name() == std::string_view("failed") && node.attribute("code").as_uint() != 0;
    return !answer.HasFailed() || saysWhy;
}

template <class Question>
void ExchangeOf<Question>::VisitQuestion(TextVisitor& visitor)
{
    ForEachText(question, [&](auto& text) { visitor.Visit(text); });
}

template <class Question>
void ExchangeOf<Question>::VisitAnswer(TextVisitor& visitor)
{
    if (answer)
    {
        ForEachText(*answer, [&](auto& text) { visitor.Visit(text); });
    }
}

} // namespace mars
