// SPDX-License-Identifier: Apache-2.0

// The version of the interface that a program is written for. A program defines TAPI_CURRENT_VERSION before it
// includes a telephony header; what later versions added is then hidden, and structures have the size they had in
// that version. One program uses one version throughout: a structure of two versions is two types under one name.
// Versions: 0x00010003, 0x00010004, 0x00020000, 0x00020001, 0x00020002 (the default), 0x00030000, 0x00030001.

#ifndef OFFHOOK_TAPI_VERSION_H
#define OFFHOOK_TAPI_VERSION_H

#ifndef TAPI_CURRENT_VERSION
#define TAPI_CURRENT_VERSION 0x00020002
#endif

#if TAPI_CURRENT_VERSION < 0x00010003
#error "TAPI_CURRENT_VERSION is below 0x00010003, the oldest version these headers describe"
#endif

#endif // OFFHOOK_TAPI_VERSION_H
