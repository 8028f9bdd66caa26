# SPDX-License-Identifier: MIT
# Which files hold messages, by area, and how they are extracted: for `./dev translations` and its test.
#
# An area is a folder of knowledge/, a file directly in knowledge/, or the C++ of the wizard. Each has a fragment of
# its own in resources/locale/<language>/, so that people who work on different areas never meet in one file.

find_program(MARS_XGETTEXT xgettext REQUIRED)

# mars_message_areas(ROOT RESULT): the names of all areas.
function(mars_message_areas root result)
    set(areas wizard)
    file(GLOB entries RELATIVE "${root}/knowledge" "${root}/knowledge/*")
    foreach(entry IN LISTS entries)
        if(IS_DIRECTORY "${root}/knowledge/${entry}")
            list(APPEND areas "${entry}")
        elseif(entry MATCHES "^(.*)\\.xml$")
            list(APPEND areas "${CMAKE_MATCH_1}")
        endif()
    endforeach()
    set(${result} ${areas} PARENT_SCOPE)
endfunction()

# mars_extract_messages(ROOT AREA POT): writes the messages of an area; the file is absent if there are none.
function(mars_extract_messages root area pot)
    file(REMOVE "${pot}")
    set(options --from-code=UTF-8 --add-comments=TRANSLATORS: --add-location=file --package-name=mars-wizard
        --width=110 -o "${pot}")
    if(area STREQUAL "wizard")
        file(GLOB_RECURSE files RELATIVE "${root}" "${root}/wizard_pages/*.cpp" "${root}/wizard_pages/*.h"
            "${root}/app/wizard_main.cpp")
        list(APPEND options --language=C++ -k_ -kwxTRANSLATE -kwxPLURAL:1,2 -kwxGETTEXT_IN_CONTEXT:1c,2)
    else()
        file(GLOB_RECURSE files RELATIVE "${root}" "${root}/knowledge/${area}/*.xml" "${root}/knowledge/${area}.xml")
        list(FILTER files INCLUDE REGEX "^knowledge/${area}(/.*)?[./]")
        list(APPEND options "--its=${root}/resources/its/knowledge.its")
    endif()
    list(SORT files)
    if(NOT files)
        return()
    endif()
    execute_process(COMMAND "${MARS_XGETTEXT}" ${options} ${files} WORKING_DIRECTORY "${root}"
        COMMAND_ERROR_IS_FATAL ANY)
endfunction()
