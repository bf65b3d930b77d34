// SPDX-License-Identifier: Apache-2.0

// The functions of the application interface.
//
// A synchronous function returns 0 or a negative error. An asynchronous one returns a request id above 0, or a negative
// error when nothing was started; LINE_REPLY or PHONE_REPLY with that id brings the result, 0 or one of the same
// errors. What an asynchronous function writes ("with the reply") is there when that message arrives, and the memory
// has to stay until then. A handle that a request creates is valid from its successful reply.
//
// A function with text comes in two forms: ...A with text of one byte a character, and ...W with UTF-16. The bare name
// is the ...A form, or the ...W form where UNICODE is defined. The text inside structures has the same form.
//
// Above each function: its parameters (in, out: filled at return, or as said), what to know, its errors, and the page
// of the public documentation that describes it. Call states are named without LINECALLSTATE_.

#ifndef OFFHOOK_TAPI_FUNCTIONS_H
#define OFFHOOK_TAPI_FUNCTIONS_H

#include "offhook/tapi_structures.h"
#include "offhook/tapi_types.h"
#include "offhook/tapi_version.h"
#include "offhook/windows_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- Initialization, versions, messages: lines

// Obsolete initialization for 1.3/1.4 applications.
// Obsolete. Synchronous. Reaches TSPI_lineNegotiateTSPIVersion, TSPI_providerEnumDevices, TSPI_providerInit.
//   lphLineApp    out: the application's handle
//   hInstance     in: module of the application; unused on Linux, may be NULL
//   lpfnCallback  in: receives the messages
//   lpszAppName   in: the application's name for people
//   lpdwNumDevs   out: the number of devices; their ids count from 0
// - the same as lineInitializeEx with a hidden window
// - documented to fail if any provider fails to initialize
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALAPPNAME, LINEERR_INVALPOINTER, LINEERR_NODEVICE,
// LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_NOMULTIPLEINSTANCE, LINEERR_OPERATIONFAILED, LINEERR_REINIT,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tapi-lineinitialize.
OFFHOOK_ABI_EXPORT LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                                              LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Register an application for line use and report device count.
// Synchronous. Reaches TSPI_lineNegotiateTSPIVersion, TSPI_providerEnumDevices, TSPI_providerInit.
//   lphLineApp                out: the application's handle
//   hInstance                 in: module of the application; unused on Linux, may be NULL
//   lpfnCallback              in: receives the messages; NULL unless a hidden window is used
//   lpszFriendlyAppName       in: the application's name for people, or NULL
//   lpdwNumDevs               out: the number of devices; their ids count from 0
//   lpdwAPIVersion            in/out: in: the application's highest version; out: the service's highest
//   lpLineInitializeExParams  out: how to deliver messages; caller sets dwTotalSize
// - newer messages and structures are translated down to application version
// - three ways of delivery: hidden window, event handle, completion port
// - event handle: signaled while messages wait, reset when none does; the application only waits on it
// - completion port: the application frees each message block
// - NULL friendly name: module file name used
// - while a change of devices is pending: LINEERR_REINIT until the last application shuts down
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALAPPNAME, LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_REINIT.
// Source: nf-tapi-lineinitializeexw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineInitializeExA(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                                                 LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
                                                 LPDWORD lpdwAPIVersion,
                                                 LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);
OFFHOOK_ABI_EXPORT LONG WINAPI lineInitializeExW(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                                                 LPCWSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
                                                 LPDWORD lpdwAPIVersion,
                                                 LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);
#ifdef UNICODE
#define lineInitializeEx lineInitializeExW
#else
#define lineInitializeEx lineInitializeExA
#endif

// Fetch next queued message in event mode.
// Synchronous. Answered by the service itself.
//   hLineApp   in: the application
//   lpMessage  out: the message
//   dwTimeout  in: milliseconds to wait; 0: do not wait; 0xFFFFFFFF: for ever
// - needs USEEVENT
// - timeout with no message: LINEERR_OPERATIONFAILED
// - lineShutdown on another thread: LINEERR_INVALAPPHANDLE at once
// Errors: LINEERR_INVALAPPHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tapi-linegetmessage.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout);

#endif

// Negotiate API version and get extension id for a line.
// Synchronous. Reaches TSPI_lineNegotiateTSPIVersion, TSPI_lineGetExtensionID.
//   hLineApp          in: the application
//   dwDeviceID        in: the device
//   dwAPILowVersion   in: lowest acceptable version
//   dwAPIHighVersion  in: highest acceptable version
//   lpdwAPIVersion    out: the version
//   lpExtensionID     out: the device's extensions; all zero for none
// - result lies in the application's range
// - disjoint ranges fail
// Errors: LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INVALAPPHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NODEVICE, LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linenegotiateapiversion.
OFFHOOK_ABI_EXPORT LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                                       DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                                       LPLINEEXTENSIONID lpExtensionID);

// Negotiate extension version for a line.
// Synchronous. Reaches TSPI_lineNegotiateExtVersion.
//   hLineApp          in: the application
//   dwDeviceID        in: the device
//   dwAPIVersion      in: the negotiated interface version
//   dwExtLowVersion   in: lowest acceptable version
//   dwExtHighVersion  in: highest acceptable version
//   lpdwExtVersion    out: the version
// - needs the negotiated API version
// Errors: LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION,
// LINEERR_INVALAPPHANDLE, LINEERR_INVALPOINTER, LINEERR_NODEVICE, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linenegotiateextversion.
OFFHOOK_ABI_EXPORT LONG WINAPI lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                       DWORD dwExtLowVersion, DWORD dwExtHighVersion,
                                                       LPDWORD lpdwExtVersion);

// End an application's line use.
// Synchronous. Reaches TSPI_lineClose, TSPI_providerShutdown.
//   hLineApp  in: the application
// - closes each open line, deletes call handles
// - outstanding requests canceled, replies not delivered
// - last application: providers shut down
// Errors: LINEERR_INVALAPPHANDLE, LINEERR_NOMEM, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineshutdown.
OFFHOOK_ABI_EXPORT LONG WINAPI lineShutdown(HLINEAPP hLineApp);

// ---- Line devices and addresses

// Open a line for given privileges and media modes.
// Synchronous. Reaches TSPI_lineOpen, TSPI_lineSelectExtVersion, TSPI_lineSetDefaultMediaDetection,
// TSPI_lineConditionalMediaDetection, TSPI_lineSetStatusMessages.
//   hLineApp            in: the application
//   dwDeviceID          in: the device, or LINEMAPPER
//   lphLine             out: the line's handle
//   dwAPIVersion        in: the negotiated interface version
//   dwExtVersion        in: the negotiated extension version; 0: none
//   dwCallbackInstance  in: sent back with every message of this opening
//   dwPrivileges        in: LINECALLPRIVILEGE_ bits and LINEOPENOPTION_ bits
//   dwMediaModes        in: LINEMEDIAMODE_ bits
//   lpCallParams        in: what LINEMAPPER, PROXY and SINGLEADDRESS need, or NULL
// - media modes matter only with OWNER
// - opener may always make, pick up, unpark, forward, set up conference calls
// - NONE privilege: outgoing only
// - SINGLEADDRESS (from version 2.0): needs call parameters with ADDRESSID mode; a bad address fails with
//   LINEERR_INVALADDRESSID
// - SINGLEADDRESS limits only initial ownership of provider-created calls
// - PROXY (from version 2.0): dev-specific DWORD array of LINEPROXYREQUEST_ values; already handled type fails
//   LINEERR_NOTREGISTERED
// - illegal privilege combination: LINEERR_INVALPRIVSELECT
// - highest-priority owner per media mode gets unsolicited ownership; default priority is first opener
// - monitor opened late gets no LINE_CALLSTATE for existing calls
// - LINEMAPPER picks a line by call parameters; LINEERR_LINEMAPPERFAILED if none
// - same application may open a line many times
// - while a change of devices is pending: LINEERR_REINIT
// - lpCallParams used only for LINEMAPPER, PROXY, SINGLEADDRESS
// - LINEERR_INVALADDRESSID and LINEERR_NOTREGISTERED are missing from the documented list below
// Errors: LINEERR_ALLOCATED, LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION,
// LINEERR_INCOMPATIBLEEXTVERSION, LINEERR_INVALAPPHANDLE, LINEERR_INVALMEDIAMODE, LINEERR_INVALPOINTER,
// LINEERR_INVALPRIVSELECT, LINEERR_LINEMAPPERFAILED, LINEERR_NODEVICE, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_REINIT, LINEERR_RESOURCEUNAVAIL,
// LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineopenw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineOpen(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
                                        DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
                                        DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineOpenA(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
                                         DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
                                         DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams);
OFFHOOK_ABI_EXPORT LONG WINAPI lineOpenW(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
                                         DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
                                         DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams);
#ifdef UNICODE
#define lineOpen lineOpenW
#endif
#endif

// Close an open line.
// Synchronous. Reaches TSPI_lineClose, TSPI_lineCloseCall, TSPI_lineDrop, TSPI_lineSetDefaultMediaDetection,
// TSPI_lineSelectExtVersion.
//   hLine  in: the open line
// - ownership of its calls is revoked
// - calls it owns alone are dropped (the pages differ since 2.1)
// - other applications monitoring get LINEDEVSTATE_CLOSE
// - replies still outstanding are not delivered
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineclose.
OFFHOOK_ABI_EXPORT LONG WINAPI lineClose(HLINE hLine);

// Capabilities of a line device.
// Synchronous. Reaches TSPI_lineGetDevCaps.
//   hLineApp       in: the application
//   dwDeviceID     in: the device
//   dwAPIVersion   in: the negotiated interface version
//   dwExtVersion   in: the negotiated extension version; 0: none
//   lpLineDevCaps  out: caller sets dwTotalSize
// - needs negotiated API version
// - dwNumAddresses says how many addresses there are
// Errors: LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION,
// LINEERR_INVALAPPHANDLE, LINEERR_INVALPOINTER, LINEERR_NODEVICE, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetdevcapsw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                              DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                               DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                               DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);
#ifdef UNICODE
#define lineGetDevCaps lineGetDevCapsW
#endif
#endif

// Current status of an open line.
// Synchronous. Reaches TSPI_lineGetLineDevStatus.
//   hLine            in: the open line
//   lpLineDevStatus  out: caller sets dwTotalSize
// - the service fills open count and open media modes
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetlinedevstatusw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetLineDevStatusA(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetLineDevStatusW(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
#ifdef UNICODE
#define lineGetLineDevStatus lineGetLineDevStatusW
#endif
#endif

#if TAPI_CURRENT_VERSION >= 0x00020000

// Set or clear device status bits.
// Asynchronous. Reaches TSPI_lineSetLineDevStatus.
//   hLine             in: the open line
//   dwStatusToChange  in: LINEDEVSTATUSFLAGS_ bits
//   fStatus           in: nonzero: set them; 0: clear them
// - provider, not the service, announces change by LINE_LINEDEVSTATE
// - LINEDEVCAPS.dwSettableDevStatus says which bits
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALLINESTATE, LINEERR_INVALPARAM, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetlinedevstatus.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetLineDevStatus(HLINE hLine, DWORD dwStatusToChange, DWORD fStatus);

#endif

// Capabilities of one address.
// Synchronous. Reaches TSPI_lineGetAddressCaps.
//   hLineApp       in: the application
//   dwDeviceID     in: the device
//   dwAddressID    in: the address, 0 to the number of addresses less 1
//   dwAPIVersion   in: the negotiated interface version
//   dwExtVersion   in: the negotiated extension version; 0: none
//   lpAddressCaps  out: caller sets dwTotalSize
// - no open line needed
// Errors: LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION,
// LINEERR_INVALADDRESSID, LINEERR_INVALAPPHANDLE, LINEERR_INVALPOINTER, LINEERR_NODEVICE, LINEERR_NODRIVER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetaddresscapsw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
                                                  DWORD dwAPIVersion, DWORD dwExtVersion,
                                                  LPLINEADDRESSCAPS lpAddressCaps);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
                                                   DWORD dwAPIVersion, DWORD dwExtVersion,
                                                   LPLINEADDRESSCAPS lpAddressCaps);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
                                                   DWORD dwAPIVersion, DWORD dwExtVersion,
                                                   LPLINEADDRESSCAPS lpAddressCaps);
#ifdef UNICODE
#define lineGetAddressCaps lineGetAddressCapsW
#endif
#endif

// Current status of an address.
// Synchronous. Reaches TSPI_lineGetAddressStatus.
//   hLine            in: the open line
//   dwAddressID      in: the address, 0 to the number of addresses less 1
//   lpAddressStatus  out: caller sets dwTotalSize
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetaddressstatusw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressStatus(HLINE hLine, DWORD dwAddressID,
                                                    LPLINEADDRESSSTATUS lpAddressStatus);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressStatusA(HLINE hLine, DWORD dwAddressID,
                                                     LPLINEADDRESSSTATUS lpAddressStatus);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressStatusW(HLINE hLine, DWORD dwAddressID,
                                                     LPLINEADDRESSSTATUS lpAddressStatus);
