// SPDX-License-Identifier: Apache-2.0

// The structures that only the provider interface adds, with natural alignment as on Windows.

#ifndef OFFHOOK_TSPI_STRUCTURES_H
#define OFFHOOK_TSPI_STRUCTURES_H

#include "offhook/tapi_structures.h"
#include "offhook/tapi_version.h"
#include "offhook/tspi_types.h"
#include "offhook/windows_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- Dialogs

#if TAPI_CURRENT_VERSION >= 0x00020000

// What a provider asks for with LINE_CREATEDIALOGINSTANCE: a dialog in the application that made a request.
typedef struct tuispicreatedialoginstanceparams_tag {
    DRV_REQUESTID dwRequestID;     // the request whose application shows the dialog
    HDRVDIALOGINSTANCE hdDlgInst;  // the provider's name for the dialog
    HTAPIDIALOGINSTANCE htDlgInst; // written by the service: its name for the dialog
    LPCWSTR lpszUIDLLName;         // the user-interface library
    LPVOID lpParams;               // data for TUISPI_providerGenericDialog
    DWORD dwSize;                  // bytes at lpParams
} TUISPICREATEDIALOGINSTANCEPARAMS;
typedef TUISPICREATEDIALOGINSTANCEPARAMS *LPTUISPICREATEDIALOGINSTANCEPARAMS;

#endif

// ---- Quality of service

#if TAPI_CURRENT_VERSION >= 0x00030000

// The quality of service wanted for a media mode (in LINECALLQOSINFO).
typedef struct lineqosservicelevel_tag {
    DWORD dwMediaMode;       // one LINEMEDIAMODE_
    DWORD dwQOSServiceLevel; // one LINEQOSSERVICELEVEL_
} LINEQOSSERVICELEVEL;
typedef LINEQOSSERVICELEVEL *LPLINEQOSSERVICELEVEL;

struct LINECALLQOSINFO_SetQOSServiceLevel {
    DWORD dwNumServiceLevelEntries;             // entries in the array
    LINEQOSSERVICELEVEL LineQOSServiceLevel[1]; // dwNumServiceLevelEntries entries
};

// A request about quality of service.
typedef struct linecallqosinfo_tag {
    DWORD dwKey;            // LINEQOSSTRUCT_KEY
    DWORD dwTotalSize;      // bytes of the whole structure
    DWORD dwQOSRequestType; // one LINEQOSREQUESTTYPE_: which member below is valid
    union {
        struct LINECALLQOSINFO_SetQOSServiceLevel SetQOSServiceLevel;
    };
} LINECALLQOSINFO;
typedef LINECALLQOSINFO *LPLINECALLQOSINFO;

#endif

#ifdef __cplusplus
}
#endif

#endif // OFFHOOK_TSPI_STRUCTURES_H
