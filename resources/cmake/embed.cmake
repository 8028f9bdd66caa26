# SPDX-License-Identifier: MIT
# cmake -DOUTPUT=x.cpp -DHEADER=y.h -DFUNCTION=Name -DBASE=folder -DLIST=file -DPACKED=file [-DCHARACTERS=ON]
#     -P embed.cmake
#
# Writes a source in which Name() returns the files that LIST names, one a line, relative to BASE, out of PACKED, which
# pack.py made of them. The bytes are written as a string literal: compilers take it many times faster than a list of
# characters, which CHARACTERS asks for because Visual C++ knows no literal of more than 65,535 bytes.

cmake_minimum_required(VERSION 3.25)

file(STRINGS "${LIST}" names)

set(table "")
set(count 0)
foreach(name IN LISTS names)
    file(SIZE "${BASE}/${name}" size)
    string(APPEND table "        PackedFiles::Entry{\"${name}\", ${size}},\n")
    math(EXPR count "${count} + 1")
endforeach()

file(READ "${PACKED}" hex HEX)
file(SIZE "${PACKED}" size)
string(REGEX REPLACE "(................................................)" "\\1\n" hex "${hex}")
if(CHARACTERS)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," hex "${hex}")
    set(bytes "constexpr char kPacked[] = {\n${hex}'\\0'};\n")
else()
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
    string(REPLACE "\n" "\"\n    \"" hex "${hex}")
    set(bytes "constexpr char kPacked[] =\n    \"${hex}\";\n")
endif()

file(WRITE "${OUTPUT}.new" "// Made by resources/cmake/embed.cmake; do not edit.
#include \"${HEADER}\"

#include <array>

namespace mars
{

namespace
{

${bytes}
} // namespace

std::span<const EmbeddedFile> ${FUNCTION}()
{
    static constexpr std::array<PackedFiles::Entry, ${count}> entries{
${table}    };
    static const PackedFiles files(std::string_view(kPacked, ${size}), entries);
    return files.Files();
}

} // namespace mars
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