#ifdef UNICODE
#define lineGetAddressStatus lineGetAddressStatusW
#endif
#endif

// Map an assigned address string to its id.
// Synchronous. Reaches TSPI_lineGetAddressID.
//   hLine          in: the open line
//   lpdwAddressID  out: the address
//   dwAddressMode  in: one LINEADDRESSMODE_
//   lpsAddress     in: the address, in the form of the mode
//   dwSize         in: size of the address with its terminator
// - mode must be DIALABLEADDR
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALADDRESSMODE, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetaddressidw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressID(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                                LPCSTR lpsAddress, DWORD dwSize);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressIDA(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                                 LPCSTR lpsAddress, DWORD dwSize);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAddressIDW(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                                 LPCWSTR lpsAddress, DWORD dwSize);
#ifdef UNICODE
#define lineGetAddressID lineGetAddressIDW
#endif
#endif

// Device id of a class tied to line, address or call.
// Synchronous. Reaches TSPI_lineGetID.
//   hLine            in: the open line, for LINE and ADDRESS
//   dwAddressID      in: the address, for ADDRESS
//   hCall            in: the call, for CALL
//   dwSelect         in: one LINECALLSELECT_
//   lpDeviceID       out: the device's id, in the form of its class; caller sets dwTotalSize
//   lpszDeviceClass  in: the device class, in any letter case
// - tapi/line gives real id after LINEMAPPER open
// - id layout depends on class
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSELECT, LINEERR_INVALDEVICECLASS,
// LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER, LINEERR_NODEVICE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetidw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetID(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                                         LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetIDA(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                                          LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetIDW(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                                          LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define lineGetID lineGetIDW
#endif
#endif

// Device icon.
// Synchronous. Reaches TSPI_lineGetIcon.
//   dwDeviceID       in: the device
//   lpszDeviceClass  in: the device class, in any letter case
//   lphIcon          out: the icon
// - below 2.0: generic icon substituted on any failure
// - from version 2.0: generic only for top-level class, else LINEERR_INVALDEVICECLASS
// Errors: LINEERR_BADDEVICEID, LINEERR_INVALDEVICECLASS, LINEERR_INVALPOINTER, LINEERR_NODEVICE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegeticonw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);
#ifdef UNICODE
#define lineGetIcon lineGetIconW
#endif
#endif

// Read the application's status message masks.
// Synchronous. Answered by the service itself.
//   hLine              in: the open line
//   lpdwLineStates     out: LINEDEVSTATE_ bits
//   lpdwAddressStates  out: LINEADDRESSSTATE_ bits
// - all off by default
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetstatusmessages.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates, LPDWORD lpdwAddressStates);

// Select status messages this open line receives.
// Synchronous. Reaches TSPI_lineSetStatusMessages.
//   hLine            in: the open line
//   dwLineStates     in: LINEDEVSTATE_ bits
//   dwAddressStates  in: LINEADDRESSSTATE_ bits
// - all off by default
// - REINIT cannot be disabled
// - the service gives provider the union over applications
// Errors: LINEERR_INVALADDRESSSTATE, LINEERR_INVALLINEHANDLE, LINEERR_INVALLINESTATE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetstatusmessages.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetStatusMessages(HLINE hLine, DWORD dwLineStates, DWORD dwAddressStates);

// Minimum ring count over all applications.
// Synchronous. Reaches TSPI_lineGetNumAddressIDs.
//   hLine         in: the open line
//   dwAddressID   in: the address, 0 to the number of addresses less 1
//   lpdwNumRings  out: rings
// - 0xFFFFFFFF if nobody set one
// - value may change; re-read per call
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetnumrings.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings);

// Register this application's ring count before answering.
// Synchronous. Reaches TSPI_lineGetNumAddressIDs.
//   hLine        in: the open line
//   dwAddressID  in: the address, 0 to the number of addresses less 1
//   dwNumRings   in: rings
// - informational only; per application and address
// - never reaches provider as a setting
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetnumrings.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings);

// Route terminal events for line, address or call.
// Asynchronous. Reaches TSPI_lineSetTerminal.
//   hLine            in: the open line, for LINE and ADDRESS
//   dwAddressID      in: the address, for ADDRESS
//   hCall            in: the call, for CALL
//   dwSelect         in: one LINECALLSELECT_
//   dwTerminalModes  in: LINETERMMODE_ bits
//   dwTerminalID     in: the terminal, 0 to the number of terminals less 1
//   bEnable          in: nonzero: on; 0: off
// - any call state
// - line or address: for existing calls, and the default for new ones
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSELECT, LINEERR_INVALLINEHANDLE,
// LINEERR_INVALTERMINALID, LINEERR_INVALTERMINALMODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetterminal.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetTerminal(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                                               DWORD dwTerminalModes, DWORD dwTerminalID, DWORD bEnable);

// Opaque media-device configuration.
// Synchronous. Reaches TSPI_lineGetDevConfig.
//   dwDeviceID       in: the device
//   lpDeviceConfig   out: caller sets dwTotalSize
//   lpszDeviceClass  in: the device class, in any letter case
// - the block is STRINGFORMAT_BINARY
// - works without an application or line handle
// Errors: LINEERR_BADDEVICEID, LINEERR_INVALDEVICECLASS, LINEERR_INVALPOINTER, LINEERR_NODEVICE,
// LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetdevconfigw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevConfigA(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevConfigW(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define lineGetDevConfig lineGetDevConfigW
#endif
#endif

// Restore opaque media-device configuration.
// Synchronous. Reaches TSPI_lineSetDevConfig.
//   dwDeviceID       in: the device
//   lpDeviceConfig   in: configuration from lineGetDevConfig
//   dwSize           in: bytes at lpDeviceConfig
//   lpszDeviceClass  in: the device class, in any letter case
// - only data from lineGetDevConfig
// - provider may refuse during active call
// Errors: LINEERR_BADDEVICEID, LINEERR_INVALDEVICECLASS, LINEERR_INVALLINESTATE, LINEERR_INVALPARAM,
// LINEERR_INVALPOINTER, LINEERR_NODEVICE, LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetdevconfigw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetDevConfig(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                                                LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetDevConfigA(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                                                 LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetDevConfigW(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                                                 LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define lineSetDevConfig lineSetDevConfigW
#endif
#endif

// Show device configuration dialog.
// Synchronous. Reaches TUISPI_lineConfigDialog, TSPI_providerUIIdentify.
//   dwDeviceID       in: the device
//   hwndOwner        in: window that a dialog belongs to, or NULL
//   lpszDeviceClass  in: the device class, in any letter case
// - modal
// - NULL, empty or tapi/line class selects the top level
// - changes act on active connections where possible
// Errors: LINEERR_BADDEVICEID, LINEERR_INUSE, LINEERR_INVALDEVICECLASS, LINEERR_INVALPARAM,
// LINEERR_INVALPOINTER, LINEERR_NODEVICE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineconfigdialogw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineConfigDialogA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI lineConfigDialogW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define lineConfigDialog lineConfigDialogW
#endif
#endif

#if TAPI_CURRENT_VERSION >= 0x00010004

// Edit caller-supplied device configuration.
// Synchronous. Reaches TUISPI_lineConfigDialogEdit, TSPI_providerUIIdentify.
//   dwDeviceID         in: the device
//   hwndOwner          in: window that a dialog belongs to, or NULL
//   lpszDeviceClass    in: the device class, in any letter case
//   lpDeviceConfigIn   in: configuration from lineGetDevConfig
//   dwSize             in: bytes at lpDeviceConfigIn
//   lpDeviceConfigOut  out: the edited configuration; caller sets dwTotalSize
// - no effect on device or active calls
// - result is STRINGFORMAT_BINARY
// - LINEERR_STRUCTURETOOSMALL loses what the user edited
// Errors: LINEERR_BADDEVICEID, LINEERR_INVALDEVICECLASS, LINEERR_INVALPARAM, LINEERR_INVALPOINTER,
// LINEERR_NODEVICE, LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineconfigdialogeditw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass,
                                                    LPVOID const lpDeviceConfigIn, DWORD dwSize,
                                                    LPVARSTRING lpDeviceConfigOut);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineConfigDialogEditA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass,
                                                     LPVOID const lpDeviceConfigIn, DWORD dwSize,
                                                     LPVARSTRING lpDeviceConfigOut);
OFFHOOK_ABI_EXPORT LONG WINAPI lineConfigDialogEditW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass,
                                                     LPVOID const lpDeviceConfigIn, DWORD dwSize,
                                                     LPVARSTRING lpDeviceConfigOut);
#ifdef UNICODE
#define lineConfigDialogEdit lineConfigDialogEditW
#endif
#endif

#endif

// ---- Calls: making, answering, ending

// Place an outgoing call.
// Asynchronous. Reaches TSPI_lineMakeCall.
//   hLine            in: the open line
//   lphCall          out, with the reply: the call's new handle
//   lpszDestAddress  in: the address to dial, or NULL
//   dwCountryCode    in: country code of the address; 0: the default
//   lpCallParams     in: how to make the call, or NULL
// - caller becomes sole owner
// - any opener may call, whatever privilege
// - state message after reply, not necessarily DIALTONE
// - LINEERR_DIAL... errors: nothing was dialed
// - NULL address or trailing ";" for staged dialing
// Errors: LINEERR_ADDRESSBLOCKED, LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL, LINEERR_DIALBILLING,
// LINEERR_DIALDIALTONE, LINEERR_DIALPROMPT, LINEERR_DIALQUIET, LINEERR_INUSE, LINEERR_INVALADDRESS,
// LINEERR_INVALADDRESSID, LINEERR_INVALADDRESSMODE, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLPARAMS,
// LINEERR_INVALCOUNTRYCODE, LINEERR_INVALLINEHANDLE, LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE,
// LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL,
// LINEERR_UNINITIALIZED, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tapi-linemakecallw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineMakeCall(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
                                            LPLINECALLPARAMS const lpCallParams);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineMakeCallA(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
                                             LPLINECALLPARAMS const lpCallParams);
OFFHOOK_ABI_EXPORT LONG WINAPI lineMakeCallW(HLINE hLine, LPHCALL lphCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                                             LPLINECALLPARAMS const lpCallParams);
#ifdef UNICODE
#define lineMakeCall lineMakeCallW
#endif
#endif

// Dial digits on an existing call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineDial.
//   hCall            in: the call
//   lpszDestAddress  in: what to dial
//   dwCountryCode    in: country code of the address; 0: the default
// - any state but IDLE and DISCONNECTED
// - LINEERR_DIAL... errors: nothing was dialed, the hook unchanged
// - an invalid address gives LINEERR_INVALADDRESS, though the documented list omits it
// - trailing ";" continues; no ";" completes dialing
// - empty string ends dialing only after ;-terminated strings
// - complete once number is passed on, not when connected
// - several addresses separated by CRLF share one country code
// Errors: LINEERR_ADDRESSBLOCKED, LINEERR_DIALBILLING, LINEERR_DIALDIALTONE, LINEERR_DIALPROMPT,
// LINEERR_DIALQUIET, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALCOUNTRYCODE,
// LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linedialw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineDialA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
OFFHOOK_ABI_EXPORT LONG WINAPI lineDialW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);
#ifdef UNICODE
#define lineDial lineDialW
#endif
#endif

// Claim an offered call and start alerting.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineAccept.
//   hCall            in: the call
//   lpsUserUserInfo  in: user-user data for the remote party, or NULL
//   dwSize           in: bytes at lpsUserUserInfo
// - OFFERING only
// - becomes ACCEPTED
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tapi-lineaccept.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

// Answer an offered call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineAnswer.
//   hCall            in: the call
//   lpsUserUserInfo  in: user-user data for the remote party, or NULL
//   dwSize           in: bytes at lpsUserUserInfo
// - OFFERING or ACCEPTED; also joins CONNECTED inactive bridged call
// - only one application initially owns an incoming call
// Errors: LINEERR_INUSE, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tapi-lineanswer.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

// Deflect an offering call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineRedirect.
//   hCall            in: the call
//   lpszDestAddress  in: the address to redirect to
//   dwCountryCode    in: country code of the address; 0: the default
// - OFFERING only
// - call typically goes IDLE
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALCOUNTRYCODE,
// LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineredirectw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineRedirectA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
OFFHOOK_ABI_EXPORT LONG WINAPI lineRedirectW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);
#ifdef UNICODE
#define lineRedirect lineRedirectW
#endif
#endif

// Disconnect or reject a call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineDrop.
//   hCall            in: the call
//   lpsUserUserInfo  in: user-user data for the remote party, or NULL
//   dwSize           in: bytes at lpsUserUserInfo
// - any state but IDLE
// - state messages for every affected call
// - bridged call may only go inactive
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tapi-linedrop.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

// Protect a call from interruption such as call waiting.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSecureCall.
//   hCall  in: the call
// - any state (TSPI: not IDLE)
// - stays in force for the call's life
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_NOTOWNER,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesecurecall.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSecureCall(HCALL hCall);

