// SPDX-License-Identifier: Apache-2.0

// The functions of the application interface.

#ifndef OFFHOOK_TAPI_FUNCTIONS_H
#define OFFHOOK_TAPI_FUNCTIONS_H

#include "offhook/tapi_structures.h"
#include "offhook/tapi_types.h"
#include "offhook/tapi_version.h"
#include "offhook/windows_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// Claim an offered call and start alerting.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

#if TAPI_CURRENT_VERSION >= 0x00010004

// Install a provider.
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

#endif

// Add a call to a conference.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAddToConference(HCALL hConfCall, HCALL hConsultCall);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Vendor escape to the agent handler.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAgentSpecific(HLINE hLine, DWORD dwAddressID, DWORD dwAgentExtensionIDIndex,
                                                 LPVOID lpParams, DWORD dwSize);

#endif

// Answer an offered call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

// Single-step transfer to an address.
OFFHOOK_ABI_EXPORT LONG WINAPI lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineBlindTransferA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
OFFHOOK_ABI_EXPORT LONG WINAPI lineBlindTransferW(HCALL hCall, LPCWSTR lpszDestAddressW, DWORD dwCountryCode);
#ifdef UNICODE
#define lineBlindTransfer lineBlindTransferW
#endif
#endif

// Close an open line.
OFFHOOK_ABI_EXPORT LONG WINAPI lineClose(HLINE hLine);

// Request completion of an unreachable call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineCompleteCall(HCALL hCall, LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
                                                DWORD dwMessageID);

// Finish a transfer or make a three-way conference.
OFFHOOK_ABI_EXPORT LONG WINAPI lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall,
                                                    DWORD dwTransferMode);

// Show device configuration dialog.
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

// Show a provider's configuration dialog.
OFFHOOK_ABI_EXPORT LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID);

#endif

#if TAPI_CURRENT_VERSION >= 0x00020002

// Create an agent handle at the agent handler.
OFFHOOK_ABI_EXPORT LONG WINAPI lineCreateAgentA(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN, LPHAGENT lphAgent);
OFFHOOK_ABI_EXPORT LONG WINAPI lineCreateAgentW(HLINE hLine, LPWSTR lpszAgentID, LPWSTR lpszAgentPIN,
                                                LPHAGENT lphAgent);
#ifdef UNICODE
#define lineCreateAgent lineCreateAgentW
#else
#define lineCreateAgent lineCreateAgentA
#endif

// Create an agent session for a group.
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

#endif

// Free an app's call handle.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDeallocateCall(HCALL hCall);

// Vendor escape on line, address or call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDevSpecific(HLINE hLine, DWORD dwAddressID, HCALL hCall, LPVOID lpParams,
                                               DWORD dwSize);

// Vendor escape emulating a phone button.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDevSpecificFeature(HLINE hLine, DWORD dwFeature, LPVOID lpParams, DWORD dwSize);

// Dial digits on an existing call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineDialA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
OFFHOOK_ABI_EXPORT LONG WINAPI lineDialW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);
#ifdef UNICODE
#define lineDial lineDialW
#endif
#endif

// Disconnect or reject a call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

// Set or cancel forwarding and do-not-disturb.
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

// Collect digits into a buffer.
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

// Generate digits inband.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGenerateDigitsA(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGenerateDigitsW(HCALL hCall, DWORD dwDigitMode, LPCWSTR lpszDigits,
                                                   DWORD dwDuration);
#ifdef UNICODE
#define lineGenerateDigits lineGenerateDigitsW
#endif
#endif

// Generate an inband tone.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGenerateTone(HCALL hCall, DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
                                                LPLINEGENERATETONE const lpTones);

// Capabilities of one address.
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

// Map an assigned address string to its ID.
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

// Current status of an address.
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

#if TAPI_CURRENT_VERSION >= 0x00020000

// List selectable agent activities.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentActivityListA(HLINE hLine, DWORD dwAddressID,
                                                         LPLINEAGENTACTIVITYLIST lpAgentActivityList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentActivityListW(HLINE hLine, DWORD dwAddressID,
                                                         LPLINEAGENTACTIVITYLIST lpAgentActivityList);
