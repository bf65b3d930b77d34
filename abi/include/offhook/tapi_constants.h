// SPDX-License-Identifier: Apache-2.0

// The constants of the application interface, by family. Values are Windows' own.
//
// Flags, modes and messages are unsigned, like the DWORDs they are stored in. Error codes are signed, like the LONGs
// that functions return; the comment beside each shows its bits.

#ifndef OFFHOOK_TAPI_CONSTANTS_H
#define OFFHOOK_TAPI_CONSTANTS_H

#include "offhook/tapi_version.h"
#include "offhook/windows_types.h"

// Messages of lines and calls, to a LINECALLBACK or in a LINEMESSAGE. p1 to p3 are dwParam1 to dwParam3. A
// provider sends those marked P through its LINEEVENT, with its own handles and the same parameters unless a note
// in the TSPI messages says otherwise.

// P: an address changed: p1 address id, p2 LINEADDRESSSTATE_ bits
#define LINE_ADDRESSSTATE       0x00000000U
// P: call information changed: p1 LINECALLINFOSTATE_ bits
#define LINE_CALLINFO           0x00000001U
// P: a call's state: p1 LINECALLSTATE_, p2 its mode, p3 privilege on the first handle (from a provider: media
// modes)
#define LINE_CALLSTATE          0x00000002U
// P: the line was closed by force; its handle and its calls' handles are invalid
#define LINE_CLOSE              0x00000003U
// P: extension event of a line, address or call
#define LINE_DEVSPECIFIC        0x00000004U
// P: extension event of a line, address or call, by feature
#define LINE_DEVSPECIFICFEATURE 0x00000005U
// P: digit gathering ended: p1 LINEGATHERTERM_, p3 tick count in ms (from a provider: p2 end-to-end id)
#define LINE_GATHERDIGITS       0x00000006U
// P: digit or tone generation ended: p1 LINEGENERATETERM_, p3 tick count in ms (from a provider: p2 end-to-end id)
#define LINE_GENERATE           0x00000007U
// P: a line changed: p1 LINEDEVSTATE_ bits, p2 and p3 detail (RINGING: ring mode, ring count from 0)
#define LINE_LINEDEVSTATE       0x00000008U
// P: a digit was heard: p1 the digit, p2 LINEDIGITMODE_, p3 tick count in ms
#define LINE_MONITORDIGITS      0x00000009U
// P: a media mode was detected: p1 LINEMEDIAMODE_, p3 tick count in ms
#define LINE_MONITORMEDIA       0x0000000AU
// P: a tone was heard: p1 dwAppSpecific of the tone, p3 tick count in ms (from a provider: p2 tone list id)
#define LINE_MONITORTONE        0x0000000BU
// a request completed: p1 request id, p2 0 or a negative error
#define LINE_REPLY              0x0000000CU
// assisted telephony has a request: p1 LINEREQUESTMODE_
#define LINE_REQUEST            0x0000000DU
#if TAPI_CURRENT_VERSION >= 0x00010004
// P: a line device was added: p1 device id (from a provider: p1 HPROVIDER, p2 temporary id)
#define LINE_CREATE             0x00000013U
#endif
#if TAPI_CURRENT_VERSION >= 0x00020000
// an agent handler's own event: p1 extension index
#define LINE_AGENTSPECIFIC      0x00000015U
// an agent's status changed: p1 address id, p2 LINEAGENTSTATUS_ bits, p3 new state if the STATE bit is set
#define LINE_AGENTSTATUS        0x00000016U
// a new call handle: p1 address id, p2 HCALL, p3 LINECALLPRIVILEGE_; LINE_CALLSTATE follows at once
#define LINE_APPNEWCALL         0x00000017U
// a request for an agent handler: p1 pointer to LINEPROXYREQUEST; answer with lineProxyResponse
#define LINE_PROXYREQUEST       0x00000018U
// P: a line device was removed: p1 device id
#define LINE_REMOVE             0x00000019U
#endif
#if TAPI_CURRENT_VERSION >= 0x00020002
// p1 session handle, p2 LINEAGENTSESSIONSTATUS_ bits, p3 new LINEAGENTSESSIONSTATE_ if the STATE bit is set
#define LINE_AGENTSESSIONSTATUS 0x0000001BU
// p1 queue id, p2 LINEQUEUESTATUS_ bits
#define LINE_QUEUESTATUS        0x0000001CU
// p1 agent handle, p2 LINEAGENTSTATUSEX_ bits, p3 new LINEAGENTSTATEEX_ if the STATE bit is set
#define LINE_AGENTSTATUSEX      0x0000001DU
// p2 LINEGROUPSTATUS_ bits
#define LINE_GROUPSTATUS        0x0000001EU
// p1 LINEPROXYSTATUS_ bits, p2 LINEPROXYREQUEST_ type for OPEN or CLOSE
#define LINE_PROXYSTATUS        0x0000001FU
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
// a new call hub: p1 LINECALLHUBTRACKING_ level
#define LINE_APPNEWCALLHUB      0x00000020U
// a call hub ended
#define LINE_CALLHUBCLOSE       0x00000021U
// P: extension event of a line or call
#define LINE_DEVSPECIFICEX      0x00000022U
#endif

// Messages of phones, to a PHONECALLBACK or in a PHONEMESSAGE, and (marked P) from a provider through its
// PHONEEVENT.

// P: a button moved: p1 button id (0 to 9 digits, 10 star, 11 pound), p2 PHONEBUTTONMODE_, p3 PHONEBUTTONSTATE_
#define PHONE_BUTTON      0x0000000EU
// P: the phone was closed by force; its handle is invalid
#define PHONE_CLOSE       0x0000000FU
// P: extension event of a phone
#define PHONE_DEVSPECIFIC 0x00000010U
// a request completed: p1 request id, p2 0 or a negative error
#define PHONE_REPLY       0x00000011U
// P: a phone changed: p1 PHONESTATE_ bits, p2 detail when exactly one bit is set
#define PHONE_STATE       0x00000012U
#if TAPI_CURRENT_VERSION >= 0x00010004
// P: a phone device was added: p1 device id (from a provider: p1 HPROVIDER, p2 temporary id)
#define PHONE_CREATE      0x00000014U
#endif
#if TAPI_CURRENT_VERSION >= 0x00020000
// P: a phone device was removed: p1 device id
#define PHONE_REMOVE      0x0000001AU
#endif

// The device id by which a provider as a whole, not one of its devices, negotiates its version.
#define INITIALIZE_NEGOTIATION 0xFFFFFFFFU

// What an address can do (LINEADDRESSCAPS.dwAddrCapFlags).
#define LINEADDRCAPFLAGS_FWDNUMRINGS              0x00000001U // the number of rings before "no answer" can be set
#define LINEADDRCAPFLAGS_PICKUPGROUPID            0x00000002U // pickup needs a group id
// calls can be protected from interruption when they are made
#define LINEADDRCAPFLAGS_SECURE                   0x00000004U
#define LINEADDRCAPFLAGS_BLOCKIDDEFAULT           0x00000008U // the caller's identity is withheld by default
#define LINEADDRCAPFLAGS_BLOCKIDOVERRIDE          0x00000010U // that default can be overridden for each call
#define LINEADDRCAPFLAGS_DIALED                   0x00000020U // a destination must be dialed; otherwise it is fixed
#define LINEADDRCAPFLAGS_ORIGOFFHOOK              0x00000040U // the originator's phone can be taken off hook by a call
#define LINEADDRCAPFLAGS_DESTOFFHOOK              0x00000080U // the destination's phone can be taken off hook by a call
#define LINEADDRCAPFLAGS_FWDCONSULT               0x00000100U // forwarding creates a consultation call
#define LINEADDRCAPFLAGS_SETUPCONFNULL            0x00000200U // a conference can be set up without a first call
#define LINEADDRCAPFLAGS_AUTORECONNECT            0x00000400U // dropping a consultation call reconnects the held call
#define LINEADDRCAPFLAGS_COMPLETIONID             0x00000800U // completion ids are unique and worth keeping
#define LINEADDRCAPFLAGS_TRANSFERHELD             0x00001000U // a hard-held call can be transferred
// a call made separately can be the consultation call of a transfer
#define LINEADDRCAPFLAGS_TRANSFERMAKE             0x00002000U
#define LINEADDRCAPFLAGS_CONFERENCEHELD           0x00004000U // a hard-held call can be added to a conference
#define LINEADDRCAPFLAGS_CONFERENCEMAKE           0x00008000U // a call made separately can be added to a conference
#define LINEADDRCAPFLAGS_PARTIALDIAL              0x00010000U // a number can be dialed in parts
// the forwarding in LINEADDRESSSTATUS is confirmed, not an estimate
#define LINEADDRCAPFLAGS_FWDSTATUSVALID           0x00020000U
// internal and external calls can forward to different addresses
#define LINEADDRCAPFLAGS_FWDINTEXTADDR            0x00040000U
#define LINEADDRCAPFLAGS_FWDBUSYNAADDR            0x00080000U // busy and no answer can forward to different addresses
#define LINEADDRCAPFLAGS_ACCEPTTOALERT            0x00100000U // an offered call alerts only once it is accepted
#define LINEADDRCAPFLAGS_CONFDROP                 0x00200000U // dropping a conference's call drops all its members
#define LINEADDRCAPFLAGS_PICKUPCALLWAIT           0x00400000U // a waiting call can be picked up
#define LINEADDRCAPFLAGS_PREDICTIVEDIALER         0x00800000U // calls can be dialed predictively
#define LINEADDRCAPFLAGS_QUEUE                    0x01000000U // not a station but a queue
#define LINEADDRCAPFLAGS_ROUTEPOINT               0x02000000U // not a station but a routing point
#define LINEADDRCAPFLAGS_HOLDMAKESNEW             0x04000000U // holding a call makes a new call in its place
#define LINEADDRCAPFLAGS_NOINTERNALCALLS          0x08000000U // no calls inside the switch
#define LINEADDRCAPFLAGS_NOEXTERNALCALLS          0x10000000U // no calls beyond the switch
#define LINEADDRCAPFLAGS_SETCALLINGID             0x20000000U // the calling party's identity can be given for each call
#define LINEADDRCAPFLAGS_ACDGROUP                 0x40000000U // ACD groups are supported
#define LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION 0x80000000U // no translation of telephone numbers

// How an address on a line is named.
#define LINEADDRESSMODE_ADDRESSID    0x00000001U // by its number on the line, from 0
#define LINEADDRESSMODE_DIALABLEADDR 0x00000002U // by its dialable address

// Whether other stations share an address.
#define LINEADDRESSSHARING_PRIVATE       0x00000001U // used by this station only
#define LINEADDRESSSHARING_BRIDGEDEXCL   0x00000002U // shared; whoever uses it has it alone
// shared; whoever makes a call has that call alone, the others make new ones
#define LINEADDRESSSHARING_BRIDGEDNEW    0x00000004U
#define LINEADDRESSSHARING_BRIDGEDSHARED 0x00000008U // shared; all can join its calls
#define LINEADDRESSSHARING_MONITORED     0x00000010U // another station's; this line sees whether it is idle or busy

// What changed about an address (LINE_ADDRESSSTATE).
#define LINEADDRESSSTATE_OTHER       0x00000001U // anything not listed: read the status
#define LINEADDRESSSTATE_DEVSPECIFIC 0x00000002U // extension data
#define LINEADDRESSSTATE_INUSEZERO   0x00000004U // idle now
#define LINEADDRESSSTATE_INUSEONE    0x00000008U // in use by one station
#define LINEADDRESSSTATE_INUSEMANY   0x00000010U // in use by several bridged stations
#define LINEADDRESSSTATE_NUMCALLS    0x00000020U // the number of calls
#define LINEADDRESSSTATE_FORWARD     0x00000040U // forwarding
#define LINEADDRESSSTATE_TERMINALS   0x00000080U // terminal settings
#define LINEADDRESSSTATE_CAPSCHANGE  0x00000100U // the address's capabilities: read them again