// Request completion of an unreachable call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineCompleteCall.
//   hCall             in: the call
//   lpdwCompletionID  out, with the reply: names the completion request
//   dwCompletionMode  in: one LINECALLCOMPLMODE_
//   dwMessageID       in: message for LINECALLCOMPLMODE_MESSAGE
// - BUSY or RINGBACK (TSPI: also PROCEEDING)
// - call typically goes IDLE after
// - later arrives OFFERING reason CALLCOMPLETION
// Errors: LINEERR_COMPLETIONOVERRUN, LINEERR_INVALCALLCOMPLMODE, LINEERR_INVALCALLHANDLE,
// LINEERR_INVALCALLSTATE, LINEERR_INVALMESSAGEID, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_NOTOWNER,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linecompletecall.
OFFHOOK_ABI_EXPORT LONG WINAPI lineCompleteCall(HCALL hCall, LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
                                                DWORD dwMessageID);

// Cancel a call completion request.
// Asynchronous. Reaches TSPI_lineUncompleteCall.
//   hLine           in: the open line
//   dwCompletionID  in: the completion request
// - unknown or already canceled id: LINEERR_INVALCOMPLETIONID
// Errors: LINEERR_INVALCOMPLETIONID, LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineuncompletecall.
OFFHOOK_ABI_EXPORT LONG WINAPI lineUncompleteCall(HLINE hLine, DWORD dwCompletionID);

// Set or cancel forwarding and do-not-disturb.
// Asynchronous. Reaches TSPI_lineForward.
//   hLine               in: the open line
//   bAllAddresses       in: nonzero: all addresses of the line
//   dwAddressID         in: the address, 0 to the number of addresses less 1
//   lpForwardList       in: the instructions, or NULL
//   dwNumRingsNoAnswer  in: rings before "no answer"
//   lphConsultCall      out, with the reply: the consultation call's new handle
//   lpCallParams        in: how to make the consultation call, or NULL
// - NULL list or zero entries cancels all
// - newest list replaces old
// - NULL destination in an entry: do not disturb
// - canceling when none set succeeds
// - out-of-range rings clamped to nearest
// - lphConsultCall must be valid; NULL result when no consultation call
// - success means accepted; LINE_ADDRESSSTATE FORWARD confirms
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALCOUNTRYCODE, LINEERR_INVALLINEHANDLE,
// LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineforwardw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineForward(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
                                           LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
                                           LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineForwardA(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
                                            LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
                                            LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
OFFHOOK_ABI_EXPORT LONG WINAPI lineForwardW(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
                                            LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
                                            LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams);
#ifdef UNICODE
#define lineForward lineForwardW
#endif
#endif

// ---- Calls: information and handles

// Mostly fixed information about a call.
// Synchronous. Needs MONITOR or OWNER of the call. Reaches TSPI_lineGetCallInfo.
//   hCall       in: the call
//   lpCallInfo  out: caller sets dwTotalSize
// - any state
// - the service fills owner and monitor counts and application names
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetcallinfow.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCallInfoA(HCALL hCall, LPLINECALLINFO lpCallInfo);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCallInfoW(HCALL hCall, LPLINECALLINFO lpCallInfo);
#ifdef UNICODE
#define lineGetCallInfo lineGetCallInfoW
#endif
#endif

// Current call state, mode, privilege and features.
// Synchronous. Needs MONITOR or OWNER of the call. Reaches TSPI_lineGetCallStatus.
//   hCall         in: the call
//   lpCallStatus  out: caller sets dwTotalSize
// - any state
// - features reduced by the application's privilege
// - the service fills dwCallPrivilege
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetcallstatus.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus);

// Get handles to calls the application has none for.
// Synchronous. Reaches TSPI_lineGetNumAddressIDs, TSPI_lineGetCallAddressID.
//   hLine        in: the open line
//   dwAddressID  in: the address, for ADDRESS
//   dwSelect     in: LINECALLSELECT_LINE or LINECALLSELECT_ADDRESS
//   lpCallList   out: caller sets dwTotalSize
// - always MONITOR privilege
// - handles only once per call per application
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALCALLSELECT, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetnewcalls.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect,
                                               LPLINECALLLIST lpCallList);

// List calls of a conference.
// Synchronous. Answered by the service itself.
//   hCall       in: the call
//   lpCallList  out: caller sets dwTotalSize
// - first entry is the conference parent
// - new handles get MONITOR; existing privileges unchanged
// - participant must be CONFERENCED
// - membership counts only after provider reported CONFERENCED
// - consultation call not yet added is not related
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALPOINTER, LINEERR_NOCONFERENCE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetconfrelatedcalls.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList);

// Free an application's call handle.
// Synchronous. Reaches TSPI_lineCloseCall.
//   hCall  in: the call
// - monitor may always deallocate
// - below 2.0 sole owner of non-idle call: LINEERR_INVALCALLSTATE
// - from version 2.0 sole owner may deallocate any time
// - call itself unaffected
// - below 2.0 outstanding replies for the call are not delivered; from version 2.0 always delivered unless
//   lineShutdown
// - after the last handle the provider's call is closed
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linedeallocatecall.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDeallocateCall(HCALL hCall);

// Change the application's privilege to a call.
// Synchronous. Answered by the service itself.
//   hCall            in: the call
//   dwCallPrivilege  in: one LINECALLPRIVILEGE_
// - any call state
// - sole owner of non-idle call to MONITOR: LINEERR_INVALCALLSTATE
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLPRIVILEGE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetcallprivilege.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege);

// Give ownership to another application by name or media mode.
// Synchronous. Needs OWNER of the call. Answered by the service itself.
//   hCall         in: the call
//   lpszFileName  in: the application to hand to, or NULL
//   dwMediaMode   in: one LINEMEDIAMODE_, when lpszFileName is NULL
// - any call state
// - name given: media mode ignored
// - a named target must have the line open as OWNER, else LINEERR_TARGETNOTFOUND
// - media handoff: exactly one mode; highest-priority owner application; LINEERR_TARGETSELF if the caller is
//   that application
// - handoff to same file name succeeds
// - media mode of call not changed
// - caller keeps its privilege
// - target gets LINE_CALLSTATE with OWNER in dwParam3; LINE_CALLINFO reports count change
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALMEDIAMODE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_TARGETNOTFOUND, LINEERR_TARGETSELF, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linehandoffw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineHandoffA(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
OFFHOOK_ABI_EXPORT LONG WINAPI lineHandoffW(HCALL hCall, LPCWSTR lpszFileName, DWORD dwMediaMode);
#ifdef UNICODE
#define lineHandoff lineHandoffW
#endif
#endif

// Set the call's application-specific DWORD.
// Synchronous. Needs OWNER of the call. Reaches TSPI_lineSetAppSpecific.
//   hCall          in: the call
//   dwAppSpecific  in: the value
// - any state
// - other applications with handles get LINE_CALLINFO APPSPECIFIC
// - the service and provider do not interpret it
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetappspecific.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Attach opaque data to a call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSetCallData.
//   hCall       in: the call
//   lpCallData  in: the data
//   dwSize      in: bytes at lpCallData; 0 removes the data
// - size 0 removes data
// - data follows the call where the switch supports it
// - change announced by LINE_CALLINFO CALLDATA
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetcalldata.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize);

#endif

// Change bearer mode and rate of a call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSetCallParams.
//   hCall         in: the call
//   dwBearerMode  in: one LINEBEARERMODE_
//   dwMinRate     in: lowest data rate, in bits a second
//   dwMaxRate     in: highest data rate, in bits a second
//   lpDialParams  in: the dial parameters, or NULL to keep them
// - not IDLE or DISCONNECTED
// Errors: LINEERR_BEARERMODEUNAVAIL, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE,
// LINEERR_INVALPOINTER, LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetcallparams.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallParams(HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
                                                 LPLINEDIALPARAMS const lpDialParams);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Renegotiate a call's quality of service.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSetCallQualityOfService.
//   hCall                    in: the call
//   lpSendingFlowspec        in: quality of service when sending
//   dwSendingFlowspecSize    in: bytes at lpSendingFlowspec
//   lpReceivingFlowspec      in: quality of service when receiving
//   dwReceivingFlowspecSize  in: bytes at lpReceivingFlowspec
// - flow specs passed through
// - change announced by LINE_CALLINFO QOS
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM, LINEERR_INVALPOINTER,
// LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetcallqualityofservice.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallQualityOfService(HCALL hCall, LPVOID lpSendingFlowspec,
                                                           DWORD dwSendingFlowspecSize, LPVOID lpReceivingFlowspec,
                                                           DWORD dwReceivingFlowspecSize);

// Choose what a held or queued party hears.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSetCallTreatment.
//   hCall        in: the call
//   dwTreatment  in: a LINECALLTREATMENT_ or the provider's own value
// - unsupported treatment: LINEERR_INVALPARAM
// - effect delayed until a state where it applies
// - change announced by LINE_CALLINFO TREATMENT
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_NOTOWNER,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetcalltreatment.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallTreatment(HCALL hCall, DWORD dwTreatment);

#endif

// Send user-user data to the remote party.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSendUserUserInfo.
//   hCall            in: the call
//   lpsUserUserInfo  in: user-user data for the remote party, or NULL
//   dwSize           in: bytes at lpsUserUserInfo
// - CONNECTED, OFFERING, ACCEPTED or RINGBACK
// - protocol discriminator is the first data byte
// - too long: LINEERR_USERUSERINFOTOOBIG
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tapi-linesenduseruserinfo.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

#if TAPI_CURRENT_VERSION >= 0x00010004

// Allow next received user-user data.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineReleaseUserUserInfo.
//   hCall  in: the call
// - any state
// - only an owner may release
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linereleaseuseruserinfo.
OFFHOOK_ABI_EXPORT LONG WINAPI lineReleaseUserUserInfo(HCALL hCall);

#endif

// ---- Calls: hold, transfer, conference, park, pickup

// Put a call on hard hold.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineHold.
//   hCall  in: the call
// - CONNECTED only
// - bridged call may just go inactive
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_NOTOWNER,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linehold.
OFFHOOK_ABI_EXPORT LONG WINAPI lineHold(HCALL hCall);

// Retrieve a held call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineUnhold.
//   hCall  in: the call
// - ONHOLD, ONHOLDPENDTRANSFER or ONHOLDPENDCONF
// - from pending transfer, consultation call goes IDLE
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_NOTOWNER,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineunhold.
OFFHOOK_ABI_EXPORT LONG WINAPI lineUnhold(HCALL hCall);

// Exchange active call with held consultation partner.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSwapHold.
//   hActiveCall  in: the active call
//   hHeldCall    in: the held call
// - owner of both calls
// - active call CONNECTED; held call ONHOLD, ONHOLDPENDTRANSFER or ONHOLDPENDCONF
// - both state changes reported
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_NOTOWNER,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineswaphold.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSwapHold(HCALL hActiveCall, HCALL hHeldCall);

// Single-step transfer to an address.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineBlindTransfer.
//   hCall            in: the call
//   lpszDestAddress  in: the address to transfer to
//   dwCountryCode    in: country code of the address; 0: the default
// - CONNECTED only
// - LINEERR_INVALADDRESS: nothing was dialed
// - call typically goes IDLE
// - handle stays valid until application deallocates
// Errors: LINEERR_ADDRESSBLOCKED, LINEERR_INVALADDRESS, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE,
// LINEERR_INVALCOUNTRYCODE, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineblindtransferw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineBlindTransferA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
OFFHOOK_ABI_EXPORT LONG WINAPI lineBlindTransferW(HCALL hCall, LPCWSTR lpszDestAddressW, DWORD dwCountryCode);
#ifdef UNICODE
#define lineBlindTransfer lineBlindTransferW
#endif
#endif

// Start a consultation transfer.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSetupTransfer.
//   hCall           in: the call
//   lphConsultCall  out, with the reply: the consultation call's new handle
//   lpCallParams    in: how to make the call, or NULL
// - CONNECTED only
// - original goes ONHOLDPENDTRANSFER, consultation call DIALTONE
// - dropping consultation call returns original to CONNECTED
// - unholding the original sends the consultation call IDLE
// - consultation call may be on another address
// Errors: LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL, LINEERR_INUSE, LINEERR_INVALADDRESSMODE,
// LINEERR_INVALBEARERMODE, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLPARAMS, LINEERR_INVALCALLSTATE,
// LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE, LINEERR_INVALPOINTER, LINEERR_INVALRATE, LINEERR_NOMEM,
// LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RATEUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tapi-linesetuptransferw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetupTransfer(HCALL hCall, LPHCALL lphConsultCall,
                                                 LPLINECALLPARAMS const lpCallParams);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetupTransferA(HCALL hCall, LPHCALL lphConsultCall,
                                                  LPLINECALLPARAMS const lpCallParams);
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetupTransferW(HCALL hCall, LPHCALL lphConsultCall,
                                                  LPLINECALLPARAMS const lpCallParams);
