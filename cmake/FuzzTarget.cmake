# SPDX-License-Identifier: Apache-2.0
#
# offhook_fuzz_target(name source...): a libFuzzer target, for use under if(OFFHOOK_FUZZ).
#
# Call it in tests/<subject>/fuzz/CMakeLists.txt. Its kept corpus is corpus/<name> beside that file; inputs that once
# failed belong there. It becomes the executable fuzz_<name>, to which libraries are linked as to any other, and the test
# fuzz.<name>, which runs for OFFHOOK_FUZZ_SECONDS seconds (environment; 10).

add_custom_target(fuzz)

function(offhook_fuzz_target name)
    set(target fuzz_${name})
    add_executable(${target} ${ARGN})
    target_link_libraries(${target} PRIVATE offhook_warnings)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzz ${target})

    set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
    if(NOT IS_DIRECTORY ${corpus})
        message(FATAL_ERROR "The fuzz target ${name} has no kept corpus: put at least one good input into ${corpus}.")
    endif()
    add_test(
        NAME fuzz.${name}
        COMMAND ${PROJECT_SOURCE_DIR}/scripts/run-fuzz-target $<TARGET_FILE:${target}> ${corpus}
                ${CMAKE_CURRENT_BINARY_DIR}/${name}
    )
    set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz)
endfunction()
