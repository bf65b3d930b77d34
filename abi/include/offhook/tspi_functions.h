// SPDX-License-Identifier: Apache-2.0

// The functions of the provider interface: what a telephony service provider exports (TSPI_), and what its
// user-interface library exports (TUISPI_). All text is UTF-16.
//
// A synchronous function returns 0 or a negative error, and never calls the completion procedure (R052). An
// asynchronous one has a DRV_REQUESTID as its first parameter and returns it, or a negative error when nothing was
// started (R043, R051). An accepted request is completed exactly once, with 0 or one of the same errors (R046, R049),
// perhaps before the function returns (R047). What a request takes in is copied before it returns (R050); what it
// writes "before completion" is there when it completes (R056).
//
// A function that creates a call writes its HDRVCALL before it returns (R061). The handle cannot be used, and no event
// names it, until the request has completed with success (R062, R063); after a failure it is forgotten, without
// TSPI_lineCloseCall (R064).
//
// Structures with a dwTotalSize: stay within it (R030), fill every fixed field even when the variable parts do not fit
// (R032), never truncate a variable part (R033), and give no field that is newer than the version in force (R029).
//
// Above each function: its parameters (in, out: filled at return, or as said), what to know, the rules of the life
// cycle that it is bound by, its errors, and the page of the public documentation that describes it. Call states are
// named without LINECALLSTATE_. A provider leaves out what is optional; the service then answers OPERATIONUNAVAIL.

#ifndef OFFHOOK_TSPI_FUNCTIONS_H
#define OFFHOOK_TSPI_FUNCTIONS_H

#include "offhook/tapi_structures.h"
#include "offhook/tapi_version.h"
#include "offhook/tspi_structures.h"
#include "offhook/tspi_types.h"
#include "offhook/windows_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- Providers: sessions and devices

#if TAPI_CURRENT_VERSION >= 0x00010004

// Report line and phone counts and pass create callbacks.
// Synchronous. Mandatory. Called for lineAddProvider, lineInitialize, lineInitializeEx, phoneInitialize,
// phoneInitializeEx.
//   dwPermanentProviderID  in: the provider's permanent id
//   lpdwNumLines           out: the number of line devices
//   lpdwNumPhones          out: the number of phone devices
//   hProvider              in: the service's name for this provider, for LINE_CREATE and PHONE_CREATE
//   lpfnLineCreateProc     in: where the provider reports new and removed lines
//   lpfnPhoneCreateProc    in: where the provider reports new and removed phones
// - called before TSPI_providerInit
// - the counts are 0 on entry
// - create messages may arrive even before init finishes and must be handled
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_providerenumdevices.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines,
                                                         LPDWORD lpdwNumPhones, HPROVIDER hProvider,
                                                         LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc);

#endif

// Start the provider for one session with device ranges and callbacks.
// Synchronous. Mandatory. Called for lineAddProvider, lineInitialize, lineInitializeEx, phoneInitialize,
// phoneInitializeEx.
//   dwTSPIVersion          in: the negotiated interface version
//   dwPermanentProviderID  in: the provider's permanent id
//   dwLineDeviceIDBase     in: id of the provider's first line device
//   dwPhoneDeviceIDBase    in: id of the provider's first phone device
//   dwNumLines             in: the number of line devices
//   dwNumPhones            in: the number of phone devices
//   lpfnCompletionProc     in: where the provider completes requests
//   lpdwTSPIOptions        out: LINETSPIOPTION_ bits, 0 on entry
// - runs before any TSPI_line*/TSPI_phone* except TSPI_lineNegotiateTSPIVersion
// - paired with TSPI_providerShutdown
// - a second call before shutdown returns success and changes nothing
// - counts equal those from TSPI_providerEnumDevices
// - LINEERR_NODRIVER may be reported later, when a fault shows only in use
// - dialog functions are never serialized by the service
// Life cycle: R003, R007, R008, R009, R010, R011, R012, R014.
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INIFILECORRUPT, LINEERR_NOMEM, LINEERR_NOMULTIPLEINSTANCE,
// LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_providerinit.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
                                                  DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase,
                                                  DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones,
                                                  ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions);

// Stop all provider activity and free resources.
// Synchronous. Mandatory. Called for lineRemoveProvider, lineShutdown, phoneShutdown.
//   dwTSPIVersion          in: the negotiated interface version
//   dwPermanentProviderID  in: the provider's permanent id
// - last line/phone call of the session except version negotiation
// - normally succeeds; callers ignore errors
// - dwPermanentProviderID selects which instance
// Life cycle: R001, R002, R007.
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_NOMEM.
// Source: nf-tspi-tspi_providershutdown.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID);

#if TAPI_CURRENT_VERSION >= 0x00010004

// Assign a real device id to a dynamically announced line.
// Synchronous. Optional.
//   dwTempID    in: the provider's temporary id from the message
//   dwDeviceID  in: the device's id from now on
// - only called in answer to LINE_CREATE
// - dwTempID equals dwParam2 of LINE_CREATE
// - new id is current line count (appended at end)
// - provider must cope with noncontiguous ids
// - failure means device not added and message ignored
// - on success applications get LINE_CREATE or REINIT
// Life cycle: R090.
// Errors: LINEERR_BADDEVICEID, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_providercreatelinedevice.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

// Assign a real device id to a dynamically announced phone.
// Synchronous. Optional.
//   dwTempID    in: the provider's temporary id from the message
//   dwDeviceID  in: the device's id from now on
// - only called in answer to PHONE_CREATE
// - dwTempID equals dwParam2 of PHONE_CREATE
// - provider must cope with noncontiguous ids
// - failure means device not added and message ignored
// - on success applications get PHONE_CREATE or REINIT
// Errors: PHONEERR_BADDEVICEID, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_providercreatephonedevice.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

#endif

// ---- Versions

// Return highest interface version in range for a device.
// Synchronous. Mandatory. Called for lineInitialize, lineInitializeEx, lineNegotiateAPIVersion.
//   dwDeviceID       in: the device, or INITIALIZE_NEGOTIATION
//   dwLowVersion     in: lowest acceptable version
//   dwHighVersion    in: highest acceptable version
//   lpdwTSPIVersion  out: the version
// - INITIALIZE_NEGOTIATION stands for the whole provider
// - with that id must never return LINEERR_OPERATIONUNAVAIL, even with no lines
// - major version in high word, minor in low
// - disjoint range: LINEERR_INCOMPATIBLEAPIVERSION
// Life cycle: R009, R015, R016, R017, R018, R019.
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linenegotiatetspiversion.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion,
                                                              LPDWORD lpdwTSPIVersion);

// Return highest extension version in range for a device.
// Synchronous. Optional. Called for lineNegotiateExtVersion.
//   dwDeviceID      in: the device
//   dwTSPIVersion   in: the negotiated interface version
//   dwLowVersion    in: lowest acceptable version
//   dwHighVersion   in: highest acceptable version
//   lpdwExtVersion  out: the version
// - INITIALIZE_NEGOTIATION not allowed
// - callable before or after open
// - while a version is selected: return it when in range, else LINEERR_INCOMPATIBLEEXTVERSION
// - the service does not validate the range
// Life cycle: R019, R024.
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linenegotiateextversion.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwLowVersion,
                                                             DWORD dwHighVersion, LPDWORD lpdwExtVersion);

// Activate or cancel an extension version on an open line.
// Synchronous. Optional. Called for lineClose, lineOpen.
//   hdLine        in: the open line
//   dwExtVersion  in: the version; 0: none any more
// - LINEERR_INCOMPATIBLEEXTVERSION when another version was selected meanwhile
// - called at first application open with extensions and after last such application closes
// Life cycle: R023.
// Errors: LINEERR_INCOMPATIBLEEXTVERSION, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineselectextversion.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion);

// Return extension id of a line.
// Synchronous. Optional. Called for lineNegotiateAPIVersion.
//   dwDeviceID     in: the device
//   dwTSPIVersion  in: the negotiated interface version
//   lpExtensionID  out: the extensions; all zero for none
// - called during application version negotiation
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetextensionid.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                                        LPLINEEXTENSIONID lpExtensionID);

// Return highest interface version in range for a phone.
// Synchronous. Mandatory if any phone device. Called for phoneNegotiateAPIVersion.
//   dwDeviceID       in: the device
//   dwLowVersion     in: lowest acceptable version
//   dwHighVersion    in: highest acceptable version
//   lpdwTSPIVersion  out: the version
// - INITIALIZE_NEGOTIATION is never passed
// - never PHONEERR_OPERATIONUNAVAIL then
// - called early for each phone
// Life cycle: R016, R017, R018, R019.
// Errors: PHONEERR_INCOMPATIBLEAPIVERSION, PHONEERR_NODRIVER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonenegotiatetspiversion.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
                                                               DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);

// Return highest extension version in range for a phone.
// Synchronous. Optional. Called for phoneNegotiateExtVersion.
//   dwDeviceID      in: the device
//   dwTSPIVersion   in: the negotiated interface version
//   dwLowVersion    in: lowest acceptable version
//   dwHighVersion   in: highest acceptable version
//   lpdwExtVersion  out: the version
// - callable before or after open
// - while a version is selected: return it when in range, else PHONEERR_INCOMPATIBLEEXTVERSION
// Life cycle: R019, R024.
// Errors: PHONEERR_INCOMPATIBLEAPIVERSION, PHONEERR_INCOMPATIBLEEXTVERSION, PHONEERR_NODRIVER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonenegotiateextversion.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwLowVersion,
                                                              DWORD dwHighVersion, LPDWORD lpdwExtVersion);

// Activate or cancel an extension version on an open phone.
// Synchronous. Optional. Called for phoneClose, phoneOpen.
//   hdPhone       in: the open phone
//   dwExtVersion  in: the version; 0: none any more
// - fails when another version was selected meanwhile
// Life cycle: R023.
// Errors: PHONEERR_INCOMPATIBLEEXTVERSION, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phoneselectextversion.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion);

