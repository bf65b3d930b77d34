// SPDX-License-Identifier: Apache-2.0

// The structures of the application interface, packed as on Windows.
//
// A structure that starts with dwTotalSize, dwNeededSize and dwUsedSize has a part of variable size behind its fixed
// fields. The caller sets dwTotalSize to the bytes it allocated; whoever fills the structure sets dwNeededSize to the
// bytes that all of it takes and dwUsedSize to the bytes that were filled. Each pair dw...Size, dw...Offset places one
// variable field: its size in bytes, and its distance in bytes from the start of the structure, or of the one that the
// structure's comment names. Size 0 means absent.

#ifndef OFFHOOK_TAPI_STRUCTURES_H
#define OFFHOOK_TAPI_STRUCTURES_H

#include "offhook/tapi_constants.h"
#include "offhook/tapi_types.h"
#include "offhook/tapi_version.h"
#include "offhook/windows_types.h"

#ifdef __cplusplus
extern "C" {
#endif

#pragma pack(push, 1)

// ---- General

// A string or block of any size.
typedef struct varstring_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwStringFormat; // one STRINGFORMAT_, how to read it
    DWORD dwStringSize;   // the string or block
    DWORD dwStringOffset;
} VARSTRING;
typedef VARSTRING *LPVARSTRING;

// Names a set of extensions: 128 bits, all zero for none.
typedef struct lineextensionid_tag {
    DWORD dwExtensionID0;
    DWORD dwExtensionID1;
    DWORD dwExtensionID2;
    DWORD dwExtensionID3;
} LINEEXTENSIONID;
typedef LINEEXTENSIONID *LPLINEEXTENSIONID;

// Names a set of extensions: 128 bits, all zero for none.
typedef struct phoneextensionid_tag {
    DWORD dwExtensionID0;
    DWORD dwExtensionID1;
    DWORD dwExtensionID2;
    DWORD dwExtensionID3;
} PHONEEXTENSIONID;
typedef PHONEEXTENSIONID *LPPHONEEXTENSIONID;

// ---- Initialization and messages

#if TAPI_CURRENT_VERSION >= 0x00020000

// How an application wants its line messages. Caller and service both use it: the handle comes back in event mode.
typedef struct lineinitializeexparams_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwOptions; // one of the first three LINEINITIALIZEEXOPTION_, with CALLHUBTRACKING if wanted
    union {
        HANDLE hEvent;          // returned with USEEVENT: signaled while messages wait
        HANDLE hCompletionPort; // given with USECOMPLETIONPORT
    } Handles;
    DWORD dwCompletionKey;      // given with USECOMPLETIONPORT
} LINEINITIALIZEEXPARAMS;
typedef LINEINITIALIZEEXPARAMS *LPLINEINITIALIZEEXPARAMS;

// How an application wants its phone messages. Caller and service both use it: the handle comes back in event
// mode.
typedef struct phoneinitializeexparams_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwOptions; // one PHONEINITIALIZEEXOPTION_
    union {
        HANDLE hEvent;          // returned with USEEVENT: signaled while messages wait
        HANDLE hCompletionPort; // given with USECOMPLETIONPORT
    } Handles;
    DWORD dwCompletionKey;      // given with USECOMPLETIONPORT
} PHONEINITIALIZEEXPARAMS;
typedef PHONEINITIALIZEEXPARAMS *LPPHONEINITIALIZEEXPARAMS;

// One message of a line or call, as lineGetMessage returns it.
typedef struct linemessage_tag {
    DWORD hDevice;                // line or call handle, by the message; 0 for none
    DWORD dwMessageID;            // LINE_
    DWORD_PTR dwCallbackInstance; // what the application gave when it opened the line
    DWORD_PTR dwParam1;
    DWORD_PTR dwParam2;
    DWORD_PTR dwParam3;
} LINEMESSAGE;
typedef LINEMESSAGE *LPLINEMESSAGE;

// One message of a phone, as phoneGetMessage returns it.
typedef struct phonemessage_tag {
    DWORD hDevice;                // phone handle; 0 for none
    DWORD dwMessageID;            // PHONE_
    DWORD_PTR dwCallbackInstance; // what the application gave when it opened the phone
    DWORD_PTR dwParam1;
    DWORD_PTR dwParam2;
    DWORD_PTR dwParam3;
} PHONEMESSAGE;
typedef PHONEMESSAGE *LPPHONEMESSAGE;

#endif

// ---- Line devices

// Times of dialing, in milliseconds; 0 means the line's default.
typedef struct linedialparams_tag {
    DWORD dwDialPause;       // length of a comma
    DWORD dwDialSpeed;       // gap between digits
    DWORD dwDigitDuration;   // length of a digit
    DWORD dwWaitForDialtone; // longest wait for dial tone
} LINEDIALPARAMS;
typedef LINEDIALPARAMS *LPLINEDIALPARAMS;

// What a terminal is (in LINEDEVCAPS).
typedef struct linetermcaps_tag {
    DWORD dwTermDev;     // one LINETERMDEV_
    DWORD dwTermModes;   // LINETERMMODE_ bits
    DWORD dwTermSharing; // one LINETERMSHARING_
} LINETERMCAPS;
typedef LINETERMCAPS *LPLINETERMCAPS;

// What a line device can do (lineGetDevCaps).
typedef struct linedevcaps_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwProviderInfoSize;           // the provider: vendor, version; for people to read
    DWORD dwProviderInfoOffset;
    DWORD dwSwitchInfoSize;             // the switch: maker, model, version; for people to read
    DWORD dwSwitchInfoOffset;
    DWORD dwPermanentLineID;            // the line's identity in the configuration, the same across restarts
    DWORD dwLineNameSize;               // the line's name, which the user can choose
    DWORD dwLineNameOffset;
    DWORD dwStringFormat;               // one STRINGFORMAT_, of the line's strings
    DWORD dwAddressModes;               // LINEADDRESSMODE_ bits, how an originating address can be named
    DWORD dwNumAddresses;               // addresses on the line; their ids count from 0
    DWORD dwBearerModes;                // LINEBEARERMODE_ bits
    DWORD dwMaxRate;                    // highest data rate, in bits a second
    DWORD dwMediaModes;                 // LINEMEDIAMODE_ bits
    DWORD dwGenerateToneModes;          // LINETONEMODE_ bits that can be generated
    DWORD dwGenerateToneMaxNumFreq;     // frequencies in a custom tone; 0 for none
    DWORD dwGenerateDigitModes;         // LINEDIGITMODE_ bits that can be generated
    DWORD dwMonitorToneMaxNumFreq;      // frequencies in a monitored tone; 0 for none
    DWORD dwMonitorToneMaxNumEntries;   // entries in a list of monitored tones
    DWORD dwMonitorDigitModes;          // LINEDIGITMODE_ bits that can be detected
    DWORD dwGatherDigitsMinTimeout;     // shortest timeout of lineGatherDigits, in milliseconds
    DWORD dwGatherDigitsMaxTimeout;     // longest, in milliseconds; both 0: no timeouts
    DWORD dwMedCtlDigitMaxListSize;     // entries in lineSetMediaControl's digit list
    DWORD dwMedCtlMediaMaxListSize;     // entries in its media list
    DWORD dwMedCtlToneMaxListSize;      // entries in its tone list
    DWORD dwMedCtlCallStateMaxListSize; // entries in its call state list
    DWORD dwDevCapFlags;                // LINEDEVCAPFLAGS_ bits
    DWORD dwMaxNumActiveCalls;          // calls that can be active at once, at the lowest rate
    DWORD dwAnswerMode;                 // one LINEANSWERMODE_
    DWORD dwRingModes;                  // ring modes count from 1 to this; 0: no ring
    DWORD dwLineStates;                 // LINEDEVSTATE_ bits that can be reported
    DWORD dwUUIAcceptSize;              // longest user-user data of lineAccept, in bytes
    DWORD dwUUIAnswerSize;              // of lineAnswer
    DWORD dwUUIMakeCallSize;            // of lineMakeCall
    DWORD dwUUIDropSize;                // of lineDrop
    DWORD dwUUISendUserUserInfoSize;    // of lineSendUserUserInfo
    DWORD dwUUICallInfoSize;            // that can be received
    LINEDIALPARAMS MinDialParams;       // lowest dial parameters
    LINEDIALPARAMS MaxDialParams;       // highest dial parameters
    LINEDIALPARAMS DefaultDialParams;   // dial parameters when a call names none
    DWORD dwNumTerminals;               // terminals; their ids count from 0
    DWORD dwTerminalCapsSize;           // LINETERMCAPS, one a terminal
    DWORD dwTerminalCapsOffset;
    DWORD dwTerminalTextEntrySize;      // bytes of each terminal's text
    DWORD dwTerminalTextSize;           // the terminals' texts
    DWORD dwTerminalTextOffset;
    DWORD dwDevSpecificSize;            // the provider's extension data
    DWORD dwDevSpecificOffset;
    DWORD dwLineFeatures;               // LINEFEATURE_ bits that may be invoked