// The form of an address.
#if TAPI_CURRENT_VERSION >= 0x00030000
#define LINEADDRESSTYPE_PHONENUMBER 0x00000001U // a telephone number
#define LINEADDRESSTYPE_SDP         0x00000002U // a session description
#define LINEADDRESSTYPE_EMAILNAME   0x00000004U // an e-mail name
#define LINEADDRESSTYPE_DOMAINNAME  0x00000008U // a domain name
#define LINEADDRESSTYPE_IPADDRESS   0x00000010U // an IP address
#endif

// What can be invoked on an address now.
#define LINEADDRFEATURE_FORWARD         0x00000001U // lineForward
#define LINEADDRFEATURE_MAKECALL        0x00000002U // lineMakeCall
#define LINEADDRFEATURE_PICKUP          0x00000004U // linePickup
#define LINEADDRFEATURE_SETMEDIACONTROL 0x00000008U // lineSetMediaControl
#define LINEADDRFEATURE_SETTERMINAL     0x00000010U // lineSetTerminal
#define LINEADDRFEATURE_SETUPCONF       0x00000020U // lineSetupConference without a first call
#define LINEADDRFEATURE_UNCOMPLETECALL  0x00000040U // lineUncompleteCall
#define LINEADDRFEATURE_UNPARK          0x00000080U // lineUnpark
#define LINEADDRFEATURE_PICKUPHELD      0x00000100U // linePickup of a held call
#define LINEADDRFEATURE_PICKUPGROUP     0x00000200U // linePickup of a call to the group
#define LINEADDRFEATURE_PICKUPDIRECT    0x00000400U // linePickup of a call to a given address
#define LINEADDRFEATURE_PICKUPWAITING   0x00000800U // linePickup of a waiting call
#define LINEADDRFEATURE_FORWARDFWD      0x00001000U // lineForward to forward
#define LINEADDRFEATURE_FORWARDDND      0x00002000U // lineForward to set do-not-disturb

// What an agent can do on an address now.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINEAGENTFEATURE_SETAGENTGROUP        0x00000001U // lineSetAgentGroup
#define LINEAGENTFEATURE_SETAGENTSTATE        0x00000002U // lineSetAgentState
#define LINEAGENTFEATURE_SETAGENTACTIVITY     0x00000004U // lineSetAgentActivity
#define LINEAGENTFEATURE_AGENTSPECIFIC        0x00000008U // lineAgentSpecific
#define LINEAGENTFEATURE_GETAGENTACTIVITYLIST 0x00000010U // lineGetAgentActivityList
#define LINEAGENTFEATURE_GETAGENTGROUP        0x00000020U // lineGetAgentGroupList
#endif

// The state of an agent on an address.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINEAGENTSTATE_LOGGEDOFF        0x00000001U // not logged in
#define LINEAGENTSTATE_NOTREADY         0x00000002U // logged in, takes no calls
#define LINEAGENTSTATE_READY            0x00000004U // ready for calls
#define LINEAGENTSTATE_BUSYACD          0x00000008U // on a call that the ACD distributed
#define LINEAGENTSTATE_BUSYINCOMING     0x00000010U // on another incoming call
#define LINEAGENTSTATE_BUSYOUTBOUND     0x00000020U // on an outgoing call
#define LINEAGENTSTATE_BUSYOTHER        0x00000040U // busy with something else
#define LINEAGENTSTATE_WORKINGAFTERCALL 0x00000080U // finishing work after a call
#define LINEAGENTSTATE_UNKNOWN          0x00000100U // not known now
#define LINEAGENTSTATE_UNAVAIL          0x00000200U // not known and will not be
#endif

// What changed about an agent (LINE_AGENTSTATUS).
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINEAGENTSTATUS_GROUP           0x00000001U // the groups logged into
#define LINEAGENTSTATUS_STATE           0x00000002U // the state
#define LINEAGENTSTATUS_NEXTSTATE       0x00000004U // the next state
#define LINEAGENTSTATUS_ACTIVITY        0x00000008U // the activity
#define LINEAGENTSTATUS_ACTIVITYLIST    0x00000010U // the list of activities
#define LINEAGENTSTATUS_GROUPLIST       0x00000020U // the list of groups
#define LINEAGENTSTATUS_CAPSCHANGE      0x00000040U // the capabilities
#define LINEAGENTSTATUS_VALIDSTATES     0x00000080U // the states that may be chosen
#define LINEAGENTSTATUS_VALIDNEXTSTATES 0x00000100U // the next states that may be chosen
#endif

// The state of an agent that has a handle.
#if TAPI_CURRENT_VERSION >= 0x00020002
#define LINEAGENTSTATEEX_NOTREADY     0x00000001U // takes no calls
#define LINEAGENTSTATEEX_READY        0x00000002U // ready for calls
#define LINEAGENTSTATEEX_BUSYACD      0x00000004U // on a call that the ACD distributed
#define LINEAGENTSTATEEX_BUSYINCOMING 0x00000008U // on another incoming call
#define LINEAGENTSTATEEX_BUSYOUTGOING 0x00000010U // on an outgoing call
#define LINEAGENTSTATEEX_UNKNOWN      0x00000020U // not known
#define LINEAGENTSTATEEX_RELEASED     0x00000040U // the agent's handle is no longer valid
#endif

// What changed about an agent that has a handle (LINE_AGENTSTATUSEX).
#if TAPI_CURRENT_VERSION >= 0x00020002
#define LINEAGENTSTATUSEX_NEWAGENT   0x00000001U // a new agent handle
#define LINEAGENTSTATUSEX_STATE      0x00000002U // the state
#define LINEAGENTSTATUSEX_UPDATEINFO 0x00000004U // the statistics: read them again
#endif

// The state of an agent's session.
#if TAPI_CURRENT_VERSION >= 0x00020002
#define LINEAGENTSESSIONSTATE_NOTREADY   0x00000001U // takes no calls
#define LINEAGENTSESSIONSTATE_READY      0x00000002U // ready for calls
#define LINEAGENTSESSIONSTATE_BUSYONCALL 0x00000004U // on a call
#define LINEAGENTSESSIONSTATE_BUSYWRAPUP 0x00000008U // finishing work after a call
#define LINEAGENTSESSIONSTATE_ENDED      0x00000010U // ended
#define LINEAGENTSESSIONSTATE_RELEASED   0x00000020U // the session's handle is no longer valid
#endif

// What changed about an agent's session (LINE_AGENTSESSIONSTATUS).
#if TAPI_CURRENT_VERSION >= 0x00020002
#define LINEAGENTSESSIONSTATUS_NEWSESSION 0x00000001U // a new session handle
#define LINEAGENTSESSIONSTATUS_STATE      0x00000002U // the state
#define LINEAGENTSESSIONSTATUS_UPDATEINFO 0x00000004U // the statistics: read them again
#endif

// What changed about a queue (LINE_QUEUESTATUS).
#if TAPI_CURRENT_VERSION >= 0x00020002
#define LINEQUEUESTATUS_UPDATEINFO   0x00000001U // the statistics: read them again
#define LINEQUEUESTATUS_NEWQUEUE     0x00000002U // a queue was added
#define LINEQUEUESTATUS_QUEUEREMOVED 0x00000004U // a queue was removed
#endif

// What changed about the agent groups (LINE_GROUPSTATUS).
#if TAPI_CURRENT_VERSION >= 0x00020002
#define LINEGROUPSTATUS_NEWGROUP     0x00000001U // a group was added
#define LINEGROUPSTATUS_GROUPREMOVED 0x00000002U // a group was removed
#endif

// What changed about the agent handlers of a line (LINE_PROXYSTATUS).
#if TAPI_CURRENT_VERSION >= 0x00020002
#define LINEPROXYSTATUS_OPEN          0x00000001U // a type of request is now served
#define LINEPROXYSTATUS_CLOSE         0x00000002U // a type of request is no longer served
#define LINEPROXYSTATUS_ALLOPENFORACD 0x00000004U // all types that call-centre work needs are served
#endif

// What answering a call does to the active call.
#define LINEANSWERMODE_NONE 0x00000001U // nothing: there is none, or it is unaffected
#define LINEANSWERMODE_DROP 0x00000002U // drops it
#define LINEANSWERMODE_HOLD 0x00000004U // holds it

// The quality of service of a call's channel.
#define LINEBEARERMODE_VOICE            0x00000001U // 3.1 kHz audio
#define LINEBEARERMODE_SPEECH           0x00000002U // speech, which the network may compress
#define LINEBEARERMODE_MULTIUSE         0x00000004U // the multiuse mode of ISDN
#define LINEBEARERMODE_DATA             0x00000008U // unrestricted data
#define LINEBEARERMODE_ALTSPEECHDATA    0x00000010U // speech and data in turn
#define LINEBEARERMODE_NONCALLSIGNALING 0x00000020U // signalling without a call
#define LINEBEARERMODE_PASSTHROUGH      0x00000040U // the application talks to the device itself; no call is controlled
#define LINEBEARERMODE_RESTRICTEDDATA   0x00000080U // digital data, 7 usable bits a byte

// Why a call is BUSY.
#define LINEBUSYMODE_STATION 0x00000001U // the called station is busy
#define LINEBUSYMODE_TRUNK   0x00000002U // no circuit in the network
#define LINEBUSYMODE_UNKNOWN 0x00000004U // not known now
#define LINEBUSYMODE_UNAVAIL 0x00000008U // not known and will not be

// When a call's completion can be requested.
#define LINECALLCOMPLCOND_BUSY     0x00000001U // the called station is busy
#define LINECALLCOMPLCOND_NOANSWER 0x00000002U // it does not answer

// How a call that cannot be completed shall be.
#define LINECALLCOMPLMODE_CAMPON   0x00000001U // wait until the called station is free
#define LINECALLCOMPLMODE_CALLBACK 0x00000002U // call back when it is free
#define LINECALLCOMPLMODE_INTRUDE  0x00000004U // break into its call
#define LINECALLCOMPLMODE_MESSAGE  0x00000008U // leave it a message

// What can be invoked on a call now.
#define LINECALLFEATURE_ACCEPT              0x00000001U // lineAccept
#define LINECALLFEATURE_ADDTOCONF           0x00000002U // lineAddToConference
#define LINECALLFEATURE_ANSWER              0x00000004U // lineAnswer
#define LINECALLFEATURE_BLINDTRANSFER       0x00000008U // lineBlindTransfer
#define LINECALLFEATURE_COMPLETECALL        0x00000010U // lineCompleteCall
#define LINECALLFEATURE_COMPLETETRANSF      0x00000020U // lineCompleteTransfer
#define LINECALLFEATURE_DIAL                0x00000040U // lineDial
#define LINECALLFEATURE_DROP                0x00000080U // lineDrop
#define LINECALLFEATURE_GATHERDIGITS        0x00000100U // lineGatherDigits
#define LINECALLFEATURE_GENERATEDIGITS      0x00000200U // lineGenerateDigits
#define LINECALLFEATURE_GENERATETONE        0x00000400U // lineGenerateTone
#define LINECALLFEATURE_HOLD                0x00000800U // lineHold
#define LINECALLFEATURE_MONITORDIGITS       0x00001000U // lineMonitorDigits
#define LINECALLFEATURE_MONITORMEDIA        0x00002000U // lineMonitorMedia
#define LINECALLFEATURE_MONITORTONES        0x00004000U // lineMonitorTones
#define LINECALLFEATURE_PARK                0x00008000U // linePark
#define LINECALLFEATURE_PREPAREADDCONF      0x00010000U // linePrepareAddToConference
#define LINECALLFEATURE_REDIRECT            0x00020000U // lineRedirect
#define LINECALLFEATURE_REMOVEFROMCONF      0x00040000U // lineRemoveFromConference
#define LINECALLFEATURE_SECURECALL          0x00080000U // lineSecureCall
#define LINECALLFEATURE_SENDUSERUSER        0x00100000U // lineSendUserUserInfo
#define LINECALLFEATURE_SETCALLPARAMS       0x00200000U // lineSetCallParams
#define LINECALLFEATURE_SETMEDIACONTROL     0x00400000U // lineSetMediaControl
#define LINECALLFEATURE_SETTERMINAL         0x00800000U // lineSetTerminal
#define LINECALLFEATURE_SETUPCONF           0x01000000U // lineSetupConference
#define LINECALLFEATURE_SETUPTRANSFER       0x02000000U // lineSetupTransfer
#define LINECALLFEATURE_SWAPHOLD            0x04000000U // lineSwapHold
#define LINECALLFEATURE_UNHOLD              0x08000000U // lineUnhold
#define LINECALLFEATURE_RELEASEUSERUSERINFO 0x10000000U // lineReleaseUserUserInfo
#define LINECALLFEATURE_SETTREATMENT        0x20000000U // lineSetCallTreatment
#define LINECALLFEATURE_SETQOS              0x40000000U // lineSetCallQualityOfService
#define LINECALLFEATURE_SETCALLDATA         0x80000000U // lineSetCallData

