// SPDX-License-Identifier: Apache-2.0

// Handles and callbacks of the provider side (TSPI).

#ifndef OFFHOOK_TSPI_TYPES_H
#define OFFHOOK_TSPI_TYPES_H

#include "offhook/tapi_types.h"

// Every TSPI function is exported under this convention.
#ifdef _WIN32
#define TSPIAPI WINAPI
#else
#define TSPIAPI
#endif

// A pointer-sized handle whose value only its maker can interpret.
#define OFFHOOK_DECLARE_OPAQUE(name)                                                                                   \
    struct name##__;                                                                                                   \
    typedef const struct name##__ *name;                                                                               \
    typedef name *LP##name

#ifdef __cplusplus
extern "C" {
#endif

// Names a request that the provider completes later, by the completion procedure. Never zero.
typedef DWORD DRV_REQUESTID;

// The provider's own names for what it holds.
OFFHOOK_DECLARE_OPAQUE(HDRVLINE);
OFFHOOK_DECLARE_OPAQUE(HDRVPHONE);
OFFHOOK_DECLARE_OPAQUE(HDRVCALL);

// The service's names for the same things: the provider stores them and sends them back with its events.
OFFHOOK_DECLARE_OPAQUE(HTAPILINE);
OFFHOOK_DECLARE_OPAQUE(HTAPIPHONE);
OFFHOOK_DECLARE_OPAQUE(HTAPICALL);

#if TAPI_CURRENT_VERSION >= 0x00010004
// The service's name for this provider, given by TSPI_providerEnumDevices.
OFFHOOK_DECLARE_OPAQUE(HPROVIDER);
#endif

#if TAPI_CURRENT_VERSION >= 0x00020000
// A dialog that a provider started: the provider's name for it, and the service's.
OFFHOOK_DECLARE_OPAQUE(HDRVDIALOGINSTANCE);
typedef DWORD HTAPIDIALOGINSTANCE;
typedef HTAPIDIALOGINSTANCE *LPHTAPIDIALOGINSTANCE;
#endif

#if TAPI_CURRENT_VERSION >= 0x00030000
// A media provider's instance for a line: the provider's name for it, and the service's.
OFFHOOK_DECLARE_OPAQUE(HDRVMSPLINE);
typedef DWORD HTAPIMSPLINE;
typedef HTAPIMSPLINE *LPHTAPIMSPLINE;
#endif

// Completes an asynchronous request: lResult is 0 or a negative error. Exactly once for each request whose
// function returned the request's id; it may be called before that function has returned.
typedef void(CALLBACK *ASYNC_COMPLETION)(DRV_REQUESTID dwRequestID, LONG lResult);

// Reports an event of a line (htCall is NULL) or of a call. The pointer comes from TSPI_lineOpen, or from
// TSPI_providerEnumDevices for LINE_CREATE.
typedef void(CALLBACK *LINEEVENT)(HTAPILINE htLine, HTAPICALL htCall, DWORD dwMsg, DWORD_PTR dwParam1,
                                  DWORD_PTR dwParam2, DWORD_PTR dwParam3);

// Reports an event of a phone. The pointer comes from TSPI_phoneOpen, or from TSPI_providerEnumDevices for
// PHONE_CREATE.
typedef void(CALLBACK *PHONEEVENT)(HTAPIPHONE htPhone, DWORD dwMsg, DWORD_PTR dwParam1, DWORD_PTR dwParam2,
                                   DWORD_PTR dwParam3);

#if TAPI_CURRENT_VERSION >= 0x00020000
// A provider's user-interface library talks to the provider through this: each call becomes one
// TSPI_providerGenericDialogData, which may change the block; the changed block is copied back. dwObjectType is a
// TUISPIDLL_OBJECT_ value that fits the running function, dwObjectID the object it names.
// Errors: LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
typedef LONG(CALLBACK *TUISPIDLLCALLBACK)(DWORD_PTR dwObjectID, DWORD dwObjectType, LPVOID lpParams, DWORD dwSize);
#endif

#ifdef __cplusplus
}
#endif

#endif // OFFHOOK_TSPI_TYPES_H