#ifdef UNICODE
#define lineGetAgentActivityList lineGetAgentActivityListW
#else
#define lineGetAgentActivityList lineGetAgentActivityListA
#endif

// Agent capabilities of an address.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
                                                 DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
                                                 DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);
#ifdef UNICODE
#define lineGetAgentCaps lineGetAgentCapsW
#else
#define lineGetAgentCaps lineGetAgentCapsA
#endif

// List groups the agent may log into.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentGroupListA(HLINE hLine, DWORD dwAddressID,
                                                      LPLINEAGENTGROUPLIST lpAgentGroupList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentGroupListW(HLINE hLine, DWORD dwAddressID,
                                                      LPLINEAGENTGROUPLIST lpAgentGroupList);
#ifdef UNICODE
#define lineGetAgentGroupList lineGetAgentGroupListW
#else
#define lineGetAgentGroupList lineGetAgentGroupListA
#endif

#endif

#if TAPI_CURRENT_VERSION >= 0x00020002

// Agent statistics.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo);

// Agent session statistics.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentSessionInfo(HLINE hLine, HAGENTSESSION hAgentSession,
                                                       LPLINEAGENTSESSIONINFO lpAgentSessionInfo);

// List agent's sessions.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentSessionList(HLINE hLine, HAGENT hAgent,
                                                       LPLINEAGENTSESSIONLIST lpAgentSessionList);

#endif

#if TAPI_CURRENT_VERSION >= 0x00020000

// Agent status on an address.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentStatusA(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetAgentStatusW(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus);
#ifdef UNICODE
#define lineGetAgentStatus lineGetAgentStatusW
#else
#define lineGetAgentStatus lineGetAgentStatusA
#endif

#endif

#if TAPI_CURRENT_VERSION >= 0x00010004

// Query an app's handoff or request priority.
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

#endif

// Mostly fixed information about a call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCallInfoA(HCALL hCall, LPLINECALLINFO lpCallInfo);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCallInfoW(HCALL hCall, LPLINECALLINFO lpCallInfo);
#ifdef UNICODE
#define lineGetCallInfo lineGetCallInfoW
#endif
#endif

// Current call state, mode, privilege and features.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus);

// List calls of a conference.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList);

#if TAPI_CURRENT_VERSION >= 0x00010004

// Return country dialing rules.
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

// Capabilities of a line device.
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

// Opaque media-device configuration.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevConfigA(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetDevConfigW(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define lineGetDevConfig lineGetDevConfigW
#endif
#endif

#if TAPI_CURRENT_VERSION >= 0x00020002

// List ACD groups.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetGroupListA(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetGroupListW(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);
#ifdef UNICODE
#define lineGetGroupList lineGetGroupListW
#else
#define lineGetGroupList lineGetGroupListA
#endif

#endif

// Device ID of a class tied to line, address or call.
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
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);
#ifdef UNICODE
#define lineGetIcon lineGetIconW
#endif
#endif

// Current status of an open line.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetLineDevStatusA(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetLineDevStatusW(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);
#ifdef UNICODE
#define lineGetLineDevStatus lineGetLineDevStatusW
#endif
#endif

#if TAPI_CURRENT_VERSION >= 0x00020000

// Fetch next queued message in event mode.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout);

#endif

// Get handles to calls the app has none for.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect,
                                               LPLINECALLLIST lpCallList);

// Minimum ring count over all apps.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings);

#if TAPI_CURRENT_VERSION >= 0x00010004

// List installed providers.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);
#ifdef UNICODE
#define lineGetProviderList lineGetProviderListW
#endif
#endif

#endif

#if TAPI_CURRENT_VERSION >= 0x00020002

// List proxy request types now served on a line.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetProxyStatus(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAppAPIVersion,
                                                  LPLINEPROXYREQUESTLIST lpLineProxyReqestList);

// Queue statistics.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetQueueInfo(HLINE hLine, DWORD dwQueueID, LPLINEQUEUEINFO lpLineQueueInfo);

// List queues of a group.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetQueueListA(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetQueueListW(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList);
#ifdef UNICODE
#define lineGetQueueList lineGetQueueListW
#else
#define lineGetQueueList lineGetQueueListA
#endif