// Variants of what can be invoked on a call now. When no variant of a kind is set, any may work.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINECALLFEATURE2_NOHOLDCONFERENCE 0x00000001U // with SETUPCONF: without holding the call
#define LINECALLFEATURE2_ONESTEPTRANSFER  0x00000002U // with SETUPTRANSFER: in one step
#define LINECALLFEATURE2_COMPLCAMPON      0x00000004U // with COMPLETECALL: LINECALLCOMPLMODE_CAMPON
#define LINECALLFEATURE2_COMPLCALLBACK    0x00000008U // with COMPLETECALL: LINECALLCOMPLMODE_CALLBACK
#define LINECALLFEATURE2_COMPLINTRUDE     0x00000010U // with COMPLETECALL: LINECALLCOMPLMODE_INTRUDE
#define LINECALLFEATURE2_COMPLMESSAGE     0x00000020U // with COMPLETECALL: LINECALLCOMPLMODE_MESSAGE
#define LINECALLFEATURE2_TRANSFERNORM     0x00000040U // with COMPLETETRANSF: LINETRANSFERMODE_TRANSFER
#define LINECALLFEATURE2_TRANSFERCONF     0x00000080U // with COMPLETETRANSF: LINETRANSFERMODE_CONFERENCE
#define LINECALLFEATURE2_PARKDIRECT       0x00000100U // with PARK: LINEPARKMODE_DIRECTED
#define LINECALLFEATURE2_PARKNONDIRECT    0x00000200U // with PARK: LINEPARKMODE_NONDIRECTED
#endif

// How far calls of one conversation are related to each other.
#if TAPI_CURRENT_VERSION >= 0x00030000
#define LINECALLHUBTRACKING_NONE          0x00000000U // not at all
#define LINECALLHUBTRACKING_PROVIDERLEVEL 0x00000001U // within the provider
#define LINECALLHUBTRACKING_ALLCALLS      0x00000002U // across providers
#endif

// What changed in LINECALLINFO (LINE_CALLINFO).
#define LINECALLINFOSTATE_OTHER         0x00000001U // anything not listed: read it again
#define LINECALLINFOSTATE_DEVSPECIFIC   0x00000002U // extension data
#define LINECALLINFOSTATE_BEARERMODE    0x00000004U // bearer mode
#define LINECALLINFOSTATE_RATE          0x00000008U // rate
#define LINECALLINFOSTATE_MEDIAMODE     0x00000010U // media mode
#define LINECALLINFOSTATE_APPSPECIFIC   0x00000020U // dwAppSpecific
#define LINECALLINFOSTATE_CALLID        0x00000040U // call id
#define LINECALLINFOSTATE_RELATEDCALLID 0x00000080U // related call id
#define LINECALLINFOSTATE_ORIGIN        0x00000100U // origin
#define LINECALLINFOSTATE_REASON        0x00000200U // reason
#define LINECALLINFOSTATE_COMPLETIONID  0x00000400U // completion id
#define LINECALLINFOSTATE_NUMOWNERINCR  0x00000800U // one owner more
#define LINECALLINFOSTATE_NUMOWNERDECR  0x00001000U // one owner less
#define LINECALLINFOSTATE_NUMMONITORS   0x00002000U // number of monitors
#define LINECALLINFOSTATE_TRUNK         0x00004000U // trunk
#define LINECALLINFOSTATE_CALLERID      0x00008000U // caller
#define LINECALLINFOSTATE_CALLEDID      0x00010000U // called party
#define LINECALLINFOSTATE_CONNECTEDID   0x00020000U // connected party
#define LINECALLINFOSTATE_REDIRECTIONID 0x00040000U // party redirected to
#define LINECALLINFOSTATE_REDIRECTINGID 0x00080000U // redirecting party
#define LINECALLINFOSTATE_DISPLAY       0x00100000U // display text
#define LINECALLINFOSTATE_USERUSERINFO  0x00200000U // user-user data arrived
#define LINECALLINFOSTATE_HIGHLEVELCOMP 0x00400000U // high-level compatibility
#define LINECALLINFOSTATE_LOWLEVELCOMP  0x00800000U // low-level compatibility
#define LINECALLINFOSTATE_CHARGINGINFO  0x01000000U // charging
#define LINECALLINFOSTATE_TERMINAL      0x02000000U // terminal settings
#define LINECALLINFOSTATE_DIALPARAMS    0x04000000U // dial parameters
#define LINECALLINFOSTATE_MONITORMODES  0x08000000U // digit, tone or media monitoring
#define LINECALLINFOSTATE_TREATMENT     0x10000000U // call treatment
#define LINECALLINFOSTATE_QOS           0x20000000U // quality of service
#define LINECALLINFOSTATE_CALLDATA      0x40000000U // call data

// Where a call comes from.
#define LINECALLORIGIN_OUTBOUND   0x00000001U // made at this station
#define LINECALLORIGIN_INTERNAL   0x00000002U // from inside the same switch
#define LINECALLORIGIN_EXTERNAL   0x00000004U // from outside the switch
#define LINECALLORIGIN_UNKNOWN    0x00000010U // not known now
#define LINECALLORIGIN_UNAVAIL    0x00000020U // not known and will not be
#define LINECALLORIGIN_CONFERENCE 0x00000040U // the handle of a conference
#define LINECALLORIGIN_INBOUND    0x00000080U // incoming, not known whether internal or external

// Wishes for a new call (LINECALLPARAMS.dwCallParamFlags).
#define LINECALLPARAMFLAGS_SECURE           0x00000001U // protect it from interruption
#define LINECALLPARAMFLAGS_IDLE             0x00000002U // on an idle call appearance, never joining a call
#define LINECALLPARAMFLAGS_BLOCKID          0x00000004U // withhold the caller's identity
#define LINECALLPARAMFLAGS_ORIGOFFHOOK      0x00000008U // take the originator's phone off hook
#define LINECALLPARAMFLAGS_DESTOFFHOOK      0x00000010U // take the destination's phone off hook
#define LINECALLPARAMFLAGS_NOHOLDCONFERENCE 0x00000020U // conference without holding the call
#define LINECALLPARAMFLAGS_PREDICTIVEDIAL   0x00000040U // dial predictively
#define LINECALLPARAMFLAGS_ONESTEPTRANSFER  0x00000080U // set up a transfer and dial in one step

// What is known about a party to a call.
#define LINECALLPARTYID_BLOCKED   0x00000001U // withheld
#define LINECALLPARTYID_OUTOFAREA 0x00000002U // the network cannot tell
#define LINECALLPARTYID_NAME      0x00000004U // the name is given
#define LINECALLPARTYID_ADDRESS   0x00000008U // the address is given
#define LINECALLPARTYID_PARTIAL   0x00000010U // the address is given in part
#define LINECALLPARTYID_UNKNOWN   0x00000020U // not known now
#define LINECALLPARTYID_UNAVAIL   0x00000040U // not known and will not be

// An application's rights to a call; for lineOpen, the rights it wants to calls on the line.
#define LINECALLPRIVILEGE_NONE    0x00000001U // none: only calls it makes itself
#define LINECALLPRIVILEGE_MONITOR 0x00000002U // may watch
#define LINECALLPRIVILEGE_OWNER   0x00000004U // may control

// Why a call is here.
#define LINECALLREASON_DIRECT         0x00000001U // it was called directly
#define LINECALLREASON_FWDBUSY        0x00000002U // forwarded, busy
#define LINECALLREASON_FWDNOANSWER    0x00000004U // forwarded, no answer
#define LINECALLREASON_FWDUNCOND      0x00000008U // forwarded always
#define LINECALLREASON_PICKUP         0x00000010U // picked up
#define LINECALLREASON_UNPARK         0x00000020U // retrieved from park
#define LINECALLREASON_REDIRECT       0x00000040U // redirected
#define LINECALLREASON_CALLCOMPLETION 0x00000080U // a completion that was requested
#define LINECALLREASON_TRANSFER       0x00000100U // transferred
#define LINECALLREASON_REMINDER       0x00000200U // a reminder of a parked or held call
#define LINECALLREASON_UNKNOWN        0x00000400U // not known now
#define LINECALLREASON_UNAVAIL        0x00000800U // not known and will not be
#define LINECALLREASON_INTRUDE        0x00001000U // it broke in
#define LINECALLREASON_PARKED         0x00002000U // parked here
#define LINECALLREASON_CAMPEDON       0x00004000U // camped on here
#define LINECALLREASON_ROUTEREQUEST   0x00008000U // the switch asks for a route

// Which of line, address and call a function acts on.
#define LINECALLSELECT_LINE     0x00000001U // the line
#define LINECALLSELECT_ADDRESS  0x00000002U // the address
#define LINECALLSELECT_CALL     0x00000004U // the call
#define LINECALLSELECT_DEVICEID 0x00000008U // the device id
#define LINECALLSELECT_CALLID   0x00000010U // the call id

// The state of a call: one of these in the low 24 bits; the high 8 may hold a vendor's substate.
#define LINECALLSTATE_IDLE               0x00000001U // no activity; final, never left
#define LINECALLSTATE_OFFERING           0x00000002U // a new call is presented; it may or may not ring
#define LINECALLSTATE_ACCEPTED           0x00000004U // an owner claimed the offered call; both ends alert
#define LINECALLSTATE_DIALTONE           0x00000008U // the switch is ready for digits; mode LINEDIALTONEMODE_
#define LINECALLSTATE_DIALING            0x00000010U // digits are being sent
#define LINECALLSTATE_RINGBACK           0x00000020U // the far end alerts
#define LINECALLSTATE_BUSY               0x00000040U // busy tone; mode LINEBUSYMODE_
#define LINECALLSTATE_SPECIALINFO        0x00000080U // special information tone; mode LINESPECIALINFO_
#define LINECALLSTATE_CONNECTED          0x00000100U // established, information can flow; mode LINECONNECTEDMODE_
#define LINECALLSTATE_PROCEEDING         0x00000200U // dialing is done, the call moves through the network
#define LINECALLSTATE_ONHOLD             0x00000400U // held by the switch
// a member of a conference; the message carries the parent's handle
#define LINECALLSTATE_CONFERENCED        0x00000800U
#define LINECALLSTATE_ONHOLDPENDCONF     0x00001000U // held while a party is added to the conference
#define LINECALLSTATE_ONHOLDPENDTRANSFER 0x00002000U // held awaiting transfer
#define LINECALLSTATE_DISCONNECTED       0x00004000U // the remote party left; mode LINEDISCONNECTMODE_
#define LINECALLSTATE_UNKNOWN            0x00008000U // not known; any state may follow

// What a held or queued party hears; values above 0x100 are the provider's own.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINECALLTREATMENT_SILENCE  0x00000001U // nothing
#define LINECALLTREATMENT_RINGBACK 0x00000002U // ringback tone
#define LINECALLTREATMENT_BUSY     0x00000003U // busy tone
#define LINECALLTREATMENT_MUSIC    0x00000004U // music
#endif