#if TAPI_CURRENT_VERSION >= 0x00020000
    DWORD dwSettableDevStatus; // LINEDEVSTATUSFLAGS_ bits that lineSetLineDevStatus can change
    DWORD dwDeviceClassesSize; // device classes for lineGetID: strings, each ended by a NUL, the list by one more
    DWORD dwDeviceClassesOffset;
#endif
#if TAPI_CURRENT_VERSION >= 0x00020002
    GUID PermanentLineGuid; // the line's identity in the configuration
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
    DWORD dwAddressTypes;      // LINEADDRESSTYPE_ bits
    GUID ProtocolGuid;         // the protocol that the line speaks
    DWORD dwAvailableTracking; // LINECALLHUBTRACKING_ levels
#endif
} LINEDEVCAPS;
typedef LINEDEVCAPS *LPLINEDEVCAPS;

#if TAPI_CURRENT_VERSION >= 0x00020000

// An application that has a line open (in LINEDEVSTATUS). Offsets count from the start of LINEDEVSTATUS.
typedef struct lineappinfo_tag {
    DWORD dwMachineNameSize;    // its computer
    DWORD dwMachineNameOffset;
    DWORD dwUserNameSize;       // its user
    DWORD dwUserNameOffset;
    DWORD dwModuleFilenameSize; // its executable
    DWORD dwModuleFilenameOffset;
    DWORD dwFriendlyNameSize;   // its name for people
    DWORD dwFriendlyNameOffset;
    DWORD dwMediaModes;         // LINEMEDIAMODE_ bits it opened the line for
    DWORD dwAddressID;          // the address it opened, 0xFFFFFFFF for all
} LINEAPPINFO;
typedef LINEAPPINFO *LPLINEAPPINFO;

#endif

// The state of an open line (lineGetLineDevStatus).
typedef struct linedevstatus_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumOpens;           // applications that have the line open; filled by the service
    DWORD dwOpenMediaModes;     // LINEMEDIAMODE_ bits they opened it for; filled by the service
    DWORD dwNumActiveCalls;     // calls on the line that are neither idle nor held
    DWORD dwNumOnHoldCalls;     // calls on hold
    DWORD dwNumOnHoldPendCalls; // calls held pending transfer or conference
    DWORD dwLineFeatures;       // LINEFEATURE_ bits that may be invoked
    DWORD dwNumCallCompletions; // outstanding completion requests
    DWORD dwRingMode;           // ring mode; 0: not ringing
    DWORD dwSignalLevel;        // 0 to 0xFFFF
    DWORD dwBatteryLevel;       // 0 to 0xFFFF
    DWORD dwRoamMode;           // one LINEROAMMODE_
    DWORD dwDevStatusFlags;     // LINEDEVSTATUSFLAGS_ bits
    DWORD dwTerminalModesSize;  // LINETERMMODE_ bits, one DWORD a terminal
    DWORD dwTerminalModesOffset;
    DWORD dwDevSpecificSize;    // the provider's extension data
    DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
    DWORD dwAvailableMediaModes; // LINEMEDIAMODE_ bits that a new call could have now; 0: unknown
    DWORD dwAppInfoSize;         // LINEAPPINFO, dwNumOpens of them
    DWORD dwAppInfoOffset;
#endif
} LINEDEVSTATUS;
typedef LINEDEVSTATUS *LPLINEDEVSTATUS;

// ---- Addresses

#if TAPI_CURRENT_VERSION >= 0x00020000

// A call treatment that an address offers (in LINEADDRESSCAPS). Offsets count from the start of LINEADDRESSCAPS.
typedef struct linecalltreatmententry_tag {
    DWORD dwCallTreatmentID;       // a LINECALLTREATMENT_ or the provider's own value
    DWORD dwCallTreatmentNameSize; // its name
    DWORD dwCallTreatmentNameOffset;
} LINECALLTREATMENTENTRY;
typedef LINECALLTREATMENTENTRY *LPLINECALLTREATMENTENTRY;

#endif

// What an address can do (lineGetAddressCaps).
typedef struct lineaddresscaps_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwLineDeviceID;               // the line device it belongs to
    DWORD dwAddressSize;                // the address itself
    DWORD dwAddressOffset;
    DWORD dwDevSpecificSize;            // the provider's extension data
    DWORD dwDevSpecificOffset;
    DWORD dwAddressSharing;             // one LINEADDRESSSHARING_
    DWORD dwAddressStates;              // LINEADDRESSSTATE_ bits that can be reported
    DWORD dwCallInfoStates;             // LINECALLINFOSTATE_ bits that can be reported
    DWORD dwCallerIDFlags;              // LINECALLPARTYID_ bits possible for the caller
    DWORD dwCalledIDFlags;              // for the called party
    DWORD dwConnectedIDFlags;           // for the connected party
    DWORD dwRedirectionIDFlags;         // for the party redirected to
    DWORD dwRedirectingIDFlags;         // for the redirecting party
    DWORD dwCallStates;                 // LINECALLSTATE_ bits that can be reported
    DWORD dwDialToneModes;              // LINEDIALTONEMODE_ bits that can be reported
    DWORD dwBusyModes;                  // LINEBUSYMODE_ bits that can be reported
    DWORD dwSpecialInfo;                // LINESPECIALINFO_ bits that can be reported
    DWORD dwDisconnectModes;            // LINEDISCONNECTMODE_ bits that can be reported
    DWORD dwMaxNumActiveCalls;          // calls that can be active at once
    DWORD dwMaxNumOnHoldCalls;          // calls that can be on hold
    DWORD dwMaxNumOnHoldPendingCalls;   // calls that can be held pending transfer or conference
    DWORD dwMaxNumConference;           // parties of one conference
    DWORD dwMaxNumTransConf;            // parties of a conference that starts as a transfer, oneself included
    DWORD dwAddrCapFlags;               // LINEADDRCAPFLAGS_ bits
    DWORD dwCallFeatures;               // LINECALLFEATURE_ bits that calls here may ever have
    DWORD dwRemoveFromConfCaps;         // one LINEREMOVEFROMCONF_
    DWORD dwRemoveFromConfState;        // LINECALLSTATE_ of a call removed from a conference
    DWORD dwTransferModes;              // LINETRANSFERMODE_ bits
    DWORD dwParkModes;                  // LINEPARKMODE_ bits
    DWORD dwForwardModes;               // LINEFORWARDMODE_ bits
    DWORD dwMaxForwardEntries;          // entries in lineForward's list
    DWORD dwMaxSpecificEntries;         // entries that may name a caller; 0: none
    DWORD dwMinFwdNumRings;             // fewest rings before "no answer"
    DWORD dwMaxFwdNumRings;             // most rings; equal: not settable
    DWORD dwMaxCallCompletions;         // outstanding completion requests; 0: none
    DWORD dwCallCompletionConds;        // LINECALLCOMPLCOND_ bits
    DWORD dwCallCompletionModes;        // LINECALLCOMPLMODE_ bits
    DWORD dwNumCompletionMessages;      // messages for LINECALLCOMPLMODE_MESSAGE; their ids count from 0
    DWORD dwCompletionMsgTextEntrySize; // bytes of each message's text
    DWORD dwCompletionMsgTextSize;      // the messages' texts
    DWORD dwCompletionMsgTextOffset;
    DWORD dwAddressFeatures;            // LINEADDRFEATURE_ bits that the address may ever have
