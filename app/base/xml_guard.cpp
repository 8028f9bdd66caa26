// SPDX-License-Identifier: MIT
#include "xml_guard.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

Failure Refused(std::string why)
{
    return {code::kInvalidData, std::move(why)};
}

/// Position after the markup that starts at `start`, which begins with `opening`; npos when `closing` is
/// missing.
std::size_t SkipMarkup(
    std::string_view text, std::size_t start, std::string_view opening, std::string_view closing)
{
    const std::size_t end = text.find(closing, start + opening.size());
    return end == std::string_view::npos ? end : end + closing.size();
}

/// Position after the tag that starts at `start`, quoted ">" skipped; npos when it does not end.
std::size_t SkipTag(std::string_view text, std::size_t start)
{
    char quote = 0;
    for (std::size_t i = start; i < text.size(); ++i)
    {
        if (quote != 0)
        {
            quote = text[i] == quote ? 0 : quote;
        }
        else if (text[i] == '"' || text[i] == '\'')
        {
            quote = text[i];
        }
        else if (text[i] == '>')
        {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

/// Counts the nesting without recursion. What it cannot follow is refused too.
Status CheckNesting(std::string_view text, int deepest)
{
    int depth = 0;
    for (std::size_t i = text.find('<'); i != std::string_view::npos && i < text.size();
         i = text.find('<', i))
    {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("<!--"))
        {
            i = SkipMarkup(text, i, "<!--", "-->");
        }
        else if (rest.starts_with("<![CDATA["))
        {
            i = SkipMarkup(text, i, "<![CDATA[", "]]>");
        }
        else if (rest.starts_with("<?"))
        {
            i = SkipMarkup(text, i, "<?", "?>");
        }
        else if (rest.starts_with("<!"))
        {
            return Refused("document type");
        }
        else
        {
            const bool closing = rest.starts_with("</");
            const std::size_t end = SkipTag(text, i);
            const bool empty = end != std::string_view::npos && text[end - 2] == '/';
            depth += closing ? -1 : empty ? 0 : 1;
            if (depth > deepest)
            {
                return Refused(fmt::format("nested deeper than {}", deepest));
            }
            i = end;
        }
    }
    return Status::Done();
}

Status CheckBefore(std::string_view text, std::size_t largest, int deepest)
{
    if (text.size() > largest)
    {
        return Refused(fmt::format("larger than {} bytes", largest));
    }
    return CheckNesting(text, deepest);
}

Status StatusOf(const pugi::xml_parse_result& result)
{
    return result ? Status::Done()
                  : Refused(fmt::format("{} at byte {}", result.description(), result.offset));
}

constexpr unsigned kOptions = pugi::parse_default | pugi::parse_ws_pcdata_single;
/// Said, not guessed: a guess could read the text in another way than the count of its nesting did.
constexpr pugi::xml_encoding kEncoding = pugi::encoding_utf8;

} // namespace

Status ParseGuarded(std::string_view text, std::size_t largest, int deepest, pugi::xml_document& document)
{
    const Status before = CheckBefore(text, largest, deepest);
    return before ? StatusOf(document.load_buffer(text.data(), text.size(), kOptions, kEncoding)) : before;
}

Status ParseGuardedInPlace(std::string& text, std::size_t largest, int deepest, pugi::xml_document& document)
{
    const Status before = CheckBefore(text, largest, deepest);
    return before ? StatusOf(document.load_buffer_inplace(text.data(), text.size(), kOptions, kEncoding))
                  : before;
}

} // namespace mars