#ifdef UNICODE
#define lineSetupTransfer lineSetupTransferW
#endif
#endif

// Finish a transfer or make a three-way conference.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineCompleteTransfer.
//   hCall           in: the held call
//   hConsultCall    in: the consultation call
//   lphConfCall     out, with the reply: the conference's new handle, for CONFERENCE
//   dwTransferMode  in: one LINETRANSFERMODE_
// - owner of both calls
// - hCall ONHOLD or ONHOLDPENDTRANSFER (TSPI: only the latter)
// - consultation call CONNECTED, RINGBACK, BUSY or PROCEEDING
// - conference mode returns handle; caller sole owner
// - transfer mode ignores lphConfCall
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALCONSULTCALLHANDLE, LINEERR_INVALPOINTER,
// LINEERR_INVALTRANSFERMODE, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linecompletetransfer.
OFFHOOK_ABI_EXPORT LONG WINAPI lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall,
                                                    DWORD dwTransferMode);

// Create a conference and its consultation call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineSetupConference.
//   hCall           in: the first call, or 0
//   hLine           in: the line, when hCall is 0
//   lphConfCall     out, with the reply: the conference's new handle
//   lphConsultCall  out, with the reply: the consultation call's new handle
//   dwNumParties    in: expected number of parties; a hint
//   lpCallParams    in: how to make the call, or NULL
// - hCall CONNECTED
// - caller sole owner of both new calls
// - conference ONHOLDPENDCONF, consultation call DIALTONE, initial CONFERENCED
// - dropping consultation call returns conference to CONNECTED
// - unholding initial call idles both new calls
// Errors: LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL, LINEERR_CONFERENCEFULL, LINEERR_INUSE,
// LINEERR_INVALADDRESSMODE, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLPARAMS,
// LINEERR_INVALCALLSTATE, LINEERR_INVALLINEHANDLE, LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE,
// LINEERR_INVALPOINTER, LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL,
// LINEERR_UNINITIALIZED, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tapi-linesetupconferencew.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetupConference(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
                                                   LPHCALL lphConsultCall, DWORD dwNumParties,
                                                   LPLINECALLPARAMS const lpCallParams);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetupConferenceA(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
                                                    LPHCALL lphConsultCall, DWORD dwNumParties,
                                                    LPLINECALLPARAMS const lpCallParams);
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetupConferenceW(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
                                                    LPHCALL lphConsultCall, DWORD dwNumParties,
                                                    LPLINECALLPARAMS const lpCallParams);
#ifdef UNICODE
#define lineSetupConference lineSetupConferenceW
#endif
#endif

// Create a consultation call for an existing conference.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_linePrepareAddToConference.
//   hConfCall       in: the conference's call
//   lphConsultCall  out, with the reply: the consultation call's new handle
//   lpCallParams    in: how to make the call, or NULL
// - conference CONNECTED
// - conference goes ONHOLDPENDCONF
// - caller sole owner of consultation call
// Errors: LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL, LINEERR_CONFERENCEFULL, LINEERR_INUSE,
// LINEERR_INVALADDRESSMODE, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLPARAMS, LINEERR_INVALCALLSTATE,
// LINEERR_INVALCONFCALLHANDLE, LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE, LINEERR_INVALPOINTER,
// LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED,
// LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tapi-lineprepareaddtoconferencew.
OFFHOOK_ABI_EXPORT LONG WINAPI linePrepareAddToConference(HCALL hConfCall, LPHCALL lphConsultCall,
                                                          LPLINECALLPARAMS const lpCallParams);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI linePrepareAddToConferenceA(HCALL hConfCall, LPHCALL lphConsultCall,
                                                           LPLINECALLPARAMS const lpCallParams);
OFFHOOK_ABI_EXPORT LONG WINAPI linePrepareAddToConferenceW(HCALL hConfCall, LPHCALL lphConsultCall,
                                                           LPLINECALLPARAMS const lpCallParams);
#ifdef UNICODE
#define linePrepareAddToConference linePrepareAddToConferenceW
#endif
#endif

// Add a call to a conference.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineAddToConference.
//   hConfCall     in: the conference's call
//   hConsultCall  in: the call to add
// - owner of both calls
// - conference call ONHOLDPENDCONF or ONHOLD; added CONNECTED, ONHOLD, PROCEEDING or RINGBACK
// - different open lines: LINEERR_INVALCALLHANDLE
// - monitoring applies to conference call only
// Errors: LINEERR_CONFERENCEFULL, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALCONFCALLHANDLE,
// LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineaddtoconference.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAddToConference(HCALL hConfCall, HCALL hConsultCall);

// Remove a participant from its conference.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_lineRemoveFromConference.
//   hCall  in: the call
// - CONFERENCED only
// - the removed call goes to LINEADDRESSCAPS.dwRemoveFromConfState
// - LINEADDRESSCAPS.dwRemoveFromConfCaps may limit it to the last call or none
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_NOTOWNER,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineremovefromconference.
OFFHOOK_ABI_EXPORT LONG WINAPI lineRemoveFromConference(HCALL hCall);

// Park a call.
// Asynchronous. Needs OWNER of the call. Reaches TSPI_linePark.
//   hCall            in: the call
//   dwParkMode       in: one LINEPARKMODE_
//   lpszDirAddress   in: where to park, for DIRECTED
//   lpNonDirAddress  out, with the reply: where it was parked, for NONDIRECTED; caller sets dwTotalSize
// - CONNECTED only
// - directed uses address; nondirected returns address
// - too small at reply: address lost, needed size invalid
// - call typically goes IDLE
// - reminder arrives OFFERING with reason REMINDER
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPARKMODE,
// LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineparkw.
OFFHOOK_ABI_EXPORT LONG WINAPI linePark(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress,
                                        LPVARSTRING lpNonDirAddress);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineParkA(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress,
                                         LPVARSTRING lpNonDirAddress);
OFFHOOK_ABI_EXPORT LONG WINAPI lineParkW(HCALL hCall, DWORD dwParkMode, LPCWSTR lpszDirAddress,
                                         LPVARSTRING lpNonDirAddress);
#ifdef UNICODE
#define linePark lineParkW
#endif
#endif

// Retrieve a parked call.
// Asynchronous. Reaches TSPI_lineUnpark.
//   hLine            in: the open line
//   dwAddressID      in: the address, 0 to the number of addresses less 1
//   lphCall          out, with the reply: the call's new handle
//   lpszDestAddress  in: where the call is parked
// - always a new handle, unrelated to the old
// - caller sole owner
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineunparkw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineUnparkA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
OFFHOOK_ABI_EXPORT LONG WINAPI lineUnparkW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress);
#ifdef UNICODE
#define lineUnpark lineUnparkW
#endif
#endif

// Pick up a call alerting elsewhere.
// Asynchronous. Reaches TSPI_linePickup.
//   hLine            in: the open line
//   dwAddressID      in: the address, 0 to the number of addresses less 1
//   lphCall          out, with the reply: the call's new handle
//   lpszDestAddress  in: the address that alerts, or NULL for the group
//   lpszGroupID      in: the pickup group, or NULL
// - both NULL, with LINEADDRCAPFLAGS_PICKUPCALLWAIT: the waiting call
// - caller sole owner
// - call reason PICKUP
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALGROUPID, LINEERR_INVALLINEHANDLE,
// LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linepickupw.
OFFHOOK_ABI_EXPORT LONG WINAPI linePickup(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
                                          LPCSTR lpszGroupID);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI linePickupA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
                                           LPCSTR lpszGroupID);
OFFHOOK_ABI_EXPORT LONG WINAPI linePickupW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress,
                                           LPCWSTR lpszGroupID);
#ifdef UNICODE
#define linePickup linePickupW
#endif
#endif

// ---- Digits, tones and media

// Collect digits into a buffer.
// Synchronous. Needs OWNER of the call. Reaches TSPI_lineGatherDigits.
//   hCall                  in: the call
//   dwDigitModes           in: LINEDIGITMODE_ bits
//   lpsDigits              out, filled before LINE_GATHERDIGITS: buffer of dwNumDigits characters, or NULL to
//                          cancel
//   dwNumDigits            in: digits to gather
//   lpszTerminationDigits  in: digits that end it, or NULL
//   dwFirstDigitTimeout    in: milliseconds until the first digit; 0: no limit
//   dwInterDigitTimeout    in: milliseconds between digits; 0: no limit
// - zero digit count fails
// - termination digit is stored in buffer
// - partial buffer ends with NUL
// - restart ends old gather: buffer filled, message sent
// - one gather per call over all owners
// - message only to requesting application
// - buffer valid only after LINE_GATHERDIGITS
// - any state (TSPI: not IDLE)
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_INVALDIGITS,
// LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegatherdigitsw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGatherDigits(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
                                                LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                                                DWORD dwInterDigitTimeout);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGatherDigitsA(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
                                                 LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                                                 DWORD dwInterDigitTimeout);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGatherDigitsW(HCALL hCall, DWORD dwDigitModes, LPWSTR lpsDigits, DWORD dwNumDigits,
                                                 LPCWSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                                                 DWORD dwInterDigitTimeout);
#ifdef UNICODE
#define lineGatherDigits lineGatherDigitsW
#endif
#endif

// Enable or cancel digit detection for this application.
// Synchronous. Needs MONITOR or OWNER of the call. Reaches TSPI_lineMonitorDigits.
//   hCall         in: the call
//   dwDigitModes  in: LINEDIGITMODE_ bits; 0 cancels
// - not IDLE or DISCONNECTED
// - ends on 0, IDLE, or handle deallocation
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linemonitordigits.
OFFHOOK_ABI_EXPORT LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes);

// Generate digits in-band.
// Synchronous. Needs OWNER of the call. Reaches TSPI_lineGenerateDigits.
//   hCall        in: the call
//   dwDigitMode  in: one LINEDIGITMODE_
//   lpszDigits   in: the digits, or NULL to cancel
//   dwDuration   in: milliseconds a digit; 0: the default
// - invalid digits skipped, not errors
// - comma pauses; exclamation is hookflash
// - duration clamped to dial-parameter range
// - newest digit or tone request aborts the previous
// - LINE_GENERATE on done or cancel
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegeneratedigitsw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGenerateDigitsA(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGenerateDigitsW(HCALL hCall, DWORD dwDigitMode, LPCWSTR lpszDigits,
                                                   DWORD dwDuration);
#ifdef UNICODE
#define lineGenerateDigits lineGenerateDigitsW
#endif
#endif

// Set this application's tone list on a call.
// Synchronous. Needs MONITOR or OWNER of the call. Reaches TSPI_lineMonitorTones.
//   hCall         in: the call
//   lpToneList    in: the tones, or NULL
//   dwNumEntries  in: entries at lpToneList
// - any state except IDLE
// - new list replaces application's old; NULL cancels
// - the service assigns a list id per application
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPOINTER, LINEERR_INVALTONE,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linemonitortones.
OFFHOOK_ABI_EXPORT LONG WINAPI lineMonitorTones(HCALL hCall, LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries);

// Generate an in-band tone.
// Synchronous. Needs OWNER of the call. Reaches TSPI_lineGenerateTone.
//   hCall       in: the call
//   dwToneMode  in: one LINETONEMODE_; 0 cancels
//   dwDuration  in: milliseconds; 0: until canceled, one cycle for BILLING
//   dwNumTones  in: entries at lpTones
//   lpTones     in: the frequencies of a custom tone
// - any state (TSPI: not IDLE)
// - one generation per call across all owner applications; loser gets LINE_GENERATE CANCEL
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPOINTER, LINEERR_INVALTONE,
// LINEERR_INVALTONEMODE, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegeneratetone.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGenerateTone(HCALL hCall, DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
                                                LPLINEGENERATETONE const lpTones);

// Enable or cancel media detection for this application.
// Synchronous. Needs MONITOR or OWNER of the call. Reaches TSPI_lineMonitorMedia.
//   hCall         in: the call
//   dwMediaModes  in: LINEMEDIAMODE_ bits; 0 cancels
// - any state except IDLE
// - independent of lineOpen media modes
// - never changes call's media mode
// - ends on 0, IDLE, or deallocation
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALMEDIAMODE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linemonitormedia.
OFFHOOK_ABI_EXPORT LONG WINAPI lineMonitorMedia(HCALL hCall, DWORD dwMediaModes);

// Set a call's media mode.
// Synchronous. Needs OWNER of the call. Reaches TSPI_lineSetMediaMode.
//   hCall         in: the call
//   dwMediaModes  in: LINEMEDIAMODE_ bits; several only with UNKNOWN
// - any state
// - several bits only with UNKNOWN
// - without ownership LINEERR_NOTOWNER, though the documented list omits it
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALMEDIAMODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetmediamode.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes);