// Options of a calling card.
#define LINECARDOPTION_PREDEFINED 0x00000001U // came with the system, not made by the user
#define LINECARDOPTION_HIDDEN     0x00000002U // removed by the user, not shown

// How a call is CONNECTED; 0 means ACTIVE.
#if TAPI_CURRENT_VERSION >= 0x00010004
#define LINECONNECTEDMODE_ACTIVE       0x00000001U // this station takes part
#define LINECONNECTEDMODE_INACTIVE     0x00000002U // other stations of a bridged address take part
#define LINECONNECTEDMODE_ACTIVEHELD   0x00000004U // this station takes part; the remote party holds the call
#define LINECONNECTEDMODE_INACTIVEHELD 0x00000008U // this station does not take part; the remote party holds the call
#define LINECONNECTEDMODE_CONFIRMED    0x00000010U // the network confirmed that the far end answered
#endif

// What a line can do (LINEDEVCAPS.dwDevCapFlags).
#define LINEDEVCAPFLAGS_CROSSADDRCONF   0x00000001U // conferences of calls on different addresses
#define LINEDEVCAPFLAGS_HIGHLEVCOMP     0x00000002U // high-level compatibility information
#define LINEDEVCAPFLAGS_LOWLEVCOMP      0x00000004U // low-level compatibility information
#define LINEDEVCAPFLAGS_MEDIACONTROL    0x00000008U // lineSetMediaControl
#define LINEDEVCAPFLAGS_MULTIPLEADDR    0x00000010U // several addresses in one lineMakeCall or lineDial
#define LINEDEVCAPFLAGS_CLOSEDROP       0x00000020U // closing the line drops its calls
#define LINEDEVCAPFLAGS_DIALBILLING     0x00000040U // dial modifier $: wait for the billing tone
#define LINEDEVCAPFLAGS_DIALQUIET       0x00000080U // dial modifier @: wait for quiet
#define LINEDEVCAPFLAGS_DIALDIALTONE    0x00000100U // dial modifier W: wait for dial tone
#define LINEDEVCAPFLAGS_MSP             0x00000200U // has a media provider
#define LINEDEVCAPFLAGS_CALLHUB         0x00000400U // call hubs
#define LINEDEVCAPFLAGS_CALLHUBTRACKING 0x00000800U // call-hub tracking
#define LINEDEVCAPFLAGS_PRIVATEOBJECTS  0x00001000U // private objects
#define LINEDEVCAPFLAGS_LOCAL           0x00002000U // a local device

// What changed about a line (LINE_LINEDEVSTATE).
#define LINEDEVSTATE_OTHER           0x00000001U // anything not listed: read the status
#define LINEDEVSTATE_RINGING         0x00000002U // it rings: p2 ring mode, p3 ring count
#define LINEDEVSTATE_CONNECTED       0x00000004U // it was connected to its network or device
#define LINEDEVSTATE_DISCONNECTED    0x00000008U // it was disconnected
#define LINEDEVSTATE_MSGWAITON       0x00000010U // a message is waiting
#define LINEDEVSTATE_MSGWAITOFF      0x00000020U // no message is waiting
#define LINEDEVSTATE_INSERVICE       0x00000040U // it is in service
#define LINEDEVSTATE_OUTOFSERVICE    0x00000080U // it is out of service
#define LINEDEVSTATE_MAINTENANCE     0x00000100U // it is under maintenance
#define LINEDEVSTATE_OPEN            0x00000200U // another application opened it
#define LINEDEVSTATE_CLOSE           0x00000400U // another application closed it
#define LINEDEVSTATE_NUMCALLS        0x00000800U // the number of calls
#define LINEDEVSTATE_NUMCOMPLETIONS  0x00001000U // the number of completion requests
#define LINEDEVSTATE_TERMINALS       0x00002000U // terminal settings
#define LINEDEVSTATE_ROAMMODE        0x00004000U // roaming
#define LINEDEVSTATE_BATTERY         0x00008000U // battery level
#define LINEDEVSTATE_SIGNAL          0x00010000U // signal level
#define LINEDEVSTATE_DEVSPECIFIC     0x00020000U // extension data
#define LINEDEVSTATE_REINIT          0x00040000U // initialize again: device ids changed
#define LINEDEVSTATE_LOCK            0x00080000U // it was locked or unlocked
#define LINEDEVSTATE_CAPSCHANGE      0x00100000U // its capabilities: read them again
#define LINEDEVSTATE_CONFIGCHANGE    0x00200000U // its media configuration
#define LINEDEVSTATE_TRANSLATECHANGE 0x00400000U // the translation settings: read them again
#define LINEDEVSTATE_COMPLCANCEL     0x00800000U // a completion request was canceled: p2 completion id
#define LINEDEVSTATE_REMOVED         0x01000000U // it is being removed

// The status of a line as bits.
#define LINEDEVSTATUSFLAGS_CONNECTED 0x00000001U // connected to its network or device
#define LINEDEVSTATUSFLAGS_MSGWAIT   0x00000002U // a message is waiting
#define LINEDEVSTATUSFLAGS_INSERVICE 0x00000004U // in service
#define LINEDEVSTATUSFLAGS_LOCKED    0x00000008U // locked

// The kind of dial tone.
#define LINEDIALTONEMODE_NORMAL   0x00000001U // ordinary
#define LINEDIALTONEMODE_SPECIAL  0x00000002U // a condition applies, such as a waiting message
#define LINEDIALTONEMODE_INTERNAL 0x00000004U // inside the switch
#define LINEDIALTONEMODE_EXTERNAL 0x00000008U // of the public network
#define LINEDIALTONEMODE_UNKNOWN  0x00000010U // not known now
#define LINEDIALTONEMODE_UNAVAIL  0x00000020U // not known and will not be

// The kind of digits.
#define LINEDIGITMODE_PULSE   0x00000001U // rotary pulses
#define LINEDIGITMODE_DTMF    0x00000002U // tones, reported when they start
#define LINEDIGITMODE_DTMFEND 0x00000004U // tones, reported when they end

// Why a call is DISCONNECTED.
#define LINEDISCONNECTMODE_NORMAL        0x00000001U // the remote party ended it
#define LINEDISCONNECTMODE_UNKNOWN       0x00000002U // not known now
#define LINEDISCONNECTMODE_REJECT        0x00000004U // rejected
#define LINEDISCONNECTMODE_PICKUP        0x00000008U // picked up elsewhere
#define LINEDISCONNECTMODE_FORWARDED     0x00000010U // forwarded by the switch
#define LINEDISCONNECTMODE_BUSY          0x00000020U // the station is busy
#define LINEDISCONNECTMODE_NOANSWER      0x00000040U // no answer
#define LINEDISCONNECTMODE_BADADDRESS    0x00000080U // the address is invalid
#define LINEDISCONNECTMODE_UNREACHABLE   0x00000100U // the destination cannot be reached
#define LINEDISCONNECTMODE_CONGESTION    0x00000200U // the network is congested
#define LINEDISCONNECTMODE_INCOMPATIBLE  0x00000400U // the stations are incompatible
#define LINEDISCONNECTMODE_UNAVAIL       0x00000800U // not known and will not be
#define LINEDISCONNECTMODE_NODIALTONE    0x00001000U // no dial tone
#define LINEDISCONNECTMODE_NUMBERCHANGED 0x00002000U // the number has changed
#define LINEDISCONNECTMODE_OUTOFORDER    0x00004000U // the station is out of order
#define LINEDISCONNECTMODE_TEMPFAILURE   0x00008000U // a passing failure of the network
#define LINEDISCONNECTMODE_QOSUNAVAIL    0x00010000U // the quality of service is not to be had
#define LINEDISCONNECTMODE_BLOCKED       0x00020000U // blocked
#define LINEDISCONNECTMODE_DONOTDISTURB  0x00040000U // the called party does not want calls
#define LINEDISCONNECTMODE_CANCELLED     0x00080000U // canceled

