// SPDX-License-Identifier: Apache-2.0

// The functions of the provider interface.

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

// Claim an offered call and start alerting.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                                DWORD dwSize);

// Add a call to a conference.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
                                                         HDRVCALL hdConsultCall);

// Answer an offered call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                                DWORD dwSize);

// Transfer a call in one step.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                       LPCWSTR lpszDestAddress, DWORD dwCountryCode);

// Close a line, finishing all its calls and requests.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine);

// Free a call after completing its outstanding requests.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall);

#if TAPI_CURRENT_VERSION >= 0x00030000

// Close a media provider instance.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine);

#endif

// Request completion of a call that cannot connect.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCompleteCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                      LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
                                                      DWORD dwMessageID);

// Finish a transfer as transfer or three-way conference.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                          HDRVCALL hdConsultCall, HTAPICALL htConfCall,
                                                          LPHDRVCALL lphdConfCall, DWORD dwTransferMode);

// Test whether a line could serve media modes and call params.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
                                                                   LPLINECALLPARAMS const lpCallParams);

#if TAPI_CURRENT_VERSION >= 0x00030000

// Create a media provider instance for a line address.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID, HTAPIMSPLINE htMSPLine,
                                                           LPHDRVMSPLINE lphdMSPLine);

#endif

// Vendor escape on line, address or call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                                     HDRVCALL hdCall, LPVOID lpParams, DWORD dwSize);

// Vendor escape emulating a phone button.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDevSpecificFeature(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwFeature,
                                                            LPVOID lpParams, DWORD dwSize);

// Dial digits on an existing call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                                              DWORD dwCountryCode);

// Disconnect or reject a call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                                              DWORD dwSize);

// Obsolete: drop an unowned call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDropNoOwner(HDRVCALL hdCall);

// Obsolete: drop a call on last owner close.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineDropOnClose(HDRVCALL hdCall);

// Set or cancel forwarding and do-not-disturb.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD bAllAddresses,
                                                 DWORD dwAddressID, LPLINEFORWARDLIST const lpForwardList,
                                                 DWORD dwNumRingsNoAnswer, HTAPICALL htConsultCall,
                                                 LPHDRVCALL lphdConsultCall, LPLINECALLPARAMS const lpCallParams);

// Start or cancel buffered digit collection.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitModes,
                                                      LPWSTR lpsDigits, DWORD dwNumDigits,
                                                      LPCWSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                                                      DWORD dwInterDigitTimeout);

// Generate inband digits.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode,
                                                        LPCWSTR lpszDigits, DWORD dwDuration);

// Generate an inband tone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGenerateTone(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwToneMode,
                                                      DWORD dwDuration, DWORD dwNumTones,
                                                      LPLINEGENERATETONE const lpTones);

// Return address capabilities.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion,
                                                        DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps);

// Map an address string to its address ID.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                                      LPCWSTR lpsAddress, DWORD dwSize);

// Return current address status.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
                                                          LPLINEADDRESSSTATUS lpAddressStatus);

// Return the address ID of a call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID);

#if TAPI_CURRENT_VERSION >= 0x00030000

// Return call hub tracking state.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallHubTracking(HDRVLINE hdLine, LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

// Return address, call and related call IDs.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID, LPDWORD lpdwCallID,
                                                    LPDWORD lpdwRelatedCallID);

#endif

// Return call information.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo);

// Return call state, mode and allowed features.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus);

// Return line capabilities.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                                    LPLINEDEVCAPS lpLineDevCaps);

// Return opaque configuration of a line's device class.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
                                                      LPCWSTR lpszDeviceClass);

// Return extension ID of a line.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                                        LPLINEEXTENSIONID lpExtensionID);

// Return media device ID tied to line, address or call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                                               LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE hTargetProcess);

// Return an icon for a line or device class.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);

// Return current line status.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus);

// Return how many addresses the line has.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs);

// Put a call on hard hold.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

#if TAPI_CURRENT_VERSION >= 0x00030000

// Return class ID of the media provider for a line.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID);

#endif

// Place an outgoing call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                                                  LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                                                  LPLINECALLPARAMS const lpCallParams);

// Enable or cancel unbuffered digit detection.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes);

// Enable or cancel media detection on a call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes);

// Add, replace or drop a tone list.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID,
                                                      LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries);

// Return highest extension version in range for a device.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwLowVersion,
                                                             DWORD dwHighVersion, LPDWORD lpdwExtVersion);

// Return highest interface version in range for a device.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion,
                                                              LPDWORD lpdwTSPIVersion);

