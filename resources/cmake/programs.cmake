# SPDX-License-Identifier: MIT
# The two programs, their resources, and the variants that run under Wine.

if(WIN32)
    enable_language(RC)
    find_program(MARS_RSVG_CONVERT rsvg-convert REQUIRED)
    find_program(MARS_ICOTOOL icotool REQUIRED)
endif()

mars_write("${CMAKE_BINARY_DIR}/generated/version.h" "// Made by CMake from the version in CMakeLists.txt.
#pragma once

namespace mars
{

inline constexpr char kToolName[] = \"mars-wizard\";
inline constexpr char kToolVersion[] = \"${PROJECT_VERSION}\";

} // namespace mars
")

# wxWidgets, with its headers as system headers: its warnings are not ours to mend.
macro(mars_find_wx)
    find_package(wxWidgets CONFIG REQUIRED COMPONENTS core base)
    add_library(mars_wx INTERFACE)
    mars_delay_load(mars_wx wx::core wx::base)
    mars_icons(mars_icons)
endmacro()

# Pictures: each SVG as PNGs of the sizes that Windows scales to, embedded as "name-SIZE.png".
function(mars_icons target)
    file(GLOB drawings CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/resources/icons/*.svg")
    set(folder "${CMAKE_BINARY_DIR}/icons")
    file(MAKE_DIRECTORY "${folder}")
    set(names "")
    foreach(drawing IN LISTS drawings)
        cmake_path(GET drawing STEM stem)
        foreach(size IN ITEMS 16 20 24 32 40 48 64)
            mars_picture("${drawing}" ${size} "${folder}/${stem}-${size}.png")
            list(APPEND names "${stem}-${size}.png")
        endforeach()
    endforeach()
    mars_embed("${CMAKE_BINARY_DIR}/generated/embedded_icons.cpp" embedded_icons.h EmbeddedIcons "${folder}" ${names})
    add_library(${target} STATIC "${CMAKE_BINARY_DIR}/generated/embedded_icons.cpp")
    target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/app/engine" "${CMAKE_SOURCE_DIR}/wizard_pages")
    target_link_libraries(${target} PUBLIC mars_base)
endfunction()

function(mars_picture drawing size output)
    add_custom_command(OUTPUT "${output}"
        COMMAND "${MARS_RSVG_CONVERT}" -w ${size} -h ${size} -o "${output}" "${drawing}"
        DEPENDS "${drawing}" VERBATIM)
endfunction()

# The program's icon file, from its drawing.
function(mars_program_icon output)
    set(drawing "${CMAKE_SOURCE_DIR}/resources/icons/mars-wizard.svg")
    file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/icons")
    set(pictures "")
    foreach(size IN ITEMS 16 20 24 32 40 48 64)
        list(APPEND pictures "${CMAKE_BINARY_DIR}/icons/mars-wizard-${size}.png")
    endforeach()
    set(large "${CMAKE_BINARY_DIR}/icons/mars-wizard-256.png")
    mars_picture("${drawing}" 256 "${large}")
    add_custom_command(OUTPUT "${output}"
        COMMAND "${MARS_ICOTOOL}" -c -o "${output}" ${pictures} "--raw=${large}"
        DEPENDS ${pictures} "${large}" VERBATIM)
endfunction()

# mars_program(NAME MAIN file LINKS target... [DESCRIPTION text] [GUI])
#
# With Windows there is a second one of the same name in <build>/wine for the tests: Wine does not keep the owners
# of files, so that one accepts a journal folder of the prefix's user, and the authority that signs the tests' files
# as Microsoft's, which the released program never does. It also makes the calls first that Wine does not bear from
# several threads at once.
function(mars_program name)
    cmake_parse_arguments(program "GUI" "MAIN;DESCRIPTION" "LINKS" ${ARGN})
    set(main "${CMAKE_SOURCE_DIR}/${program_MAIN}")
    if(NOT EXISTS "${main}")
        return()
    endif()

    set(variants ${name})
    if(WIN32)
        list(APPEND variants ${name}-wine)
    endif()
    foreach(variant IN LISTS variants)
        set(own "${CMAKE_SOURCE_DIR}/app/journal_owners.cpp")
        if(variant MATCHES "-wine$")
            set(own "${CMAKE_SOURCE_DIR}/tests/windows/wine_journal_owners.cpp"
                "${CMAKE_SOURCE_DIR}/tests/windows/wine_microsoft_roots.cpp"
                "${CMAKE_SOURCE_DIR}/tests/windows/wine_first_calls.cpp")
        endif()
        add_executable(${variant} "${main}" ${own})
        target_link_libraries(${variant} PRIVATE ${program_LINKS} mars_compiler)
        target_include_directories(${variant} PRIVATE "${CMAKE_SOURCE_DIR}/app")
        if(variant MATCHES "-wine$")
            set_target_properties(${variant} PROPERTIES OUTPUT_NAME ${name}
                RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/wine")
        endif()
        if(WIN32)
            mars_program_resources(${variant} ${name} "${program_DESCRIPTION}")
            file(STRINGS "${main}" wide REGEX "wmain|wWinMain")
            if(wide AND NOT MSVC)
                target_link_options(${variant} PRIVATE -municode)
            endif()
            set_target_properties(${variant} PROPERTIES WIN32_EXECUTABLE ${program_GUI})
        endif()
    endforeach()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${main}")
    # `cmake --install --strip` makes dist/.
    install(TARGETS ${name} RUNTIME DESTINATION .)
endfunction()

function(mars_program_resources target name description)
    set(MARS_NAME "${name}")
    set(MARS_DESCRIPTION "${description}")
    set(MARS_MANIFEST "${CMAKE_SOURCE_DIR}/resources/${name}.manifest")
    set(MARS_ICON "${CMAKE_BINARY_DIR}/icons/mars-wizard.ico")
    set(script "${CMAKE_BINARY_DIR}/generated/${name}.rc")
    configure_file("${CMAKE_SOURCE_DIR}/resources/app.rc.in" "${script}" @ONLY)
    target_sources(${target} PRIVATE "${script}")
    set_property(SOURCE "${script}" APPEND PROPERTY OBJECT_DEPENDS "${MARS_MANIFEST};${MARS_ICON}")
    add_dependencies(${target} mars_icon_file)
endfunction()

function(mars_programs)
    if(WIN32)
        mars_program_icon("${CMAKE_BINARY_DIR}/icons/mars-wizard.ico")
        add_custom_target(mars_icon_file DEPENDS "${CMAKE_BINARY_DIR}/icons/mars-wizard.ico")
        # Both need the same pictures; one after the other, so that none is drawn twice at once.
        add_dependencies(mars_icons mars_icon_file)
        set(windows mars_windows)
    endif()
    mars_program(mars-check
        MAIN app/check_main.cpp
        DESCRIPTION "Checks an Azure Backup (MARS) server from a console"
        LINKS mars_console ${windows})
    if(WIN32)
        mars_program(mars-wizard GUI
            MAIN app/wizard_main.cpp
            DESCRIPTION "Azure Backup (MARS) Troubleshooter"
            LINKS mars_pages mars_windows)
    endif()
endfunction()