// Return extension id of a phone.
// Synchronous. Optional. Called for phoneNegotiateAPIVersion.
//   dwDeviceID     in: the device
//   dwTSPIVersion  in: the negotiated interface version
//   lpExtensionID  out: the extensions; all zero for none
// Errors: PHONEERR_INCOMPATIBLEAPIVERSION, PHONEERR_NODRIVER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetextensionid.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                                         LPPHONEEXTENSIONID lpExtensionID);

// ---- Line devices and addresses

// Open a line and exchange handles.
// Synchronous. Mandatory. Called for lineOpen.
//   dwDeviceID     in: the device
//   htLine         in: the service's name for the line
//   lphdLine       out: the provider's name for the line
//   dwTSPIVersion  in: the interface version in force until the line is closed
//   lpfnEventProc  in: where the provider reports events
// - keep htLine for all events
// - must be cheap: leave work on hardware to TSPI_lineMakeCall
// - reserve nonsharable resources needed to manage the line
// - commits the interface version
// - extension and media setup are separate calls
// Life cycle: R020, R060, R074.
// Errors: LINEERR_ALLOCATED, LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineopen.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
                                              DWORD dwTSPIVersion, LINEEVENT lpfnEventProc);

// Close a line, finishing all its calls and requests.
// Synchronous. Mandatory. Called for lineClose, lineShutdown.
//   hdLine  in: the open line
// - complete every outstanding request before returning
// - drop active calls if LINEDEVCAPFLAGS_CLOSEDROP is set
// - no further events after return
// - no LINEDEVSTATE message for the close
// - release nonsharable resources
// - line and call handles become invalid
// Life cycle: R069, R083.
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineclose.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine);

// Return line capabilities.
// Synchronous. Mandatory. Called for lineGetDevCaps.
//   dwDeviceID     in: the device
//   dwTSPIVersion  in: the negotiated interface version
//   dwExtVersion   in: the negotiated extension version; 0: none
//   lpLineDevCaps  out: caller sets dwTotalSize
// - fill every member but dwTotalSize
// - fill embedded LINETERMCAPS entries
// - the service adds OPEN, CLOSE, REINIT, TRANSLATECHANGE to dwLineStates
// - extension version 0: give no extension data
// Life cycle: R134.
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetdevcaps.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                                    LPLINEDEVCAPS lpLineDevCaps);

// Return current line status.
// Synchronous. Mandatory. Called for lineGetLineDevStatus.
//   hdLine           in: the open line
//   lpLineDevStatus  out: caller sets dwTotalSize
// - leave alone: dwTotalSize, dwNumOpens, dwOpenMediaModes
// - fill all others
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetlinedevstatus.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Turn line status bits on or off.
// Asynchronous. Optional. Called for lineSetLineDevStatus.
//   dwRequestID       in: to be completed through the completion procedure
//   hdLine            in: the open line
//   dwStatusToChange  in: LINEDEVSTATUSFLAGS_ bits
//   fStatus           in: nonzero: set them; 0: clear them
// - provider sends matching LINE_LINEDEVSTATE
// Errors: LINEERR_INVALLINESTATE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetlinedevstatus.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetLineDevStatus(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
                                                          DWORD dwStatusToChange, DWORD fStatus);

#endif

// Return how many addresses the line has.
// Synchronous. Mandatory. Called for lineGetNewCalls, lineGetNumRings, lineSetNumRings.
//   hdLine             in: the open line
//   lpdwNumAddressIDs  out: the number of addresses
// - value is at least 1
// - the service checks address ids with it
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetnumaddressids.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs);

// Return address capabilities.
// Synchronous. Mandatory. Called for lineGetAddressCaps.
//   dwDeviceID     in: the device
//   dwAddressID    in: the address, 0 to the number of addresses less 1
//   dwTSPIVersion  in: the negotiated interface version
//   dwExtVersion   in: the negotiated extension version; 0: none
//   lpAddressCaps  out: caller sets dwTotalSize
// - fill every member but dwTotalSize
// - the service does not validate address id
// - the service adds NUMOWNERINCR, NUMOWNERDECR, NUMMONITORS to dwCallInfoStates and UNKNOWN to dwCallStates
// Life cycle: R134.
// Errors: LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION, LINEERR_INVALADDRESSID,
// LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetaddresscaps.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion,
                                                        DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps);

// Return current address status.
// Synchronous. Mandatory. Called for lineGetAddressStatus.
//   hdLine           in: the open line
//   dwAddressID      in: the address, 0 to the number of addresses less 1
//   lpAddressStatus  out: caller sets dwTotalSize
// - fill every member but dwTotalSize
// - the service does not validate address id
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetaddressstatus.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
                                                          LPLINEADDRESSSTATUS lpAddressStatus);

// Map an address string to its address id.
// Synchronous. Mandatory. Called for lineGetAddressID.
//   hdLine         in: the open line
//   lpdwAddressID  out: the address
//   dwAddressMode  in: one LINEADDRESSMODE_
//   lpsAddress     in: the address, in the form of the mode
//   dwSize         in: size of the address with its terminator
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetaddressid.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                                      LPCWSTR lpsAddress, DWORD dwSize);

// Return media device id tied to line, address or call.
// Synchronous. Mandatory. Called for lineGetID.
//   hdLine           in: the open line, for LINE and ADDRESS
//   dwAddressID      in: the address, for ADDRESS
//   hdCall           in: the call, for CALL
//   dwSelect         in: one LINECALLSELECT_
//   lpDeviceID       out: the device's id, in the form of its class; caller sets dwTotalSize
//   lpszDeviceClass  in: the device class, in any letter case
//   hTargetProcess   in: the process that a handle in the answer shall be valid in
// - bad hdLine with LINE/ADDRESS select: LINEERR_INVALLINEHANDLE; bad hdCall with CALL:
//   LINEERR_INVALCALLHANDLE
// - duplicate handles into hTargetProcess
// - hTargetProcess -1: the application is on another machine; return a network name or fail
// - the service may answer tapi/line and tapi/phone itself, but support them
// - do not touch dwTotalSize
// - an unknown class gives LINEERR_INVALDEVICECLASS, though the documented list omits it
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALCALLHANDLE, LINEERR_INVALLINEHANDLE, LINEERR_NODEVICE,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetid.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                                               LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE hTargetProcess);

// Return an icon for a line or device class.
// Synchronous. Documented as basic, and as optional. Called for lineGetIcon.
//   dwDeviceID       in: the device
//   lpszDeviceClass  in: the device class, in any letter case
//   lphIcon          out: the icon
// - NULL class: top-level icon
// - NULL icon result: the service substitutes generic icon
// Errors: LINEERR_INVALDEVICECLASS, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegeticon.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);

// Tell provider which line and address changes to report.
// Synchronous. Mandatory. Called for lineOpen, lineSetStatusMessages.
//   hdLine           in: the open line
//   dwLineStates     in: LINEDEVSTATE_ bits
//   dwAddressStates  in: LINEADDRESSSTATE_ bits
// - mask is union over applications
// - provider must deliver at least these, may deliver more
// - unsupported bits are accepted silently
// - unknown line bits: LINEERR_INVALLINESTATE
// - initially all off
// - OPEN/CLOSE changes are not a provider matter
// Life cycle: R236.
// Errors: LINEERR_INVALADDRESSSTATE, LINEERR_INVALLINEHANDLE, LINEERR_INVALLINESTATE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetstatusmessages.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates);

// Set media types to detect on a line and initial call monitoring.
// Synchronous. Called for lineClose, lineOpen.
//   hdLine        in: the open line
//   dwMediaModes  in: LINEMEDIAMODE_ bits
// - replaces previous set
// - value is the union over all application opens, sent on every application open/close
// - rejection makes the application's lineOpen fail
// - 0 when no application has it open as an owner
// - LINEMAPPER never appears at TSPI level
// - provider checks that modes are supported
// Life cycle: R088, R089, R145.
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALMEDIAMODE, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetdefaultmediadetection.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes);

// Test whether a line could serve media modes and call parameters.
// Synchronous. Called for lineOpen.
//   hdLine        in: the open line
//   dwMediaModes  in: LINEMEDIAMODE_ bits
//   lpCallParams  in: the call that shall be possible, or NULL
// - used only for LINEMAPPER opens
// - changes nothing
// - the modes are those wanted together with those already monitored
// - relevant parameters: bearer, rates, media, flags, address mode, orig address
// - error if a call could not be placed now (LINEERR_RESOURCEUNAVAIL)
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALMEDIAMODE, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineconditionalmediadetection.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
                                                                   LPLINECALLPARAMS const lpCallParams);

// Route low-level event classes to a terminal.
// Asynchronous. Optional. Called for lineSetTerminal.
//   dwRequestID      in: to be completed through the completion procedure
//   hdLine           in: the open line, for LINE and ADDRESS
//   dwAddressID      in: the address, for ADDRESS
//   hdCall           in: the call, for CALL
//   dwSelect         in: one LINECALLSELECT_
//   dwTerminalModes  in: LINETERMMODE_ bits
//   dwTerminalID     in: the terminal, 0 to the number of terminals less 1
//   bEnable          in: nonzero: on; 0: off
// - line or address scope applies to existing calls and future defaults
// - several terminals may get same events
// - disabling unrouted events is not an error
// - terminal ids 0..dwNumTerminals-1; 0 terminals means unsupported
// - the service does not validate id or enable flag
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSELECT, LINEERR_INVALLINEHANDLE,
// LINEERR_INVALTERMINALID, LINEERR_INVALTERMINALMODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetterminal.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetTerminal(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                                     HDRVCALL hdCall, DWORD dwSelect, DWORD dwTerminalModes,
                                                     DWORD dwTerminalID, DWORD bEnable);

