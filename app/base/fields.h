// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>
#include <tuple>
#include <utility>

namespace mars
{

/// One named member of a question, an answer or a change. A type lists its members once, in
/// `template <class = void> static constexpr auto Fields()`, and gets recording, redaction, journal and memo
/// keys from that list. It is a template so that only files that use the list compile it: the lists of all
/// questions cost two seconds in each file otherwise.
template <class Owner, class Member>
struct Field
{
    std::string_view name;
    Member Owner::*member;
    int since;
};

/// The file format (file_format.h) that a member first appears in. A file of an earlier format does not hold
/// the member and gives the value that the type has by default, so that value must mean "not known" or "as
/// it was before there was this member".
struct Since
{
    int format;
};

template <class Owner, class Member>
constexpr Field<Owner, Member> MakeField(std::string_view name, Member Owner::*member, Since since = Since{1})
{
    return {name, member, since.format};
}

template <class T>
concept HasFields = requires
{
    T::Fields();
};

/// Calls visit(field) for each member of T, in the order of the list.
template <class T, class Visitor>
void ForEachFieldOf(Visitor&& visit)
{
    std::apply([&](const auto&... field) { (visit(field), ...); }, std::remove_const_t<T>::Fields());
}

/// Calls visit(name, member) for each member of `object`, in the order of the list.
template <class T, class Visitor>
void ForEachField(T& object, Visitor&& visit)
{
    ForEachFieldOf<T>([&](const auto& field) { visit(field.name, object.*(field.member)); });
}

/// The stable words of an enumeration, in JSON, recordings and journals. Specialise with `Words()`, an array
/// with one word for each value, in the order of the values, which start at 0. A function: GCC 12 puts a
/// constant of this kind into a read-only section in one file and into a writable one in another, which the
/// linker for Windows refuses.
template <class E>
struct EnumWords;

template <class E>
constexpr std::string_view WordOf(E value)
{
    return EnumWords<E>::Words()[static_cast<std::size_t>(value)];
}

/// False when `word` names no value; `value` is then untouched.
template <class E>
constexpr bool FromWord(std::string_view word, E& value)
{
    constexpr auto words = EnumWords<E>::Words();
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        if (words[i] == word)
        {
            value = static_cast<E>(i);
            return true;
        }
    }
    return false;
}

} // namespace mars
