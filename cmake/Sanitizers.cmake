# SPDX-License-Identifier: Apache-2.0
#
# OFFHOOK_SANITIZE: what the whole build is instrumented with. OFFHOOK_FUZZ: libraries are instrumented for libFuzzer
# too, and offhook_fuzz_target() makes targets.

set(OFFHOOK_SANITIZE "none" CACHE STRING "none, address (with undefined) or thread")
option(OFFHOOK_FUZZ "Build the fuzz targets (needs clang)" OFF)

if(OFFHOOK_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "OFFHOOK_FUZZ needs clang: use the preset `fuzz`.")
    endif()
    set(OFFHOOK_SANITIZERS fuzzer-no-link,address,undefined)
elseif(OFFHOOK_SANITIZE STREQUAL "address")
    set(OFFHOOK_SANITIZERS address,undefined)
elseif(OFFHOOK_SANITIZE STREQUAL "thread")
    set(OFFHOOK_SANITIZERS thread)
elseif(NOT OFFHOOK_SANITIZE STREQUAL "none")
    message(FATAL_ERROR "OFFHOOK_SANITIZE is `${OFFHOOK_SANITIZE}`; it is to be none, address or thread.")
endif()

if(OFFHOOK_SANITIZERS)
    add_compile_options(-fsanitize=${OFFHOOK_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${OFFHOOK_SANITIZERS})
endif()
