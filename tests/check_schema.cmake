# SPDX-License-Identifier: MIT
# cmake -DXMLLINT=xmllint -DROOT=the project -DWORK=a folder for files made on the way -P check_schema.cmake

# valid(RESULT FILE...): whether the schema accepts all of them; what it says against them is in `said`.
function(valid result)
    execute_process(COMMAND "${XMLLINT}" --noout --relaxng "${ROOT}/knowledge/knowledge.rng" ${ARGN}
        RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
    string(REGEX REPLACE "[^\n]* validates\n" "" said "${said}")
    set(said "${said}" PARENT_SCOPE)
    if(code EQUAL 0)
        set(${result} TRUE PARENT_SCOPE)
    else()
        set(${result} FALSE PARENT_SCOPE)
    endif()
endfunction()

file(GLOB_RECURSE files "${ROOT}/knowledge/*.xml")
if(NOT files)
    message(FATAL_ERROR "no file in ${ROOT}/knowledge")
endif()
valid(good ${files})
if(NOT good)
    message(FATAL_ERROR "${said}")
endif()

# A word that nobody knows, and a number where a name belongs, are found.
function(must_be_refused file old new)
    file(READ "${ROOT}/knowledge/${file}" text)
    string(REPLACE "${old}" "${new}" broken "${text}")
    if(broken STREQUAL text)
        message(FATAL_ERROR "knowledge/${file} has no '${old}' any more")
    endif()
    file(WRITE "${WORK}/broken.xml" "${broken}")
    valid(good "${WORK}/broken.xml")
    if(good)
        message(FATAL_ERROR "the schema accepts '${new}' in knowledge/${file}")
    endif()
endfunction()

must_be_refused(basics/scratch_space_low.xml " when=" " whne=")
must_be_refused(basics/scratch_space_low.xml "<step " "<stepp ")
must_be_refused(basics/scratch_space_low.xml "<meaning>" "<meaning level=\"1\">")
must_be_refused(errors.xml "language=\"es\"" "language=\"xx\"")
must_be_refused(log_errors.xml "level=\"warning\"" "level=\"loud\"")
must_be_refused(interface.xml "<text id=\"word.none\">" "<text>")