// Return opaque configuration of a line's device class.
// Synchronous. Documented as basic, and as optional. Called for lineGetDevConfig.
//   dwDeviceID       in: the device
//   lpDeviceConfig   out: caller sets dwTotalSize
//   lpszDeviceClass  in: the device class, in any letter case
// - dwStringFormat must be STRINGFORMAT_BINARY
// - small buffer: set dwNeededSize, return 0
// - works on closed lines (device id)
// - temporary part lasts until close or next set; permanent part is stored by provider
// - the block should let errors in it be found
// Errors: LINEERR_INVALDEVICECLASS, LINEERR_INVALPOINTER, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_STRUCTURETOOSMALL.
// Source: nf-tspi-tspi_linegetdevconfig.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
                                                      LPCWSTR lpszDeviceClass);

// Restore opaque configuration of a line's device class.
// Synchronous. Documented as basic, and as optional. Called for lineSetDevConfig.
//   dwDeviceID       in: the device
//   lpDeviceConfig   in: configuration from TSPI_lineGetDevConfig
//   dwSize           in: bytes at lpDeviceConfig
//   lpszDeviceClass  in: the device class, in any letter case
// - an invalid block gives LINEERR_INVALPARAM
// - not changeable now: LINEERR_INVALLINESTATE
// Errors: LINEERR_INVALDEVICECLASS, LINEERR_INVALLINESTATE, LINEERR_INVALPARAM, LINEERR_INVALPOINTER,
// LINEERR_NODRIVER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetdevconfig.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                                                      LPCWSTR lpszDeviceClass);

// Tell provider the dialing location changed.
// Obsolete. Synchronous. Optional.
//   dwLocation  in: the location's permanent id
// - obsolete; applications get LINEDEVSTATE_TRANSLATECHANGE
// Errors: none documented.
// Source: nf-tspi-tspi_linesetcurrentlocation.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCurrentLocation(DWORD dwLocation);

// ---- Calls: making, answering, ending

// Place an outgoing call.
// Asynchronous. Mandatory. Called for lineMakeCall.
//   dwRequestID      in: to be completed through the completion procedure
//   hdLine           in: the open line
//   htCall           in: the service's name for the call
//   lphdCall         out, before return: the provider's name for the call
//   lpszDestAddress  in: the address to dial, or NULL
//   dwCountryCode    in: country code of the address; 0: the default
//   lpCallParams     in: how to make the call, or NULL
// - NULL address: go to DIALTONE
// - address ending in ";": dial part, state DIALING, finish with lineDial
// - prescan dial string; the first unsupported modifier gives the matching LINEERR_DIAL... error
//   synchronously; nothing is done
// - LINECALLPARAMFLAGS_IDLE without dial tone: LINEERR_CALLUNAVAIL
// - after success send LINE_CALLSTATE progress
// - media monitoring starts with the line's default media set
// - line in the wrong state: LINEERR_INVALLINESTATE
// - NULL call parameters: default voice call on any address
// Life cycle: R057, R061, R062, R063, R064, R178, R179, R180.
// Errors: LINEERR_ADDRESSBLOCKED, LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL, LINEERR_DIALBILLING,
// LINEERR_DIALDIALTONE, LINEERR_DIALPROMPT, LINEERR_DIALQUIET, LINEERR_INUSE, LINEERR_INVALADDRESS,
// LINEERR_INVALADDRESSID, LINEERR_INVALADDRESSMODE, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLPARAMS,
// LINEERR_INVALCOUNTRYCODE, LINEERR_INVALLINEHANDLE, LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE,
// LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RATEUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tspi-tspi_linemakecall.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                                                  LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                                                  LPLINECALLPARAMS const lpCallParams);

// Dial digits on an existing call.
// Asynchronous. Mandatory. Called for lineDial.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   lpszDestAddress  in: what to dial
//   dwCountryCode    in: country code of the address; 0: the default
// - any state except IDLE and DISCONNECTED
// - LINEERR_INVALADDRESS: nothing was dialed
// - prescan for unsupported modifiers; LINEERR_DIAL... errors: nothing was done
// - empty string after a ";" ends multistage dialing
// - complete when address accepted, not when connected
// - CRLF separates multiple addresses
// Life cycle: R178, R179, R180.
// Errors: LINEERR_ADDRESSBLOCKED, LINEERR_DIALBILLING, LINEERR_DIALDIALTONE, LINEERR_DIALPROMPT,
// LINEERR_DIALQUIET, LINEERR_INVALADDRESS, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE,
// LINEERR_INVALCOUNTRYCODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linedial.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                                              DWORD dwCountryCode);

// Claim an offered call and start alerting.
// Asynchronous. Optional. Called for lineAccept.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   lpsUserUserInfo  in: user-user data for the remote party, or NULL
//   dwSize           in: bytes at lpsUserUserInfo
// - state OFFERING
// - normally becomes ACCEPTED
// - LINEADDRCAPFLAGS_ACCEPTTOALERT says that alerting needs it
// - alerting reported as LINEDEVSTATE_RINGING
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tspi-tspi_lineaccept.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                                DWORD dwSize);

// Answer an offered call.
// Asynchronous. Mandatory. Called for lineAnswer.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   lpsUserUserInfo  in: user-user data for the remote party, or NULL
//   dwSize           in: bytes at lpsUserUserInfo
// - states OFFERING or ACCEPTED
// - normally becomes CONNECTED
// - effect on existing active call follows LINEANSWERMODE: none, drop or hold
// - state messages for both calls
// Errors: LINEERR_INUSE, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tspi-tspi_lineanswer.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                                DWORD dwSize);

// Deflect an offered call without answering.
// Asynchronous. Optional. Called for lineRedirect.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   lpszDestAddress  in: the address to redirect to
//   dwCountryCode    in: country code of the address; 0: the default
// - call OFFERING
// - LINEERR_INVALADDRESS: not redirected
// - call normally IDLE afterwards
// Life cycle: R221.
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALCOUNTRYCODE,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineredirect.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                                                  DWORD dwCountryCode);

// Disconnect or reject a call.
// Asynchronous. Mandatory. Called for lineClose, lineDrop.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   lpsUserUserInfo  in: user-user data for the remote party, or NULL
//   dwSize           in: bytes at lpsUserUserInfo
// - any state except IDLE
// - call should end IDLE
// - OFFERING call is rejected
// - dropping consultation call reconnects the held call
// - dropping a conference may drop members
// - LINE_CALLSTATE for every affected call
// - bridged calls may just go inactive
// Life cycle: R080, R219.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tspi-tspi_linedrop.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                              DWORD dwSize);

// Free a call after completing its outstanding requests.
// Synchronous. Mandatory. Called for lineClose, lineDeallocateCall.
//   hdCall  in: the call
// - any call state
// - complete outstanding requests before returning
// - no further events on the call
// - drop an active call if LINEDEVCAPFLAGS_CLOSEDROP is set, unless another station shares it
// - called when the last application deallocates
// - not called for a call whose creation failed
// - should always succeed
// Life cycle: R065, R067, R078, R081.
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineclosecall.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall);

// Drop a call on last owner close.
// Obsolete. Synchronous. Optional.
//   hdCall  in: the call
// - obsolete since 2.1: TSPI_lineDrop is used instead
// Errors: none documented.
// Source: nf-tspi-tspi_linedroponclose.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDropOnClose(HDRVCALL hdCall);

// Drop an unowned call.
// Obsolete. Synchronous. Optional.
//   hdCall  in: the call
// - obsolete since 2.1: TSPI_lineDrop is used instead
// Errors: none documented.
// Source: nf-tspi-tspi_linedropnoowner.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDropNoOwner(HDRVCALL hdCall);

// Protect a call from interruptions.
// Asynchronous. Optional. Called for lineSecureCall.
//   dwRequestID  in: to be completed through the completion procedure
//   hdCall       in: the call
// - any state except IDLE
// - lasts for the call's life
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesecurecall.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

// Request completion of a call that cannot connect.
// Asynchronous. Optional. Called for lineCompleteCall.
//   dwRequestID       in: to be completed through the completion procedure
//   hdCall            in: the call
//   lpdwCompletionID  out, before completion: names the completion request
//   dwCompletionMode  in: one LINECALLCOMPLMODE_
//   dwMessageID       in: message for LINECALLCOMPLMODE_MESSAGE
// - call BUSY, RINGBACK or PROCEEDING
// - complete when accepted by switch
// - completed call arrives OFFERING with reason CALLCOMPLETION and completion id
// - a completion id can be used again once it is invalid
// Life cycle: R223.
// Errors: LINEERR_COMPLETIONOVERRUN, LINEERR_INVALCALLCOMPLMODE, LINEERR_INVALCALLHANDLE,
// LINEERR_INVALCALLSTATE, LINEERR_INVALMESSAGEID, LINEERR_INVALPOINTER, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linecompletecall.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCompleteCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                      LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
                                                      DWORD dwMessageID);

// Cancel a call completion request.
// Asynchronous. Optional. Called for lineUncompleteCall.
//   dwRequestID     in: to be completed through the completion procedure
//   hdLine          in: the open line
//   dwCompletionID  in: the completion request
// - the service does not validate the id
// Errors: LINEERR_INVALCOMPLETIONID, LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineuncompletecall.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
                                                        DWORD dwCompletionID);

// Set or cancel forwarding and do-not-disturb.
// Asynchronous. Optional. Called for lineForward.
//   dwRequestID         in: to be completed through the completion procedure
//   hdLine              in: the open line
//   bAllAddresses       in: nonzero: all addresses of the line
//   dwAddressID         in: the address, 0 to the number of addresses less 1
//   lpForwardList       in: the instructions, or NULL
//   dwNumRingsNoAnswer  in: rings before "no answer"
//   htConsultCall       in: the service's name for the consultation call
//   lphdConsultCall     out, before return: the provider's name for the consultation call
//   lpCallParams        in: how to make the call, or NULL
// - new list replaces the old one; never cumulative
// - NULL list or zero entries cancels all forwarding
// - NULL destination in an entry means do-not-disturb
// - success means accepted; LINE_ADDRESSSTATE with FORWARD when in effect
// - success does not depend on previous forwarding
// - ring count clamped to allowed range
// - no consultation call: the handle stays NULL, so 0 never names one
// - bAllAddresses: dwAddressID is ignored
// Life cycle: R061, R062, R063, R064, R229.
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALCOUNTRYCODE, LINEERR_INVALLINEHANDLE,
// LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_STRUCTURETOOSMALL.
// Source: nf-tspi-tspi_lineforward.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD bAllAddresses,
                                                 DWORD dwAddressID, LPLINEFORWARDLIST const lpForwardList,
                                                 DWORD dwNumRingsNoAnswer, HTAPICALL htConsultCall,
                                                 LPHDRVCALL lphdConsultCall, LPLINECALLPARAMS const lpCallParams);

