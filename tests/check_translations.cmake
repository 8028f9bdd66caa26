# SPDX-License-Identifier: MIT
# cmake -DROOT= -DLANGUAGE= -DCATALOGUE=merged.po -DWORK= -P check_translations.cmake

cmake_minimum_required(VERSION 3.25)
include("${ROOT}/resources/cmake/messages.cmake")
find_program(MARS_MSGCAT msgcat REQUIRED)
find_program(MARS_MSGMERGE msgmerge REQUIRED)
find_program(MARS_MSGATTRIB msgattrib REQUIRED)
find_program(MARS_MSGFMT msgfmt REQUIRED)

file(MAKE_DIRECTORY "${WORK}")
mars_message_areas("${ROOT}" areas)
set(pots "")
foreach(area IN LISTS areas)
    mars_extract_messages("${ROOT}" "${area}" "${WORK}/${area}.pot")
    if(EXISTS "${WORK}/${area}.pot")
        list(APPEND pots "${WORK}/${area}.pot")
    endif()
endforeach()
if(NOT pots)
    message(FATAL_ERROR "no message was found in the sources")
endif()
execute_process(COMMAND "${MARS_MSGCAT}" --use-first -o "${WORK}/all.pot" ${pots} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${MARS_MSGMERGE}" --quiet --no-fuzzy-matching -o "${WORK}/${LANGUAGE}.po"
    "${CATALOGUE}" "${WORK}/all.pot" COMMAND_ERROR_IS_FATAL ANY)

# Named placeholders look like Python's, so gettext can tell whether a translation lost or invented one. A label
# that has an access key in English has one in every language.
file(READ "${WORK}/${LANGUAGE}.po" text)
string(REGEX REPLACE "\nmsgid \"" "\n#, python-brace-format\nmsgid \"" text "${text}")
file(WRITE "${WORK}/${LANGUAGE}-flagged.po" "${text}")
execute_process(COMMAND "${MARS_MSGFMT}" --check-format "--check-accelerators=&" --statistics -o "${WORK}/${LANGUAGE}.mo"
    "${WORK}/${LANGUAGE}-flagged.po" COMMAND_ERROR_IS_FATAL ANY)

foreach(kind IN ITEMS untranslated only-fuzzy)
    execute_process(COMMAND "${MARS_MSGATTRIB}" --${kind} --no-obsolete --no-wrap "${WORK}/${LANGUAGE}.po"
        OUTPUT_VARIABLE found COMMAND_ERROR_IS_FATAL ANY)
    if(found)
        message("${found}")
        message(SEND_ERROR "${LANGUAGE}: ${kind} messages; `./dev translations` brings the fragments up to date")
    endif()
endforeach()