// Errors of the line functions. From 0xC0000000 they are a vendor's own; treat an unknown one as OPERATIONFAILED.
#define OFFHOOK_LINEERR_BASE (-0x7FFFFFFF - 1) // 0x80000000 as a LONG
#define LINEERR_ALLOCATED              (OFFHOOK_LINEERR_BASE + 0x01) // 0x80000001, another process holds the device
#define LINEERR_BADDEVICEID            (OFFHOOK_LINEERR_BASE + 0x02) // 0x80000002, the device id is out of range
#define LINEERR_BEARERMODEUNAVAIL      (OFFHOOK_LINEERR_BASE + 0x03) // 0x80000003, the bearer mode is not available
#define LINEERR_CALLUNAVAIL            (OFFHOOK_LINEERR_BASE + 0x05) // 0x80000005, no call appearance is free
#define LINEERR_COMPLETIONOVERRUN      (OFFHOOK_LINEERR_BASE + 0x06) // 0x80000006, too many completion requests
#define LINEERR_CONFERENCEFULL         (OFFHOOK_LINEERR_BASE + 0x07) // 0x80000007, the conference has no room
#define LINEERR_DIALBILLING            (OFFHOOK_LINEERR_BASE + 0x08) // 0x80000008, dial modifier $ is not supported
#define LINEERR_DIALDIALTONE           (OFFHOOK_LINEERR_BASE + 0x09) // 0x80000009, dial modifier W is not supported
#define LINEERR_DIALPROMPT             (OFFHOOK_LINEERR_BASE + 0x0A) // 0x8000000A, dial modifier ? is not supported
#define LINEERR_DIALQUIET              (OFFHOOK_LINEERR_BASE + 0x0B) // 0x8000000B, dial modifier @ is not supported
#define LINEERR_INCOMPATIBLEAPIVERSION (OFFHOOK_LINEERR_BASE + 0x0C) // 0x8000000C, no interface version in common
// 0x8000000D, no extension version in common, or another is selected
#define LINEERR_INCOMPATIBLEEXTVERSION (OFFHOOK_LINEERR_BASE + 0x0D)
#define LINEERR_INIFILECORRUPT         (OFFHOOK_LINEERR_BASE + 0x0E) // 0x8000000E, the stored configuration is damaged
#define LINEERR_INUSE                  (OFFHOOK_LINEERR_BASE + 0x0F) // 0x8000000F, in use
#define LINEERR_INVALADDRESS           (OFFHOOK_LINEERR_BASE + 0x10) // 0x80000010, the address is invalid
#define LINEERR_INVALADDRESSID         (OFFHOOK_LINEERR_BASE + 0x11) // 0x80000011, the address id is invalid
#define LINEERR_INVALADDRESSMODE       (OFFHOOK_LINEERR_BASE + 0x12) // 0x80000012, the address mode is invalid
#define LINEERR_INVALADDRESSSTATE      (OFFHOOK_LINEERR_BASE + 0x13) // 0x80000013, an address state bit is invalid
#define LINEERR_INVALAPPHANDLE         (OFFHOOK_LINEERR_BASE + 0x14) // 0x80000014, the application handle is invalid
#define LINEERR_INVALAPPNAME           (OFFHOOK_LINEERR_BASE + 0x15) // 0x80000015, the application name is invalid
#define LINEERR_INVALBEARERMODE        (OFFHOOK_LINEERR_BASE + 0x16) // 0x80000016, the bearer mode is invalid
#define LINEERR_INVALCALLCOMPLMODE     (OFFHOOK_LINEERR_BASE + 0x17) // 0x80000017, the completion mode is invalid
#define LINEERR_INVALCALLHANDLE        (OFFHOOK_LINEERR_BASE + 0x18) // 0x80000018, the call handle is invalid
#define LINEERR_INVALCALLPARAMS        (OFFHOOK_LINEERR_BASE + 0x19) // 0x80000019, the call parameters are invalid
#define LINEERR_INVALCALLPRIVILEGE     (OFFHOOK_LINEERR_BASE + 0x1A) // 0x8000001A, the call privilege is invalid
#define LINEERR_INVALCALLSELECT        (OFFHOOK_LINEERR_BASE + 0x1B) // 0x8000001B, the call selection is invalid
#define LINEERR_INVALCALLSTATE         (OFFHOOK_LINEERR_BASE + 0x1C) // 0x8000001C, the call is in the wrong state
#define LINEERR_INVALCALLSTATELIST     (OFFHOOK_LINEERR_BASE + 0x1D) // 0x8000001D, the list of call states is invalid
#define LINEERR_INVALCARD              (OFFHOOK_LINEERR_BASE + 0x1E) // 0x8000001E, the calling card is invalid
#define LINEERR_INVALCOMPLETIONID      (OFFHOOK_LINEERR_BASE + 0x1F) // 0x8000001F, the completion id is invalid
#define LINEERR_INVALCONFCALLHANDLE    (OFFHOOK_LINEERR_BASE + 0x20) // 0x80000020, the conference's handle is invalid
// 0x80000021, the consultation call's handle is invalid
#define LINEERR_INVALCONSULTCALLHANDLE (OFFHOOK_LINEERR_BASE + 0x21)
#define LINEERR_INVALCOUNTRYCODE       (OFFHOOK_LINEERR_BASE + 0x22) // 0x80000022, the country code is invalid
#define LINEERR_INVALDEVICECLASS       (OFFHOOK_LINEERR_BASE + 0x23) // 0x80000023, the device class is invalid
#define LINEERR_INVALDEVICEHANDLE      (OFFHOOK_LINEERR_BASE + 0x24) // 0x80000024, the device handle is invalid
#define LINEERR_INVALDIALPARAMS        (OFFHOOK_LINEERR_BASE + 0x25) // 0x80000025, the dial parameters are invalid
#define LINEERR_INVALDIGITLIST         (OFFHOOK_LINEERR_BASE + 0x26) // 0x80000026, the list of digits is invalid
#define LINEERR_INVALDIGITMODE         (OFFHOOK_LINEERR_BASE + 0x27) // 0x80000027, the digit mode is invalid
#define LINEERR_INVALDIGITS            (OFFHOOK_LINEERR_BASE + 0x28) // 0x80000028, the termination digits are invalid
#define LINEERR_INVALEXTVERSION        (OFFHOOK_LINEERR_BASE + 0x29) // 0x80000029, the extension version is invalid
#define LINEERR_INVALGROUPID           (OFFHOOK_LINEERR_BASE + 0x2A) // 0x8000002A, the group id is invalid
#define LINEERR_INVALLINEHANDLE        (OFFHOOK_LINEERR_BASE + 0x2B) // 0x8000002B, the line handle is invalid
// 0x8000002C, the line is in the wrong state, or a state bit is invalid
#define LINEERR_INVALLINESTATE         (OFFHOOK_LINEERR_BASE + 0x2C)
#define LINEERR_INVALLOCATION          (OFFHOOK_LINEERR_BASE + 0x2D) // 0x8000002D, the location is invalid
#define LINEERR_INVALMEDIALIST         (OFFHOOK_LINEERR_BASE + 0x2E) // 0x8000002E, the list of media modes is invalid
#define LINEERR_INVALMEDIAMODE         (OFFHOOK_LINEERR_BASE + 0x2F) // 0x8000002F, the media mode is invalid
#define LINEERR_INVALMESSAGEID         (OFFHOOK_LINEERR_BASE + 0x30) // 0x80000030, the message id is invalid
#define LINEERR_INVALPARAM             (OFFHOOK_LINEERR_BASE + 0x32) // 0x80000032, a parameter is invalid
#define LINEERR_INVALPARKID            (OFFHOOK_LINEERR_BASE + 0x33) // 0x80000033, the park id is invalid
#define LINEERR_INVALPARKMODE          (OFFHOOK_LINEERR_BASE + 0x34) // 0x80000034, the park mode is invalid
#define LINEERR_INVALPOINTER           (OFFHOOK_LINEERR_BASE + 0x35) // 0x80000035, a pointer is invalid
#define LINEERR_INVALPRIVSELECT        (OFFHOOK_LINEERR_BASE + 0x36) // 0x80000036, the privileges are invalid
#define LINEERR_INVALRATE              (OFFHOOK_LINEERR_BASE + 0x37) // 0x80000037, the rate is invalid
#define LINEERR_INVALREQUESTMODE       (OFFHOOK_LINEERR_BASE + 0x38) // 0x80000038, the request mode is invalid
#define LINEERR_INVALTERMINALID        (OFFHOOK_LINEERR_BASE + 0x39) // 0x80000039, the terminal id is invalid
#define LINEERR_INVALTERMINALMODE      (OFFHOOK_LINEERR_BASE + 0x3A) // 0x8000003A, the terminal mode is invalid
#define LINEERR_INVALTIMEOUT           (OFFHOOK_LINEERR_BASE + 0x3B) // 0x8000003B, the timeout is invalid
#define LINEERR_INVALTONE              (OFFHOOK_LINEERR_BASE + 0x3C) // 0x8000003C, the tone is invalid
#define LINEERR_INVALTONELIST          (OFFHOOK_LINEERR_BASE + 0x3D) // 0x8000003D, the list of tones is invalid
#define LINEERR_INVALTONEMODE          (OFFHOOK_LINEERR_BASE + 0x3E) // 0x8000003E, the tone mode is invalid
#define LINEERR_INVALTRANSFERMODE      (OFFHOOK_LINEERR_BASE + 0x3F) // 0x8000003F, the transfer mode is invalid
#define LINEERR_LINEMAPPERFAILED       (OFFHOOK_LINEERR_BASE + 0x40) // 0x80000040, no line fits the call parameters
#define LINEERR_NOCONFERENCE           (OFFHOOK_LINEERR_BASE + 0x41) // 0x80000041, the call is not part of a conference
#define LINEERR_NODEVICE               (OFFHOOK_LINEERR_BASE + 0x42) // 0x80000042, the device is gone
// 0x80000043, the provider is missing or failed to start
#define LINEERR_NODRIVER               (OFFHOOK_LINEERR_BASE + 0x43)
#define LINEERR_NOMEM                  (OFFHOOK_LINEERR_BASE + 0x44) // 0x80000044, not enough memory
#define LINEERR_NOREQUEST              (OFFHOOK_LINEERR_BASE + 0x45) // 0x80000045, no request is queued
// 0x80000046, the application does not own the call
#define LINEERR_NOTOWNER               (OFFHOOK_LINEERR_BASE + 0x46)
// 0x80000047, not registered, or the proxy type is already served
#define LINEERR_NOTREGISTERED          (OFFHOOK_LINEERR_BASE + 0x47)
#define LINEERR_OPERATIONFAILED        (OFFHOOK_LINEERR_BASE + 0x48) // 0x80000048, it failed for another reason
#define LINEERR_OPERATIONUNAVAIL       (OFFHOOK_LINEERR_BASE + 0x49) // 0x80000049, it is not supported here
#define LINEERR_RATEUNAVAIL            (OFFHOOK_LINEERR_BASE + 0x4A) // 0x8000004A, the rate is not available
#define LINEERR_RESOURCEUNAVAIL        (OFFHOOK_LINEERR_BASE + 0x4B) // 0x8000004B, too few resources
#define LINEERR_REQUESTOVERRUN         (OFFHOOK_LINEERR_BASE + 0x4C) // 0x8000004C, too many requests
// 0x8000004D, dwTotalSize does not hold the fixed part
#define LINEERR_STRUCTURETOOSMALL      (OFFHOOK_LINEERR_BASE + 0x4D)
#define LINEERR_TARGETNOTFOUND         (OFFHOOK_LINEERR_BASE + 0x4E) // 0x8000004E, no target for the handoff
#define LINEERR_TARGETSELF             (OFFHOOK_LINEERR_BASE + 0x4F) // 0x8000004F, the target is the caller itself
#define LINEERR_UNINITIALIZED          (OFFHOOK_LINEERR_BASE + 0x50) // 0x80000050, initialize first
#define LINEERR_USERUSERINFOTOOBIG     (OFFHOOK_LINEERR_BASE + 0x51) // 0x80000051, the user-user data is too long
// 0x80000052, devices changed: shut down and initialize again
#define LINEERR_REINIT                 (OFFHOOK_LINEERR_BASE + 0x52)
#define LINEERR_ADDRESSBLOCKED         (OFFHOOK_LINEERR_BASE + 0x53) // 0x80000053, the address is blocked
#define LINEERR_BILLINGREJECTED        (OFFHOOK_LINEERR_BASE + 0x54) // 0x80000054, the billing was rejected
#define LINEERR_INVALFEATURE           (OFFHOOK_LINEERR_BASE + 0x55) // 0x80000055, the feature is invalid
// 0x80000056, the provider can be installed only once
#define LINEERR_NOMULTIPLEINSTANCE     (OFFHOOK_LINEERR_BASE + 0x56)
#define LINEERR_INVALAGENTID           (OFFHOOK_LINEERR_BASE + 0x57) // 0x80000057, the agent id is invalid
#define LINEERR_INVALAGENTGROUP        (OFFHOOK_LINEERR_BASE + 0x58) // 0x80000058, the agent group is invalid
#define LINEERR_INVALPASSWORD          (OFFHOOK_LINEERR_BASE + 0x59) // 0x80000059, the password is invalid
#define LINEERR_INVALAGENTSTATE        (OFFHOOK_LINEERR_BASE + 0x5A) // 0x8000005A, the agent state is invalid
#define LINEERR_INVALAGENTACTIVITY     (OFFHOOK_LINEERR_BASE + 0x5B) // 0x8000005B, the agent activity is invalid
#define LINEERR_DIALVOICEDETECT        (OFFHOOK_LINEERR_BASE + 0x5C) // 0x8000005C, dial modifier : is not supported
#define LINEERR_USERCANCELLED          (OFFHOOK_LINEERR_BASE + 0x5D) // 0x8000005D, the user canceled
#define LINEERR_INVALADDRESSTYPE       (OFFHOOK_LINEERR_BASE + 0x5E) // 0x8000005E, the address type is invalid
#define LINEERR_INVALAGENTSESSIONSTATE (OFFHOOK_LINEERR_BASE + 0x5F) // 0x8000005F, the agent session state is invalid
#define LINEERR_DISCONNECTED           (OFFHOOK_LINEERR_BASE + 0x60) // 0x80000060, the call has been disconnected
#define LINEERR_SERVICE_NOT_RUNNING    (OFFHOOK_LINEERR_BASE + 0x61) // 0x80000061, the service is not running

// What can be invoked on a line now.
#define LINEFEATURE_DEVSPECIFIC     0x00000001U // lineDevSpecific
#define LINEFEATURE_DEVSPECIFICFEAT 0x00000002U // lineDevSpecificFeature
#define LINEFEATURE_FORWARD         0x00000004U // lineForward
#define LINEFEATURE_MAKECALL        0x00000008U // lineMakeCall
#define LINEFEATURE_SETMEDIACONTROL 0x00000010U // lineSetMediaControl
#define LINEFEATURE_SETTERMINAL     0x00000020U // lineSetTerminal
#define LINEFEATURE_SETDEVSTATUS    0x00000040U // lineSetLineDevStatus
#define LINEFEATURE_FORWARDFWD      0x00000080U // lineForward to forward
#define LINEFEATURE_FORWARDDND      0x00000100U // lineForward to set do-not-disturb