#if TAPI_CURRENT_VERSION >= 0x00020000
    DWORD dwPredictiveAutoTransferStates; // LINECALLSTATE_ bits at which a predictive call can be transferred; 0: none
    DWORD dwNumCallTreatments;            // entries in the list of call treatments
    DWORD dwCallTreatmentListSize;        // LINECALLTREATMENTENTRY, one a treatment
    DWORD dwCallTreatmentListOffset;
    // device classes for lineGetID: strings, each ended by a NUL, the list by one more
    DWORD dwDeviceClassesSize;
    DWORD dwDeviceClassesOffset;
    DWORD dwMaxCallDataSize;              // longest call data, in bytes
    DWORD dwCallFeatures2;                // LINECALLFEATURE2_ bits
    DWORD dwMaxNoAnswerTimeout;           // longest dwNoAnswerTimeout, in seconds; 0: none
    DWORD dwConnectedModes;               // LINECONNECTEDMODE_ bits that can be reported
    DWORD dwOfferingModes;                // LINEOFFERINGMODE_ bits that can be reported
    DWORD dwAvailableMediaModes;          // LINEMEDIAMODE_ bits possible here
#endif
} LINEADDRESSCAPS;
typedef LINEADDRESSCAPS *LPLINEADDRESSCAPS;

// The state of an address (lineGetAddressStatus).
typedef struct lineaddressstatus_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumInUse;           // stations that use it
    DWORD dwNumActiveCalls;     // calls that are neither idle nor held
    DWORD dwNumOnHoldCalls;     // calls on hold
    DWORD dwNumOnHoldPendCalls; // calls held pending transfer or conference
    DWORD dwAddressFeatures;    // LINEADDRFEATURE_ bits that can be invoked now
    DWORD dwNumRingsNoAnswer;   // rings before "no answer"
    DWORD dwForwardNumEntries;  // entries in the forwarding list
    DWORD dwForwardSize;        // LINEFORWARD, one an entry
    DWORD dwForwardOffset;
    DWORD dwTerminalModesSize;  // LINETERMMODE_ bits, one DWORD a terminal
    DWORD dwTerminalModesOffset;
    DWORD dwDevSpecificSize;    // the provider's extension data
    DWORD dwDevSpecificOffset;
} LINEADDRESSSTATUS;
typedef LINEADDRESSSTATUS *LPLINEADDRESSSTATUS;

// One forwarding instruction. Offsets count from the start of the structure that holds the array (LINEFORWARDLIST
// or LINEADDRESSSTATUS).
typedef struct lineforward_tag {
    DWORD dwForwardMode;       // one LINEFORWARDMODE_
    DWORD dwCallerAddressSize; // the caller it applies to, for the SPECIFIC modes
    DWORD dwCallerAddressOffset;
    DWORD dwDestCountryCode;   // country code of the destination; 0: the default
    DWORD dwDestAddressSize;   // the destination; none means do-not-disturb
    DWORD dwDestAddressOffset;
#if TAPI_CURRENT_VERSION >= 0x00030001
    DWORD dwCallerAddressType; // one LINEADDRESSTYPE_
    DWORD dwDestAddressType;   // one LINEADDRESSTYPE_
#endif
} LINEFORWARD;
typedef LINEFORWARD *LPLINEFORWARD;

// The forwarding instructions of an address or line.
typedef struct lineforwardlist_tag {
    DWORD dwTotalSize;          // bytes allocated
    DWORD dwNumEntries;         // entries in the array
    LINEFORWARD ForwardList[1]; // dwNumEntries entries
} LINEFORWARDLIST;
typedef LINEFORWARDLIST *LPLINEFORWARDLIST;

// ---- Calls

// How a call is to be made. All zero (but dwTotalSize) is a default voice call.
typedef struct linecallparams_tag {
    DWORD dwTotalSize;              // bytes allocated
    DWORD dwBearerMode;             // one LINEBEARERMODE_; 0: VOICE
    DWORD dwMinRate;                // lowest data rate, in bits a second
    DWORD dwMaxRate;                // highest data rate, in bits a second; 0: the line's highest
    DWORD dwMediaMode;              // LINEMEDIAMODE_; 0: INTERACTIVEVOICE
    DWORD dwCallParamFlags;         // LINECALLPARAMFLAGS_ bits
    DWORD dwAddressMode;            // one LINEADDRESSMODE_, how the originating address is named
    DWORD dwAddressID;              // the originating address, with ADDRESSID
    LINEDIALPARAMS DialParams;      // 0 in a member: the default; out of range: the nearest value
    DWORD dwOrigAddressSize;        // the originating address, with DIALABLEADDR
    DWORD dwOrigAddressOffset;
    DWORD dwDisplayableAddressSize; // the address in displayable form, for logs
    DWORD dwDisplayableAddressOffset;
    DWORD dwCalledPartySize;        // the called party, for logs
    DWORD dwCalledPartyOffset;
    DWORD dwCommentSize;            // a comment, for logs
    DWORD dwCommentOffset;
    DWORD dwUserUserInfoSize;       // user-user data
    DWORD dwUserUserInfoOffset;
    DWORD dwHighLevelCompSize;      // high-level compatibility information
    DWORD dwHighLevelCompOffset;
    DWORD dwLowLevelCompSize;       // low-level compatibility information
    DWORD dwLowLevelCompOffset;
    DWORD dwDevSpecificSize;        // the provider's extension data
    DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
    DWORD dwPredictiveAutoTransferStates; // LINECALLSTATE_ bits at which the call is transferred to the target; 0: none
    // the target of an automatic transfer, one-step transfer or no-hold conference
    DWORD dwTargetAddressSize;
    DWORD dwTargetAddressOffset;
    DWORD dwSendingFlowspecSize;          // quality of service when sending
    DWORD dwSendingFlowspecOffset;
    DWORD dwReceivingFlowspecSize;        // quality of service when receiving
    DWORD dwReceivingFlowspecOffset;
    DWORD dwDeviceClassSize;              // the device class that the device configuration is for
    DWORD dwDeviceClassOffset;
    DWORD dwDeviceConfigSize;             // configuration from lineGetDevConfig, in force for the call
    DWORD dwDeviceConfigOffset;
    DWORD dwCallDataSize;                 // data attached to the call by an application
    DWORD dwCallDataOffset;
    DWORD dwNoAnswerTimeout;              // seconds after dialing until the call is given up; 0: never
    DWORD dwCallingPartyIDSize;           // who calls, to be shown to the called party
    DWORD dwCallingPartyIDOffset;
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
    DWORD dwAddressType; // one LINEADDRESSTYPE_
#endif
} LINECALLPARAMS;
typedef LINECALLPARAMS *LPLINECALLPARAMS;

