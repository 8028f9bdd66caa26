// SPDX-License-Identifier: MIT
#include "questions/all.h"

namespace mars
{

namespace
{

template <class... Questions>
std::unique_ptr<Exchange> MakeOneOf(std::string_view name, QuestionList<Questions...>)
{
    std::unique_ptr<Exchange> made;
    static_cast<void>(
        ((name == Questions::kName && (made = std::make_unique<ExchangeOf<Questions>>(), true)) || ...));
    return made;
}

} // namespace

std::unique_ptr<Exchange> MakeExchange(std::string_view name)
{
    return MakeOneOf(name, AllQuestions{});
}

} // namespace mars
