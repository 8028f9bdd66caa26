# SPDX-License-Identifier: MIT
# Knowledge and translations become part of the program:
#
#   resources/locale/LINGUAS + <language>/*.po   -> build/locale/<language>.po     one catalogue per language
#   knowledge/**/*.xml + those catalogues        -> build/knowledge/**/*.xml       texts followed by xml:lang siblings
#   all of it                                    -> build/generated/*.cpp          bytes in the program

find_program(MARS_MSGCAT msgcat REQUIRED)
find_program(MARS_MSGFMT msgfmt REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(mars_knowledge target)
    set(locale "${CMAKE_BINARY_DIR}/locale")
    set(merged "${CMAKE_BINARY_DIR}/knowledge")
    set(its "${CMAKE_SOURCE_DIR}/resources/its/knowledge.its" "${CMAKE_SOURCE_DIR}/resources/its/knowledge.loc")
    file(MAKE_DIRECTORY "${locale}")

    # Several people translate at once, so each area has a fragment of its own; the catalogue is their sum.
    set(linguas "${CMAKE_SOURCE_DIR}/resources/locale/LINGUAS")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${linguas}")
    file(STRINGS "${linguas}" languages)
    set(catalogues "")
    set(translations "")
    foreach(language IN LISTS languages)
        file(GLOB fragments CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/resources/locale/${language}/*.po")
        add_custom_command(OUTPUT "${locale}/${language}.po"
            COMMAND "${MARS_MSGCAT}" --use-first --no-location --force-po -o "${locale}/${language}.po" ${fragments}
            DEPENDS ${fragments}
            COMMENT "Collecting translations: ${language}" VERBATIM)
        add_custom_command(OUTPUT "${locale}/${language}.mo"
            COMMAND "${MARS_MSGFMT}" -o "${locale}/${language}.mo" "${locale}/${language}.po"
            DEPENDS "${locale}/${language}.po" VERBATIM)
        list(APPEND catalogues "${locale}/${language}.po")
        list(APPEND translations "${language}.mo")
    endforeach()
    configure_file("${linguas}" "${locale}/LINGUAS" COPYONLY)

    file(GLOB_RECURSE names CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}/knowledge"
        "${CMAKE_SOURCE_DIR}/knowledge/*.xml")
    foreach(name IN LISTS names)
        cmake_path(GET name PARENT_PATH folder)
        file(MAKE_DIRECTORY "${merged}/${folder}")
        add_custom_command(OUTPUT "${merged}/${name}"
            COMMAND "${CMAKE_COMMAND}" -E env "GETTEXTDATADIRS=${CMAKE_SOURCE_DIR}/resources"
                "${MARS_MSGFMT}" --xml "--template=${CMAKE_SOURCE_DIR}/knowledge/${name}"
                -d "${locale}" -o "${merged}/${name}"
            DEPENDS "${CMAKE_SOURCE_DIR}/knowledge/${name}" ${catalogues} ${its}
            COMMENT "Translating ${name}" VERBATIM)
    endforeach()

    mars_embed("${CMAKE_BINARY_DIR}/generated/embedded_knowledge.cpp" embedded.h EmbeddedKnowledge "${merged}" ${names})
    mars_embed("${CMAKE_BINARY_DIR}/generated/embedded_translations.cpp" embedded.h EmbeddedTranslations
        "${locale}" ${translations})
    add_library(${target} STATIC
        "${CMAKE_BINARY_DIR}/generated/embedded_knowledge.cpp"
        "${CMAKE_BINARY_DIR}/generated/embedded_translations.cpp")
    # Data alone: the engine links this, not the other way round.
    target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/app/engine")
    target_link_libraries(${target} PUBLIC mars_base)
endfunction()

# mars_embed(OUTPUT HEADER FUNCTION BASE name...): a source whose FUNCTION, which HEADER declares, returns the files
# BASE/name.
function(mars_embed output header function base)
    set(files ${ARGN})
    list(TRANSFORM files PREPEND "${base}/")
    # The list changes with the files, and a command line has an end.
    set(list "${output}.list")
    string(REPLACE ";" "\n" lines "${ARGN}")
    mars_write("${list}" "${lines}\n")
    set(scripts "${CMAKE_SOURCE_DIR}/resources/cmake")
    set(packed "${output}.packed")
    add_custom_command(OUTPUT "${output}" BYPRODUCTS "${packed}"
        COMMAND Python3::Interpreter "${scripts}/pack.py" "${packed}" "${base}" "${list}"
        COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DHEADER=${header}" "-DFUNCTION=${function}" "-DBASE=${base}"
            "-DLIST=${list}" "-DPACKED=${packed}" "-DCHARACTERS=$<BOOL:${MSVC}>" -P "${scripts}/embed.cmake"
        DEPENDS ${files} "${list}" "${scripts}/pack.py" "${scripts}/embed.cmake"
        COMMENT "Embedding ${function}" VERBATIM)
endfunction()