#endif

// Take next queued assisted-telephony request.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetRequestA(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetRequestW(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer);
#ifdef UNICODE
#define lineGetRequest lineGetRequestW
#endif
#endif

// Read the app's status message masks.
OFFHOOK_ABI_EXPORT LONG WINAPI lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates, LPDWORD lpdwAddressStates);

// Return locations and calling cards.
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

// Give ownership to another app by name or media mode.
OFFHOOK_ABI_EXPORT LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineHandoffA(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);
OFFHOOK_ABI_EXPORT LONG WINAPI lineHandoffW(HCALL hCall, LPCWSTR lpszFileName, DWORD dwMediaMode);
#ifdef UNICODE
#define lineHandoff lineHandoffW
#endif
#endif

// Put a call on hard hold.
OFFHOOK_ABI_EXPORT LONG WINAPI lineHold(HCALL hCall);

// Obsolete initialization for 1.3/1.4 apps.
OFFHOOK_ABI_EXPORT LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                                              LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Register an app for line use and report device count.
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

#endif

// Place an outgoing call.
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

// Enable or cancel digit detection for this app.
OFFHOOK_ABI_EXPORT LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes);

// Enable or cancel media detection for this app.
OFFHOOK_ABI_EXPORT LONG WINAPI lineMonitorMedia(HCALL hCall, DWORD dwMediaModes);

// Set this app's tone list on a call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineMonitorTones(HCALL hCall, LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries);

// Negotiate API version and get extension ID for a line.
OFFHOOK_ABI_EXPORT LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                                       DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                                       LPLINEEXTENSIONID lpExtensionID);

// Negotiate extension version for a line.
OFFHOOK_ABI_EXPORT LONG WINAPI lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                       DWORD dwExtLowVersion, DWORD dwExtHighVersion,
                                                       LPDWORD lpdwExtVersion);

// Open a line for given privileges and media modes.
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

// Park a call.
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

// Pick up a call alerting elsewhere.
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

// Create a consultation call for an existing conference.
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

#if TAPI_CURRENT_VERSION >= 0x00020000

// Proxy handler broadcasts an agent message.
OFFHOOK_ABI_EXPORT LONG WINAPI lineProxyMessage(HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1, DWORD dwParam2,
                                                DWORD dwParam3);

// Proxy handler completes a request.
OFFHOOK_ABI_EXPORT LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest, DWORD dwResult);

#endif

// Deflect an offering call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineRedirectA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);
OFFHOOK_ABI_EXPORT LONG WINAPI lineRedirectW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);
#ifdef UNICODE
#define lineRedirect lineRedirectW
#endif
#endif

// Register or deregister as assisted-telephony recipient.
OFFHOOK_ABI_EXPORT LONG WINAPI lineRegisterRequestRecipient(HLINEAPP hLineApp, DWORD dwRegistrationInstance,
                                                            DWORD dwRequestMode, DWORD bEnable);

#if TAPI_CURRENT_VERSION >= 0x00010004

// Allow next received user-user data.
OFFHOOK_ABI_EXPORT LONG WINAPI lineReleaseUserUserInfo(HCALL hCall);

#endif

// Remove a participant from its conference.
OFFHOOK_ABI_EXPORT LONG WINAPI lineRemoveFromConference(HCALL hCall);

// Remove a provider.
OFFHOOK_ABI_EXPORT LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner);

// Protect a call from interruption such as call waiting.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSecureCall(HCALL hCall);

// Send user-user data to the remote party.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Set an agent's activity code on an address.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID);

// Log an agent into groups on an address.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentGroup(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList);

#endif

#if TAPI_CURRENT_VERSION >= 0x00020002

// Set an agent's statistics period.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent, DWORD dwMeasurementPeriod);

// Set an agent session's state and next state.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentSessionState(HLINE hLine, HAGENTSESSION hAgentSession,
                                                        DWORD dwAgentSessionState, DWORD dwNextAgentSessionState);

#endif

#if TAPI_CURRENT_VERSION >= 0x00020000

// Set agent state and next state on an address.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState,
                                                 DWORD dwNextAgentState);

#endif