// Open a line and exchange handles.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
                                              DWORD dwTSPIVersion, LINEEVENT lpfnEventProc);

// Park a call at a given or switch-chosen address.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwParkMode,
                                              LPCWSTR lpszDirAddress, LPVARSTRING lpNonDirAddress);

// Pick up a call alerting elsewhere as a new call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                                HTAPICALL htCall, LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress,
                                                LPCWSTR lpszGroupID);

// Hold a conference and create a consultation call to add.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
                                                                HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                                                LPLINECALLPARAMS const lpCallParams);

#if TAPI_CURRENT_VERSION >= 0x00030000

// Receive data from a media provider.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineReceiveMSPData(HDRVLINE hdLine, HDRVCALL hdCall, HDRVMSPLINE hdMSPLine,
                                                        LPVOID pBuffer, DWORD dwSize);

#endif

// Deflect an offered call without answering.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                                                  DWORD dwCountryCode);

#if TAPI_CURRENT_VERSION >= 0x00010004

// Allow next received user-user data to replace the old.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

#endif

// Remove a call from its conference.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

// Protect a call from interruptions.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

// Activate or cancel an extension version on an open line.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion);

// Send user-user data to the remote party.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSendUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                          LPCSTR lpsUserUserInfo, DWORD dwSize);

// Store the app-specific DWORD of a call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Replace the call data block of a call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallData(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPVOID lpCallData,
                                                     DWORD dwSize);

#endif

#if TAPI_CURRENT_VERSION >= 0x00030000

// Set call hub tracking mode.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallHubTracking(HDRVLINE hdLine, LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

#endif

// Change bearer mode, rate or dial parameters of a call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallParams(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwBearerMode,
                                                       DWORD dwMinRate, DWORD dwMaxRate,
                                                       LPLINEDIALPARAMS const lpDialParams);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Renegotiate call quality of service.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                                 LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
                                                                 LPVOID lpReceivingFlowspec,
                                                                 DWORD dwReceivingFlowspecSize);

// Choose what a waiting caller hears.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                          DWORD dwTreatment);

#endif

// Obsolete: tell provider the dialing location changed.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetCurrentLocation(DWORD dwLocation);

// Set media types to detect on a line and initial call monitoring.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes);

// Restore opaque configuration of a line's device class.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                                                      LPCWSTR lpszDeviceClass);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Turn line status bits on or off.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetLineDevStatus(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
                                                          DWORD dwStatusToChange, DWORD fStatus);

#endif

// Trigger media actions on digits, media, tones or states.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetMediaControl(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall,
                                                         DWORD dwSelect, LPLINEMEDIACONTROLDIGIT const lpDigitList,
                                                         DWORD dwDigitNumEntries,
                                                         LPLINEMEDIACONTROLMEDIA const lpMediaList,
                                                         DWORD dwMediaNumEntries,
                                                         LPLINEMEDIACONTROLTONE const lpToneList,
                                                         DWORD dwToneNumEntries,
                                                         LPLINEMEDIACONTROLCALLSTATE const lpCallStateList,
                                                         DWORD dwCallStateNumEntries);

// Store a call's media mode.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode);

// Tell provider which line and address changes to report.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates);

// Route low-level event classes to a terminal.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetTerminal(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                                     HDRVCALL hdCall, DWORD dwSelect, DWORD dwTerminalModes,
                                                     DWORD dwTerminalID, DWORD bEnable);

// Create a conference and a consultation call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVLINE hdLine,
                                                         HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
                                                         HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                                         DWORD dwNumParties, LPLINECALLPARAMS const lpCallParams);

// Hold a call for transfer and create a consultation call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                                       HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                                       LPLINECALLPARAMS const lpCallParams);

// Swap active and held call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall,
                                                  HDRVCALL hdHeldCall);

// Cancel a call completion request.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
                                                        DWORD dwCompletionID);

// Retrieve a held call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

// Retrieve a parked call as a new call.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_lineUnpark(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                                HTAPICALL htCall, LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress);

// Close a phone, finishing outstanding requests.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone);

// Vendor escape on a phone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneDevSpecific(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, LPVOID lpParams,
                                                      DWORD dwSize);

// Return information on a button.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE hdPhone, DWORD dwButtonLampID,
                                                        LPPHONEBUTTONINFO lpButtonInfo);

// Upload a phone data area.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE hdPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize);

// Return phone capabilities.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                                     LPPHONECAPS lpPhoneCaps);

// Return current display contents.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE hdPhone, LPVARSTRING lpDisplay);

// Return extension ID of a phone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                                         LPPHONEEXTENSIONID lpExtensionID);