// ---- Calls: information

// Return call information.
// Synchronous. Mandatory. Called for lineGetCallInfo.
//   hdCall      in: the call
//   lpCallInfo  out: caller sets dwTotalSize
// - any state of the call
// - leave alone: dwTotalSize, hLine, dwMonitorDigitModes, dwMonitorMediaModes, dwNumOwners, dwNumMonitors
// - leave alone the pairs AppName, DisplayableAddress, CalledParty, Comment
// - fill dwCallStates; the service adds UNKNOWN to dwCallStates
// - the service appends its strings and updates dwUsedSize
// Life cycle: R042, R133.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetcallinfo.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo);

// Return call state, mode and allowed features.
// Synchronous. Mandatory. Called for lineGetCallStatus.
//   hdCall        in: the call
//   lpCallStatus  out: caller sets dwTotalSize
// - any state
// - leave alone: dwTotalSize, dwCallPrivilege
// - dwCallFeatures lists operations valid now
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetcallstatus.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus);

// Return the address id of a call.
// Synchronous. Called for lineGetNewCalls.
//   hdCall         in: the call
//   lpdwAddressID  out: the address
// - any state
// - supports lineGetNewCalls by address
// - pooled lines pick one consistent primary address, same as LINECALLINFO
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegetcalladdressid.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID);

// Store the application-specific DWORD of a call.
// Synchronous. Mandatory. Called for lineSetAppSpecific.
//   hdCall         in: the call
//   dwAppSpecific  in: the value
// - any state
// - value uninterpreted
// - provider sends LINE_CALLINFO with APPSPECIFIC
// Life cycle: R135.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetappspecific.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Replace the call data block of a call.
// Asynchronous. Optional. Called for lineSetCallData.
//   dwRequestID  in: to be completed through the completion procedure
//   hdCall       in: the call
//   lpCallData   in: the data
//   dwSize       in: bytes at lpCallData; 0 removes the data
// - size 0 removes data
// - returned in later LINECALLINFO
// - provider sends LINE_CALLINFO CALLDATA
// - may travel with transferred call
// Errors: LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetcalldata.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallData(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPVOID lpCallData,
                                                     DWORD dwSize);

#endif

// Change bearer mode, rate or dial parameters of a call.
// Asynchronous. Optional. Called for lineSetCallParams.
//   dwRequestID   in: to be completed through the completion procedure
//   hdCall        in: the call
//   dwBearerMode  in: one LINEBEARERMODE_
//   dwMinRate     in: lowest data rate, in bits a second
//   dwMaxRate     in: highest data rate, in bits a second
//   lpDialParams  in: the dial parameters, or NULL to keep them
// - any state except IDLE and DISCONNECTED
// - NULL dial parameters keep current ones
// - equal rates: exactly that rate
// Errors: LINEERR_BEARERMODEUNAVAIL, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE,
// LINEERR_INVALPOINTER, LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetcallparams.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallParams(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwBearerMode,
                                                       DWORD dwMinRate, DWORD dwMaxRate,
                                                       LPLINEDIALPARAMS const lpDialParams);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Renegotiate call quality of service.
// Asynchronous. Optional. Called for lineSetCallQualityOfService.
//   dwRequestID              in: to be completed through the completion procedure
//   hdCall                   in: the call
//   lpSendingFlowspec        in: quality of service when sending
//   dwSendingFlowspecSize    in: bytes at lpSendingFlowspec
//   lpReceivingFlowspec      in: quality of service when receiving
//   dwReceivingFlowspecSize  in: bytes at lpReceivingFlowspec
// - failure keeps previous QoS
// - success sends LINE_CALLINFO QOS
// - flow specs contain no pointers
// Errors: LINEERR_INVALCALLSTATE, LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetcallqualityofservice.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                                 LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
                                                                 LPVOID lpReceivingFlowspec,
                                                                 DWORD dwReceivingFlowspecSize);

// Choose what a waiting caller hears.
// Asynchronous. Optional. Called for lineSetCallTreatment.
//   dwRequestID  in: to be completed through the completion procedure
//   hdCall       in: the call
//   dwTreatment  in: a LINECALLTREATMENT_ or the provider's own value
// - takes effect now if relevant state, else at next one
// - sends LINE_CALLINFO TREATMENT
// Errors: LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetcalltreatment.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                          DWORD dwTreatment);

#endif

// Send user-user data to the remote party.
// Asynchronous. Optional. Called for lineSendUserUserInfo.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   lpsUserUserInfo  in: user-user data for the remote party, or NULL
//   dwSize           in: bytes at lpsUserUserInfo
// - call CONNECTED, OFFERING, ACCEPTED or RINGBACK
// - provider splits into chained network messages
// - received chunks are assembled before one LINE_CALLINFO USERUSERINFO
// - the data is bytes, although documented as a Unicode string
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tspi-tspi_linesenduseruserinfo.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSendUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                          LPCSTR lpsUserUserInfo, DWORD dwSize);

#if TAPI_CURRENT_VERSION >= 0x00010004

// Allow next received user-user data to replace the old.
// Asynchronous. Optional. Called for lineReleaseUserUserInfo.
//   dwRequestID  in: to be completed through the completion procedure
//   hdCall       in: the call
// - any state
// - provider buffers later messages until released
// - succeeds even if no data present
// - missing export makes the service return LINEERR_OPERATIONUNAVAIL
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linereleaseuseruserinfo.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

#endif

#if TAPI_CURRENT_VERSION >= 0x00030000

// Return address, call and related call ids.
// Synchronous. Optional.
//   hdCall             in: the call
//   lpdwAddressID      out: the address
//   lpdwCallID         out: the call's id
//   lpdwRelatedCallID  out: the related call's id
// - needs negotiated version 3.0
// Errors: none documented.
// Source: nf-tspi-tspi_linegetcallids.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID, LPDWORD lpdwCallID,
                                                    LPDWORD lpdwRelatedCallID);

// Return call hub tracking state.
// Synchronous. Optional.
//   hdLine          in: the open line
//   lpTrackingInfo  out: caller sets dwTotalSize
// - needs negotiated version 3.0
// Errors: none documented.
// Source: nf-tspi-tspi_linegetcallhubtracking.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallHubTracking(HDRVLINE hdLine, LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

// Set call hub tracking mode.
// Synchronous. Optional.
//   hdLine          in: the open line
//   lpTrackingInfo  in: the tracking wanted
// - needs negotiated version 3.0
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetcallhubtracking.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallHubTracking(HDRVLINE hdLine, LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

#endif

// ---- Calls: hold, transfer, conference, park, pickup

// Put a call on hard hold.
// Asynchronous. Optional. Called for lineHold.
//   dwRequestID  in: to be completed through the completion procedure
//   hdCall       in: the call
// - state CONNECTED
// - normally becomes ONHOLD
// - state messages continue while held (may DISCONNECT)
// - hard-held calls usually cannot transfer or conference
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linehold.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

// Retrieve a held call.
// Asynchronous. Optional. Called for lineUnhold.
//   dwRequestID  in: to be completed through the completion procedure
//   hdCall       in: the call
// - states ONHOLD, ONHOLDPENDTRANSFER, ONHOLDPENDCONF
// - becomes CONNECTED with state message
// - unholding a pending call sends its consultation call IDLE
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineunhold.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

// Swap active and held call.
// Asynchronous. Optional. Called for lineSwapHold.
//   dwRequestID   in: to be completed through the completion procedure
//   hdActiveCall  in: the active call
//   hdHeldCall    in: the held call
// - active call CONNECTED
// - held call ONHOLDPENDTRANSFER, ONHOLDPENDCONF or ONHOLD
// - state messages for both
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineswaphold.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall,
                                                  HDRVCALL hdHeldCall);

// Transfer a call in one step.
// Asynchronous. Optional. Called for lineBlindTransfer.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   lpszDestAddress  in: the address to transfer to
//   dwCountryCode    in: country code of the address; 0: the default
// - call CONNECTED
// - LINEERR_INVALADDRESS: nothing was dialed
// - call normally IDLE afterwards; handle valid until TSPI_lineCloseCall
// Life cycle: R221.
// Errors: LINEERR_ADDRESSBLOCKED, LINEERR_INVALADDRESS, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE,
// LINEERR_INVALCOUNTRYCODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineblindtransfer.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                       LPCWSTR lpszDestAddress, DWORD dwCountryCode);

// Hold a call for transfer and create a consultation call.
// Asynchronous. Optional. Called for lineSetupTransfer.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   htConsultCall    in: the service's name for the consultation call
//   lphdConsultCall  out, before return: the provider's name for the consultation call
//   lpCallParams     in: how to make the call, or NULL
// - call CONNECTED
// - original becomes ONHOLDPENDTRANSFER; consultation call DIALTONE
// - dropping the consultation call reconnects the original; unholding the original sends the consultation call
//   IDLE
// - where only held or separately made calls can be transferred: LINEERR_OPERATIONFAILED, no handle
// - consultation call may be on another address
// Life cycle: R061, R062, R063, R064, R214, R215.
// Errors: LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL, LINEERR_INUSE, LINEERR_INVALADDRESSMODE,
// LINEERR_INVALBEARERMODE, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLPARAMS, LINEERR_INVALCALLSTATE,
// LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE, LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tspi-tspi_linesetuptransfer.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                       HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                                       LPLINECALLPARAMS const lpCallParams);