#if TAPI_CURRENT_VERSION >= 0x00020002

// Set an agent handle's state and next state.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState,
                                                   DWORD dwNextAgentState);

#endif

#if TAPI_CURRENT_VERSION >= 0x00010004

// Set or remove an app's handoff or request priority.
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

// Set the call's application-specific DWORD.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Attach opaque data to a call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize);

#endif

// Change bearer mode and rate of a call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallParams(HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
                                                 LPLINEDIALPARAMS const lpDialParams);

// Change the app's privilege to a call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Renegotiate a call's quality of service.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallQualityOfService(HCALL hCall, LPVOID lpSendingFlowspec,
                                                           DWORD dwSendingFlowspecSize, LPVOID lpReceivingFlowspec,
                                                           DWORD dwReceivingFlowspecSize);

// Choose what a held or queued party hears.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCallTreatment(HCALL hCall, DWORD dwTreatment);

#endif

// Choose current dialing location.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation);

// Restore opaque media-device configuration.
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

#if TAPI_CURRENT_VERSION >= 0x00020000

// Set or clear device status bits.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetLineDevStatus(HLINE hLine, DWORD dwStatusToChange, DWORD fStatus);

#endif

// Tie media actions to detected events.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetMediaControl(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                                                   LPLINEMEDIACONTROLDIGIT const lpDigitList, DWORD dwDigitNumEntries,
                                                   LPLINEMEDIACONTROLMEDIA const lpMediaList, DWORD dwMediaNumEntries,
                                                   LPLINEMEDIACONTROLTONE const lpToneList, DWORD dwToneNumEntries,
                                                   LPLINEMEDIACONTROLCALLSTATE const lpCallStateList,
                                                   DWORD dwCallStateNumEntries);

// Set a call's media mode.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes);

// Register this app's ring count before answering.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings);

#if TAPI_CURRENT_VERSION >= 0x00020002

// Set a queue's statistics period.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID, DWORD dwMeasurementPeriod);

#endif

// Select status messages this open line receives.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetStatusMessages(HLINE hLine, DWORD dwLineStates, DWORD dwAddressStates);

// Route terminal events for line, address or call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSetTerminal(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                                               DWORD dwTerminalModes, DWORD dwTerminalID, DWORD bEnable);

// Add or remove an address prefix in the toll list.
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

// Create a conference and its consultation call.
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

// Start a consultation transfer.
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

// End an app's line use.
OFFHOOK_ABI_EXPORT LONG WINAPI lineShutdown(HLINEAPP hLineApp);

// Exchange active call with held consultation partner.
OFFHOOK_ABI_EXPORT LONG WINAPI lineSwapHold(HCALL hActiveCall, HCALL hHeldCall);

// Convert canonical address to dialable and displayable.
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

// Cancel a call completion request.
OFFHOOK_ABI_EXPORT LONG WINAPI lineUncompleteCall(HLINE hLine, DWORD dwCompletionID);

// Retrieve a held call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineUnhold(HCALL hCall);

// Retrieve a parked call.
OFFHOOK_ABI_EXPORT LONG WINAPI lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI lineUnparkA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress);
OFFHOOK_ABI_EXPORT LONG WINAPI lineUnparkW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress);
#ifdef UNICODE
#define lineUnpark lineUnparkW
#endif
#endif

// Close an open phone.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneClose(HPHONE hPhone);

// Show phone configuration dialog.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneConfigDialogA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneConfigDialogW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define phoneConfigDialog phoneConfigDialogW
#endif
#endif

// Vendor escape on a phone.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneDevSpecific(HPHONE hPhone, LPVOID lpParams, DWORD dwSize);

// Mode, function and text of a button.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetButtonInfoA(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetButtonInfoW(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);
#ifdef UNICODE
#define phoneGetButtonInfo phoneGetButtonInfoW
#endif
#endif

// Upload data from phone memory.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetData(HPHONE hPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize);

// Capabilities of a phone device.
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

// Current display content.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetDisplay(HPHONE hPhone, LPVARSTRING lpDisplay);

// Microphone gain of one hookswitch device.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetGain(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain);

