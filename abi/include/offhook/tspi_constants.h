// SPDX-License-Identifier: Apache-2.0

// The constants that only the provider interface adds, by family. Values are Windows' own.

#ifndef OFFHOOK_TSPI_CONSTANTS_H
#define OFFHOOK_TSPI_CONSTANTS_H

#include "offhook/tapi_constants.h"
#include "offhook/tapi_version.h"

// What dwKey of LINECALLQOSINFO must hold.
#if TAPI_CURRENT_VERSION >= 0x00030000
#define LINEQOSSTRUCT_KEY 0x4C51534BU
#endif

// Messages that only providers send, numbered from TSPI_MESSAGE_BASE. p1 to p3 are dwParam1 to dwParam3 of
// LINEEVENT.

// not a message
#define TSPI_MESSAGE_BASE           0x000001F4U
// a call that the application did not make: p1 HDRVCALL, p2 LPHTAPICALL, where the service writes its handle or
// NULL
#define LINE_NEWCALL                0x000001F4U
// extension event of a call; applications get LINE_DEVSPECIFIC
#define LINE_CALLDEVSPECIFIC        0x000001F5U
// extension event of a call; applications get LINE_DEVSPECIFICFEATURE
#define LINE_CALLDEVSPECIFICFEATURE 0x000001F6U
#if TAPI_CURRENT_VERSION >= 0x00020000
// start a dialog: htLine is the HPROVIDER, p1 pointer to TUISPICREATEDIALOGINSTANCEPARAMS
#define LINE_CREATEDIALOGINSTANCE   0x000001F7U
// htLine is the HTAPIDIALOGINSTANCE, p1 data (NULL: close the dialog), p2 its size in bytes
#define LINE_SENDDIALOGINSTANCEDATA 0x000001F8U
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
// p1 HTAPIMSPLINE (0: all), p2 buffer, p3 its size in bytes
#define LINE_SENDMSPDATA            0x000001F9U
// quality of service changed: p1 event, p2 media mode
#define LINE_QOSINFO                0x000001FAU
#endif

// What a provider tells about itself in TSPI_providerInit.
#define LINETSPIOPTION_NONREENTRANT 0x00000001U // enter the provider with one call at a time

// What a user-interface library's block is about: the meaning of dwObjectID.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define TUISPIDLL_OBJECT_LINEID         0x00000001U // a line device id
#define TUISPIDLL_OBJECT_PHONEID        0x00000002U // a phone device id
#define TUISPIDLL_OBJECT_PROVIDERID     0x00000003U // a permanent provider id
#define TUISPIDLL_OBJECT_DIALOGINSTANCE 0x00000004U // a dialog instance
#endif

// What a provider's private object belongs to.
#define PRIVATEOBJECT_NONE    0x00000001U // nothing
#define PRIVATEOBJECT_CALLID  0x00000002U // a call id
#define PRIVATEOBJECT_LINE    0x00000003U // a line
#define PRIVATEOBJECT_CALL    0x00000004U // a call
#define PRIVATEOBJECT_PHONE   0x00000005U // a phone
#define PRIVATEOBJECT_ADDRESS 0x00000006U // an address

// The type of a quality-of-service request: which member of LINECALLQOSINFO is valid.
#if TAPI_CURRENT_VERSION >= 0x00030000
#define LINEQOSREQUESTTYPE_SERVICELEVEL 0x00000001U // SetQOSServiceLevel
#endif

// How much quality of service is wanted.
#if TAPI_CURRENT_VERSION >= 0x00030000
#define LINEQOSSERVICELEVEL_NEEDED      0x00000001U // without it no call
#define LINEQOSSERVICELEVEL_IFAVAILABLE 0x00000002U // if it is to be had
#define LINEQOSSERVICELEVEL_BESTEFFORT  0x00000003U // none is asked for
#endif

// What happened to quality of service.
#if TAPI_CURRENT_VERSION >= 0x00030000
#define LINEEQOSINFO_NOQOS            0x00000001U // none is to be had
#define LINEEQOSINFO_ADMISSIONFAILURE 0x00000002U // the network did not admit it
#define LINEEQOSINFO_POLICYFAILURE    0x00000003U // policy forbids it
#define LINEEQOSINFO_GENERICERROR     0x00000004U // another error
#endif

#endif // OFFHOOK_TSPI_CONSTANTS_H