// Finish a transfer as transfer or three-way conference.
// Asynchronous. Optional. Called for lineCompleteTransfer.
//   dwRequestID     in: to be completed through the completion procedure
//   hdCall          in: the held call
//   hdConsultCall   in: the consultation call
//   htConfCall      in: the service's name for the conference, for CONFERENCE
//   lphdConfCall    out, before return: the provider's name for the conference, for CONFERENCE
//   dwTransferMode  in: one LINETRANSFERMODE_
// - hdCall ONHOLDPENDTRANSFER
// - consultation call CONNECTED, RINGBACK, BUSY or PROCEEDING
// - TRANSFER: both calls go IDLE
// - CONFERENCE: new conference call CONNECTED, both calls CONFERENCED, handles stay valid
// - conference parameters valid only in CONFERENCE mode
// Life cycle: R061, R062, R063, R064, R216.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linecompletetransfer.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                          HDRVCALL hdConsultCall, HTAPICALL htConfCall,
                                                          LPHDRVCALL lphdConfCall, DWORD dwTransferMode);

// Create a conference and a consultation call.
// Asynchronous. Optional. Called for lineSetupConference.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the first call, or NULL
//   hdLine           in: the line, when hdCall is NULL
//   htConfCall       in: the service's name for the conference
//   lphdConfCall     out, before return: the provider's name for the conference
//   htConsultCall    in: the service's name for the consultation call
//   lphdConsultCall  out, before return: the provider's name for the consultation call
//   dwNumParties     in: expected number of parties; a hint
//   lpCallParams     in: how to make the call, or NULL
// - hdCall NULL only with LINEADDRCAPFLAGS_SETUPCONFNULL; then hdLine is used
// - otherwise hdCall CONNECTED and hdLine ignored
// - a call is required but NULL: LINEERR_INVALCALLHANDLE; a line is required but a call given:
//   LINEERR_INVALLINEHANDLE
// - conference call ONHOLDPENDCONF, consultation call DIALTONE, initial call CONFERENCED
// - dropping consultation call reconnects the conference or collapses it to two-party
// Life cycle: R061, R062, R063, R064, R217.
// Errors: LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL, LINEERR_CONFERENCEFULL, LINEERR_INUSE,
// LINEERR_INVALADDRESSMODE, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLPARAMS,
// LINEERR_INVALCALLSTATE, LINEERR_INVALLINEHANDLE, LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE,
// LINEERR_INVALRATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RATEUNAVAIL,
// LINEERR_RESOURCEUNAVAIL, LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tspi-tspi_linesetupconference.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVLINE hdLine,
                                                         HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
                                                         HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                                         DWORD dwNumParties, LPLINECALLPARAMS const lpCallParams);

// Hold a conference and create a consultation call to add.
// Asynchronous. Optional. Called for linePrepareAddToConference.
//   dwRequestID      in: to be completed through the completion procedure
//   hdConfCall       in: the conference's call
//   htConsultCall    in: the service's name for the consultation call
//   lphdConsultCall  out, before return: the provider's name for the consultation call
//   lpCallParams     in: how to make the call, or NULL
// - conference call CONNECTED
// - conference call becomes ONHOLDPENDCONF
// - consultation call gets the line's default media monitoring
// Life cycle: R061, R062, R063, R064.
// Errors: LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL, LINEERR_CONFERENCEFULL, LINEERR_INUSE,
// LINEERR_INVALADDRESSMODE, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLPARAMS, LINEERR_INVALCALLSTATE,
// LINEERR_INVALCONFCALLHANDLE, LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE, LINEERR_INVALRATE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RATEUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_USERUSERINFOTOOBIG.
// Source: nf-tspi-tspi_lineprepareaddtoconference.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
                                                                HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                                                LPLINECALLPARAMS const lpCallParams);

// Add a call to a conference.
// Asynchronous. Optional. Called for lineAddToConference.
//   dwRequestID    in: to be completed through the completion procedure
//   hdConfCall     in: the conference's call
//   hdConsultCall  in: the call to add
// - conference call ONHOLDPENDCONF or ONHOLD
// - added call CONNECTED, ONHOLD, PROCEEDING or RINGBACK
// - conference parent or member as added call: LINEERR_INVALCALLHANDLE
// - added call CONFERENCED, conference call CONNECTED
// - all calls on same open line
// - monitoring applies to conference call only
// Errors: LINEERR_CONFERENCEFULL, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineaddtoconference.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
                                                         HDRVCALL hdConsultCall);

// Remove a call from its conference.
// Asynchronous. Optional. Called for lineRemoveFromConference.
//   dwRequestID  in: to be completed through the completion procedure
//   hdCall       in: the call
// - call CONFERENCED
// - the call goes to LINEADDRESSCAPS.dwRemoveFromConfState
// - often only the last party may be removed
// Life cycle: R218.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineremovefromconference.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

// Park a call at a given or switch-chosen address.
// Asynchronous. Optional. Called for linePark.
//   dwRequestID      in: to be completed through the completion procedure
//   hdCall           in: the call
//   dwParkMode       in: one LINEPARKMODE_
//   lpszDirAddress   in: where to park, for DIRECTED
//   lpNonDirAddress  out, before completion: where it was parked, for NONDIRECTED; caller sets dwTotalSize
// - call CONNECTED
// - directed uses lpszDirAddress; nondirected returns address in VARSTRING
// - the address is UTF-16, although documented as ASCII
// - too small buffer: LINEERR_STRUCTURETOOSMALL (differs from general rule)
// - call normally IDLE afterwards
// - reminder appears as OFFERING with reason REMINDER
// Life cycle: R221.
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPARKMODE,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL,
// LINEERR_STRUCTURETOOSMALL.
// Source: nf-tspi-tspi_linepark.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwParkMode,
                                              LPCWSTR lpszDirAddress, LPVARSTRING lpNonDirAddress);

// Retrieve a parked call as a new call.
// Asynchronous. Optional. Called for lineUnpark.
//   dwRequestID      in: to be completed through the completion procedure
//   hdLine           in: the open line
//   dwAddressID      in: the address, 0 to the number of addresses less 1
//   htCall           in: the service's name for the call
//   lphdCall         out, before return: the provider's name for the call
//   lpszDestAddress  in: where the call is parked
// - always a new distinct handle
// - the service does not validate address id
// Life cycle: R061, R062, R063, R064, R222.
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_lineunpark.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineUnpark(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                                HTAPICALL htCall, LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress);

// Pick up a call alerting elsewhere as a new call.
// Asynchronous. Optional. Called for linePickup.
//   dwRequestID      in: to be completed through the completion procedure
//   hdLine           in: the open line
//   dwAddressID      in: the address, 0 to the number of addresses less 1
//   htCall           in: the service's name for the call
//   lphdCall         out, before return: the provider's name for the call
//   lpszDestAddress  in: the address that alerts, or NULL for the group
//   lpszGroupID      in: the pickup group, or NULL
// - LINEADDRCAPFLAGS_PICKUPGROUPID: the group id is required
// - both NULL, with LINEADDRCAPFLAGS_PICKUPCALLWAIT: the waiting call
// - call info reason is PICKUP
// - LINEADDRFEATURE_PICKUP shows when possible
// Life cycle: R061, R062, R063, R064.
// Errors: LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALGROUPID, LINEERR_INVALLINEHANDLE,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linepickup.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                                HTAPICALL htCall, LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress,
                                                LPCWSTR lpszGroupID);

// ---- Digits, tones and media

// Start or cancel buffered digit collection.
// Synchronous. Optional. Called for lineGatherDigits.
//   hdCall                 in: the call
//   dwEndToEndID           in: sent back with the message that ends it
//   dwDigitModes           in: LINEDIGITMODE_ bits
//   lpsDigits              out, filled before LINE_GATHERDIGITS: buffer of dwNumDigits characters, or NULL to
//                          cancel
//   dwNumDigits            in: digits to gather
//   lpszTerminationDigits  in: digits that end it, or NULL
//   dwFirstDigitTimeout    in: milliseconds until the first digit; 0: no limit
//   dwInterDigitTimeout    in: milliseconds between digits; 0: no limit
// - any state except IDLE
// - 0 digits: LINEERR_INVALPARAM
// - end-to-end id echoed in LINE_GATHERDIGITS
// - buffer complete and NUL-terminated (Unicode) when message sent
// - termination digit included
// - new request ends old one with message; old digits copied (or undefined)
// - one active request per call
// Life cycle: R230, R233.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_INVALDIGITS,
// LINEERR_INVALPARAM, LINEERR_INVALTIMEOUT, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegatherdigits.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitModes,
                                                      LPWSTR lpsDigits, DWORD dwNumDigits,
                                                      LPCWSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                                                      DWORD dwInterDigitTimeout);

// Enable or cancel unbuffered digit detection.
// Synchronous. Optional. Called for lineMonitorDigits.
//   hdCall        in: the call
//   dwDigitModes  in: LINEDIGITMODE_ bits; 0 cancels
// - any state except IDLE or DISCONNECTED
// - 0 cancels and must return success
// - provider stops at IDLE; the service will not call to stop
// - DTMF plus DTMFEND gives two messages per digit
// Life cycle: R232, R233.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linemonitordigits.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes);

// Generate in-band digits.
// Synchronous. Optional. Called for lineGenerateDigits.
//   hdCall        in: the call
//   dwEndToEndID  in: sent back with the message that ends it
//   dwDigitMode   in: one LINEDIGITMODE_
//   lpszDigits    in: the digits, or NULL to cancel
//   dwDuration    in: milliseconds a digit; 0: the default
// - any state
// - one digit-or-tone generation per call; new one cancels old with LINE_GENERATE
// - end-to-end id returned as dwParam2 of LINE_GENERATE
// - comma is a pause; invalid digits ignored
// - duration clamped to dial parameter range
// - 0 returned when started
// Life cycle: R231, R233.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegeneratedigits.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode,
                                                        LPCWSTR lpszDigits, DWORD dwDuration);

