// SPDX-License-Identifier: MIT
#include "records_text.h"

#include <doctest/doctest.h>

namespace mars::test
{

TEST_CASE("records: what could not be read for the same reason is said once")
{
    Records records;
    records.unread.push_back({RecordSource::kEvents, {code::kNotSupported, "one channel"}});
    records.unread.push_back({RecordSource::kEvents, {code::kNotSupported, "another channel"}});
    records.unread.push_back({RecordSource::kEvents, {code::kAccessDenied, "a third one"}});
    const auto lines = RecordLines(records, BuiltInKnowledge(), Language::kEnglish);
    REQUIRE(lines.size() == 3);
    CHECK(lines[1] != lines[2]);
}

} // namespace mars::test
