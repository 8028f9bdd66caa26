# SPDX-License-Identifier: MIT
# cmake -DROOT= -DWORK= [-DAREAS=a;b] -P update_translations.cmake
#
# Brings the fragments of every language up to date with the texts: new messages appear without a translation, those
# that nothing uses any more go.

cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/messages.cmake")
find_program(MARS_MSGMERGE msgmerge REQUIRED)
find_program(MARS_MSGATTRIB msgattrib REQUIRED)

file(STRINGS "${ROOT}/resources/locale/LINGUAS" languages)
if(NOT AREAS)
    mars_message_areas("${ROOT}" AREAS)
endif()
file(MAKE_DIRECTORY "${WORK}")
foreach(area IN LISTS AREAS)
    set(pot "${WORK}/${area}.pot")
    mars_extract_messages("${ROOT}" "${area}" "${pot}")
    foreach(language IN LISTS languages)
        set(fragment "${ROOT}/resources/locale/${language}/${area}.po")
        if(NOT EXISTS "${pot}")
            file(REMOVE "${fragment}")
            continue()
        endif()
        if(NOT EXISTS "${fragment}")
            file(WRITE "${fragment}" "# SPDX-License-Identifier: MIT
msgid \"\"
msgstr \"\"
\"Project-Id-Version: mars-wizard\\n\"
\"Language: ${language}\\n\"
\"MIME-Version: 1.0\\n\"
\"Content-Type: text/plain; charset=UTF-8\\n\"
\"Content-Transfer-Encoding: 8bit\\n\"
\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"
")
        endif()
        set(merged "${WORK}/${language}-${area}.po")
        execute_process(COMMAND "${MARS_MSGMERGE}" --quiet --no-fuzzy-matching --width=110 --add-location=file
            -o "${merged}" "${fragment}" "${pot}" COMMAND_ERROR_IS_FATAL ANY)
        execute_process(COMMAND "${MARS_MSGATTRIB}" --no-obsolete --width=110 "${merged}"
            OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
        # The date of the extraction would change the file each time and tells nobody anything.
        string(REGEX REPLACE "\"(POT-Creation-Date|PO-Revision-Date)[^\n]*\n" "" text "${text}")
        file(CONFIGURE OUTPUT "${fragment}" CONTENT "@text@" @ONLY)
    endforeach()
endforeach()