// Tie media actions to detected events.
// Synchronous. Needs OWNER of a call that it selects. Reaches TSPI_lineSetMediaControl.
//   hLine                  in: the open line, for LINE and ADDRESS
//   dwAddressID            in: the address, for ADDRESS
//   hCall                  in: the call, for CALL
//   dwSelect               in: one LINECALLSELECT_
//   lpDigitList            in: digits and their actions, or NULL
//   dwDigitNumEntries      in: entries at lpDigitList
//   lpMediaList            in: media modes and their actions, or NULL
//   dwMediaNumEntries      in: entries at lpMediaList
//   lpToneList             in: tones and their actions, or NULL
//   dwToneNumEntries       in: entries at lpToneList
//   lpCallStateList        in: call states and their actions, or NULL
//   dwCallStateNumEntries  in: entries at lpCallStateList
// - one setting per call over all owners; newest replaces
// - NULL list disables that trigger
// - canceled when call ends or handle deallocated
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSELECT, LINEERR_INVALCALLSTATELIST,
// LINEERR_INVALDIGITLIST, LINEERR_INVALLINEHANDLE, LINEERR_INVALMEDIALIST, LINEERR_INVALPOINTER,
// LINEERR_INVALTONELIST, LINEERR_NOMEM, LINEERR_NOTOWNER, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetmediacontrol.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetMediaControl(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                                                   LPLINEMEDIACONTROLDIGIT const lpDigitList, DWORD dwDigitNumEntries,
                                                   LPLINEMEDIACONTROLMEDIA const lpMediaList, DWORD dwMediaNumEntries,
                                                   LPLINEMEDIACONTROLTONE const lpToneList, DWORD dwToneNumEntries,
                                                   LPLINEMEDIACONTROLCALLSTATE const lpCallStateList,
                                                   DWORD dwCallStateNumEntries);

// ---- Extensions

// Vendor escape on line, address or call.
// Asynchronous. Reaches TSPI_lineDevSpecific.
//   hLine        in: the open line
//   dwAddressID  in: the address, 0 to the number of addresses less 1
//   hCall        in: a call of that line, or 0
//   lpParams     in/out, with the reply: the vendor's block
//   dwSize       in: bytes at lpParams
// - hCall optional but must be on hLine
// - needs negotiated extension version
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALCALLHANDLE, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linedevspecific.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDevSpecific(HLINE hLine, DWORD dwAddressID, HCALL hCall, LPVOID lpParams,
                                               DWORD dwSize);

// Vendor escape emulating a phone button.
// Asynchronous. Reaches TSPI_lineDevSpecificFeature.
//   hLine      in: the open line
//   dwFeature  in: a PHONEBUTTONFUNCTION_
//   lpParams   in/out, with the reply: the vendor's block
//   dwSize     in: bytes at lpParams
// - needs negotiated extension version
// Errors: LINEERR_INVALFEATURE, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linedevspecificfeature.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDevSpecificFeature(HLINE hLine, DWORD dwFeature, LPVOID lpParams, DWORD dwSize);

// ---- Address translation

// Convert canonical address to dialable and displayable.
// Synchronous. Answered by the service itself.
//   hLineApp            in: the application, or 0
//   dwDeviceID          in: the line device the address is meant for
//   dwAPIVersion        in: the highest version that the application knows
//   lpszAddressIn       in: the address
//   dwCard              in: the card to use with CARDOVERRIDE
//   dwTranslateOptions  in: LINETRANSLATEOPTION_ bits
//   lpTranslateOutput   out: caller sets dwTotalSize
// - hLineApp may be 0 from version 2.0
// - input must not be NULL; non-canonical returned as dialable
// - only first address of CRLF list translated
// - dwCard used only with CARDOVERRIDE, not stored
// Errors: LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INIFILECORRUPT, LINEERR_INVALADDRESS,
// LINEERR_INVALAPPHANDLE, LINEERR_INVALCARD, LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_NODRIVER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL.
// Source: nf-tapi-linetranslateaddressw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                    LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
                                                    LPLINETRANSLATEOUTPUT lpTranslateOutput);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineTranslateAddressA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                     LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
                                                     LPLINETRANSLATEOUTPUT lpTranslateOutput);
OFFHOOK_ABI_EXPORT LONG WINAPI lineTranslateAddressW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                     LPCWSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
                                                     LPLINETRANSLATEOUTPUT lpTranslateOutput);
#ifdef UNICODE
#define lineTranslateAddress lineTranslateAddressW
#endif
#endif

#if TAPI_CURRENT_VERSION >= 0x00010004

// Modal dialog for location and card settings.
// Synchronous. Answered by the service itself.
//   hLineApp       in: the application
//   dwDeviceID     in: the line device the address is meant for
//   dwAPIVersion   in: the highest version that the application knows
//   hwndOwner      in: window that a dialog belongs to, or NULL
//   lpszAddressIn  in: the address, or NULL
// - from version 2.0: several instances; earlier: LINEERR_INUSE if already shown
// - NULL or noncanonical address hides number part
// - repairs corrupt configuration
// Errors: LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INIFILECORRUPT, LINEERR_INUSE,
// LINEERR_INVALADDRESS, LINEERR_INVALAPPHANDLE, LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_NODRIVER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tapi-linetranslatedialogw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineTranslateDialog(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                   HWND hwndOwner, LPCSTR lpszAddressIn);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineTranslateDialogA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                    HWND hwndOwner, LPCSTR lpszAddressIn);
OFFHOOK_ABI_EXPORT LONG WINAPI lineTranslateDialogW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                    HWND hwndOwner, LPCWSTR lpszAddressIn);
#ifdef UNICODE
#define lineTranslateDialog lineTranslateDialogW
#endif
#endif

#endif

// Return locations and calling cards.
// Synchronous. Answered by the service itself.
//   hLineApp         in: the application, or 0
//   dwAPIVersion     in: the highest version that the application knows
//   lpTranslateCaps  out: caller sets dwTotalSize
// - hLineApp may be 0 from version 2.0
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INIFILECORRUPT, LINEERR_INVALAPPHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL.
// Source: nf-tapi-linegettranslatecapsw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetTranslateCaps(HLINEAPP hLineApp, DWORD dwAPIVersion,
                                                    LPLINETRANSLATECAPS lpTranslateCaps);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetTranslateCapsA(HLINEAPP hLineApp, DWORD dwAPIVersion,
                                                     LPLINETRANSLATECAPS lpTranslateCaps);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetTranslateCapsW(HLINEAPP hLineApp, DWORD dwAPIVersion,
                                                     LPLINETRANSLATECAPS lpTranslateCaps);
#ifdef UNICODE
#define lineGetTranslateCaps lineGetTranslateCapsW
#endif
#endif

#if TAPI_CURRENT_VERSION >= 0x00010004

// Return country dialing rules.
// Synchronous. Answered by the service itself.
//   dwCountryID        in: the country's id; 0: all
//   dwAPIVersion       in: the highest version that the application knows
//   lpLineCountryList  out: caller sets dwTotalSize
// - id 0: all countries; 1: the first
// - id is not the country code
// - works without initialization
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INIFILECORRUPT, LINEERR_INVALCOUNTRYCODE,
// LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_STRUCTURETOOSMALL.
// Source: nf-tapi-linegetcountryw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCountry(DWORD dwCountryID, DWORD dwAPIVersion,
                                              LPLINECOUNTRYLIST lpLineCountryList);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCountryA(DWORD dwCountryID, DWORD dwAPIVersion,
                                               LPLINECOUNTRYLIST lpLineCountryList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCountryW(DWORD dwCountryID, DWORD dwAPIVersion,
                                               LPLINECOUNTRYLIST lpLineCountryList);
#ifdef UNICODE
#define lineGetCountry lineGetCountryW
#endif
#endif

#endif

// Choose current dialing location.
// Synchronous. Answered by the service itself.
//   hLineApp    in: the application, or 0
//   dwLocation  in: the location's permanent id
// - the id must be in LINETRANSLATECAPS
// - applications notified by LINEDEVSTATE_TRANSLATECHANGE
// - no provider is told
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALAPPHANDLE, LINEERR_INVALLOCATION, LINEERR_NODRIVER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetcurrentlocation.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation);

// Add or remove an address prefix in the toll list.
// Synchronous. Answered by the service itself.
//   hLineApp          in: the application, or 0
//   dwDeviceID        in: the line device
//   lpszAddressIn     in: the address, in canonical form
//   dwTollListOption  in: one LINETOLLLISTOPTION_
// Errors: LINEERR_BADDEVICEID, LINEERR_INIFILECORRUPT, LINEERR_INVALADDRESS, LINEERR_INVALAPPHANDLE,
// LINEERR_INVALLOCATION, LINEERR_INVALPARAM, LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesettolllistw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetTollList(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
                                               DWORD dwTollListOption);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetTollListA(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
                                                DWORD dwTollListOption);
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetTollListW(HLINEAPP hLineApp, DWORD dwDeviceID, LPCWSTR lpszAddressInW,
                                                DWORD dwTollListOption);
#ifdef UNICODE
#define lineSetTollList lineSetTollListW
#endif
#endif

// Return current location's country and area code.
// Synchronous. Answered by the service itself.
//   lpszCountryCode  out: the country code; room for 8 characters
//   lpszCityCode     out: the area code; room for 8 characters
// - each at most 8 characters with the terminator
// - empty string when unset
// Errors: TAPIERR_REQUESTFAILED.
// Source: nf-tapi-tapigetlocationinfow.
OFFHOOK_ABI_EXPORT LONG WINAPI tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI tapiGetLocationInfoA(LPSTR lpszCountryCode, LPSTR lpszCityCode);
OFFHOOK_ABI_EXPORT LONG WINAPI tapiGetLocationInfoW(LPWSTR lpszCountryCodeW, LPWSTR lpszCityCodeW);
#ifdef UNICODE
#define tapiGetLocationInfo tapiGetLocationInfoW
#endif
#endif

// ---- Assisted telephony and application priority

// Ask the call manager application to place a voice call.
// Synchronous. Answered by the service itself.
//   lpszDestAddress  in: the address to call
//   lpszAppName      in: the application that asks, or NULL
//   lpszCalledParty  in: who is called, for people to read, or NULL
//   lpszComment      in: a comment, for people to read, or NULL
// - address not validated; may be canonical
// - address limit 80 including NUL; the other strings are cut to 40, 40 and 80
// - no recipient: launch highest-priority listed application, else NOREQUESTRECIPIENT
// - success means queued, no more
// Errors: TAPIERR_INVALDESTADDRESS, TAPIERR_INVALPOINTER, TAPIERR_NOREQUESTRECIPIENT, TAPIERR_REQUESTQUEUEFULL.
// Source: nf-tapi-tapirequestmakecallw.
OFFHOOK_ABI_EXPORT LONG WINAPI tapiRequestMakeCall(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
                                                   LPCSTR lpszComment);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI tapiRequestMakeCallA(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
                                                    LPCSTR lpszComment);
OFFHOOK_ABI_EXPORT LONG WINAPI tapiRequestMakeCallW(LPCWSTR lpszDestAddress, LPCWSTR lpszAppName,
                                                    LPCWSTR lpszCalledParty, LPCWSTR lpszComment);
#ifdef UNICODE
#define tapiRequestMakeCall tapiRequestMakeCallW
#endif
#endif

// Drop an assisted call.
// Obsolete. Synchronous. Answered by the service itself.
//   hwnd        in: the window that made the request
//   wRequestID  in: the window's number for the request
// Errors: none documented.
// Source: nf-tapi-tapirequestdrop.
OFFHOOK_ABI_EXPORT LONG WINAPI tapiRequestDrop(HWND hwnd, WPARAM wRequestID);

// Request a media call.
// Obsolete. Synchronous. Answered by the service itself.
//   hwnd             in: the window that made the request
//   wRequestID       in: the window's number for the request
//   lpszDeviceClass  in: the device class, in any letter case
//   lpDeviceID       in: the device
//   dwSize           in: bytes at lpDeviceID
//   dwSecure         in: nonzero: protect the call from interruption
//   lpszDestAddress  in: the address to call
//   lpszAppName      in: the application that asks, or NULL
//   lpszCalledParty  in: who is called, for people to read, or NULL
//   lpszComment      in: a comment, for people to read, or NULL
// Errors: none documented.
// Source: nf-tapi-tapirequestmediacallw.
OFFHOOK_ABI_EXPORT LONG WINAPI tapiRequestMediaCall(HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass,
                                                    LPCSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
                                                    LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
                                                    LPCSTR lpszComment);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI tapiRequestMediaCallA(HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass,
                                                     LPCSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
                                                     LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
                                                     LPCSTR lpszComment);
OFFHOOK_ABI_EXPORT LONG WINAPI tapiRequestMediaCallW(HWND hwnd, WPARAM wRequestID, LPCWSTR lpszDeviceClass,
                                                     LPCWSTR lpDeviceID, DWORD dwSize, DWORD dwSecure,
                                                     LPCWSTR lpszDestAddress, LPCWSTR lpszAppName,
                                                     LPCWSTR lpszCalledParty, LPCWSTR lpszComment);
#ifdef UNICODE
#define tapiRequestMediaCall tapiRequestMediaCallW
#endif
#endif