// Which hookswitch devices are offhook.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetHookSwitch(HPHONE hPhone, LPDWORD lpdwHookSwitchDevs);

// Device ID of a class tied to a phone.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetID(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIDA(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIDW(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass);
#ifdef UNICODE
#define phoneGetID phoneGetIDW
#endif
#endif

// Phone icon.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);
#ifdef UNICODE
#define phoneGetIcon phoneGetIconW
#endif
#endif

// Current lamp mode.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetLamp(HPHONE hPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Fetch next queued phone message in event mode.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetMessage(HPHONEAPP hPhoneApp, LPPHONEMESSAGE lpMessage, DWORD dwTimeout);

#endif

// Current ring mode and volume.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetRing(HPHONE hPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume);

// Overall phone status.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetStatus(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetStatusA(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetStatusW(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);
#ifdef UNICODE
#define phoneGetStatus phoneGetStatusW
#endif
#endif

// Read the app's phone status masks.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetStatusMessages(HPHONE hPhone, LPDWORD lpdwPhoneStates, LPDWORD lpdwButtonModes,
                                                      LPDWORD lpdwButtonStates);

// Speaker volume of one hookswitch device.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneGetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume);

// Obsolete phone initialization for 1.3/1.4 apps.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneInitialize(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance, PHONECALLBACK lpfnCallback,
                                               LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

#if TAPI_CURRENT_VERSION >= 0x00020000

// Register an app for phone use.
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

#endif

// Negotiate API version and get extension ID for a phone.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneNegotiateAPIVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                                        DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                                        LPPHONEEXTENSIONID lpExtensionID);

// Negotiate extension version for a phone.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneNegotiateExtVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                                        DWORD dwExtLowVersion, DWORD dwExtHighVersion,
                                                        LPDWORD lpdwExtVersion);

// Open a phone as owner or monitor.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneOpen(HPHONEAPP hPhoneApp, DWORD dwDeviceID, LPHPHONE lphPhone, DWORD dwAPIVersion,
                                         DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivilege);

// Set mode, function and text of a button.
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

// Download data to phone memory.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetData(HPHONE hPhone, DWORD dwDataID, LPVOID const lpData, DWORD dwSize);

// Write text at a display position.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetDisplay(HPHONE hPhone, DWORD dwRow, DWORD dwColumn, LPCSTR lpsDisplay,
                                               DWORD dwSize);

// Set microphone gain of one hookswitch device.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetGain(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwGain);

// Set hookswitch mode of listed devices.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetHookSwitch(HPHONE hPhone, DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode);

// Set lamp mode.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetLamp(HPHONE hPhone, DWORD dwButtonLampID, DWORD dwLampMode);

// Ring the phone with mode and volume.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetRing(HPHONE hPhone, DWORD dwRingMode, DWORD dwVolume);

// Select phone status messages.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetStatusMessages(HPHONE hPhone, DWORD dwPhoneStates, DWORD dwButtonModes,
                                                      DWORD dwButtonStates);

// Set speaker volume of one hookswitch device.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneSetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwVolume);

// End an app's phone use.
OFFHOOK_ABI_EXPORT LONG WINAPI phoneShutdown(HPHONEAPP hPhoneApp);

// Return current location's country and area code.
OFFHOOK_ABI_EXPORT LONG WINAPI tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode);
#if TAPI_CURRENT_VERSION >= 0x00020000
OFFHOOK_ABI_EXPORT LONG WINAPI tapiGetLocationInfoA(LPSTR lpszCountryCode, LPSTR lpszCityCode);
OFFHOOK_ABI_EXPORT LONG WINAPI tapiGetLocationInfoW(LPWSTR lpszCountryCodeW, LPWSTR lpszCityCodeW);
#ifdef UNICODE
#define tapiGetLocationInfo tapiGetLocationInfoW
#endif
#endif

// Obsolete: drop an assisted call.
OFFHOOK_ABI_EXPORT LONG WINAPI tapiRequestDrop(HWND hwnd, WPARAM wRequestID);

// Ask the call manager app to place a voice call.
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

// Obsolete: request a media call.
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

#ifdef __cplusplus
}
#endif

#endif // OFFHOOK_TAPI_FUNCTIONS_H
