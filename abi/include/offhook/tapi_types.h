// SPDX-License-Identifier: Apache-2.0

// Handles and callbacks of the application side (TAPI).

#ifndef OFFHOOK_TAPI_TYPES_H
#define OFFHOOK_TAPI_TYPES_H

#include "offhook/tapi_version.h"
#include "offhook/windows_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// An application's handles have 32 bits on every platform; zero is never a valid one.
typedef DWORD HLINEAPP;  // an application's use of line devices: lineInitializeEx ... lineShutdown
typedef DWORD HPHONEAPP; // an application's use of phone devices: phoneInitializeEx ... phoneShutdown
typedef DWORD HLINE;     // an open line: lineOpen ... lineClose
typedef DWORD HPHONE;    // an open phone: phoneOpen ... phoneClose
typedef DWORD HCALL;     // a call: lineMakeCall, LINE_APPNEWCALL, ... lineDeallocateCall

typedef HLINEAPP *LPHLINEAPP;
typedef HPHONEAPP *LPHPHONEAPP;
typedef HLINE *LPHLINE;
typedef HPHONE *LPHPHONE;
typedef HCALL *LPHCALL;
typedef HICON *LPHICON;

#if TAPI_CURRENT_VERSION >= 0x00020002
typedef DWORD HAGENT;        // a call-centre agent: lineCreateAgent
typedef DWORD HAGENTSESSION; // an agent's work for one group: lineCreateAgentSession

typedef HAGENT *LPHAGENT;
typedef HAGENTSESSION *LPHAGENTSESSION;
#endif

#if TAPI_CURRENT_VERSION >= 0x00030000
typedef DWORD HCALLHUB;        // the set of calls that make up one conversation
typedef DWORD HPRIVATECHANNEL; // a provider-specific channel of an application

typedef HCALLHUB *LPHCALLHUB;
typedef HPRIVATECHANNEL *LPHPRIVATECHANNEL;
#endif

// Receives the LINE_ messages: hDevice is a line or call handle (or 0), dwInstance what the application gave
// when it opened the line; the meaning of the parameters depends on the message.
typedef void(CALLBACK *LINECALLBACK)(DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance, DWORD_PTR dwParam1,
                                     DWORD_PTR dwParam2, DWORD_PTR dwParam3);

// Receives the PHONE_ messages, in the same way.
typedef void(CALLBACK *PHONECALLBACK)(DWORD hDevice, DWORD dwMessage, DWORD_PTR dwInstance, DWORD_PTR dwParam1,
                                      DWORD_PTR dwParam2, DWORD_PTR dwParam3);

#ifdef __cplusplus
}
#endif

#endif // OFFHOOK_TAPI_TYPES_H