// What is known about a call, mostly fixed for its life (lineGetCallInfo).
typedef struct linecallinfo_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    HLINE hLine;                    // the line's handle; filled by the service
    DWORD dwLineDeviceID;           // the line device
    DWORD dwAddressID;              // an address of the line, from 0
    DWORD dwBearerMode;             // one LINEBEARERMODE_
    DWORD dwRate;                   // data rate, in bits a second
    DWORD dwMediaMode;              // LINEMEDIAMODE_ bits; several only with UNKNOWN
    DWORD dwAppSpecific;            // set by lineSetAppSpecific
    DWORD dwCallID;                 // the switch's or provider's number for the call, kept across transfers
    DWORD dwRelatedCallID;          // the same of a related call
    DWORD dwCallParamFlags;         // LINECALLPARAMFLAGS_ bits
    DWORD dwCallStates;             // LINECALLSTATE_ bits that can be reported; constant for the call
    DWORD dwMonitorDigitModes;      // LINEDIGITMODE_ bits monitored; filled by the service
    DWORD dwMonitorMediaModes;      // LINEMEDIAMODE_ bits monitored; filled by the service
    LINEDIALPARAMS DialParams;
    DWORD dwOrigin;                 // one LINECALLORIGIN_
    DWORD dwReason;                 // one LINECALLREASON_
    DWORD dwCompletionID;           // the completion request that brought it, by its reason
    DWORD dwNumOwners;              // owners; filled by the service
    DWORD dwNumMonitors;            // monitors; filled by the service
    DWORD dwCountryCode;            // country code of the destination; 0: unknown
    DWORD dwTrunk;                  // trunk that carries it; 0xFFFFFFFF: unknown
    DWORD dwCallerIDFlags;          // LINECALLPARTYID_ bits, for the caller
    DWORD dwCallerIDSize;           // the caller's address
    DWORD dwCallerIDOffset;
    DWORD dwCallerIDNameSize;       // the caller's name
    DWORD dwCallerIDNameOffset;
    DWORD dwCalledIDFlags;          // for the called party
    DWORD dwCalledIDSize;           // the called party's address
    DWORD dwCalledIDOffset;
    DWORD dwCalledIDNameSize;       // the called party's name
    DWORD dwCalledIDNameOffset;
    DWORD dwConnectedIDFlags;       // for the connected party
    DWORD dwConnectedIDSize;        // the connected party's address
    DWORD dwConnectedIDOffset;
    DWORD dwConnectedIDNameSize;    // the connected party's name
    DWORD dwConnectedIDNameOffset;
    DWORD dwRedirectionIDFlags;     // for the party redirected to
    DWORD dwRedirectionIDSize;      // the address redirected to
    DWORD dwRedirectionIDOffset;
    DWORD dwRedirectionIDNameSize;  // the name redirected to
    DWORD dwRedirectionIDNameOffset;
    DWORD dwRedirectingIDFlags;     // for the redirecting party
    DWORD dwRedirectingIDSize;      // the redirecting party's address
    DWORD dwRedirectingIDOffset;
    DWORD dwRedirectingIDNameSize;  // the redirecting party's name
    DWORD dwRedirectingIDNameOffset;
    DWORD dwAppNameSize;            // the application that first held the call
    DWORD dwAppNameOffset;
    DWORD dwDisplayableAddressSize; // the address in displayable form, for logs
    DWORD dwDisplayableAddressOffset;
    DWORD dwCalledPartySize;        // the called party, for logs
    DWORD dwCalledPartyOffset;
    DWORD dwCommentSize;            // a comment, for logs
    DWORD dwCommentOffset;
    DWORD dwDisplaySize;            // the display text from the switch
    DWORD dwDisplayOffset;
    DWORD dwUserUserInfoSize;       // user-user data
    DWORD dwUserUserInfoOffset;
    DWORD dwHighLevelCompSize;      // high-level compatibility information
    DWORD dwHighLevelCompOffset;
    DWORD dwLowLevelCompSize;       // low-level compatibility information
    DWORD dwLowLevelCompOffset;
    DWORD dwChargingInfoSize;       // charging information
    DWORD dwChargingInfoOffset;
    DWORD dwTerminalModesSize;      // LINETERMMODE_ bits, one DWORD a terminal
    DWORD dwTerminalModesOffset;
    DWORD dwDevSpecificSize;        // the provider's extension data
    DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
    DWORD dwCallTreatment;         // the treatment in force: a LINECALLTREATMENT_ or the provider's own value
    DWORD dwCallDataSize;          // data attached to the call by an application
    DWORD dwCallDataOffset;
    DWORD dwSendingFlowspecSize;   // quality of service when sending
    DWORD dwSendingFlowspecOffset;
    DWORD dwReceivingFlowspecSize; // quality of service when receiving
    DWORD dwReceivingFlowspecOffset;
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
    DWORD dwCallerIDAddressType;      // one LINEADDRESSTYPE_
    DWORD dwCalledIDAddressType;      // one LINEADDRESSTYPE_
    DWORD dwConnectedIDAddressType;   // one LINEADDRESSTYPE_
    DWORD dwRedirectionIDAddressType; // one LINEADDRESSTYPE_
    DWORD dwRedirectingIDAddressType; // one LINEADDRESSTYPE_
#endif
} LINECALLINFO;
typedef LINECALLINFO *LPLINECALLINFO;

// What a call is doing now (lineGetCallStatus).
typedef struct linecallstatus_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwCallState;       // one LINECALLSTATE_
    DWORD dwCallStateMode;   // the state's mode, in the constants that the state names
    DWORD dwCallPrivilege;   // one LINECALLPRIVILEGE_; filled by the service
    DWORD dwCallFeatures;    // LINECALLFEATURE_ bits that can be invoked now
    DWORD dwDevSpecificSize; // the provider's extension data
    DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
    DWORD dwCallFeatures2;      // LINECALLFEATURE2_ bits
    SYSTEMTIME tStateEntryTime; // when the call entered the state, UTC
#endif
} LINECALLSTATUS;
typedef LINECALLSTATUS *LPLINECALLSTATUS;

// Call handles.
typedef struct linecalllist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwCallsNumEntries; // handles in the list
    DWORD dwCallsSize;       // HCALL, one a call
    DWORD dwCallsOffset;
} LINECALLLIST;
typedef LINECALLLIST *LPLINECALLLIST;

#if TAPI_CURRENT_VERSION >= 0x00030000

// Call-hub tracking of a line (TSPI_lineGetCallHubTracking, TSPI_lineSetCallHubTracking).
typedef struct linecallhubtrackinginfo_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwAvailableTracking; // LINECALLHUBTRACKING_ levels possible
    DWORD dwCurrentTracking;   // LINECALLHUBTRACKING_ level in force
} LINECALLHUBTRACKINGINFO;
typedef LINECALLHUBTRACKINGINFO *LPLINECALLHUBTRACKINGINFO;

#endif

// ---- Tones and media control

// One frequency of a custom tone.
typedef struct linegeneratetone_tag {
    DWORD dwFrequency;  // hertz
    DWORD dwCadenceOn;  // milliseconds on
    DWORD dwCadenceOff; // milliseconds off; 0: a constant tone
    DWORD dwVolume;     // 0xFFFF: highest, 0: silence
} LINEGENERATETONE;
typedef LINEGENERATETONE *LPLINEGENERATETONE;

// A tone to listen for; all frequencies 0 is silence.
typedef struct linemonitortone_tag {
    DWORD dwAppSpecific; // the application's own value, sent with the match
    DWORD dwDuration;    // milliseconds that it must last
    DWORD dwFrequency1;  // hertz; 0: not used
    DWORD dwFrequency2;  // hertz; 0: not used
    DWORD dwFrequency3;  // hertz; 0: not used
} LINEMONITORTONE;
typedef LINEMONITORTONE *LPLINEMONITORTONE;

// Media control at a digit.
typedef struct linemediacontroldigit_tag {
    DWORD dwDigit;        // the digit, in the low byte
    DWORD dwDigitModes;   // LINEDIGITMODE_ bits
    DWORD dwMediaControl; // one LINEMEDIACONTROL_, done at the event
} LINEMEDIACONTROLDIGIT;
typedef LINEMEDIACONTROLDIGIT *LPLINEMEDIACONTROLDIGIT;

// Media control at a media mode.
typedef struct linemediacontrolmedia_tag {
    DWORD dwMediaModes;   // LINEMEDIAMODE_ bits
    DWORD dwDuration;     // milliseconds that it must last
    DWORD dwMediaControl; // one LINEMEDIACONTROL_, done at the event
} LINEMEDIACONTROLMEDIA;
typedef LINEMEDIACONTROLMEDIA *LPLINEMEDIACONTROLMEDIA;

// Media control at a tone; all frequencies 0 is silence.
typedef struct linemediacontroltone_tag {
    DWORD dwAppSpecific;  // the application's own value
    DWORD dwDuration;     // milliseconds that it must last
    DWORD dwFrequency1;   // hertz; 0: not used
    DWORD dwFrequency2;   // hertz; 0: not used
    DWORD dwFrequency3;   // hertz; 0: not used
    DWORD dwMediaControl; // one LINEMEDIACONTROL_, done at the event
} LINEMEDIACONTROLTONE;
typedef LINEMEDIACONTROLTONE *LPLINEMEDIACONTROLTONE;

// Media control at a call state.
typedef struct linemediacontrolcallstate_tag {
    DWORD dwCallStates;   // LINECALLSTATE_ bits
    DWORD dwMediaControl; // one LINEMEDIACONTROL_, done at the event
} LINEMEDIACONTROLCALLSTATE;
typedef LINEMEDIACONTROLCALLSTATE *LPLINEMEDIACONTROLCALLSTATE;

