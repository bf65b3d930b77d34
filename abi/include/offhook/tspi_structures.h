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

#if TAPI_CURRENT_VERSION >= 0x00020000

typedef struct tuispicreatedialoginstanceparams_tag {
    DRV_REQUESTID dwRequestID;
    HDRVDIALOGINSTANCE hdDlgInst;
    HTAPIDIALOGINSTANCE htDlgInst;
    LPCWSTR lpszUIDLLName;
    LPVOID lpParams;
    DWORD dwSize;
} TUISPICREATEDIALOGINSTANCEPARAMS;
typedef TUISPICREATEDIALOGINSTANCEPARAMS *LPTUISPICREATEDIALOGINSTANCEPARAMS;

#endif

#if TAPI_CURRENT_VERSION >= 0x00030000

typedef struct lineqosservicelevel_tag {
    DWORD dwMediaMode;
    DWORD dwQOSServiceLevel;
} LINEQOSSERVICELEVEL;
typedef LINEQOSSERVICELEVEL *LPLINEQOSSERVICELEVEL;

struct LINECALLQOSINFO_SetQOSServiceLevel {
    DWORD dwNumServiceLevelEntries;
    LINEQOSSERVICELEVEL LineQOSServiceLevel[1];
};

typedef struct linecallqosinfo_tag {
    DWORD dwKey;
    DWORD dwTotalSize;
    DWORD dwQOSRequestType;
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