// Which calls are forwarded.
#define LINEFORWARDMODE_UNCOND         0x00000001U // all
#define LINEFORWARDMODE_UNCONDINTERNAL 0x00000002U // all internal ones
#define LINEFORWARDMODE_UNCONDEXTERNAL 0x00000004U // all external ones
#define LINEFORWARDMODE_UNCONDSPECIFIC 0x00000008U // all from a given caller
#define LINEFORWARDMODE_BUSY           0x00000010U // all, when busy
#define LINEFORWARDMODE_BUSYINTERNAL   0x00000020U // internal ones, when busy
#define LINEFORWARDMODE_BUSYEXTERNAL   0x00000040U // external ones, when busy
#define LINEFORWARDMODE_BUSYSPECIFIC   0x00000080U // from a given caller, when busy
#define LINEFORWARDMODE_NOANSW         0x00000100U // all, when not answered
#define LINEFORWARDMODE_NOANSWINTERNAL 0x00000200U // internal ones, when not answered
#define LINEFORWARDMODE_NOANSWEXTERNAL 0x00000400U // external ones, when not answered
#define LINEFORWARDMODE_NOANSWSPECIFIC 0x00000800U // from a given caller, when not answered
#define LINEFORWARDMODE_BUSYNA         0x00001000U // all, when busy or not answered
#define LINEFORWARDMODE_BUSYNAINTERNAL 0x00002000U // internal ones, when busy or not answered
#define LINEFORWARDMODE_BUSYNAEXTERNAL 0x00004000U // external ones, when busy or not answered
#define LINEFORWARDMODE_BUSYNASPECIFIC 0x00008000U // from a given caller, when busy or not answered
#define LINEFORWARDMODE_UNKNOWN        0x00010000U // not known now
#define LINEFORWARDMODE_UNAVAIL        0x00020000U // not known and will not be

// Why digit gathering ended (LINE_GATHERDIGITS).
#define LINEGATHERTERM_BUFFERFULL   0x00000001U // the asked number of digits is there
#define LINEGATHERTERM_TERMDIGIT    0x00000002U // a termination digit came
#define LINEGATHERTERM_FIRSTTIMEOUT 0x00000004U // no first digit in time
#define LINEGATHERTERM_INTERTIMEOUT 0x00000008U // no further digit in time
#define LINEGATHERTERM_CANCEL       0x00000010U // canceled

// Why digit or tone generation ended (LINE_GENERATE).
#define LINEGENERATETERM_DONE   0x00000001U // done
#define LINEGENERATETERM_CANCEL 0x00000002U // canceled, or replaced by another

// How an application receives its line messages; the first three are values, not bits.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINEINITIALIZEEXOPTION_USEHIDDENWINDOW   0x00000001U // through its message loop, by the callback
#define LINEINITIALIZEEXOPTION_USEEVENT          0x00000002U // by an event handle and lineGetMessage
#define LINEINITIALIZEEXOPTION_USECOMPLETIONPORT 0x00000003U // by a completion port
#endif
#if TAPI_CURRENT_VERSION >= 0x00030000
#define LINEINITIALIZEEXOPTION_CALLHUBTRACKING   0x80000000U // it wants call hubs
#endif

// Options of a dialing location.
#define LINELOCATIONOPTION_PULSEDIAL 0x00000001U // dial by pulses

// The device id by which lineOpen is asked to choose a line.
#define LINEMAPPER 0xFFFFFFFFU

// What happens to a media stream.
#define LINEMEDIACONTROL_NONE         0x00000001U // nothing
#define LINEMEDIACONTROL_START        0x00000002U // start
#define LINEMEDIACONTROL_RESET        0x00000004U // start over
#define LINEMEDIACONTROL_PAUSE        0x00000008U // pause
#define LINEMEDIACONTROL_RESUME       0x00000010U // resume
#define LINEMEDIACONTROL_RATEUP       0x00000020U // faster
#define LINEMEDIACONTROL_RATEDOWN     0x00000040U // slower
#define LINEMEDIACONTROL_RATENORMAL   0x00000080U // at normal speed
#define LINEMEDIACONTROL_VOLUMEUP     0x00000100U // louder
#define LINEMEDIACONTROL_VOLUMEDOWN   0x00000200U // quieter
#define LINEMEDIACONTROL_VOLUMENORMAL 0x00000400U // at normal volume

// What a call carries.
#define LINEMEDIAMODE_UNKNOWN          0x00000002U // not known yet
#define LINEMEDIAMODE_INTERACTIVEVOICE 0x00000004U // voice, a person at this end
#define LINEMEDIAMODE_AUTOMATEDVOICE   0x00000008U // voice, a machine at this end
#define LINEMEDIAMODE_DATAMODEM        0x00000010U // data by modem
#define LINEMEDIAMODE_G3FAX            0x00000020U // group 3 fax
#define LINEMEDIAMODE_TDD              0x00000040U // telephone for the deaf
#define LINEMEDIAMODE_G4FAX            0x00000080U // group 4 fax
#define LINEMEDIAMODE_DIGITALDATA      0x00000100U // digital data
#define LINEMEDIAMODE_TELETEX          0x00000200U // teletex
#define LINEMEDIAMODE_VIDEOTEX         0x00000400U // videotex
#define LINEMEDIAMODE_TELEX            0x00000800U // telex
#define LINEMEDIAMODE_MIXED            0x00001000U // mixed mode of ISDN
#define LINEMEDIAMODE_ADSI             0x00002000U // analog display services
#define LINEMEDIAMODE_VOICEVIEW        0x00004000U // voice and data in turn
#define LINEMEDIAMODE_VIDEO            0x00008000U // video
#define LAST_LINEMEDIAMODE             0x00008000U // the last mode defined here

// How a call is OFFERING; 0 means ACTIVE.
#if TAPI_CURRENT_VERSION >= 0x00010004
#define LINEOFFERINGMODE_ACTIVE   0x00000001U // it alerts at this station
#define LINEOFFERINGMODE_INACTIVE 0x00000002U // it alerts elsewhere
#endif

// Options among the privileges given to lineOpen.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINEOPENOPTION_SINGLEADDRESS 0x80000000U // own new calls on one address only
#define LINEOPENOPTION_PROXY         0x40000000U // serve the agent requests listed in the call parameters
#endif

// Where a call is parked.
#define LINEPARKMODE_DIRECTED    0x00000001U // at the given address
#define LINEPARKMODE_NONDIRECTED 0x00000002U // at an address that the switch chooses

// The type of an agent request: the function that it comes from.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define LINEPROXYREQUEST_SETAGENTGROUP             0x00000001U // lineSetAgentGroup
#define LINEPROXYREQUEST_SETAGENTSTATE             0x00000002U // lineSetAgentState
#define LINEPROXYREQUEST_SETAGENTACTIVITY          0x00000003U // lineSetAgentActivity
#define LINEPROXYREQUEST_GETAGENTCAPS              0x00000004U // lineGetAgentCaps
#define LINEPROXYREQUEST_GETAGENTSTATUS            0x00000005U // lineGetAgentStatus
#define LINEPROXYREQUEST_AGENTSPECIFIC             0x00000006U // lineAgentSpecific
#define LINEPROXYREQUEST_GETAGENTACTIVITYLIST      0x00000007U // lineGetAgentActivityList
#define LINEPROXYREQUEST_GETAGENTGROUPLIST         0x00000008U // lineGetAgentGroupList
#endif
#if TAPI_CURRENT_VERSION >= 0x00020002
#define LINEPROXYREQUEST_CREATEAGENT               0x00000009U // lineCreateAgent
#define LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD 0x0000000AU // lineSetAgentMeasurementPeriod
#define LINEPROXYREQUEST_GETAGENTINFO              0x0000000BU // lineGetAgentInfo
#define LINEPROXYREQUEST_CREATEAGENTSESSION        0x0000000CU // lineCreateAgentSession
#define LINEPROXYREQUEST_GETAGENTSESSIONLIST       0x0000000DU // lineGetAgentSessionList
#define LINEPROXYREQUEST_SETAGENTSESSIONSTATE      0x0000000EU // lineSetAgentSessionState
#define LINEPROXYREQUEST_GETAGENTSESSIONINFO       0x0000000FU // lineGetAgentSessionInfo
#define LINEPROXYREQUEST_GETQUEUELIST              0x00000010U // lineGetQueueList
#define LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD 0x00000011U // lineSetQueueMeasurementPeriod
#define LINEPROXYREQUEST_GETQUEUEINFO              0x00000012U // lineGetQueueInfo
#define LINEPROXYREQUEST_GETGROUPLIST              0x00000013U // lineGetGroupList
#define LINEPROXYREQUEST_SETAGENTSTATEEX           0x00000014U // lineSetAgentStateEx
#endif

// Which member can be removed from a conference; values, not bits.
#define LINEREMOVEFROMCONF_NONE 0x00000001U // none
#define LINEREMOVEFROMCONF_LAST 0x00000002U // the one added last
#define LINEREMOVEFROMCONF_ANY  0x00000003U // any

// The kind of an assisted-telephony request.
#define LINEREQUESTMODE_MAKECALL  0x00000001U // make a call
#define LINEREQUESTMODE_MEDIACALL 0x00000002U // make a media call; obsolete
#define LINEREQUESTMODE_DROP      0x00000004U // drop a call; obsolete
#define LAST_LINEREQUESTMODE      0x00000002U // the last mode that can be queued

// Where a mobile line is.
#define LINEROAMMODE_UNKNOWN 0x00000001U // not known now
#define LINEROAMMODE_UNAVAIL 0x00000002U // not known and will not be
#define LINEROAMMODE_HOME    0x00000004U // in its home network
#define LINEROAMMODE_ROAMA   0x00000008U // with roaming carrier A
#define LINEROAMMODE_ROAMB   0x00000010U // with roaming carrier B

// The kind of special information tone.
#define LINESPECIALINFO_NOCIRCUIT 0x00000001U // no circuit, or an emergency
#define LINESPECIALINFO_CUSTIRREG 0x00000002U // the number is vacant, changed or not as expected
#define LINESPECIALINFO_REORDER   0x00000004U // the equipment failed, or the phone was off hook too long
#define LINESPECIALINFO_UNKNOWN   0x00000008U // not known now
#define LINESPECIALINFO_UNAVAIL   0x00000010U // not known and will not be

// The kind of a terminal.
#define LINETERMDEV_PHONE   0x00000001U // a phone set
#define LINETERMDEV_HEADSET 0x00000002U // a headset
#define LINETERMDEV_SPEAKER 0x00000004U // a speaker and microphone

// Which low-level events go to a terminal.
#define LINETERMMODE_BUTTONS       0x00000001U // button presses
#define LINETERMMODE_LAMPS         0x00000002U // lamps
#define LINETERMMODE_DISPLAY       0x00000004U // display
#define LINETERMMODE_RINGER        0x00000008U // ringer
#define LINETERMMODE_HOOKSWITCH    0x00000010U // hookswitch
#define LINETERMMODE_MEDIATOLINE   0x00000020U // media towards the line
#define LINETERMMODE_MEDIAFROMLINE 0x00000040U // media from the line
#define LINETERMMODE_MEDIABIDIRECT 0x00000080U // media both ways

// Whether other lines share a terminal.
#define LINETERMSHARING_PRIVATE    0x00000001U // one line only
#define LINETERMSHARING_SHAREDEXCL 0x00000002U // shared; the line that routed to it last has it alone
#define LINETERMSHARING_SHAREDCONF 0x00000004U // shared; the lines are mixed

// A change to the toll list.
#define LINETOLLLISTOPTION_ADD    0x00000001U // add a prefix
#define LINETOLLLISTOPTION_REMOVE 0x00000002U // remove a prefix

// The tone to generate.
#define LINETONEMODE_CUSTOM   0x00000001U // as a LINEGENERATETONE list says
#define LINETONEMODE_RINGBACK 0x00000002U // ringback
#define LINETONEMODE_BUSY     0x00000004U // busy
#define LINETONEMODE_BEEP     0x00000008U // a beep, as before a recording
#define LINETONEMODE_BILLING  0x00000010U // billing tone

// How a transfer is completed.
#define LINETRANSFERMODE_TRANSFER   0x00000001U // connect the two other parties
#define LINETRANSFERMODE_CONFERENCE 0x00000002U // make a conference of three