// ---- Address translation

// A calling card (in LINETRANSLATECAPS). Offsets count from the start of LINETRANSLATECAPS.
typedef struct linecardentry_tag {
    DWORD dwPermanentCardID;       // the card's identity
    DWORD dwCardNameSize;          // its name
    DWORD dwCardNameOffset;
    DWORD dwCardNumberDigits;      // digits in its number; the number itself is never given
    DWORD dwSameAreaRuleSize;      // how to dial inside the area
    DWORD dwSameAreaRuleOffset;
    DWORD dwLongDistanceRuleSize;  // how to dial long distance
    DWORD dwLongDistanceRuleOffset;
    DWORD dwInternationalRuleSize; // how to dial abroad
    DWORD dwInternationalRuleOffset;
    DWORD dwOptions;               // LINECARDOPTION_ bits
} LINECARDENTRY;
typedef LINECARDENTRY *LPLINECARDENTRY;

// A dialing location (in LINETRANSLATECAPS). Offsets count from the start of LINETRANSLATECAPS.
typedef struct linelocationentry_tag {
    DWORD dwPermanentLocationID;        // the location's identity
    DWORD dwLocationNameSize;           // its name
    DWORD dwLocationNameOffset;
    DWORD dwCountryCode;                // its country code
    DWORD dwCityCodeSize;               // its area code
    DWORD dwCityCodeOffset;
    DWORD dwPreferredCardID;            // the calling card to use
    DWORD dwLocalAccessCodeSize;        // what to dial first for local calls
    DWORD dwLocalAccessCodeOffset;
    DWORD dwLongDistanceAccessCodeSize; // what to dial first for long distance
    DWORD dwLongDistanceAccessCodeOffset;
    DWORD dwTollPrefixListSize;         // prefixes to dial as long distance, separated by commas
    DWORD dwTollPrefixListOffset;
    DWORD dwCountryID;                  // its country, see lineGetCountry
    DWORD dwOptions;                    // LINELOCATIONOPTION_ bits
    DWORD dwCancelCallWaitingSize;      // what to dial to cancel call waiting
    DWORD dwCancelCallWaitingOffset;
} LINELOCATIONENTRY;
typedef LINELOCATIONENTRY *LPLINELOCATIONENTRY;

// The dialing locations and calling cards (lineGetTranslateCaps).
typedef struct linetranslatecaps_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumLocations;           // locations
    DWORD dwLocationListSize;       // LINELOCATIONENTRY, one a location
    DWORD dwLocationListOffset;
    DWORD dwCurrentLocationID;      // the current location
    DWORD dwNumCards;               // cards
    DWORD dwCardListSize;           // LINECARDENTRY, one a card
    DWORD dwCardListOffset;
    DWORD dwCurrentPreferredCardID; // the preferred card of the current location
} LINETRANSLATECAPS;
typedef LINETRANSLATECAPS *LPLINETRANSLATECAPS;

// A translated address (lineTranslateAddress).
typedef struct linetranslateoutput_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwDialableStringSize;    // what to dial
    DWORD dwDialableStringOffset;
    DWORD dwDisplayableStringSize; // what to show
    DWORD dwDisplayableStringOffset;
    DWORD dwCurrentCountry;        // country code of the current location
    DWORD dwDestCountry;           // country code of the destination; 0: not canonical
    DWORD dwTranslateResults;      // LINETRANSLATERESULT_ bits
} LINETRANSLATEOUTPUT;
typedef LINETRANSLATEOUTPUT *LPLINETRANSLATEOUTPUT;

// A country and how to dial there (in LINECOUNTRYLIST). Offsets count from the start of LINECOUNTRYLIST.
typedef struct linecountryentry_tag {
    DWORD dwCountryID;             // the country's identity, which is not its code
    DWORD dwCountryCode;           // its country code
    DWORD dwNextCountryID;         // the next country's identity; 0: the last
    DWORD dwCountryNameSize;       // its name
    DWORD dwCountryNameOffset;
    DWORD dwSameAreaRuleSize;      // how to dial inside the area
    DWORD dwSameAreaRuleOffset;
    DWORD dwLongDistanceRuleSize;  // how to dial long distance
    DWORD dwLongDistanceRuleOffset;
    DWORD dwInternationalRuleSize; // how to dial abroad
    DWORD dwInternationalRuleOffset;
} LINECOUNTRYENTRY;
typedef LINECOUNTRYENTRY *LPLINECOUNTRYENTRY;

// Countries (lineGetCountry).
typedef struct linecountrylist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumCountries;    // countries in the list
    DWORD dwCountryListSize; // LINECOUNTRYENTRY, one a country
    DWORD dwCountryListOffset;
} LINECOUNTRYLIST;
typedef LINECOUNTRYLIST *LPLINECOUNTRYLIST;

// ---- Providers

// An installed provider (in LINEPROVIDERLIST). Offsets count from the start of LINEPROVIDERLIST.
typedef struct lineproviderentry_tag {
    DWORD dwPermanentProviderID;  // the provider's identity
    DWORD dwProviderFilenameSize; // its file name
    DWORD dwProviderFilenameOffset;
} LINEPROVIDERENTRY;
typedef LINEPROVIDERENTRY *LPLINEPROVIDERENTRY;

// The installed providers (lineGetProviderList).
typedef struct lineproviderlist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumProviders;     // providers in the list
    DWORD dwProviderListSize; // LINEPROVIDERENTRY, one a provider
    DWORD dwProviderListOffset;
} LINEPROVIDERLIST;
typedef LINEPROVIDERLIST *LPLINEPROVIDERLIST;

// ---- Assisted telephony

// A request to make a call, from assisted telephony (lineGetRequest).
typedef struct linereqmakecall_tag {
    char szDestAddress[TAPIMAXDESTADDRESSSIZE]; // the address to call
    char szAppName[TAPIMAXAPPNAMESIZE];         // the application that asks
    char szCalledParty[TAPIMAXCALLEDPARTYSIZE]; // who is called, for people to read
    char szComment[TAPIMAXCOMMENTSIZE];         // a comment, for people to read
} LINEREQMAKECALL;
typedef LINEREQMAKECALL *LPLINEREQMAKECALL;

#if TAPI_CURRENT_VERSION >= 0x00020000

// The same in UTF-16 (lineGetRequestW).
typedef struct linereqmakecallW_tag {
    WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE]; // the address to call
    WCHAR szAppName[TAPIMAXAPPNAMESIZE];         // the application that asks
    WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE]; // who is called, for people to read
    WCHAR szComment[TAPIMAXCOMMENTSIZE];         // a comment, for people to read
} LINEREQMAKECALLW;
typedef LINEREQMAKECALLW *LPLINEREQMAKECALLW;

#endif

// A request to make a media call; obsolete.
typedef struct linereqmediacall_tag {
    HWND hWnd;                                     // the window that asks
    WPARAM wRequestID;                             // its number for the request
    char szDeviceClass[TAPIMAXDEVICECLASSSIZE];    // the device class
    unsigned char ucDeviceID[TAPIMAXDEVICEIDSIZE]; // the device
    DWORD dwSize;                                  // bytes of ucDeviceID in use
    DWORD dwSecure;                                // nonzero: protect the call from interruption
    char szDestAddress[TAPIMAXDESTADDRESSSIZE];    // the address to call
    char szAppName[TAPIMAXAPPNAMESIZE];            // the application that asks
    char szCalledParty[TAPIMAXCALLEDPARTYSIZE];    // who is called, for people to read
    char szComment[TAPIMAXCOMMENTSIZE];            // a comment, for people to read
} LINEREQMEDIACALL;
typedef LINEREQMEDIACALL *LPLINEREQMEDIACALL;

#if TAPI_CURRENT_VERSION >= 0x00020000