// Register or deregister as assisted-telephony recipient.
// Synchronous. Answered by the service itself.
//   hLineApp                in: the application
//   dwRegistrationInstance  in: sent back with LINE_REQUEST
//   dwRequestMode           in: LINEREQUESTMODE_ bits
//   bEnable                 in: nonzero: on; 0: off
// - highest-priority registrant gets LINE_REQUEST with its registration instance
// - lineShutdown deregisters automatically
// Errors: LINEERR_INVALAPPHANDLE, LINEERR_INVALREQUESTMODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineregisterrequestrecipient.
OFFHOOK_ABI_EXPORT LONG WINAPI lineRegisterRequestRecipient(HLINEAPP hLineApp, DWORD dwRegistrationInstance,
                                                            DWORD dwRequestMode, DWORD bEnable);

// Take next queued assisted-telephony request.
// Synchronous. Answered by the service itself.
//   hLineApp         in: the application
//   dwRequestMode    in: one LINEREQUESTMODE_
//   lpRequestBuffer  out: LINEREQMAKECALL or LINEREQMEDIACALL, by the mode
// - call until LINEERR_NOREQUEST
// - request is removed from the queue
// - the buffer's size is not checked
// - LINE_REQUEST is never repeated
// - LINEERR_NOREQUEST also if no longer highest priority
// Errors: LINEERR_INVALAPPHANDLE, LINEERR_INVALPOINTER, LINEERR_INVALREQUESTMODE, LINEERR_NOMEM,
// LINEERR_NOREQUEST, LINEERR_NOTREGISTERED, LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetrequestw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetRequestA(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetRequestW(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
#ifdef UNICODE
#define lineGetRequest lineGetRequestW
#endif
#endif

#if TAPI_CURRENT_VERSION >= 0x00010004

// Query an application's handoff or request priority.
// Synchronous. Answered by the service itself.
//   lpszAppFilename  in: the application's file name, without a path
//   dwMediaMode      in: one LINEMEDIAMODE_, or 0 for requests
//   lpExtensionID    in: not used
//   dwRequestMode    in: one LINEREQUESTMODE_
//   lpExtensionName  out: not used; caller sets dwTotalSize
//   lpdwPriority     out: 1: highest; 0: not in the list
// - below 2.0: 0xFFFFFFFF when only in the temporary list; from version 2.0 gives 0
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALAPPNAME, LINEERR_INVALMEDIAMODE, LINEERR_INVALPOINTER,
// LINEERR_INVALREQUESTMODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_STRUCTURETOOSMALL.
// Source: nf-tapi-linegetapppriorityw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
                                                  LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
                                                  LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAppPriorityA(LPCSTR lpszAppFilename, DWORD dwMediaMode,
                                                   LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
                                                   LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAppPriorityW(LPCWSTR lpszAppFilename, DWORD dwMediaMode,
                                                   LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
                                                   LPVARSTRING lpExtensionName, LPDWORD lpdwPriority);
#ifdef UNICODE
#define lineGetAppPriority lineGetAppPriorityW
#endif
#endif

// Set or remove an application's handoff or request priority.
// Synchronous. Answered by the service itself.
//   lpszAppFilename    in: the application's file name, without a path
//   dwMediaMode        in: one LINEMEDIAMODE_, or 0 for requests
//   lpExtensionID      in: not used
//   dwRequestMode      in: one LINEREQUESTMODE_
//   lpszExtensionName  in: not used
//   dwPriority         in: 1: first; 0: remove
// - priority 0 removes (no error if absent), 1 puts first, other values fail
// - media mode 0: the priority for assisted-telephony requests
// - persists across restarts; takes effect on next call or handoff
// - works without initialization
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALAPPNAME, LINEERR_INVALMEDIAMODE, LINEERR_INVALPARAM,
// LINEERR_INVALPOINTER, LINEERR_INVALREQUESTMODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tapi-linesetapppriorityw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
                                                  LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
                                                  LPCSTR lpszExtensionName, DWORD dwPriority);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAppPriorityA(LPCSTR lpszAppFilename, DWORD dwMediaMode,
                                                   LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
                                                   LPCSTR lpszExtensionName, DWORD dwPriority);
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAppPriorityW(LPCWSTR lpszAppFilename, DWORD dwMediaMode,
                                                   LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode,
                                                   LPCWSTR lpszExtensionName, DWORD dwPriority);
#ifdef UNICODE
#define lineSetAppPriority lineSetAppPriorityW
#endif
#endif

#endif

// ---- Providers

#if TAPI_CURRENT_VERSION >= 0x00010004

// Install a provider.
// Synchronous. Reaches TUISPI_providerInstall, TSPI_providerUIIdentify, TSPI_providerEnumDevices,
// TSPI_providerInit.
//   lpszProviderFilename     in: the provider's file
//   hwndOwner                in: window that a dialog belongs to, or NULL
//   lpdwPermanentProviderID  out: the provider's permanent id
// - install failure means provider not added
// - copies no files
// - new devices are announced by LINE_CREATE and PHONE_CREATE
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_NOMULTIPLEINSTANCE, LINEERR_OPERATIONFAILED.
// Source: nf-tapi-lineaddproviderw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner,
                                               LPDWORD lpdwPermanentProviderID);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineAddProviderA(LPCSTR lpszProviderFilename, HWND hwndOwner,
                                                LPDWORD lpdwPermanentProviderID);
OFFHOOK_ABI_EXPORT LONG WINAPI lineAddProviderW(LPCWSTR lpszProviderFilename, HWND hwndOwner,
                                                LPDWORD lpdwPermanentProviderID);
#ifdef UNICODE
#define lineAddProvider lineAddProviderW
#endif
#endif

// Show a provider's configuration dialog.
// Synchronous. Reaches TUISPI_providerConfig, TSPI_providerUIIdentify.
//   hwndOwner              in: window that a dialog belongs to, or NULL
//   dwPermanentProviderID  in: the provider's permanent id
// - pass-through to provider user interface
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tapi-lineconfigprovider.
OFFHOOK_ABI_EXPORT LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID);

#endif

// Remove a provider.
// Synchronous. Reaches TUISPI_providerRemove, TSPI_providerUIIdentify, TSPI_providerShutdown.
//   dwPermanentProviderID  in: the provider's permanent id
//   hwndOwner              in: window that a dialog belongs to, or NULL
// - open handles are force-closed with LINE_CLOSE/PHONE_CLOSE
// - later use of its devices gives LINEERR_NODRIVER or LINEERR_NODEVICE (the pages differ)
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tapi-lineremoveprovider.
OFFHOOK_ABI_EXPORT LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner);

#if TAPI_CURRENT_VERSION >= 0x00010004

// List installed providers.
// Synchronous. Answered by the service itself.
//   dwAPIVersion    in: the highest version that the application knows
//   lpProviderList  out: caller sets dwTotalSize
// - works without initialization
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INIFILECORRUPT, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_STRUCTURETOOSMALL.
// Source: nf-tapi-linegetproviderlistw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
#ifdef UNICODE
#define lineGetProviderList lineGetProviderListW
#endif
#endif

#endif

// ---- Call centres: agents on an address

#if TAPI_CURRENT_VERSION >= 0x00020000

// Agent capabilities of an address.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETAGENTCAPS.
//   hLineApp         in: the application
//   dwDeviceID       in: the device
//   dwAddressID      in: the address, 0 to the number of addresses less 1
//   dwAppAPIVersion  in: the highest version that the application knows
//   lpAgentCaps      out, with the reply: caller sets dwTotalSize
// - asynchronous, like all agent functions
// - no open line needed
// Errors: LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INVALADDRESSID, LINEERR_INVALAPPHANDLE,
// LINEERR_INVALPOINTER, LINEERR_NODEVICE, LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetagentcapsw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
                                                 DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
                                                 DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);
#ifdef UNICODE
#define lineGetAgentCaps lineGetAgentCapsW
#else
#define lineGetAgentCaps lineGetAgentCapsA
#endif

// Agent status on an address.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETAGENTSTATUS.
//   hLine          in: the open line
//   dwAddressID    in: the address, 0 to the number of addresses less 1
//   lpAgentStatus  out, with the reply: caller sets dwTotalSize
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetagentstatusw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentStatusA(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentStatusW(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);
#ifdef UNICODE
#define lineGetAgentStatus lineGetAgentStatusW
#else
#define lineGetAgentStatus lineGetAgentStatusA
#endif

// List groups the agent may log into.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETAGENTGROUPLIST.
//   hLine             in: the open line
//   dwAddressID       in: the address, 0 to the number of addresses less 1
//   lpAgentGroupList  out, with the reply: caller sets dwTotalSize
// - includes groups already logged into
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALAGENTID, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetagentgrouplistw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentGroupListA(HLINE hLine, DWORD dwAddressID,
                                                      LPLINEAGENTGROUPLIST lpAgentGroupList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentGroupListW(HLINE hLine, DWORD dwAddressID,
                                                      LPLINEAGENTGROUPLIST lpAgentGroupList);
#ifdef UNICODE
#define lineGetAgentGroupList lineGetAgentGroupListW
#else
#define lineGetAgentGroupList lineGetAgentGroupListA
#endif

// List selectable agent activities.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETAGENTACTIVITYLIST.
//   hLine                in: the open line
//   dwAddressID          in: the address, 0 to the number of addresses less 1
//   lpAgentActivityList  out, with the reply: caller sets dwTotalSize
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALAGENTID, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetagentactivitylistw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentActivityListA(HLINE hLine, DWORD dwAddressID,
                                                         LPLINEAGENTACTIVITYLIST lpAgentActivityList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentActivityListW(HLINE hLine, DWORD dwAddressID,
                                                         LPLINEAGENTACTIVITYLIST lpAgentActivityList);
#ifdef UNICODE
#define lineGetAgentActivityList lineGetAgentActivityListW
#else
#define lineGetAgentActivityList lineGetAgentActivityListA
#endif

// Log an agent into groups on an address.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_SETAGENTGROUP.
//   hLine             in: the open line
//   dwAddressID       in: the address, 0 to the number of addresses less 1
//   lpAgentGroupList  in: the groups to be in, or NULL
// - NULL or empty list logs out of all
// - names ignored, ids only
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALADDRESSSTATE, LINEERR_INVALAGENTGROUP, LINEERR_INVALAGENTID,
// LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_INVALPASSWORD, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetagentgroup.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentGroup(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList);

// Set agent state and next state on an address.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_SETAGENTSTATE.
//   hLine             in: the open line
//   dwAddressID       in: the address, 0 to the number of addresses less 1
//   dwAgentState      in: LINEAGENTSTATE_; 0: keep
//   dwNextAgentState  in: LINEAGENTSTATE_; 0: the state's default
// - next state applies when the call goes idle
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALADDRESSSTATE, LINEERR_INVALAGENTSTATE, LINEERR_INVALLINEHANDLE,
// LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetagentstate.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState,
                                                 DWORD dwNextAgentState);

// Set an agent's activity code on an address.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_SETAGENTACTIVITY.
//   hLine         in: the open line
//   dwAddressID   in: the address, 0 to the number of addresses less 1
//   dwActivityID  in: the activity
// - list changes announced by LINE_AGENTSTATUS
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALADDRESSSTATE, LINEERR_INVALAGENTACTIVITY,
// LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetagentactivity.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID);

// Vendor escape to the agent handler.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_AGENTSPECIFIC.
//   hLine                    in: the open line
//   dwAddressID              in: the address, 0 to the number of addresses less 1
//   dwAgentExtensionIDIndex  in: index in LINEAGENTCAPS's list of extensions
//   lpParams                 in/out, with the reply: the agent handler's block
//   dwSize                   in: bytes at lpParams
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALAGENTID, LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM,
// LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineagentspecific.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAgentSpecific(HLINE hLine, DWORD dwAddressID, DWORD dwAgentExtensionIDIndex,
                                                 LPVOID lpParams, DWORD dwSize);

#endif

// ---- Call centres: agent handles, sessions, groups, queues

#if TAPI_CURRENT_VERSION >= 0x00020002

// Create an agent handle at the agent handler.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_CREATEAGENT.
//   hLine         in: the open line
//   lpszAgentID   in: the agent's id, or NULL
//   lpszAgentPIN  in: the agent's password, or NULL
//   lphAgent      out, with the reply: the agent's handle
// - NULL id and password: the operating system's login
// - handler guarantees unique handle
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linecreateagentw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineCreateAgentA(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN, LPHAGENT lphAgent);
OFFHOOK_ABI_EXPORT LONG WINAPI lineCreateAgentW(HLINE hLine, LPWSTR lpszAgentID, LPWSTR lpszAgentPIN,
                                                LPHAGENT lphAgent);
#ifdef UNICODE
#define lineCreateAgent lineCreateAgentW
#else
#define lineCreateAgent lineCreateAgentA
#endif

// Agent statistics.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETAGENTINFO.
//   hLine        in: the open line
//   hAgent       in: the agent
//   lpAgentInfo  out, with the reply: caller sets dwTotalSize
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetagentinfo.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo);