// Wishes for one address translation.
#define LINETRANSLATEOPTION_CARDOVERRIDE      0x00000001U // use the given card instead of the current one
#define LINETRANSLATEOPTION_CANCELCALLWAITING 0x00000002U // put the location's cancel-call-waiting code in front
#define LINETRANSLATEOPTION_FORCELOCAL        0x00000004U // treat as a local call
#define LINETRANSLATEOPTION_FORCELD           0x00000008U // treat as a long-distance call

// What an address translation found.
#define LINETRANSLATERESULT_CANONICAL     0x00000001U // the input was canonical
#define LINETRANSLATERESULT_INTERNATIONAL 0x00000002U // another country
#define LINETRANSLATERESULT_LONGDISTANCE  0x00000004U // the same country, another area
#define LINETRANSLATERESULT_LOCAL         0x00000008U // the same area
#define LINETRANSLATERESULT_INTOLLLIST    0x00000010U // local, but its prefix is in the toll list
#define LINETRANSLATERESULT_NOTINTOLLLIST 0x00000020U // local, and its prefix is not in the toll list
#define LINETRANSLATERESULT_DIALBILLING   0x00000040U // the result contains $
#define LINETRANSLATERESULT_DIALQUIET     0x00000080U // the result contains @
#define LINETRANSLATERESULT_DIALDIALTONE  0x00000100U // the result contains W
#define LINETRANSLATERESULT_DIALPROMPT    0x00000200U // the result contains ?
#define LINETRANSLATERESULT_VOICEDETECT   0x00000400U // the result contains a colon
#define LINETRANSLATERESULT_NOTRANSLATION 0x00000800U // translation is not available

// What a button does.
#define PHONEBUTTONFUNCTION_UNKNOWN      0x00000000U // not known
#define PHONEBUTTONFUNCTION_CONFERENCE   0x00000001U // start a conference
#define PHONEBUTTONFUNCTION_TRANSFER     0x00000002U // transfer
#define PHONEBUTTONFUNCTION_DROP         0x00000003U // drop
#define PHONEBUTTONFUNCTION_HOLD         0x00000004U // hold
#define PHONEBUTTONFUNCTION_RECALL       0x00000005U // go back to the held call
#define PHONEBUTTONFUNCTION_DISCONNECT   0x00000006U // disconnect
#define PHONEBUTTONFUNCTION_CONNECT      0x00000007U // connect
#define PHONEBUTTONFUNCTION_MSGWAITON    0x00000008U // set the message-waiting lamp
#define PHONEBUTTONFUNCTION_MSGWAITOFF   0x00000009U // clear the message-waiting lamp
#define PHONEBUTTONFUNCTION_SELECTRING   0x0000000AU // choose the ring
#define PHONEBUTTONFUNCTION_ABBREVDIAL   0x0000000BU // abbreviated dialing
#define PHONEBUTTONFUNCTION_FORWARD      0x0000000CU // forward
#define PHONEBUTTONFUNCTION_PICKUP       0x0000000DU // pick up
#define PHONEBUTTONFUNCTION_RINGAGAIN    0x0000000EU // camp on and ring again
#define PHONEBUTTONFUNCTION_PARK         0x0000000FU // park
#define PHONEBUTTONFUNCTION_REJECT       0x00000010U // reject
#define PHONEBUTTONFUNCTION_REDIRECT     0x00000011U // redirect
#define PHONEBUTTONFUNCTION_MUTE         0x00000012U // mute
#define PHONEBUTTONFUNCTION_VOLUMEUP     0x00000013U // louder
#define PHONEBUTTONFUNCTION_VOLUMEDOWN   0x00000014U // quieter
#define PHONEBUTTONFUNCTION_SPEAKERON    0x00000015U // speaker on
#define PHONEBUTTONFUNCTION_SPEAKEROFF   0x00000016U // speaker off
#define PHONEBUTTONFUNCTION_FLASH        0x00000017U // hookswitch flash
#define PHONEBUTTONFUNCTION_DATAON       0x00000018U // data equipment on
#define PHONEBUTTONFUNCTION_DATAOFF      0x00000019U // data equipment off
#define PHONEBUTTONFUNCTION_DONOTDISTURB 0x0000001AU // do not disturb
#define PHONEBUTTONFUNCTION_INTERCOM     0x0000001BU // intercom
#define PHONEBUTTONFUNCTION_BRIDGEDAPP   0x0000001CU // a bridged appearance
#define PHONEBUTTONFUNCTION_BUSY         0x0000001DU // appear busy
#define PHONEBUTTONFUNCTION_CALLAPP      0x0000001EU // a call appearance
#define PHONEBUTTONFUNCTION_DATETIME     0x0000001FU // date and time
#define PHONEBUTTONFUNCTION_DIRECTORY    0x00000020U // directory
#define PHONEBUTTONFUNCTION_COVER        0x00000021U // call coverage
#define PHONEBUTTONFUNCTION_CALLID       0x00000022U // who calls
#define PHONEBUTTONFUNCTION_LASTNUM      0x00000023U // last number again
#define PHONEBUTTONFUNCTION_NIGHTSRV     0x00000024U // night service
#define PHONEBUTTONFUNCTION_SENDCALLS    0x00000025U // send calls to coverage
#define PHONEBUTTONFUNCTION_MSGINDICATOR 0x00000026U // a message indicator
#define PHONEBUTTONFUNCTION_REPDIAL      0x00000027U // dial a stored number
#define PHONEBUTTONFUNCTION_SETREPDIAL   0x00000028U // store a number
#define PHONEBUTTONFUNCTION_SYSTEMSPEED  0x00000029U // speed dialing of the switch
#define PHONEBUTTONFUNCTION_STATIONSPEED 0x0000002AU // speed dialing of the station
#define PHONEBUTTONFUNCTION_CAMPON       0x0000002BU // camp on
#define PHONEBUTTONFUNCTION_SAVEREPEAT   0x0000002CU // save and repeat a number
#define PHONEBUTTONFUNCTION_QUEUECALL    0x0000002DU // queue a call
#define PHONEBUTTONFUNCTION_NONE         0x0000002EU // no function
#define PHONEBUTTONFUNCTION_SEND         0x0000002FU // send

// The kind of a button.
#define PHONEBUTTONMODE_DUMMY   0x00000001U // no button, only a lamp
#define PHONEBUTTONMODE_CALL    0x00000002U // a call appearance
#define PHONEBUTTONMODE_FEATURE 0x00000004U // a feature
#define PHONEBUTTONMODE_KEYPAD  0x00000008U // a digit key
#define PHONEBUTTONMODE_LOCAL   0x00000010U // local to the phone, such as volume
#define PHONEBUTTONMODE_DISPLAY 0x00000020U // a soft key of the display

// The position of a button.
#define PHONEBUTTONSTATE_UP      0x00000001U // up
#define PHONEBUTTONSTATE_DOWN    0x00000002U // down
#define PHONEBUTTONSTATE_UNKNOWN 0x00000004U // not known now
#define PHONEBUTTONSTATE_UNAVAIL 0x00000008U // not known and will not be

// Errors of the phone functions. From 0xC0000000 they are a vendor's own.
#define OFFHOOK_PHONEERR_BASE (-0x70000000) // 0x90000000 as a LONG
#define PHONEERR_ALLOCATED              (OFFHOOK_PHONEERR_BASE + 0x01) // 0x90000001, another process holds the device
#define PHONEERR_BADDEVICEID            (OFFHOOK_PHONEERR_BASE + 0x02) // 0x90000002, the device id is out of range
#define PHONEERR_INCOMPATIBLEAPIVERSION (OFFHOOK_PHONEERR_BASE + 0x03) // 0x90000003, no interface version in common
// 0x90000004, no extension version in common, or another is selected
#define PHONEERR_INCOMPATIBLEEXTVERSION (OFFHOOK_PHONEERR_BASE + 0x04)
// 0x90000005, the stored configuration is damaged
#define PHONEERR_INIFILECORRUPT         (OFFHOOK_PHONEERR_BASE + 0x05)
#define PHONEERR_INUSE                  (OFFHOOK_PHONEERR_BASE + 0x06) // 0x90000006, in use
#define PHONEERR_INVALAPPHANDLE         (OFFHOOK_PHONEERR_BASE + 0x07) // 0x90000007, the application handle is invalid
#define PHONEERR_INVALAPPNAME           (OFFHOOK_PHONEERR_BASE + 0x08) // 0x90000008, the application name is invalid
#define PHONEERR_INVALBUTTONLAMPID      (OFFHOOK_PHONEERR_BASE + 0x09) // 0x90000009, the button or lamp id is invalid
#define PHONEERR_INVALBUTTONMODE        (OFFHOOK_PHONEERR_BASE + 0x0A) // 0x9000000A, the button mode is invalid
#define PHONEERR_INVALBUTTONSTATE       (OFFHOOK_PHONEERR_BASE + 0x0B) // 0x9000000B, the button state is invalid
#define PHONEERR_INVALDATAID            (OFFHOOK_PHONEERR_BASE + 0x0C) // 0x9000000C, the data id is invalid
#define PHONEERR_INVALDEVICECLASS       (OFFHOOK_PHONEERR_BASE + 0x0D) // 0x9000000D, the device class is invalid
#define PHONEERR_INVALEXTVERSION        (OFFHOOK_PHONEERR_BASE + 0x0E) // 0x9000000E, the extension version is invalid
#define PHONEERR_INVALHOOKSWITCHDEV     (OFFHOOK_PHONEERR_BASE + 0x0F) // 0x9000000F, the hookswitch device is invalid
#define PHONEERR_INVALHOOKSWITCHMODE    (OFFHOOK_PHONEERR_BASE + 0x10) // 0x90000010, the hookswitch mode is invalid
#define PHONEERR_INVALLAMPMODE          (OFFHOOK_PHONEERR_BASE + 0x11) // 0x90000011, the lamp mode is invalid
#define PHONEERR_INVALPARAM             (OFFHOOK_PHONEERR_BASE + 0x12) // 0x90000012, a parameter is invalid
#define PHONEERR_INVALPHONEHANDLE       (OFFHOOK_PHONEERR_BASE + 0x13) // 0x90000013, the phone handle is invalid
// 0x90000014, the phone is in the wrong state, or a state bit is invalid
#define PHONEERR_INVALPHONESTATE        (OFFHOOK_PHONEERR_BASE + 0x14)
#define PHONEERR_INVALPOINTER           (OFFHOOK_PHONEERR_BASE + 0x15) // 0x90000015, a pointer is invalid
#define PHONEERR_INVALPRIVILEGE         (OFFHOOK_PHONEERR_BASE + 0x16) // 0x90000016, the privilege is invalid
#define PHONEERR_INVALRINGMODE          (OFFHOOK_PHONEERR_BASE + 0x17) // 0x90000017, the ring mode is invalid
#define PHONEERR_NODEVICE               (OFFHOOK_PHONEERR_BASE + 0x18) // 0x90000018, the device is gone
// 0x90000019, the provider is missing or failed to start
#define PHONEERR_NODRIVER               (OFFHOOK_PHONEERR_BASE + 0x19)
#define PHONEERR_NOMEM                  (OFFHOOK_PHONEERR_BASE + 0x1A) // 0x9000001A, not enough memory
// 0x9000001B, the application does not own the phone
#define PHONEERR_NOTOWNER               (OFFHOOK_PHONEERR_BASE + 0x1B)
#define PHONEERR_OPERATIONFAILED        (OFFHOOK_PHONEERR_BASE + 0x1C) // 0x9000001C, it failed for another reason
#define PHONEERR_OPERATIONUNAVAIL       (OFFHOOK_PHONEERR_BASE + 0x1D) // 0x9000001D, it is not supported here
#define PHONEERR_RESOURCEUNAVAIL        (OFFHOOK_PHONEERR_BASE + 0x1F) // 0x9000001F, too few resources
#define PHONEERR_REQUESTOVERRUN         (OFFHOOK_PHONEERR_BASE + 0x20) // 0x90000020, too many requests
// 0x90000021, dwTotalSize does not hold the fixed part
#define PHONEERR_STRUCTURETOOSMALL      (OFFHOOK_PHONEERR_BASE + 0x21)
#define PHONEERR_UNINITIALIZED          (OFFHOOK_PHONEERR_BASE + 0x22) // 0x90000022, initialize first
// 0x90000023, devices changed: shut down and initialize again
#define PHONEERR_REINIT                 (OFFHOOK_PHONEERR_BASE + 0x23)
#define PHONEERR_DISCONNECTED           (OFFHOOK_PHONEERR_BASE + 0x24) // 0x90000024, the call has been disconnected
#define PHONEERR_SERVICE_NOT_RUNNING    (OFFHOOK_PHONEERR_BASE + 0x25) // 0x90000025, the service is not running