// Add, replace or drop a tone list.
// Synchronous. Optional. Called for lineMonitorTones.
//   hdCall        in: the call
//   dwToneListID  in: the list's number, to be sent back with a match
//   lpToneList    in: the tones, or NULL
//   dwNumEntries  in: entries at lpToneList
// - any state except IDLE
// - the list id tells applications apart; same id replaces, NULL drops only that list
// - copy the list
// - every match in every list reported separately with list id and tag
// - all-zero frequencies means silence
// - ends at IDLE
// Life cycle: R233.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALPOINTER, LINEERR_INVALTONE,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linemonitortones.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID,
                                                      LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries);

// Generate an in-band tone.
// Synchronous. Optional. Called for lineGenerateTone.
//   hdCall        in: the call
//   dwEndToEndID  in: sent back with the message that ends it
//   dwToneMode    in: one LINETONEMODE_; 0 cancels
//   dwDuration    in: milliseconds; 0: until canceled, one cycle for BILLING
//   dwNumTones    in: entries at lpTones
//   lpTones       in: the frequencies of a custom tone
// - any state except IDLE
// - one generation per call
// - lpTones only for CUSTOM
// - end-to-end id echoed in LINE_GENERATE
// Life cycle: R231, R233.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALTONE, LINEERR_INVALTONEMODE,
// LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linegeneratetone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGenerateTone(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwToneMode,
                                                      DWORD dwDuration, DWORD dwNumTones,
                                                      LPLINEGENERATETONE const lpTones);

// Enable or cancel media detection on a call.
// Synchronous. Optional. Called for lineMonitorMedia.
//   hdCall        in: the call
//   dwMediaModes  in: LINEMEDIAMODE_ bits; 0 cancels
// - any state except IDLE
// - mode is union over applications
// - detection never changes LINECALLINFO media mode
// - initial set is the line default; the service narrows it after call setup
// - provider stops at IDLE
// Life cycle: R143, R232, R233.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE, LINEERR_INVALMEDIAMODE, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linemonitormedia.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes);

// Store a call's media mode.
// Synchronous. Called for lineSetMediaMode.
//   hdCall       in: the call
//   dwMediaMode  in: LINEMEDIAMODE_ bits; several only with UNKNOWN
// - any state
// - advisory otherwise
// - more than one bit only with UNKNOWN
// - the service guarantees nonzero and no reserved bits
// - provider checks supported modes
// Life cycle: R142, R144.
// Errors: LINEERR_INVALCALLHANDLE, LINEERR_INVALMEDIAMODE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetmediamode.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode);

// Trigger media actions on digits, media, tones or states.
// Synchronous. Optional. Called for lineSetMediaControl.
//   hdLine                 in: the open line, for LINE and ADDRESS
//   dwAddressID            in: the address, for ADDRESS
//   hdCall                 in: the call, for CALL
//   dwSelect               in: one LINECALLSELECT_
//   lpDigitList            in: digits and their actions, or NULL
//   dwDigitNumEntries      in: entries at lpDigitList
//   lpMediaList            in: media modes and their actions, or NULL
//   dwMediaNumEntries      in: entries at lpMediaList
//   lpToneList             in: tones and their actions, or NULL
//   dwToneNumEntries       in: entries at lpToneList
//   lpCallStateList        in: call states and their actions, or NULL
//   dwCallStateNumEntries  in: entries at lpCallStateList
// - synchronous: 0 when set up
// - replaces all previous control for the scope; NULL list disables that trigger
// - one request per call
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSELECT, LINEERR_INVALCALLSTATELIST,
// LINEERR_INVALDIGITLIST, LINEERR_INVALLINEHANDLE, LINEERR_INVALMEDIALIST, LINEERR_INVALPOINTER,
// LINEERR_INVALTONELIST, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL,
// LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linesetmediacontrol.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetMediaControl(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall,
                                                         DWORD dwSelect, LPLINEMEDIACONTROLDIGIT const lpDigitList,
                                                         DWORD dwDigitNumEntries,
                                                         LPLINEMEDIACONTROLMEDIA const lpMediaList,
                                                         DWORD dwMediaNumEntries,
                                                         LPLINEMEDIACONTROLTONE const lpToneList,
                                                         DWORD dwToneNumEntries,
                                                         LPLINEMEDIACONTROLCALLSTATE const lpCallStateList,
                                                         DWORD dwCallStateNumEntries);

// ---- Extensions

// Vendor escape on line, address or call.
// Asynchronous. Optional. Called for lineDevSpecific.
//   dwRequestID  in: to be completed through the completion procedure
//   hdLine       in: the open line
//   dwAddressID  in: the address, 0 to the number of addresses less 1
//   hdCall       in: a call of that line, or NULL
//   lpParams     in/out, before completion: the vendor's block
//   dwSize       in: bytes at lpParams
// - buffer passed unmodified and may be written
// - only with a selected extension version
// - no pointers in buffer
// - extra errors device specific
// Life cycle: R254, R255.
// Errors: LINEERR_INVALADDRESSID, LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linedevspecific.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                                     HDRVCALL hdCall, LPVOID lpParams, DWORD dwSize);

// Vendor escape emulating a phone button.
// Asynchronous. Optional. Called for lineDevSpecificFeature.
//   dwRequestID  in: to be completed through the completion procedure
//   hdLine       in: the open line
//   dwFeature    in: a PHONEBUTTONFUNCTION_
//   lpParams     in/out, before completion: the vendor's block
//   dwSize       in: bytes at lpParams
// - only with a selected extension version
// Life cycle: R254, R255.
// Errors: LINEERR_INVALFEATURE, LINEERR_INVALLINEHANDLE, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_linedevspecificfeature.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDevSpecificFeature(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwFeature,
                                                            LPVOID lpParams, DWORD dwSize);

// ---- Media providers

#if TAPI_CURRENT_VERSION >= 0x00030000

// Return class id of the media provider for a line.
// Synchronous. Optional.
//   dwDeviceID  in: the device
//   pCLSID      out: the media provider's class id
// - version 3.0 only; called only if LINEDEVCAPFLAGS_MSP
// - no MSP: LINEERR_OPERATIONUNAVAIL
// Errors: LINEERR_OPERATIONUNAVAIL.
// Source: nf-tspi-tspi_linemspidentify.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID);

// Create a media provider instance for a line address.
// Synchronous. Optional.
//   hdLine       in: the open line
//   dwAddressID  in: the address, 0 to the number of addresses less 1
//   htMSPLine    in: the service's name for the instance
//   lphdMSPLine  out: the provider's name for the instance
// - version 3.0 only
// - keep htMSPLine for LINE_SENDMSPDATA
// - one instance per application
// Errors: LINEERR_INVALLINEHANDLE, LINEERR_INVALPOINTER.
// Source: nf-tspi-tspi_linecreatemspinstance.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID, HTAPIMSPLINE htMSPLine,
                                                           LPHDRVMSPLINE lphdMSPLine);

// Close a media provider instance.
// Synchronous. Optional.
//   hdMSPLine  in: the provider's name for the instance
// - version 3.0 only
// - each application may have its own instance per line
// Errors: LINEERR_INVALPOINTER.
// Source: nf-tspi-tspi_lineclosemspinstance.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine);

// Receive data from a media provider.
// Synchronous. Optional.
//   hdLine     in: the open line
//   hdCall     in: the call
//   hdMSPLine  in: the provider's name for the instance
//   pBuffer    in: the data
//   dwSize     in: bytes at pBuffer
// - version 3.0 only
// Errors: none documented.
// Source: nf-tspi-tspi_linereceivemspdata.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineReceiveMSPData(HDRVLINE hdLine, HDRVCALL hdCall, HDRVMSPLINE hdMSPLine,
                                                        LPVOID pBuffer, DWORD dwSize);

#endif

// ---- Phone devices

// Open a phone and exchange handles.
// Synchronous. Optional. Called for phoneOpen.
//   dwDeviceID     in: the device
//   htPhone        in: the service's name for the phone
//   lphdPhone      out: the provider's name for the phone
//   dwTSPIVersion  in: the interface version in force until the phone is closed
//   lpfnEventProc  in: where the provider reports events
// - commits interface version until close or PHONE_CLOSE
// - reserve nonsharable resources
// - events may start after success
// Life cycle: R020, R060.
// Errors: PHONEERR_ALLOCATED, PHONEERR_INCOMPATIBLEAPIVERSION, PHONEERR_INIFILECORRUPT, PHONEERR_INUSE,
// PHONEERR_NODRIVER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phoneopen.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneOpen(DWORD dwDeviceID, HTAPIPHONE htPhone, LPHDRVPHONE lphdPhone,
                                               DWORD dwTSPIVersion, PHONEEVENT lpfnEventProc);

// Close a phone, finishing outstanding requests.
// Synchronous. Optional. Called for phoneClose, phoneShutdown.
//   hdPhone  in: the open phone
// - complete outstanding requests before returning
// - normally the service waits first; provider must handle early close
// - no events afterwards
// - should always succeed
// Life cycle: R084, R085.
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phoneclose.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone);

// Return phone capabilities.
// Synchronous. Optional. Called for phoneGetDevCaps.
//   dwDeviceID     in: the device
//   dwTSPIVersion  in: the negotiated interface version
//   dwExtVersion   in: the negotiated extension version; 0: none
//   lpPhoneCaps    out: caller sets dwTotalSize
// - fill every member but dwTotalSize
// - the service adds OWNER, MONITORS, REINIT to dwPhoneStates
// - extension version 0: give no extension data
// Life cycle: R134.
// Errors: PHONEERR_INCOMPATIBLEAPIVERSION, PHONEERR_INCOMPATIBLEEXTVERSION, PHONEERR_NODRIVER, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetdevcaps.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                                     LPPHONECAPS lpPhoneCaps);