// The same in UTF-16; obsolete.
typedef struct linereqmediacallW_tag {
    HWND hWnd;                                     // the window that asks
    WPARAM wRequestID;                             // its number for the request
    WCHAR szDeviceClass[TAPIMAXDEVICECLASSSIZE];   // the device class
    unsigned char ucDeviceID[TAPIMAXDEVICEIDSIZE]; // the device
    DWORD dwSize;                                  // bytes of ucDeviceID in use
    DWORD dwSecure;                                // nonzero: protect the call from interruption
    WCHAR szDestAddress[TAPIMAXDESTADDRESSSIZE];   // the address to call
    WCHAR szAppName[TAPIMAXAPPNAMESIZE];           // the application that asks
    WCHAR szCalledParty[TAPIMAXCALLEDPARTYSIZE];   // who is called, for people to read
    WCHAR szComment[TAPIMAXCOMMENTSIZE];           // a comment, for people to read
} LINEREQMEDIACALLW;
typedef LINEREQMEDIACALLW *LPLINEREQMEDIACALLW;

#endif

// ---- Call centres

#if TAPI_CURRENT_VERSION >= 0x00020000

// An activity that an agent can choose (in LINEAGENTACTIVITYLIST). Offsets count from the start of
// LINEAGENTACTIVITYLIST.
typedef struct lineagentactivityentry_tag {
    DWORD dwID;       // its id
    DWORD dwNameSize; // the name
    DWORD dwNameOffset;
} LINEAGENTACTIVITYENTRY;
typedef LINEAGENTACTIVITYENTRY *LPLINEAGENTACTIVITYENTRY;

// The activities that an agent can choose (lineGetAgentActivityList).
typedef struct lineagentactivitylist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumEntries; // entries in the list
    DWORD dwListSize;   // LINEAGENTACTIVITYENTRY
    DWORD dwListOffset;
} LINEAGENTACTIVITYLIST;
typedef LINEAGENTACTIVITYLIST *LPLINEAGENTACTIVITYLIST;

// What an address offers to agents (lineGetAgentCaps).
typedef struct lineagentcaps_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwAgentHandlerInfoSize;     // the agent handler: name, version; for people to read
    DWORD dwAgentHandlerInfoOffset;
    DWORD dwCapsVersion;              // the version that the rest is for
    DWORD dwFeatures;                 // LINEAGENTFEATURE_ bits
    DWORD dwStates;                   // LINEAGENTSTATE_ bits
    DWORD dwNextStates;               // LINEAGENTSTATE_ bits for the next state
    DWORD dwMaxNumGroupEntries;       // groups an agent can log into at once
    DWORD dwAgentStatusMessages;      // LINEAGENTSTATUS_ bits that can be reported
    DWORD dwNumAgentExtensionIDs;     // extensions of lineAgentSpecific
    DWORD dwAgentExtensionIDListSize; // LINEEXTENSIONID, one an extension
    DWORD dwAgentExtensionIDListOffset;
#if TAPI_CURRENT_VERSION >= 0x00020002
    GUID ProxyGUID; // the agent handler's identity
#endif
} LINEAGENTCAPS;
typedef LINEAGENTCAPS *LPLINEAGENTCAPS;

// A group of agents (in LINEAGENTGROUPLIST). Offsets count from the start of LINEAGENTGROUPLIST.
typedef struct lineagentgroupentry_tag {
    struct {
        DWORD dwGroupID1;
        DWORD dwGroupID2;
        DWORD dwGroupID3;
        DWORD dwGroupID4;
    } GroupID;        // the group's identity
    DWORD dwNameSize; // the name
    DWORD dwNameOffset;
} LINEAGENTGROUPENTRY;
typedef LINEAGENTGROUPENTRY *LPLINEAGENTGROUPENTRY;

// Groups of agents (lineGetAgentGroupList, lineGetGroupList, lineSetAgentGroup).
typedef struct lineagentgrouplist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumEntries; // entries in the list
    DWORD dwListSize;   // LINEAGENTGROUPENTRY
    DWORD dwListOffset;
} LINEAGENTGROUPLIST;
typedef LINEAGENTGROUPLIST *LPLINEAGENTGROUPLIST;

// What an agent is doing on an address (lineGetAgentStatus).
typedef struct lineagentstatus_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumEntries;      // groups the agent is logged into
    DWORD dwGroupListSize;   // LINEAGENTGROUPENTRY, one a group
    DWORD dwGroupListOffset;
    DWORD dwState;           // one LINEAGENTSTATE_
    DWORD dwNextState;       // one LINEAGENTSTATE_, taken when the call ends
    DWORD dwActivityID;      // the activity; 0: none
    DWORD dwActivitySize;    // the activity's name
    DWORD dwActivityOffset;
    DWORD dwAgentFeatures;   // LINEAGENTFEATURE_ bits that can be invoked now
    DWORD dwValidStates;     // LINEAGENTSTATE_ bits that can be chosen now
    DWORD dwValidNextStates; // LINEAGENTSTATE_ bits that can be chosen as the next state
} LINEAGENTSTATUS;
typedef LINEAGENTSTATUS *LPLINEAGENTSTATUS;

#endif

#if TAPI_CURRENT_VERSION >= 0x00020002

// An agent (in LINEAGENTLIST). Offsets count from the start of LINEAGENTLIST.
typedef struct lineagententry_tag {
    HAGENT hAgent;    // the agent's handle
    DWORD dwNameSize; // the name
    DWORD dwNameOffset;
    DWORD dwIDSize;   // the agent's id
    DWORD dwIDOffset;
    DWORD dwPINSize;  // the agent's password
    DWORD dwPINOffset;
} LINEAGENTENTRY;
typedef LINEAGENTENTRY *LPLINEAGENTENTRY;

// Agents.
typedef struct lineagentlist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumEntries; // entries in the list
    DWORD dwListSize;   // LINEAGENTENTRY
    DWORD dwListOffset;
} LINEAGENTLIST;
typedef LINEAGENTLIST *LPLINEAGENTLIST;

// An agent's statistics (lineGetAgentInfo). Times are in seconds.
typedef struct lineagentinfo_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwAgentState;            // one LINEAGENTSTATEEX_
    DWORD dwNextAgentState;        // one LINEAGENTSTATEEX_
    DWORD dwMeasurementPeriod;     // seconds that the statistics cover
    CURRENCY cyOverallCallRate;    // the agent's rate over all sessions
    DWORD dwNumberOfACDCalls;      // calls that the ACD distributed
    DWORD dwNumberOfIncomingCalls; // other incoming calls
    DWORD dwNumberOfOutgoingCalls; // outgoing calls
    DWORD dwTotalACDTalkTime;      // talking on ACD calls
    DWORD dwTotalACDCallTime;      // ACD calls with the work after them
    DWORD dwTotalACDWrapUpTime;    // work after ACD calls
} LINEAGENTINFO;
typedef LINEAGENTINFO *LPLINEAGENTINFO;

// An agent's session (in LINEAGENTSESSIONLIST).
typedef struct lineagentsessionentry_tag {
    HAGENTSESSION hAgentSession; // the session's handle
    HAGENT hAgent;               // the agent's handle
    GUID GroupID;                // the group it serves
    DWORD dwWorkingAddressID;    // the address the agent works at
} LINEAGENTSESSIONENTRY;
typedef LINEAGENTSESSIONENTRY *LPLINEAGENTSESSIONENTRY;

// An agent's sessions (lineGetAgentSessionList).
typedef struct lineagentsessionlist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumEntries; // entries in the list
    DWORD dwListSize;   // LINEAGENTSESSIONENTRY
    DWORD dwListOffset;
} LINEAGENTSESSIONLIST;
typedef LINEAGENTSESSIONLIST *LPLINEAGENTSESSIONLIST;

// A session's statistics (lineGetAgentSessionInfo). Times are in seconds.
typedef struct lineagentsessioninfo_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwAgentSessionState;     // one LINEAGENTSESSIONSTATE_
    DWORD dwNextAgentSessionState; // one LINEAGENTSESSIONSTATE_
    DATE dateSessionStartTime;     // when it started
    DWORD dwSessionDuration;       // how long it has lasted
    DWORD dwNumberOfCalls;         // calls in the session
    DWORD dwTotalTalkTime;         // talking
    DWORD dwAverageTalkTime;       // talking, per call
    DWORD dwTotalCallTime;         // calls with the work after them
    DWORD dwAverageCallTime;       // the same, per call
    DWORD dwTotalWrapUpTime;       // work after calls
    DWORD dwAverageWrapUpTime;     // work after calls, per call
    CURRENCY cyACDCallRate;        // the agent's rate in this session
    DWORD dwLongestTimeToAnswer;   // longest wait until an answer
    DWORD dwAverageTimeToAnswer;   // average wait until an answer
} LINEAGENTSESSIONINFO;
typedef LINEAGENTSESSIONINFO *LPLINEAGENTSESSIONINFO;