// Return microphone gain.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain);

// Return which hookswitch devices are off hook.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE hdPhone, LPDWORD lpdwHookSwitchDevs);

// Return media device ID tied to a phone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetID(HDRVPHONE hdPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass,
                                                HANDLE hTargetProcess);

// Return an icon for a phone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);

// Return a lamp's mode.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode);

// Return ring mode and volume.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE hdPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume);

// Return overall phone status.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdPhone, LPPHONESTATUS lpPhoneStatus);

// Return speaker volume.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume);

// Return highest extension version in range for a phone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwLowVersion,
                                                              DWORD dwHighVersion, LPDWORD lpdwExtVersion);

// Return highest interface version in range for a phone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
                                                               DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);

// Open a phone and exchange handles.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneOpen(DWORD dwDeviceID, HTAPIPHONE htPhone, LPHDRVPHONE lphdPhone,
                                               DWORD dwTSPIVersion, PHONEEVENT lpfnEventProc);

// Activate or cancel an extension version on an open phone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion);

// Set meaning and text of a button.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
                                                        DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo);

// Download data to a phone data area.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetData(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwDataID,
                                                  LPVOID const lpData, DWORD dwSize);

// Write text at a display position.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetDisplay(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRow,
                                                     DWORD dwColumn, LPCWSTR lpsDisplay, DWORD dwSize);

// Set microphone gain.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetGain(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
                                                  DWORD dwGain);

// Set hookswitch mode of listed devices.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
                                                        DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode);

// Set a lamp's mode.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwButtonLampID,
                                                  DWORD dwLampMode);

// Ring the phone in a mode and volume.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetRing(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRingMode,
                                                  DWORD dwVolume);

// Tell provider which phone changes to report.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE hdPhone, DWORD dwPhoneStates, DWORD dwButtonModes,
                                                            DWORD dwButtonStates);

// Set speaker volume.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_phoneSetVolume(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
                                                    DWORD dwVolume);

// Let the user edit provider configuration (pre-2.0).
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID);

#if TAPI_CURRENT_VERSION >= 0x00010004

// Assign a real device ID to a dynamically announced line.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

// Assign a real device ID to a dynamically announced phone.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

// Report line and phone counts and pass create callbacks.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines,
                                                         LPDWORD lpdwNumPhones, HPROVIDER hProvider,
                                                         LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc);

#endif

#if TAPI_CURRENT_VERSION >= 0x00020000

// Tell provider its spontaneous dialog has ended.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE hdDlgInst);

// Receive a private block from the UI library.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR dwObjectID, DWORD dwObjectType,
                                                               LPVOID lpParams, DWORD dwSize);

#endif

// Start the provider for one session with device ranges and callbacks.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
                                                  DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase,
                                                  DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones,
                                                  ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions);

// Install provider pieces and settings (pre-2.0).
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID);

// Uninstall provider pieces and settings (pre-2.0).
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID);

// Stop all provider activity and free resources.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Return the path of the provider's UI library.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR lpszUIDLLName);

// Modal dialog to configure a line device.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID,
                                                        HWND hwndOwner, LPCWSTR lpszDeviceClass);

// Edit a given configuration block and return the result.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_lineConfigDialogEdit(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID,
                                                            HWND hwndOwner, LPCWSTR lpszDeviceClass,
                                                            LPVOID const lpDeviceConfigIn, DWORD dwSize,
                                                            LPVARSTRING lpDeviceConfigOut);

// Modal dialog to configure a phone device.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_phoneConfigDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID,
                                                         HWND hwndOwner, LPCWSTR lpszDeviceClass);

// Dialog to configure the provider itself.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerConfig(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                                      DWORD dwPermanentProviderID);

// Run a provider-started dialog on its own app thread.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerGenericDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback,
                                                             HTAPIDIALOGINSTANCE htDlgInst, LPVOID lpParams,
                                                             DWORD dwSize, HANDLE hEvent);

// Deliver provider data to a running dialog.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerGenericDialogData(HTAPIDIALOGINSTANCE htDlgInst, LPVOID lpParams,
                                                                 DWORD dwSize);

// Install provider pieces and settings.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerInstall(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                                       DWORD dwPermanentProviderID);

// Uninstall provider after user confirmation.
OFFHOOK_ABI_EXPORT LONG TSPIAPI TUISPI_providerRemove(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                                      DWORD dwPermanentProviderID);

#endif

#ifdef __cplusplus
}
#endif

#endif // OFFHOOK_TSPI_FUNCTIONS_H