// Return overall phone status.
// Synchronous. Optional. Called for phoneGetStatus.
//   hdPhone        in: the open phone
//   lpPhoneStatus  out: caller sets dwTotalSize
// - leave alone: dwTotalSize, dwNumOwners, dwNumMonitors and the pair OwnerName
// - fill the rest
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetstatus.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdPhone, LPPHONESTATUS lpPhoneStatus);

// Return media device id tied to a phone.
// Synchronous. Optional. Called for phoneGetID.
//   hdPhone          in: the open phone
//   lpDeviceID       out: the device's id, in the form of its class; caller sets dwTotalSize
//   lpszDeviceClass  in: the device class, in any letter case
//   hTargetProcess   in: the process that a handle in the answer shall be valid in
// - fill every VARSTRING member but dwTotalSize
// - tapi/line and tapi/phone handled by the service
// - a handle in the answer must be valid in hTargetProcess
// Errors: PHONEERR_INVALDEVICECLASS, PHONEERR_INVALPHONEHANDLE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetid.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetID(HDRVPHONE hdPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass,
                                                HANDLE hTargetProcess);

// Return an icon for a phone.
// Synchronous. Optional. Called for phoneGetIcon.
//   dwDeviceID       in: the device
//   lpszDeviceClass  in: the device class, in any letter case
//   lphIcon          out: the icon
// - class tapi/phone, empty or NULL: phone icon
// Errors: PHONEERR_INVALDEVICECLASS, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegeticon.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);

// Tell provider which phone changes to report.
// Synchronous. Optional. Called for phoneOpen, phoneSetStatusMessages.
//   hdPhone         in: the open phone
//   dwPhoneStates   in: PHONESTATE_ bits
//   dwButtonModes   in: PHONEBUTTONMODE_ bits
//   dwButtonStates  in: PHONEBUTTONSTATE_ bits
// - button states ignored when modes are 0; nonzero modes need nonzero states
// - provider may send more
// - unsupported bits accepted
// - all off by default except REINIT
// Life cycle: R236, R245.
// Errors: PHONEERR_INVALBUTTONMODE, PHONEERR_INVALBUTTONSTATE, PHONEERR_INVALPHONEHANDLE,
// PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesetstatusmessages.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE hdPhone, DWORD dwPhoneStates, DWORD dwButtonModes,
                                                            DWORD dwButtonStates);

// Vendor escape on a phone.
// Asynchronous. Optional. Called for phoneDevSpecific.
//   dwRequestID  in: to be completed through the completion procedure
//   hdPhone      in: the open phone
//   lpParams     in/out, before completion: the vendor's block
//   dwSize       in: bytes at lpParams
// - replies go through PHONE_DEVSPECIFIC
// - buffer passed unmodified
// Life cycle: R254, R255.
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPOINTER, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonedevspecific.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneDevSpecific(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, LPVOID lpParams,
                                                      DWORD dwSize);

// ---- Parts of a phone

// Return information on a button.
// Synchronous. Optional. Called for phoneGetButtonInfo.
//   hdPhone         in: the open phone
//   dwButtonLampID  in: the button or lamp
//   lpButtonInfo    out: caller sets dwTotalSize
// - fill every member but dwTotalSize
// Errors: PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetbuttoninfo.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE hdPhone, DWORD dwButtonLampID,
                                                        LPPHONEBUTTONINFO lpButtonInfo);

// Set meaning and text of a button.
// Asynchronous. Optional. Called for phoneSetButtonInfo.
//   dwRequestID     in: to be completed through the completion procedure
//   hdPhone         in: the open phone
//   dwButtonLampID  in: the button or lamp
//   lpButtonInfo    in: the button's meaning and text
// Errors: PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALPHONEHANDLE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesetbuttoninfo.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
                                                        DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo);

// Return a lamp's mode.
// Synchronous. Optional. Called for phoneGetLamp.
//   hdPhone         in: the open phone
//   dwButtonLampID  in: the button or lamp
//   lpdwLampMode    out: one PHONELAMPMODE_
// - extra lamps modelled with DUMMY buttons
// Errors: PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetlamp.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode);

// Set a lamp's mode.
// Asynchronous. Optional. Called for phoneSetLamp.
//   dwRequestID     in: to be completed through the completion procedure
//   hdPhone         in: the open phone
//   dwButtonLampID  in: the button or lamp
//   dwLampMode      in: one PHONELAMPMODE_
// Errors: PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALLAMPMODE, PHONEERR_INVALPHONEHANDLE,
// PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesetlamp.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwButtonLampID,
                                                  DWORD dwLampMode);

// Return current display contents.
// Synchronous. Optional. Called for phoneGetDisplay.
//   hdPhone    in: the open phone
//   lpDisplay  out: caller sets dwTotalSize
// - fill every VARSTRING member but dwTotalSize
// - needs rows times columns elements
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetdisplay.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE hdPhone, LPVARSTRING lpDisplay);

// Write text at a display position.
// Asynchronous. Optional. Called for phoneSetDisplay.
//   dwRequestID  in: to be completed through the completion procedure
//   hdPhone      in: the open phone
//   dwRow        in: the row, from 0
//   dwColumn     in: the column, from 0
//   lpsDisplay   in: the text
//   dwSize       in: bytes at lpsDisplay
// - overwrites; truncates beyond display
// - format per PHONECAPS dwStringFormat
// Life cycle: R250.
// Errors: PHONEERR_INVALPARAM, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesetdisplay.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetDisplay(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRow,
                                                     DWORD dwColumn, LPCWSTR lpsDisplay, DWORD dwSize);

// Upload a phone data area.
// Synchronous. Optional. Called for phoneGetData.
//   hdPhone   in: the open phone
//   dwDataID  in: the data area
//   lpData    out: the data
//   dwSize    in: room at lpData, in bytes
// Errors: PHONEERR_INVALDATAID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetdata.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE hdPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize);

// Download data to a phone data area.
// Asynchronous. Optional. Called for phoneSetData.
//   dwRequestID  in: to be completed through the completion procedure
//   hdPhone      in: the open phone
//   dwDataID     in: the data area
//   lpData       in: the data
//   dwSize       in: bytes at lpData
// - format device specific
// Errors: PHONEERR_INVALDATAID, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesetdata.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetData(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwDataID,
                                                  LPVOID const lpData, DWORD dwSize);

// Return ring mode and volume.
// Synchronous. Optional. Called for phoneGetRing.
//   hdPhone       in: the open phone
//   lpdwRingMode  out: the ring mode; 0: not ringing
//   lpdwVolume    out: 0 to 0xFFFF
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetring.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE hdPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume);

// Ring the phone in a mode and volume.
// Asynchronous. Optional. Called for phoneSetRing.
//   dwRequestID  in: to be completed through the completion procedure
//   hdPhone      in: the open phone
//   dwRingMode   in: the ring mode; 0: silence
//   dwVolume     in: 0 to 0xFFFF
// - mode 0..dwNumRingModes, 0 silent
// - the service clamps volume to 0..0xFFFF
// Life cycle: R246.
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_INVALRINGMODE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesetring.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetRing(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRingMode,
                                                  DWORD dwVolume);

// Return which hookswitch devices are off hook.
// Synchronous. Optional. Called for phoneGetHookSwitch.
//   hdPhone             in: the open phone
//   lpdwHookSwitchDevs  out: PHONEHOOKSWITCHDEV_ bits that are off hook
// - bit set means mic and/or speaker off hook
// - TSPI_phoneGetStatus tells microphone and speaker apart
// Errors: PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED,
// PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegethookswitch.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE hdPhone, LPDWORD lpdwHookSwitchDevs);

// Set hookswitch mode of listed devices.
// Asynchronous. Optional. Called for phoneSetHookSwitch.
//   dwRequestID       in: to be completed through the completion procedure
//   hdPhone           in: the open phone
//   dwHookSwitchDevs  in: PHONEHOOKSWITCHDEV_ bits
//   dwHookSwitchMode  in: one PHONEHOOKSWITCHMODE_
// - others unaffected
// - PHONE_STATE sent after change
// Life cycle: R249.
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALHOOKSWITCHMODE, PHONEERR_INVALPHONEHANDLE,
// PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM, PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL,
// PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesethookswitch.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
                                                        DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode);

// Return microphone gain.
// Synchronous. Optional. Called for phoneGetGain.
//   hdPhone          in: the open phone
//   dwHookSwitchDev  in: one PHONEHOOKSWITCHDEV_
//   lpdwGain         out: 0 to 0xFFFF
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetgain.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain);

// Set microphone gain.
// Asynchronous. Optional. Called for phoneSetGain.
//   dwRequestID      in: to be completed through the completion procedure
//   hdPhone          in: the open phone
//   dwHookSwitchDev  in: one PHONEHOOKSWITCHDEV_
//   dwGain           in: 0 to 0xFFFF
// - the service clamps to 0..0xFFFF
// Life cycle: R246.
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesetgain.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetGain(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
                                                  DWORD dwGain);

// Return speaker volume.
// Synchronous. Optional. Called for phoneGetVolume.
//   hdPhone          in: the open phone
//   dwHookSwitchDev  in: one PHONEHOOKSWITCHDEV_
//   lpdwVolume       out: 0 to 0xFFFF
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonegetvolume.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume);

// Set speaker volume.
// Asynchronous. Optional. Called for phoneSetVolume.
//   dwRequestID      in: to be completed through the completion procedure
//   hdPhone          in: the open phone
//   dwHookSwitchDev  in: one PHONEHOOKSWITCHDEV_
//   dwVolume         in: 0 to 0xFFFF
// - the service clamps to 0..0xFFFF
// Life cycle: R246.
// Errors: PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONEHANDLE, PHONEERR_INVALPHONESTATE, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tspi_phonesetvolume.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetVolume(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
                                                    DWORD dwVolume);

// ---- Installation and configuration before version 2.0

