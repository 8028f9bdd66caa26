// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

/// How a word of a pasted text and the name of an error agree, such as "CBPOperationAborted" and
/// "AADSTS500021".
namespace mars
{

/// A word and what stands around it.
struct WordInText
{
    std::string_view word;
    /// Of "Microsoft.Internal.CloudBackup": its parts are no names of errors.
    bool dotted = false;
    /// "CBPSourceSnapshot...": whoever wrote it says that it goes on.
    bool ellipsis = false;
};

/// `word` is a piece of `folded`.
WordInText LookAround(std::string_view folded, std::string_view word);

/// The same numerals in the same order, whatever stands between them: "AADSTS700027" is no "AADSTS500021".
bool HaveSameDigits(std::string_view one, std::string_view other);

/// Whether `word` is the beginning of `name` (spelled as documented, "CloudBackupJobFailed") and shows that
/// it was cut off. "CloudBackup" alone is what many things are called.
bool IsCutOff(const WordInText& word, std::string_view name);

/// Whether `word` is `name` (folded) with something behind it: "CBPOperationAbortedException".
bool GoesOnBehind(std::string_view word, std::string_view name);

} // namespace mars