// What can be invoked on a phone now.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define PHONEFEATURE_GETBUTTONINFO        0x00000001U // phoneGetButtonInfo
#define PHONEFEATURE_GETDATA              0x00000002U // phoneGetData
#define PHONEFEATURE_GETDISPLAY           0x00000004U // phoneGetDisplay
#define PHONEFEATURE_GETGAINHANDSET       0x00000008U // phoneGetGain, handset
#define PHONEFEATURE_GETGAINSPEAKER       0x00000010U // phoneGetGain, speaker
#define PHONEFEATURE_GETGAINHEADSET       0x00000020U // phoneGetGain, headset
#define PHONEFEATURE_GETHOOKSWITCHHANDSET 0x00000040U // phoneGetHookSwitch, handset
#define PHONEFEATURE_GETHOOKSWITCHSPEAKER 0x00000080U // phoneGetHookSwitch, speaker
#define PHONEFEATURE_GETHOOKSWITCHHEADSET 0x00000100U // phoneGetHookSwitch, headset
#define PHONEFEATURE_GETLAMP              0x00000200U // phoneGetLamp
#define PHONEFEATURE_GETRING              0x00000400U // phoneGetRing
#define PHONEFEATURE_GETVOLUMEHANDSET     0x00000800U // phoneGetVolume, handset
#define PHONEFEATURE_GETVOLUMESPEAKER     0x00001000U // phoneGetVolume, speaker
#define PHONEFEATURE_GETVOLUMEHEADSET     0x00002000U // phoneGetVolume, headset
#define PHONEFEATURE_SETBUTTONINFO        0x00004000U // phoneSetButtonInfo
#define PHONEFEATURE_SETDATA              0x00008000U // phoneSetData
#define PHONEFEATURE_SETDISPLAY           0x00010000U // phoneSetDisplay
#define PHONEFEATURE_SETGAINHANDSET       0x00020000U // phoneSetGain, handset
#define PHONEFEATURE_SETGAINSPEAKER       0x00040000U // phoneSetGain, speaker
#define PHONEFEATURE_SETGAINHEADSET       0x00080000U // phoneSetGain, headset
#define PHONEFEATURE_SETHOOKSWITCHHANDSET 0x00100000U // phoneSetHookSwitch, handset
#define PHONEFEATURE_SETHOOKSWITCHSPEAKER 0x00200000U // phoneSetHookSwitch, speaker
#define PHONEFEATURE_SETHOOKSWITCHHEADSET 0x00400000U // phoneSetHookSwitch, headset
#define PHONEFEATURE_SETLAMP              0x00800000U // phoneSetLamp
#define PHONEFEATURE_SETRING              0x01000000U // phoneSetRing
#define PHONEFEATURE_SETVOLUMEHANDSET     0x02000000U // phoneSetVolume, handset
#define PHONEFEATURE_SETVOLUMESPEAKER     0x04000000U // phoneSetVolume, speaker
#define PHONEFEATURE_SETVOLUMEHEADSET     0x08000000U // phoneSetVolume, headset
#define PHONEFEATURE_GENERICPHONE         0x10000000U // the provider describes a generic phone
#endif

// The parts of a phone that have a hookswitch.
#define PHONEHOOKSWITCHDEV_HANDSET 0x00000001U // handset
#define PHONEHOOKSWITCHDEV_SPEAKER 0x00000002U // speakerphone
#define PHONEHOOKSWITCHDEV_HEADSET 0x00000004U // headset

// What is live at a hookswitch device.
#define PHONEHOOKSWITCHMODE_ONHOOK     0x00000001U // neither microphone nor speaker
#define PHONEHOOKSWITCHMODE_MIC        0x00000002U // microphone only
#define PHONEHOOKSWITCHMODE_SPEAKER    0x00000004U // speaker only
#define PHONEHOOKSWITCHMODE_MICSPEAKER 0x00000008U // microphone and speaker
#define PHONEHOOKSWITCHMODE_UNKNOWN    0x00000010U // not known now

// How an application receives its phone messages; values, not bits.
#if TAPI_CURRENT_VERSION >= 0x00020000
#define PHONEINITIALIZEEXOPTION_USEHIDDENWINDOW   0x00000001U // through its message loop, by the callback
#define PHONEINITIALIZEEXOPTION_USEEVENT          0x00000002U // by an event handle and phoneGetMessage
#define PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT 0x00000003U // by a completion port
#endif

// How a lamp is lit.
#define PHONELAMPMODE_DUMMY         0x00000001U // there is no lamp
#define PHONELAMPMODE_OFF           0x00000002U // off
#define PHONELAMPMODE_STEADY        0x00000004U // steadily on
#define PHONELAMPMODE_WINK          0x00000008U // on and off at a normal pace
#define PHONELAMPMODE_FLASH         0x00000010U // on and off at a slow pace
#define PHONELAMPMODE_FLUTTER       0x00000020U // on and off at a fast pace
#define PHONELAMPMODE_BROKENFLUTTER 0x00000040U // flash and flutter at once
#define PHONELAMPMODE_UNKNOWN       0x00000080U // not known now

// An application's rights to a phone.
#define PHONEPRIVILEGE_MONITOR 0x00000001U // may watch
#define PHONEPRIVILEGE_OWNER   0x00000002U // may control; one application at a time

// What changed about a phone (PHONE_STATE).
#define PHONESTATE_OTHER             0x00000001U // anything not listed: read the status
#define PHONESTATE_CONNECTED         0x00000002U // it was connected to the computer
#define PHONESTATE_DISCONNECTED      0x00000004U // it was disconnected
#define PHONESTATE_OWNER             0x00000008U // the number of owners: p2
#define PHONESTATE_MONITORS          0x00000010U // the number of monitors: p2
#define PHONESTATE_DISPLAY           0x00000020U // the display
#define PHONESTATE_LAMP              0x00000040U // a lamp: p2 its id
#define PHONESTATE_RINGMODE          0x00000080U // the ring mode: p2
#define PHONESTATE_RINGVOLUME        0x00000100U // the ring volume
#define PHONESTATE_HANDSETHOOKSWITCH 0x00000200U // the handset's hookswitch: p2 PHONEHOOKSWITCHMODE_
#define PHONESTATE_HANDSETVOLUME     0x00000400U // the handset's volume
#define PHONESTATE_HANDSETGAIN       0x00000800U // the handset's gain
#define PHONESTATE_SPEAKERHOOKSWITCH 0x00001000U // the speakerphone's hookswitch: p2 PHONEHOOKSWITCHMODE_
#define PHONESTATE_SPEAKERVOLUME     0x00002000U // the speakerphone's volume
#define PHONESTATE_SPEAKERGAIN       0x00004000U // the speakerphone's gain
#define PHONESTATE_HEADSETHOOKSWITCH 0x00008000U // the headset's hookswitch: p2 PHONEHOOKSWITCHMODE_
#define PHONESTATE_HEADSETVOLUME     0x00010000U // the headset's volume
#define PHONESTATE_HEADSETGAIN       0x00020000U // the headset's gain
#define PHONESTATE_SUSPEND           0x00040000U // its use by applications was suspended
#define PHONESTATE_RESUME            0x00080000U // its use was resumed
#define PHONESTATE_DEVSPECIFIC       0x00100000U // extension data
#define PHONESTATE_REINIT            0x00200000U // initialize again: device ids changed
#define PHONESTATE_CAPSCHANGE        0x00400000U // its capabilities: read them again
#define PHONESTATE_REMOVED           0x00800000U // it is being removed

// The status of a phone as bits.
#define PHONESTATUSFLAGS_CONNECTED 0x00000001U // connected to the computer
#define PHONESTATUSFLAGS_SUSPENDED 0x00000002U // its use is suspended

// The encoding of a string in a structure.
#define STRINGFORMAT_ASCII   0x00000001U // one byte a character
#define STRINGFORMAT_DBCS    0x00000002U // one or two bytes a character
#define STRINGFORMAT_UNICODE 0x00000003U // UTF-16
#define STRINGFORMAT_BINARY  0x00000004U // not text

// The message by which an application's hidden window is told of a queued message.
#define TAPI_REPLY 0x00000463U // not used where there are no windows

// Results of the assisted-telephony functions (tapi...): plain small negative numbers.
#define TAPIERR_CONNECTED                0     // success
#define TAPIERR_DROPPED                  (-1)  // the request was dropped
#define TAPIERR_NOREQUESTRECIPIENT       (-2)  // no application serves such requests
#define TAPIERR_REQUESTQUEUEFULL         (-3)  // the queue of requests is full
#define TAPIERR_INVALDESTADDRESS         (-4)  // the address is invalid
#define TAPIERR_INVALWINDOWHANDLE        (-5)  // the window handle is invalid
#define TAPIERR_INVALDEVICECLASS         (-6)  // the device class is invalid
#define TAPIERR_INVALDEVICEID            (-7)  // the device id is invalid
#define TAPIERR_DEVICECLASSUNAVAIL       (-8)  // the device class is not available
#define TAPIERR_DEVICEIDUNAVAIL          (-9)  // the device id is not available
#define TAPIERR_DEVICEINUSE              (-10) // the device is in use
#define TAPIERR_DESTBUSY                 (-11) // the destination is busy
#define TAPIERR_DESTNOANSWER             (-12) // the destination does not answer
#define TAPIERR_DESTUNAVAIL              (-13) // the destination is not available
#define TAPIERR_UNKNOWNWINHANDLE         (-14) // the window handle is unknown
#define TAPIERR_UNKNOWNREQUESTID         (-15) // the request id is unknown
#define TAPIERR_REQUESTFAILED            (-16) // the request failed
#define TAPIERR_REQUESTCANCELLED         (-17) // the request was canceled
#define TAPIERR_INVALPOINTER             (-18) // a pointer is invalid
#define TAPIERR_NOTADMIN                 (-19) // the caller is not an administrator
#define TAPIERR_MMCWRITELOCKED           (-20) // the configuration is locked by a management tool
#define TAPIERR_PROVIDERALREADYINSTALLED (-21) // the provider is already installed
#define TAPIERR_SCP_ALREADY_EXISTS       (-22) // the directory entry exists already
#define TAPIERR_SCP_DOES_NOT_EXIST       (-23) // the directory entry does not exist

// Sizes of the strings in LINEREQMAKECALL and LINEREQMEDIACALL, in characters with the terminator.
#define TAPIMAXDESTADDRESSSIZE 80
#define TAPIMAXAPPNAMESIZE     40
#define TAPIMAXCALLEDPARTYSIZE 40
#define TAPIMAXCOMMENTSIZE     80
#define TAPIMAXDEVICECLASSSIZE 40
#define TAPIMAXDEVICEIDSIZE    40

// An error as a message number: LINEERR_ from 0xE000, PHONEERR_ from 0xF000, TAPIERR_ by its low 16 bits.
#define TAPIERROR_FORMATMESSAGE(error)                                                                                 \
    (((DWORD)(error) > 0xFFFF0000U)          ? ((DWORD)(error) & 0x0000FFFFU)                                          \
     : ((DWORD)(error) & 0x10000000U) != 0U ? ((DWORD)(error) - 0x90000000U + 0xF000U)                                 \
                                             : ((DWORD)(error) - 0x80000000U + 0xE000U))

#endif // OFFHOOK_TAPI_CONSTANTS_H