// Set an agent handle's state and next state.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_SETAGENTSTATEEX.
//   hLine             in: the open line
//   hAgent            in: the agent
//   dwAgentState      in: LINEAGENTSTATEEX_; 0: keep
//   dwNextAgentState  in: LINEAGENTSTATEEX_; 0: keep
// Errors: LINEERR_INVALAGENTSTATE, LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetagentstateex.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState,
                                                   DWORD dwNextAgentState);

// Set an agent's statistics period.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD.
//   hLine                in: the open line
//   hAgent               in: the agent
//   dwMeasurementPeriod  in: seconds, above 0
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetagentmeasurementperiod.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent, DWORD dwMeasurementPeriod);

// Create an agent session for a group.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_CREATEAGENTSESSION.
//   hLine               in: the open line
//   hAgent              in: the agent
//   lpszAgentPIN        in: the agent's password, or NULL
//   dwWorkingAddressID  in: the address the agent works at
//   lpGroupID           in: the group
//   lphAgentSession     out, with the reply: the session's handle
// - handler guarantees unique handle
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linecreateagentsessionw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineCreateAgentSessionA(HLINE hLine, HAGENT hAgent, LPSTR lpszAgentPIN,
                                                       DWORD dwWorkingAddressID, LPGUID lpGroupID,
                                                       LPHAGENTSESSION lphAgentSession);
OFFHOOK_ABI_EXPORT LONG WINAPI lineCreateAgentSessionW(HLINE hLine, HAGENT hAgent, LPWSTR lpszAgentPIN,
                                                       DWORD dwWorkingAddressID, LPGUID lpGroupID,
                                                       LPHAGENTSESSION lphAgentSession);
#ifdef UNICODE
#define lineCreateAgentSession lineCreateAgentSessionW
#else
#define lineCreateAgentSession lineCreateAgentSessionA
#endif

// Agent session statistics.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETAGENTSESSIONINFO.
//   hLine               in: the open line
//   hAgentSession       in: the session
//   lpAgentSessionInfo  out, with the reply: caller sets dwTotalSize
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetagentsessioninfo.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentSessionInfo(HLINE hLine, HAGENTSESSION hAgentSession,
                                                       LPLINEAGENTSESSIONINFO lpAgentSessionInfo);

// List agent's sessions.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETAGENTSESSIONLIST.
//   hLine               in: the open line
//   hAgent              in: the agent
//   lpAgentSessionList  out, with the reply: caller sets dwTotalSize
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetagentsessionlist.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentSessionList(HLINE hLine, HAGENT hAgent,
                                                       LPLINEAGENTSESSIONLIST lpAgentSessionList);

// Set an agent session's state and next state.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_SETAGENTSESSIONSTATE.
//   hLine                    in: the open line
//   hAgentSession            in: the session
//   dwAgentSessionState      in: LINEAGENTSESSIONSTATE_; 0: keep
//   dwNextAgentSessionState  in: LINEAGENTSESSIONSTATE_; 0: keep
// - an invalid state gives LINEERR_INVALAGENTSTATE
// Errors: LINEERR_INVALAGENTSTATE, LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetagentsessionstate.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentSessionState(HLINE hLine, HAGENTSESSION hAgentSession,
                                                        DWORD dwAgentSessionState, DWORD dwNextAgentSessionState);

// List ACD groups.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETGROUPLIST.
//   hLine        in: the open line
//   lpGroupList  out, with the reply: caller sets dwTotalSize
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetgrouplistw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetGroupListA(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetGroupListW(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);
#ifdef UNICODE
#define lineGetGroupList lineGetGroupListW
#else
#define lineGetGroupList lineGetGroupListA
#endif

// List queues of a group.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETQUEUELIST.
//   hLine        in: the open line
//   lpGroupID    in: the group
//   lpQueueList  out, with the reply: caller sets dwTotalSize
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetqueuelistw.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetQueueListA(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetQueueListW(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);
#ifdef UNICODE
#define lineGetQueueList lineGetQueueListW
#else
#define lineGetQueueList lineGetQueueListA
#endif

// Queue statistics.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_GETQUEUEINFO.
//   hLine            in: the open line
//   dwQueueID        in: the queue
//   lpLineQueueInfo  out, with the reply: caller sets dwTotalSize
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetqueueinfo.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetQueueInfo(HLINE hLine, DWORD dwQueueID, LPLINEQUEUEINFO lpLineQueueInfo);

// Set a queue's statistics period.
// Asynchronous. Served by an agent handler, as LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD.
//   hLine                in: the open line
//   dwQueueID            in: the queue
//   dwMeasurementPeriod  in: seconds, above 0
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linesetqueuemeasurementperiod.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID, DWORD dwMeasurementPeriod);

#endif

// ---- Call centres: the agent handler

#if TAPI_CURRENT_VERSION >= 0x00020000

// Proxy handler broadcasts an agent message.
// Synchronous. Answered by the service itself.
//   hLine     in: the open line
//   hCall     in: a call of that line, or 0
//   dwMsg     in: the message
//   dwParam1  in: its first parameter
//   dwParam2  in: its second parameter
//   dwParam3  in: its third parameter
// - sent to all that have the line open, except hLine
// - handles translated per receiving application
// - only message types permitted to proxies
// - caller must be a registered proxy
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_NOMEM,
// LINEERR_NOTREGISTERED, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineproxymessage.
OFFHOOK_ABI_EXPORT LONG WINAPI lineProxyMessage(HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1, DWORD dwParam2,
                                                DWORD dwParam3);

// Proxy handler completes a request.
// Synchronous. Answered by the service itself.
//   hLine           in: the open line
//   lpProxyRequest  in: the block that LINE_PROXYREQUEST brought
//   dwResult        in: 0 or the error
// - once per LINE_PROXYREQUEST
// - result 0 or an error of the original function
// - produces LINE_REPLY and returns data to the requester
// - buffer freed by this call
// - needed/used sizes must be set
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPARAM, LINEERR_INVALPOINTER, LINEERR_NOMEM,
// LINEERR_NOTREGISTERED, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_UNINITIALIZED.
// Source: nf-tapi-lineproxyresponse.
OFFHOOK_ABI_EXPORT LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest, DWORD dwResult);

#endif

#if TAPI_CURRENT_VERSION >= 0x00020002

// List proxy request types now served on a line.
// Synchronous. Answered by the service itself.
//   hLineApp                in: the application
//   dwDeviceID              in: the device
//   dwAppAPIVersion         in: the highest version that the application knows
//   lpLineProxyRequestList  out: caller sets dwTotalSize
// Errors: LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INVALPARAM, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_UNINITIALIZED.
// Source: nf-tapi-linegetproxystatus.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetProxyStatus(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAppAPIVersion,
                                                  LPLINEPROXYREQUESTLIST lpLineProxyRequestList);

#endif

// ---- Initialization, versions, messages: phones

// Obsolete phone initialization for 1.3/1.4 applications.
// Obsolete. Synchronous. Reaches TSPI_providerEnumDevices, TSPI_providerInit.
//   lphPhoneApp   out: the application's handle
//   hInstance     in: module of the application; unused on Linux, may be NULL
//   lpfnCallback  in: receives the messages
//   lpszAppName   in: the application's name for people
//   lpdwNumDevs   out: the number of devices; their ids count from 0
// - hidden window only
// - documented to fail if any provider fails to initialize
// Errors: PHONEERR_INIFILECORRUPT, PHONEERR_INVALAPPNAME, PHONEERR_INVALPARAM, PHONEERR_INVALPOINTER,
// PHONEERR_NODEVICE, PHONEERR_NODRIVER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_REINIT,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tapi-phoneinitialize.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneInitialize(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance, PHONECALLBACK lpfnCallback,
                                               LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Register an application for phone use.
// Synchronous. Reaches TSPI_providerEnumDevices, TSPI_providerInit.
//   lphPhoneApp                out: the application's handle
//   hInstance                  in: module of the application; unused on Linux, may be NULL
//   lpfnCallback               in: receives the messages; NULL unless a hidden window is used
//   lpszFriendlyAppName        in: the application's name for people, or NULL
//   lpdwNumDevs                out: the number of devices; their ids count from 0
//   lpdwAPIVersion             in/out: in: the application's highest version; out: the service's highest
//   lpPhoneInitializeExParams  out: how to deliver messages; caller sets dwTotalSize
// - three ways of delivery, as for lines
// - while a change of devices is pending: PHONEERR_REINIT until the last application shuts down
// - NULL name: module file name
// Errors: PHONEERR_INIFILECORRUPT, PHONEERR_INVALAPPNAME, PHONEERR_INVALPARAM, PHONEERR_INVALPOINTER,
// PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_REINIT.
// Source: nf-tapi-phoneinitializeexw.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneInitializeExA(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
                                                  PHONECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName,
                                                  LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
                                                  LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneInitializeExW(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
                                                  PHONECALLBACK lpfnCallback, LPCWSTR lpszFriendlyAppName,
                                                  LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
                                                  LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams);
#ifdef UNICODE
#define phoneInitializeEx phoneInitializeExW
#else
#define phoneInitializeEx phoneInitializeExA
#endif

// Fetch next queued phone message in event mode.
// Synchronous. Answered by the service itself.
//   hPhoneApp  in: the application
//   lpMessage  out: the message
//   dwTimeout  in: milliseconds to wait; 0: do not wait; 0xFFFFFFFF: for ever
// - needs USEEVENT
// - timeout: PHONEERR_OPERATIONFAILED
// - phoneShutdown on another thread: PHONEERR_INVALAPPHANDLE at once
// Errors: PHONEERR_INVALAPPHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED.
// Source: nf-tapi-phonegetmessage.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetMessage(HPHONEAPP hPhoneApp, LPPHONEMESSAGE lpMessage, DWORD dwTimeout);

#endif

// Negotiate API version and get extension id for a phone.
// Synchronous. Reaches TSPI_phoneNegotiateTSPIVersion, TSPI_phoneGetExtensionID.
//   hPhoneApp         in: the application
//   dwDeviceID        in: the device
//   dwAPILowVersion   in: lowest acceptable version
//   dwAPIHighVersion  in: highest acceptable version
//   lpdwAPIVersion    out: the version
//   lpExtensionID     out: the extensions; all zero for none
// - result lies in application's range
// Errors: PHONEERR_BADDEVICEID, PHONEERR_INCOMPATIBLEAPIVERSION, PHONEERR_INVALAPPHANDLE, PHONEERR_INVALPOINTER,
// PHONEERR_NODEVICE, PHONEERR_NODRIVER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonenegotiateapiversion.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneNegotiateAPIVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                                        DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                                        LPPHONEEXTENSIONID lpExtensionID);

// Negotiate extension version for a phone.
// Synchronous. Reaches TSPI_phoneNegotiateExtVersion.
//   hPhoneApp         in: the application
//   dwDeviceID        in: the device
//   dwAPIVersion      in: the negotiated interface version
//   dwExtLowVersion   in: lowest acceptable version
//   dwExtHighVersion  in: highest acceptable version
//   lpdwExtVersion    out: the version
// - needs negotiated API version
// Errors: PHONEERR_BADDEVICEID, PHONEERR_INCOMPATIBLEAPIVERSION, PHONEERR_INCOMPATIBLEEXTVERSION,
// PHONEERR_INVALAPPHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NODEVICE, PHONEERR_NODRIVER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonenegotiateextversion.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneNegotiateExtVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                        DWORD dwExtLowVersion, DWORD dwExtHighVersion,
                                                        LPDWORD lpdwExtVersion);

// End an application's phone use.
// Synchronous. Reaches TSPI_phoneClose, TSPI_providerShutdown.
//   hPhoneApp  in: the application
// - open phones are closed
// Errors: PHONEERR_INVALAPPHANDLE, PHONEERR_NOMEM, PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phoneshutdown.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneShutdown(HPHONEAPP hPhoneApp);

// ---- Phone devices

// Open a phone as owner or monitor.
// Synchronous. Reaches TSPI_phoneOpen, TSPI_phoneSelectExtVersion, TSPI_phoneSetStatusMessages.
//   hPhoneApp           in: the application
//   dwDeviceID          in: the device
//   lphPhone            out: the phone's handle
//   dwAPIVersion        in: the negotiated interface version
//   dwExtVersion        in: the negotiated extension version; 0: none
//   dwCallbackInstance  in: sent back with every message of this opening
//   dwPrivilege         in: one PHONEPRIVILEGE_
// - one owner at a time; many monitors
// - while a change of devices is pending: PHONEERR_REINIT
// Errors: PHONEERR_ALLOCATED, PHONEERR_BADDEVICEID, PHONEERR_INCOMPATIBLEAPIVERSION,
// PHONEERR_INCOMPATIBLEEXTVERSION, PHONEERR_INIFILECORRUPT, PHONEERR_INUSE, PHONEERR_INVALAPPHANDLE,
// PHONEERR_INVALPOINTER, PHONEERR_INVALPRIVILEGE, PHONEERR_NODEVICE, PHONEERR_NODRIVER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_REINIT, PHONEERR_RESOURCEUNAVAIL,
// PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phoneopen.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneOpen(HPHONEAPP hPhoneApp, DWORD dwDeviceID, LPHPHONE lphPhone, DWORD dwAPIVersion,
                                         DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivilege);

