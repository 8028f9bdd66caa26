// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>
#include <tuple>
#include <utility>

namespace mars
{

/// One named member of a question, an answer or a change. A type lists its members once, by MARS_FIELDS at
/// the end of this file, and gets recording, redaction, journal and memo keys from that list. The list is a
/// template so that only files that use it compile it.
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

namespace detail
{
template <class... Words>
constexpr auto ListWords(const Words&... words)
{
    return std::array{std::string_view(words)...};
}
} // namespace detail

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

namespace detail
{

/// "displayName" -> "display_name", at compile time.
template <std::size_t Size>
struct SnakeCase
{
    std::array<char, 2 * Size> text{};
    std::size_t size = 0;

    constexpr explicit SnakeCase(const char (&name)[Size])
    {
        for (std::size_t i = 0; i + 1 < Size; ++i)
        {
            const char c = name[i];
            if (c >= 'A' && c <= 'Z')
            {
                text[size++] = '_';
            }
            text[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
};

template <SnakeCase Name>
constexpr std::string_view SnakeName()
{
    return {Name.text.data(), Name.size};
}

} // namespace detail

} // namespace mars

// Applies a macro to each of up to 64 arguments.
#define MARS_PARENS ()
#define MARS_EXPAND(...) MARS_EXPAND3(MARS_EXPAND3(MARS_EXPAND3(MARS_EXPAND3(__VA_ARGS__))))
#define MARS_EXPAND3(...) MARS_EXPAND2(MARS_EXPAND2(MARS_EXPAND2(MARS_EXPAND2(__VA_ARGS__))))
#define MARS_EXPAND2(...) MARS_EXPAND1(MARS_EXPAND1(MARS_EXPAND1(MARS_EXPAND1(__VA_ARGS__))))
#define MARS_EXPAND1(...) __VA_ARGS__
#define MARS_EACH(macro, owner, ...) __VA_OPT__(MARS_EXPAND(MARS_EACH_ONE(macro, owner, __VA_ARGS__)))
#define MARS_EACH_ONE(macro, owner, first, ...) \
    macro(owner, first) __VA_OPT__(, MARS_EACH_AGAIN MARS_PARENS(macro, owner, __VA_ARGS__))
#define MARS_EACH_AGAIN() MARS_EACH_ONE

// A member, or a member in brackets with what is to be said of it: (notAsked, Since{2}).
#define MARS_PICK(a, b, ...) b
#define MARS_PROBE(...) ~, MARS_FIELD_WITH
#define MARS_CHOOSE(...) MARS_PICK(__VA_ARGS__)
#define MARS_FIELD(owner, item) MARS_CHOOSE(MARS_PROBE item, MARS_FIELD_PLAIN, ~)(owner, item)
#define MARS_UNWRAP(...) __VA_ARGS__
#define MARS_FIELD_PLAIN(owner, member) MARS_FIELD_OF(owner, member)
#define MARS_FIELD_WITH(owner, item) MARS_FIELD_APPLY(owner, MARS_UNWRAP item)
#define MARS_FIELD_APPLY(...) MARS_FIELD_OF(__VA_ARGS__)
#define MARS_FIELD_OF(owner, member, ...) \
    ::mars::MakeField(::mars::detail::SnakeName<::mars::detail::SnakeCase(#member)>(), \
        &owner::member __VA_OPT__(, ) __VA_ARGS__)

/// The list of a type's members, inside it; see Field. In files a member is called by its name in small
/// letters: "displayName" is <display_name>.
#define MARS_FIELDS(owner, ...) \
    template <class = void> \
    static constexpr auto Fields() \
    { \
        return std::tuple(MARS_EACH(MARS_FIELD, owner, __VA_ARGS__)); \
    } \
    static_assert(true)

/// For a type without members.
#define MARS_NO_FIELDS() \
    template <class = void> \
    static constexpr auto Fields() \
    { \
        return std::tuple(); \
    } \
    static_assert(true)

/// The words of an enumeration, in the order of its values, in namespace mars; see EnumWords.
#define MARS_WORDS(enumeration, ...) \
    template <> \
    struct EnumWords<enumeration> \
    { \
        static constexpr auto Words() \
        { \
            return detail::ListWords(__VA_ARGS__); \
        } \
    }