// Install provider pieces and settings (pre-2.0).
// Obsolete. Synchronous. Optional.
//   hwndOwner              in: window that a dialog belongs to, or NULL
//   dwPermanentProviderID  in: the provider's permanent id
// - obsolete since 2.0: TUISPI_providerInstall
// - once, until TSPI_providerRemove
// - before any other TSPI call
// - includes configuration
// - all-or-nothing: back out on failure
// Life cycle: R100, R101, R104.
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_providerinstall.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID);

// Let the user edit provider configuration (pre-2.0).
// Obsolete. Synchronous. Optional.
//   hwndOwner              in: window that a dialog belongs to, or NULL
//   dwPermanentProviderID  in: the provider's permanent id
// - obsolete since 2.0: TUISPI_providerConfig
// - may be called while in use
// - effect deferred to next TSPI_providerInit
// Life cycle: R102, R103, R104.
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_providerconfig.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID);

// Uninstall provider pieces and settings (pre-2.0).
// Obsolete. Synchronous. Optional.
//   hwndOwner              in: window that a dialog belongs to, or NULL
//   dwPermanentProviderID  in: the provider's permanent id
// - obsolete since 2.0: TUISPI_providerRemove
// - may be called while in use
// - visible effect deferred to next shutdown
// - must not return LINEERR_INUSE; ask user, LINEERR_OPERATIONFAILED if aborted
// - may send LINE_CLOSE/PHONE_CLOSE to force devices closed
// - all-or-nothing: back out on failure
// - removes its private settings on success
// Life cycle: R100, R102, R103, R104.
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_providerremove.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID);

// ---- The provider and its user-interface library

#if TAPI_CURRENT_VERSION >= 0x00020000

// Return the path of the provider's user-interface library.
// Synchronous. Mandatory if the provider has a user-interface library. Called for lineAddProvider,
// lineConfigDialog, lineConfigDialogEdit, lineConfigProvider, lineRemoveProvider, phoneConfigDialog.
//   lpszUIDLLName  out: the library's path; room for 260 characters
// - full path, NUL-terminated
// Life cycle: R105.
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_provideruiidentify.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR lpszUIDLLName);

// Receive a private block from the user-interface library.
// Synchronous. Mandatory if the user-interface library calls TUISPIDLLCALLBACK.
//   dwObjectID    in: the object, by its type
//   dwObjectType  in: one TUISPIDLL_OBJECT_
//   lpParams      in/out: the library's block
//   dwSize        in: bytes at lpParams
// - provider may modify block; result copied back to user interface
// - dwObjectType says what dwObjectID is
// Life cycle: R106.
// Errors: LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_providergenericdialogdata.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR dwObjectID, DWORD dwObjectType,
                                                               LPVOID lpParams, DWORD dwSize);

// Tell provider its spontaneous dialog has ended.
// Synchronous. Optional.
//   hdDlgInst  in: the provider's name for the dialog
// - needed only with LINE_CREATEDIALOGINSTANCE
// - no LINE_SENDDIALOGINSTANCEDATA afterwards
// Life cycle: R110.
// Errors: LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tspi_providerfreedialoginstance.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE hdDlgInst);

#endif

// ---- Exported by the user-interface library

#if TAPI_CURRENT_VERSION >= 0x00020000

// Install provider pieces and settings.
// Synchronous. Optional. Called for lineAddProvider.
//   lpfnUIDLLCallback      in: reaches the provider from the dialog
//   hwndOwner              in: window that a dialog belongs to, or NULL
//   dwPermanentProviderID  in: the provider's permanent id
// - may be invoked more than once; a provider that can be installed only once returns
//   LINEERR_NOMULTIPLEINSTANCE
// - all-or-nothing: back out on failure
// - LINE_CREATE announces devices
// Life cycle: R013, R100, R104.
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_NOMULTIPLEINSTANCE,
// LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tuispi_providerinstall.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerInstall(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                                       DWORD dwPermanentProviderID);

// Dialog to configure the provider itself.
// Synchronous. Optional. Called for lineConfigProvider.
//   lpfnUIDLLCallback      in: reaches the provider from the dialog
//   hwndOwner              in: window that a dialog belongs to, or NULL
//   dwPermanentProviderID  in: the provider's permanent id
// - may run while provider in use
// - visible effect deferred to next TSPI_providerInit
// Life cycle: R013, R102, R103, R104.
// Errors: LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tuispi_providerconfig.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerConfig(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                                      DWORD dwPermanentProviderID);

// Uninstall provider after user confirmation.
// Synchronous. Optional. Called for lineRemoveProvider.
//   lpfnUIDLLCallback      in: reaches the provider from the dialog
//   hwndOwner              in: window that a dialog belongs to, or NULL
//   dwPermanentProviderID  in: the provider's permanent id
// - may be called while in use; effect at next TSPI_providerShutdown
// - must not return LINEERR_INUSE; LINEERR_OPERATIONFAILED if user aborts
// - private settings removed on success
// - all-or-nothing
// Life cycle: R013, R100, R102, R103, R104.
// Errors: LINEERR_INIFILECORRUPT, LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tuispi_providerremove.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerRemove(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                                      DWORD dwPermanentProviderID);

// Modal dialog to configure a line device.
// Synchronous. Optional. Called for lineConfigDialog.
//   lpfnUIDLLCallback  in: reaches the provider from the dialog
//   dwDeviceID         in: the device
//   hwndOwner          in: window that a dialog belongs to, or NULL
//   lpszDeviceClass    in: the device class, in any letter case
// - NULL or empty class: the top level
// - provider may refuse with LINEERR_INUSE while line open
// - capabilities must not change without forced close first
// Life cycle: R013, R106.
// Errors: LINEERR_INUSE, LINEERR_INVALDEVICECLASS, LINEERR_NOMEM, LINEERR_OPERATIONFAILED,
// LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tuispi_lineconfigdialog.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID,
                                                        HWND hwndOwner, LPCWSTR lpszDeviceClass);

// Edit a given configuration block and return the result.
// Synchronous. Optional. Called for lineConfigDialogEdit.
//   lpfnUIDLLCallback  in: reaches the provider from the dialog
//   dwDeviceID         in: the device
//   hwndOwner          in: window that a dialog belongs to, or NULL
//   lpszDeviceClass    in: the device class, in any letter case
//   lpDeviceConfigIn   in: configuration from TSPI_lineGetDevConfig
//   dwSize             in: bytes at lpDeviceConfigIn
//   lpDeviceConfigOut  out: the edited configuration; caller sets dwTotalSize
// - no effect on active connections
// - output VARSTRING is STRINGFORMAT_BINARY
// - missing export makes the service return LINEERR_OPERATIONUNAVAIL
// - class tapi/line, empty or NULL means top level
// Life cycle: R013, R106.
// Errors: LINEERR_INVALDEVICECLASS, LINEERR_INVALPARAM, LINEERR_NODRIVER, LINEERR_NOMEM,
// LINEERR_OPERATIONFAILED, LINEERR_OPERATIONUNAVAIL, LINEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tuispi_lineconfigdialogedit.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_lineConfigDialogEdit(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID,
                                                            HWND hwndOwner, LPCWSTR lpszDeviceClass,
                                                            LPVOID const lpDeviceConfigIn, DWORD dwSize,
                                                            LPVARSTRING lpDeviceConfigOut);

// Modal dialog to configure a phone device.
// Synchronous. Optional. Called for phoneConfigDialog.
//   lpfnUIDLLCallback  in: reaches the provider from the dialog
//   dwDeviceID         in: the device
//   hwndOwner          in: window that a dialog belongs to, or NULL
//   lpszDeviceClass    in: the device class, in any letter case
// - class tapi/phone, empty or NULL means top level
// Life cycle: R013, R106.
// Errors: PHONEERR_BADDEVICEID, PHONEERR_INUSE, PHONEERR_INVALDEVICECLASS, PHONEERR_INVALPARAM, PHONEERR_NOMEM,
// PHONEERR_OPERATIONFAILED, PHONEERR_OPERATIONUNAVAIL, PHONEERR_RESOURCEUNAVAIL.
// Source: nf-tspi-tuispi_phoneconfigdialog.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_phoneConfigDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID,
                                                         HWND hwndOwner, LPCWSTR lpszDeviceClass);

// Run a provider-started dialog on its own application thread.
// Synchronous. Mandatory if LINE_CREATEDIALOGINSTANCE is sent.
//   lpfnUIDLLCallback  in: reaches the provider from the dialog
//   htDlgInst          in: the service's name for the dialog
//   lpParams           in: the provider's block
//   dwSize             in: bytes at lpParams
//   hEvent             in: signaled by the dialog once it can receive data
// - returns only when dialog destroyed
// - user interface signals hEvent once ready; data is blocked until then
// - lpParams is one-way to the user interface
// Life cycle: R013, R107, R108.
// Errors: LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tuispi_providergenericdialog.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerGenericDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback,
                                                             HTAPIDIALOGINSTANCE htDlgInst, LPVOID lpParams,
                                                             DWORD dwSize, HANDLE hEvent);

// Deliver provider data to a running dialog.
// Synchronous. Mandatory if TUISPI_providerGenericDialog exported.
//   htDlgInst  in: the service's name for the dialog
//   lpParams   in: the provider's block; NULL: close the dialog
//   dwSize     in: bytes at lpParams
// - called on another thread; must not block
// - NULL lpParams: close at once, and use the callback no more
// - NULL is also sent when the application shuts down with the dialog open
// Life cycle: R109.
// Errors: LINEERR_INVALPARAM, LINEERR_NOMEM, LINEERR_OPERATIONFAILED.
// Source: nf-tspi-tuispi_providergenericdialogdata.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerGenericDialogData(HTAPIDIALOGINSTANCE htDlgInst, LPVOID lpParams,
                                                                 DWORD dwSize);

#endif

#ifdef __cplusplus
}
#endif

#endif // OFFHOOK_TSPI_FUNCTIONS_H