// A queue (in LINEQUEUELIST). Offsets count from the start of LINEQUEUELIST.
typedef struct linequeueentry_tag {
    DWORD dwQueueID;  // its id
    DWORD dwNameSize; // the name
    DWORD dwNameOffset;
} LINEQUEUEENTRY;
typedef LINEQUEUEENTRY *LPLINEQUEUEENTRY;

// The queues of a group (lineGetQueueList).
typedef struct linequeuelist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumEntries; // entries in the list
    DWORD dwListSize;   // LINEQUEUEENTRY
    DWORD dwListOffset;
} LINEQUEUELIST;
typedef LINEQUEUELIST *LPLINEQUEUELIST;

// A queue's statistics (lineGetQueueInfo). Times are in seconds.
typedef struct linequeueinfo_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwMeasurementPeriod;      // seconds that the statistics cover
    DWORD dwTotalCallsQueued;       // calls that came in
    DWORD dwCurrentCallsQueued;     // calls that wait now
    DWORD dwTotalCallsAbandoned;    // calls whose caller gave up
    DWORD dwTotalCallsFlowedIn;     // calls moved in from other queues
    DWORD dwTotalCallsFlowedOut;    // calls moved out to other queues
    DWORD dwLongestEverWaitTime;    // longest wait ever
    DWORD dwCurrentLongestWaitTime; // longest wait of those that wait now
    DWORD dwAverageWaitTime;        // average wait
    DWORD dwFinalDisposition;       // final disposition of the queue; not defined further
} LINEQUEUEINFO;
typedef LINEQUEUEINFO *LPLINEQUEUEINFO;

// The types of agent requests that are served on a line (lineGetProxyStatus).
typedef struct lineproxyrequestlist_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwNumEntries; // entries in the list
    DWORD dwListSize;   // LINEPROXYREQUEST_ values, a DWORD each
    DWORD dwListOffset;
} LINEPROXYREQUESTLIST;
typedef LINEPROXYREQUESTLIST *LPLINEPROXYREQUESTLIST;

#endif

#if TAPI_CURRENT_VERSION >= 0x00020000

struct LINEPROXYREQUEST_SetAgentGroup {
    DWORD dwAddressID;            // an address of the line, from 0
    LINEAGENTGROUPLIST GroupList; // in
};
struct LINEPROXYREQUEST_SetAgentState {
    DWORD dwAddressID;      // an address of the line, from 0
    DWORD dwAgentState;     // in: LINEAGENTSTATE_, 0: keep
    DWORD dwNextAgentState; // in: LINEAGENTSTATE_, 0: default
};
struct LINEPROXYREQUEST_SetAgentActivity {
    DWORD dwAddressID;  // an address of the line, from 0
    DWORD dwActivityID; // in
};
struct LINEPROXYREQUEST_GetAgentCaps {
    DWORD dwAddressID;       // an address of the line, from 0
    LINEAGENTCAPS AgentCaps; // out
};
struct LINEPROXYREQUEST_GetAgentStatus {
    DWORD dwAddressID;           // an address of the line, from 0
    LINEAGENTSTATUS AgentStatus; // out
};
struct LINEPROXYREQUEST_AgentSpecific {
    DWORD dwAddressID;             // an address of the line, from 0
    DWORD dwAgentExtensionIDIndex; // in: index in LINEAGENTCAPS's list of extensions
    DWORD dwSize;                  // in: bytes of Params
    BYTE Params[1];                // in and out: dwSize bytes
};
struct LINEPROXYREQUEST_GetAgentActivityList {
    DWORD dwAddressID;                  // an address of the line, from 0
    LINEAGENTACTIVITYLIST ActivityList; // out
};
struct LINEPROXYREQUEST_GetAgentGroupList {
    DWORD dwAddressID;            // an address of the line, from 0
    LINEAGENTGROUPLIST GroupList; // out
};
#if TAPI_CURRENT_VERSION >= 0x00020002
struct LINEPROXYREQUEST_CreateAgent {
    HAGENT hAgent;        // out
    DWORD dwAgentIDSize;  // in: the agent's id; the offset counts from the start of LINEPROXYREQUEST
    DWORD dwAgentIDOffset;
    DWORD dwAgentPINSize; // in: the agent's password; the offset counts from the start of LINEPROXYREQUEST
    DWORD dwAgentPINOffset;
};
struct LINEPROXYREQUEST_SetAgentStateEx {
    HAGENT hAgent;          // in
    DWORD dwAgentState;     // in: LINEAGENTSTATEEX_, 0: keep
    DWORD dwNextAgentState; // in: LINEAGENTSTATEEX_, 0: keep
};
struct LINEPROXYREQUEST_SetAgentMeasurementPeriod {
    HAGENT hAgent;             // in
    DWORD dwMeasurementPeriod; // in: seconds
};
struct LINEPROXYREQUEST_GetAgentInfo {
    HAGENT hAgent;           // in
    LINEAGENTINFO AgentInfo; // out
};
struct LINEPROXYREQUEST_CreateAgentSession {
    HAGENTSESSION hAgentSession; // out
    DWORD dwAgentPINSize;        // in: the agent's password; the offset counts from the start of LINEPROXYREQUEST
    DWORD dwAgentPINOffset;
    HAGENT hAgent;               // in
    GUID GroupID;                // in
    DWORD dwWorkingAddressID;    // in
};
struct LINEPROXYREQUEST_GetAgentSessionList {
    HAGENT hAgent;                    // in
    LINEAGENTSESSIONLIST SessionList; // out
};
struct LINEPROXYREQUEST_GetAgentSessionInfo {
    HAGENTSESSION hAgentSession;      // in
    LINEAGENTSESSIONINFO SessionInfo; // out
};
struct LINEPROXYREQUEST_SetAgentSessionState {
    HAGENTSESSION hAgentSession;   // in
    DWORD dwAgentSessionState;     // in: LINEAGENTSESSIONSTATE_, 0: keep
    DWORD dwNextAgentSessionState; // in: LINEAGENTSESSIONSTATE_, 0: keep
};
struct LINEPROXYREQUEST_GetQueueList {
    GUID GroupID;            // in
    LINEQUEUELIST QueueList; // out
};
struct LINEPROXYREQUEST_SetQueueMeasurementPeriod {
    DWORD dwQueueID;           // in
    DWORD dwMeasurementPeriod; // in: seconds
};
struct LINEPROXYREQUEST_GetQueueInfo {
    DWORD dwQueueID;         // in
    LINEQUEUEINFO QueueInfo; // out
};
struct LINEPROXYREQUEST_GetGroupList {
    LINEAGENTGROUPLIST GroupList; // out
};
#endif

