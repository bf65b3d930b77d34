# SPDX-License-Identifier: Apache-2.0

# offhook_provider_library(target name): makes a library a provider, <name>.tsp, exporting the interface alone.
function(offhook_provider_library target name)
    set(exports ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/exports.map)
    set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME ${name} SUFFIX .tsp CXX_VISIBILITY_PRESET hidden
                                               LINK_DEPENDS ${exports})
    target_link_options(${target} PRIVATE -Wl,--version-script=${exports})
    if(NOT OFFHOOK_SANITIZE OR OFFHOOK_SANITIZE STREQUAL "none") # a sanitizer's symbols come from the host
        target_link_options(${target} PRIVATE -Wl,-z,defs)
    endif()
endfunction()
