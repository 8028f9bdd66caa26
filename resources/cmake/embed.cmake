# SPDX-License-Identifier: MIT
# cmake -DOUTPUT=x.cpp -DHEADER=y.h -DFUNCTION=Name -DBASE=folder -DLIST=file [-DCHARACTERS=ON] -P embed.cmake
#
# Writes a source in which Name() returns the files that LIST names, one a line, relative to BASE. The bytes are
# written as string literals: compilers take them many times faster than lists of characters, which CHARACTERS asks
# for because Visual C++ knows no literal of more than 65,535 bytes.

cmake_minimum_required(VERSION 3.25)

file(STRINGS "${LIST}" names)

set(bytes "")
set(table "")
set(count 0)
foreach(name IN LISTS names)
    file(READ "${BASE}/${name}" hex HEX)
    string(LENGTH "${hex}" digits)
    math(EXPR size "${digits} / 2")
    string(REGEX REPLACE "(................................................)" "\\1\n" hex "${hex}")
    if(CHARACTERS)
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," hex "${hex}")
        string(APPEND bytes "constexpr char kFile${count}[] = {\n${hex}'\\0'};\n\n")
    else()
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
        string(REPLACE "\n" "\"\n    \"" hex "${hex}")
        string(APPEND bytes "constexpr char kFile${count}[] =\n    \"${hex}\";\n\n")
    endif()
    string(APPEND table "        EmbeddedFile{\"${name}\", std::string_view(kFile${count}, ${size})},\n")
    math(EXPR count "${count} + 1")
endforeach()

file(WRITE "${OUTPUT}.new" "// Made by resources/cmake/embed.cmake; do not edit.
#include \"${HEADER}\"

#include <array>

namespace mars
{

namespace
{

${bytes}} // namespace

std::span<const EmbeddedFile> ${FUNCTION}()
{
    static constexpr std::array<EmbeddedFile, ${count}> files{
${table}    };
    return files;
}

} // namespace mars
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