// An agent request, as LINE_PROXYREQUEST brings it to the agent handler and lineProxyResponse takes it back.
// Offsets in an embedded structure count from that structure; strings are UTF-16. Output members arrive with
// dwTotalSize set and are to be filled.
typedef struct lineproxyrequest_tag {
    DWORD dwSize;                  // bytes of the whole block
    DWORD dwClientMachineNameSize; // the computer that asks
    DWORD dwClientMachineNameOffset;
    DWORD dwClientUserNameSize;    // the user that asks
    DWORD dwClientUserNameOffset;
    DWORD dwClientAppAPIVersion;   // highest version that the application knows; answer in that form
    DWORD dwRequestType;           // one LINEPROXYREQUEST_: which member below is valid
    union {
        struct LINEPROXYREQUEST_SetAgentGroup SetAgentGroup;
        struct LINEPROXYREQUEST_SetAgentState SetAgentState;
        struct LINEPROXYREQUEST_SetAgentActivity SetAgentActivity;
        struct LINEPROXYREQUEST_GetAgentCaps GetAgentCaps;
        struct LINEPROXYREQUEST_GetAgentStatus GetAgentStatus;
        struct LINEPROXYREQUEST_AgentSpecific AgentSpecific;
        struct LINEPROXYREQUEST_GetAgentActivityList GetAgentActivityList;
        struct LINEPROXYREQUEST_GetAgentGroupList GetAgentGroupList;
#if TAPI_CURRENT_VERSION >= 0x00020002
        struct LINEPROXYREQUEST_CreateAgent CreateAgent;
        struct LINEPROXYREQUEST_SetAgentStateEx SetAgentStateEx;
        struct LINEPROXYREQUEST_SetAgentMeasurementPeriod SetAgentMeasurementPeriod;
        struct LINEPROXYREQUEST_GetAgentInfo GetAgentInfo;
        struct LINEPROXYREQUEST_CreateAgentSession CreateAgentSession;
        struct LINEPROXYREQUEST_GetAgentSessionList GetAgentSessionList;
        struct LINEPROXYREQUEST_GetAgentSessionInfo GetAgentSessionInfo;
        struct LINEPROXYREQUEST_SetAgentSessionState SetAgentSessionState;
        struct LINEPROXYREQUEST_GetQueueList GetQueueList;
        struct LINEPROXYREQUEST_SetQueueMeasurementPeriod SetQueueMeasurementPeriod;
        struct LINEPROXYREQUEST_GetQueueInfo GetQueueInfo;
        struct LINEPROXYREQUEST_GetGroupList GetGroupList;
#endif
    };
} LINEPROXYREQUEST;
typedef LINEPROXYREQUEST *LPLINEPROXYREQUEST;

#endif

// ---- Phones

// What a phone device can do (phoneGetDevCaps).
typedef struct phonecaps_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwProviderInfoSize;       // the provider: vendor, version; for people to read
    DWORD dwProviderInfoOffset;
    DWORD dwPhoneInfoSize;          // the phone: maker, model, version; for people to read
    DWORD dwPhoneInfoOffset;
    DWORD dwPermanentPhoneID;       // the phone's identity in the configuration, the same across restarts
    DWORD dwPhoneNameSize;          // the phone's name, which the user can choose
    DWORD dwPhoneNameOffset;
    DWORD dwStringFormat;           // one STRINGFORMAT_, of the phone's strings
    DWORD dwPhoneStates;            // PHONESTATE_ bits that can be reported
    DWORD dwHookSwitchDevs;         // PHONEHOOKSWITCHDEV_ bits that the phone has
    DWORD dwHandsetHookSwitchModes; // PHONEHOOKSWITCHMODE_ bits of the handset
    DWORD dwSpeakerHookSwitchModes; // of the speakerphone
    DWORD dwHeadsetHookSwitchModes; // of the headset
    DWORD dwVolumeFlags;            // PHONEHOOKSWITCHDEV_ bits whose volume can be set
    DWORD dwGainFlags;              // PHONEHOOKSWITCHDEV_ bits whose gain can be set
    DWORD dwDisplayNumRows;         // rows of the display; 0: none
    DWORD dwDisplayNumColumns;      // columns of the display
    DWORD dwNumRingModes;           // ring modes count from 1 to this
    DWORD dwNumButtonLamps;         // buttons and lamps; their ids count from 0
    DWORD dwButtonModesSize;        // PHONEBUTTONMODE_, a DWORD each
    DWORD dwButtonModesOffset;
    DWORD dwButtonFunctionsSize;    // PHONEBUTTONFUNCTION_, a DWORD each
    DWORD dwButtonFunctionsOffset;
    DWORD dwLampModesSize;          // PHONELAMPMODE_ bits, a DWORD each
    DWORD dwLampModesOffset;
    DWORD dwNumSetData;             // data areas that can be written; their ids count from 0
    DWORD dwSetDataSize;            // their sizes in bytes, a DWORD each
    DWORD dwSetDataOffset;
    DWORD dwNumGetData;             // data areas that can be read; their ids count from 0
    DWORD dwGetDataSize;            // their sizes in bytes, a DWORD each
    DWORD dwGetDataOffset;
    DWORD dwDevSpecificSize;        // the provider's extension data
    DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
    // device classes for phoneGetID: strings, each ended by a NUL, the list by one more
    DWORD dwDeviceClassesSize;
    DWORD dwDeviceClassesOffset;
    DWORD dwPhoneFeatures;                   // PHONEFEATURE_ bits that the phone may ever have
    DWORD dwSettableHandsetHookSwitchModes;  // PHONEHOOKSWITCHMODE_ bits that can be set on the handset
    DWORD dwSettableSpeakerHookSwitchModes;  // on the speakerphone
    DWORD dwSettableHeadsetHookSwitchModes;  // on the headset
    DWORD dwMonitoredHandsetHookSwitchModes; // PHONEHOOKSWITCHMODE_ bits that can be detected on the handset
    DWORD dwMonitoredSpeakerHookSwitchModes; // on the speakerphone
    DWORD dwMonitoredHeadsetHookSwitchModes; // on the headset
#endif
#if TAPI_CURRENT_VERSION >= 0x00020002
    GUID PermanentPhoneGuid; // the phone's identity in the configuration
#endif
} PHONECAPS;
typedef PHONECAPS *LPPHONECAPS;

// The state of a phone (phoneGetStatus). Volumes and gains are 0 to 0xFFFF.
typedef struct phonestatus_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwStatusFlags;           // PHONESTATUSFLAGS_ bits
    DWORD dwNumOwners;             // owners; filled by the service
    DWORD dwNumMonitors;           // monitors; filled by the service
    DWORD dwRingMode;              // ring mode; 0: not ringing
    DWORD dwRingVolume;
    DWORD dwHandsetHookSwitchMode; // one PHONEHOOKSWITCHMODE_
    DWORD dwHandsetVolume;
    DWORD dwHandsetGain;
    DWORD dwSpeakerHookSwitchMode; // one PHONEHOOKSWITCHMODE_
    DWORD dwSpeakerVolume;
    DWORD dwSpeakerGain;
    DWORD dwHeadsetHookSwitchMode; // one PHONEHOOKSWITCHMODE_
    DWORD dwHeadsetVolume;
    DWORD dwHeadsetGain;
    DWORD dwDisplaySize;           // what the display shows
    DWORD dwDisplayOffset;
    DWORD dwLampModesSize;         // PHONELAMPMODE_, a DWORD each
    DWORD dwLampModesOffset;
    DWORD dwOwnerNameSize;         // the owner's application; filled by the service
    DWORD dwOwnerNameOffset;
    DWORD dwDevSpecificSize;       // the provider's extension data
    DWORD dwDevSpecificOffset;
#if TAPI_CURRENT_VERSION >= 0x00020000
    DWORD dwPhoneFeatures; // PHONEFEATURE_ bits that can be invoked now
#endif
} PHONESTATUS;
typedef PHONESTATUS *LPPHONESTATUS;

// A button and its lamp (phoneGetButtonInfo, phoneSetButtonInfo).
typedef struct phonebuttoninfo_tag {
    DWORD dwTotalSize;
    DWORD dwNeededSize;
    DWORD dwUsedSize;
    DWORD dwButtonMode;      // one PHONEBUTTONMODE_
    DWORD dwButtonFunction;  // one PHONEBUTTONFUNCTION_
    DWORD dwButtonTextSize;  // its text
    DWORD dwButtonTextOffset;
    DWORD dwDevSpecificSize; // the provider's extension data
    DWORD dwDevSpecificOffset;
    DWORD dwButtonState;     // one PHONEBUTTONSTATE_
} PHONEBUTTONINFO;
typedef PHONEBUTTONINFO *LPPHONEBUTTONINFO;

#pragma pack(pop)

#ifdef UNICODE
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINEREQMAKECALL LINEREQMAKECALLW
#define LPLINEREQMAKECALL LPLINEREQMAKECALLW
#define LINEREQMEDIACALL LINEREQMEDIACALLW
#define LPLINEREQMEDIACALL LPLINEREQMEDIACALLW
#endif
#endif

#ifdef __cplusplus
}
#endif

#endif // OFFHOOK_TAPI_STRUCTURES_H