// Close an open phone.
// Synchronous. Reaches TSPI_phoneClose, TSPI_phoneSelectExtVersion.
//   hPhone  in: the open phone
// - outstanding replies suppressed
// - PHONE_CLOSE tells only of a close by force
// - handle invalid afterwards
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phoneclose.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneClose(HPHONE hPhone);

// Capabilities of a phone device.
// Synchronous. Reaches TSPI_phoneGetDevCaps.
//   hPhoneApp     in: the application
//   dwDeviceID    in: the device
//   dwAPIVersion  in: the negotiated interface version
//   dwExtVersion  in: the negotiated extension version; 0: none
//   lpPhoneCaps   out: caller sets dwTotalSize
// - needs negotiated API version
// Errors: PHONEERR_BADDEVICEID, PHONEERR_INCOMPATIBLEAPIVERSION, PHONEERR_INCOMPATIBLEEXTVERSION,
// PHONEERR_INVALAPPHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NODEVICE, PHONEERR_NODRIVER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_STRUCTURETOOSMALL,
// PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetdevcapsw.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetDevCaps(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                               DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetDevCapsA(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetDevCapsW(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);
#ifdef UNICODE
#define phoneGetDevCaps phoneGetDevCapsW
#endif
#endif

// Overall phone status.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetStatus.
//   hPhone         in: the open phone
//   lpPhoneStatus  out: caller sets dwTotalSize
// - the service fills owner name, owner and monitor counts
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_STRUCTURETOOSMALL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetstatusw.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetStatus(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetStatusA(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetStatusW(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);
#ifdef UNICODE
#define phoneGetStatus phoneGetStatusW
#endif
#endif

// Device id of a class tied to a phone.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetID.
//   hPhone           in: the open phone
//   lpDeviceID       out: the device's id, in the form of its class; caller sets dwTotalSize
//   lpszDeviceClass  in: the device class, in any letter case
// - class names are case-insensitive
// Errors: PHONEERR_INVALDEVICECLASS, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_STRUCTURETOOSMALL,
// PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetidw.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetID(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIDA(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIDW(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define phoneGetID phoneGetIDW
#endif
#endif

// Phone icon.
// Synchronous. Reaches TSPI_phoneGetIcon.
//   dwDeviceID       in: the device
//   lpszDeviceClass  in: the device class, in any letter case
//   lphIcon          out: the icon
// - below 2.0: generic icon on any failure
// - from version 2.0: generic only for top-level class, else PHONEERR_INVALDEVICECLASS
// Errors: PHONEERR_BADDEVICEID, PHONEERR_INVALDEVICECLASS, PHONEERR_INVALPOINTER, PHONEERR_NODEVICE,
// PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegeticonw.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);
#ifdef UNICODE
#define phoneGetIcon phoneGetIconW
#endif
#endif

// Read the application's phone status masks.
// Synchronous. Answered by the service itself.
//   hPhone            in: the open phone
//   lpdwPhoneStates   out: PHONESTATE_ bits
//   lpdwButtonModes   out: PHONEBUTTONMODE_ bits
//   lpdwButtonStates  out: PHONEBUTTONSTATE_ bits
// - all off by default
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetstatusmessages.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetStatusMessages(HPHONE hPhone, LPDWORD lpdwPhoneStates, LPDWORD lpdwButtonModes,
                                                      LPDWORD lpdwButtonStates);

// Select phone status messages.
// Synchronous. Reaches TSPI_phoneSetStatusMessages.
//   hPhone          in: the open phone
//   dwPhoneStates   in: PHONESTATE_ bits
//   dwButtonModes   in: PHONEBUTTONMODE_ bits
//   dwButtonStates  in: PHONEBUTTONSTATE_ bits
// - modes nonzero need at least one button state
// - modes zero: button states ignored
// - all off by default
// Errors: PHONEERR_INVALBUTTONMODE, PHONEERR_INVALBUTTONSTATE, PHONEERR_INVALPHONEHANDLE,
// PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesetstatusmessages.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetStatusMessages(HPHONE hPhone, DWORD dwPhoneStates, DWORD dwButtonModes,
                                                      DWORD dwButtonStates);

// Show phone configuration dialog.
// Synchronous. Reaches TUISPI_phoneConfigDialog, TSPI_providerUIIdentify.
//   dwDeviceID       in: the device
//   hwndOwner        in: window that a dialog belongs to, or NULL
//   lpszDeviceClass  in: the device class, in any letter case
// - modal
// - NULL, empty or tapi/phone class selects top level
// Errors: PHONEERR_BADDEVICEID, PHONEERR_INUSE, PHONEERR_INVALDEVICECLASS, PHONEERR_INVALPARAM,
// PHONEERR_INVALPOINTER, PHONEERR_NODEVICE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phoneconfigdialogw.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneConfigDialogA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneConfigDialogW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define phoneConfigDialog phoneConfigDialogW
#endif
#endif

// Vendor escape on a phone.
// Asynchronous. Reaches TSPI_phoneDevSpecific.
//   hPhone    in: the open phone
//   lpParams  in/out, with the reply: the vendor's block
//   dwSize    in: bytes at lpParams
// - block passed unchanged both ways
// - vendor errors allowed
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonedevspecific.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneDevSpecific(HPHONE hPhone, LPVOID lpParams, DWORD dwSize);

// ---- Parts of a phone

// Mode, function and text of a button.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetButtonInfo.
//   hPhone          in: the open phone
//   dwButtonLampID  in: the button or lamp
//   lpButtonInfo    out: caller sets dwTotalSize
// Errors: PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE,
// PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_STRUCTURETOOSMALL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetbuttoninfow.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetButtonInfoA(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetButtonInfoW(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);
#ifdef UNICODE
#define phoneGetButtonInfo phoneGetButtonInfoW
#endif
#endif

// Set mode, function and text of a button.
// Asynchronous. Needs OWNER of the phone. Reaches TSPI_phoneSetButtonInfo.
//   hPhone          in: the open phone
//   dwButtonLampID  in: the button or lamp
//   lpButtonInfo    in: the button's meaning and text
// Errors: PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM,
// PHONEERR_NOTOWNER, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL,
// PHONEERR_STRUCTURETOOSMALL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesetbuttoninfow.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID,
                                                  LPPHONEBUTTONINFO const lpButtonInfo);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetButtonInfoA(HPHONE hPhone, DWORD dwButtonLampID,
                                                   LPPHONEBUTTONINFO const lpButtonInfo);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetButtonInfoW(HPHONE hPhone, DWORD dwButtonLampID,
                                                   LPPHONEBUTTONINFO const lpButtonInfo);
#ifdef UNICODE
#define phoneSetButtonInfo phoneSetButtonInfoW
#endif
#endif

// Current lamp mode.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetLamp.
//   hPhone          in: the open phone
//   dwButtonLampID  in: the button or lamp
//   lpdwLampMode    out: one PHONELAMPMODE_
// - extra lamps modelled with DUMMY buttons
// Errors: PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE,
// PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetlamp.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetLamp(HPHONE hPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode);

// Set lamp mode.
// Asynchronous. Needs OWNER of the phone. Reaches TSPI_phoneSetLamp.
//   hPhone          in: the open phone
//   dwButtonLampID  in: the button or lamp
//   dwLampMode      in: one PHONELAMPMODE_
// Errors: PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALLAMPMODE, PHONEERR_INVALPHONEHANDLE,
// PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_NOTOWNER, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesetlamp.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetLamp(HPHONE hPhone, DWORD dwButtonLampID, DWORD dwLampMode);

// Current display content.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetDisplay.
//   hPhone     in: the open phone
//   lpDisplay  out: caller sets dwTotalSize
// - needs rows times columns elements
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_STRUCTURETOOSMALL,
// PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetdisplay.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetDisplay(HPHONE hPhone, LPVARSTRING lpDisplay);

// Write text at a display position.
// Asynchronous. Needs OWNER of the phone. Reaches TSPI_phoneSetDisplay.
//   hPhone      in: the open phone
//   dwRow       in: the row, from 0
//   dwColumn    in: the column, from 0
//   lpsDisplay  in: the text
//   dwSize      in: bytes at lpsDisplay
// - excess truncated
// Errors: PHONEERR_INVALPARAM, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_INVALPOINTER,
// PHONEERR_NOMEM, PHONEERR_NOTOWNER, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesetdisplay.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetDisplay(HPHONE hPhone, DWORD dwRow, DWORD dwColumn, LPCSTR lpsDisplay,
                                               DWORD dwSize);

// Upload data from phone memory.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetData.
//   hPhone    in: the open phone
//   dwDataID  in: the data area
//   lpData    out: the data
//   dwSize    in: room at lpData, in bytes
// - size 0 copies nothing
// Errors: PHONEERR_INVALDATAID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_INVALPOINTER,
// PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL,
// PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetdata.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetData(HPHONE hPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize);

// Download data to phone memory.
// Asynchronous. Needs OWNER of the phone. Reaches TSPI_phoneSetData.
//   hPhone    in: the open phone
//   dwDataID  in: the data area
//   lpData    in: the data
//   dwSize    in: bytes at lpData
// Errors: PHONEERR_INVALDATAID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_INVALPOINTER,
// PHONEERR_NOMEM, PHONEERR_NOTOWNER, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesetdata.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetData(HPHONE hPhone, DWORD dwDataID, LPVOID const lpData, DWORD dwSize);

// Current ring mode and volume.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetRing.
//   hPhone        in: the open phone
//   lpdwRingMode  out: the ring mode; 0: not ringing
//   lpdwVolume    out: 0 to 0xFFFF
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetring.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetRing(HPHONE hPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume);

// Ring the phone with mode and volume.
// Asynchronous. Needs OWNER of the phone. Reaches TSPI_phoneSetRing.
//   hPhone      in: the open phone
//   dwRingMode  in: the ring mode; 0: silence
//   dwVolume    in: 0 to 0xFFFF
// - mode 0 to dwNumRingModes
// - no ring modes in PHONECAPS: not controllable
// - volume clamped
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_INVALRINGMODE, PHONEERR_NOMEM,
// PHONEERR_NOTOWNER, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL,
// PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesetring.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetRing(HPHONE hPhone, DWORD dwRingMode, DWORD dwVolume);

// Which hookswitch devices are off hook.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetHookSwitch.
//   hPhone              in: the open phone
//   lpdwHookSwitchDevs  out: PHONEHOOKSWITCHDEV_ bits that are off hook
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegethookswitch.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetHookSwitch(HPHONE hPhone, LPDWORD lpdwHookSwitchDevs);

// Set hookswitch mode of listed devices.
// Asynchronous. Needs OWNER of the phone. Reaches TSPI_phoneSetHookSwitch.
//   hPhone            in: the open phone
//   dwHookSwitchDevs  in: PHONEHOOKSWITCHDEV_ bits
//   dwHookSwitchMode  in: one PHONEHOOKSWITCHMODE_
// - unlisted devices untouched
// - one device or several (the pages differ)
// - PHONE_STATE follows the change
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALHOOKSWITCHMODE, PHONEERR_INVALPHONEHANDLE,
// PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_NOTOWNER, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesethookswitch.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetHookSwitch(HPHONE hPhone, DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode);

// Microphone gain of one hookswitch device.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetGain.
//   hPhone           in: the open phone
//   dwHookSwitchDev  in: one PHONEHOOKSWITCHDEV_
//   lpdwGain         out: 0 to 0xFFFF
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE,
// PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetgain.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetGain(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain);

// Set microphone gain of one hookswitch device.
// Asynchronous. Needs OWNER of the phone. Reaches TSPI_phoneSetGain.
//   hPhone           in: the open phone
//   dwHookSwitchDev  in: one PHONEHOOKSWITCHDEV_
//   dwGain           in: 0 to 0xFFFF
// - out-of-range clamped
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_NOTOWNER, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL,
// PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesetgain.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetGain(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwGain);

// Speaker volume of one hookswitch device.
// Synchronous. Needs MONITOR or OWNER of the phone. Reaches TSPI_phoneGetVolume.
//   hPhone           in: the open phone
//   dwHookSwitchDev  in: one PHONEHOOKSWITCHDEV_
//   lpdwVolume       out: 0 to 0xFFFF
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE,
// PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL, PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonegetvolume.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume);

// Set speaker volume of one hookswitch device.
// Asynchronous. Needs OWNER of the phone. Reaches TSPI_phoneSetVolume.
//   hPhone           in: the open phone
//   dwHookSwitchDev  in: one PHONEHOOKSWITCHDEV_
//   dwVolume         in: 0 to 0xFFFF
// - out-of-range clamped
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_NOTOWNER, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL,
// PHONEERR_UNINITIALIZED.
// Source: nf-tapi-phonesetvolume.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwVolume);

#ifdef __cplusplus
}
#endif

#endif // OFFHOOK_TAPI_FUNCTIONS_H
