# SPDX-License-Identifier: MIT
# Every text of the product has a translation, and none of them is fuzzy or lost a placeholder.

file(STRINGS "${CMAKE_SOURCE_DIR}/resources/locale/LINGUAS" languages)
foreach(language IN LISTS languages)
    add_test(NAME "translations/${language}" COMMAND "${CMAKE_COMMAND}"
        "-DROOT=${CMAKE_SOURCE_DIR}" "-DLANGUAGE=${language}" "-DCATALOGUE=${CMAKE_BINARY_DIR}/locale/${language}.po"
        "-DWORK=${CMAKE_BINARY_DIR}/translations" -P "${CMAKE_CURRENT_SOURCE_DIR}/check_translations.cmake")
    set_tests_properties("translations/${language}" PROPERTIES LABELS native)
endforeach()
