// SPDX-License-Identifier: Apache-2.0
//
// A whole telephony service provider in C11 on the public headers alone: lines that call each other, and a
// world outside in which every number answers. Line 1 has the address "1", line 2 the address "2", and so on;
// dialing the address of another line rings there, any other number is answered after a while.
//
// Everything lies behind one lock, which is held during callbacks as well: so callbacks come one at a time
// (R053), and because the service does not call down from inside of one (R054) nothing waits for itself. What
// takes time is left to one thread, which looks at the calls that are due.
//
// docs/writing-a-provider.md explains the order of things; the numbers R... are those of abi/table/rules.def.
#define _POSIX_C_SOURCE 200809L

#include "offhook_provider.h"
#include "tspi.h"

#include <ctype.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

OFFHOOK_PROVIDER_NOTE("name=plain\nversion=1.0\ntitle=Lines that call each other, in C\nneeds=\n");

// The service checks the configuration by this before it asks the provider, and shows it to administrators.
OFFHOOK_CONFIGURATION_NOTE("['lines']\n"
                           "type = 'integer'\n"
                           "title = 'Number of lines'\n"
                           "minimum = 1\n"
                           "maximum = 100\n"
                           "default = 2\n"
                           "['dial_after']\n"
                           "type = 'integer'\n"
                           "title = 'Milliseconds until a number is dialed'\n"
                           "minimum = 0\n"
                           "maximum = 60000\n"
                           "default = 0\n"
                           "['answer_after']\n"
                           "type = 'integer'\n"
                           "title = 'Milliseconds until a number outside answers'\n"
                           "minimum = 0\n"
                           "maximum = 60000\n"
                           "default = 0\n");

enum { CALLS_AT_A_TIME = 4, CALLS_OF_A_LINE = 16, LONGEST_NUMBER = 40, NOBODY = 0xFFFF };

static const DWORD rate = 64000; // bits a second

// ---- What a session knows

enum stage {
    STAGE_FREE,   // the place in the table is not used
    STAGE_MAKING, // TSPI_lineMakeCall has not completed: the call is nobody's yet (R062)
    STAGE_THERE,  // until TSPI_lineCloseCall, also when it is idle (R067)
};

enum step { STEP_NONE, STEP_DIALED, STEP_ANSWERED };

struct call {
    DWORD generation; // how often the place was used: a handle of before is found out
    enum stage stage;
    size_t line;
    size_t peer;          // the other end, if it is a line of ours; NOBODY
    HTAPICALL name;       // the service's name for it (R075)
    DRV_REQUESTID making; // while STAGE_MAKING

    DWORD state, mode;
    SYSTEMTIME entered;
    enum step next; // what becomes of it when the time has come
    struct timespec due;

    DWORD origin;
    char caller[LONGEST_NUMBER + 1], called[LONGEST_NUMBER + 1];
    DWORD app_specific, flags;
};

struct line {
    DWORD generation;
    bool open;
    HTAPILINE name;
    LINEEVENT event;
    DWORD version;      // of the interface, in force until the line is closed (R020)
    DWORD wanted_media; // what applications wait for (R088)
};

struct configuration {
    DWORD lines, dial_after, answer_after;
};

struct session {
    struct configuration configuration;
    ASYNC_COMPLETION complete;
    DWORD first_line; // the identifiers of our lines begin here (R098)
    DWORD provider;
    struct line* lines;
    struct call* calls;
    size_t number_of_calls;

    pthread_t thread;
    pthread_cond_t changed;
    bool ending;
};

// The interface is made of functions without a context, so these have to be static. The session is allocated:
// nothing of it is left when it has ended (R001).
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct session* session;
static const OFFHOOK_PROVIDER_SERVICES* services;

static LONG enter(void) {
    pthread_mutex_lock(&lock);
    if (session != NULL) return 0;
    pthread_mutex_unlock(&lock);
    return LINEERR_UNINITIALIZED;
}

static LONG leave(LONG result) {
    pthread_mutex_unlock(&lock);
    return result;
}

// ---- Handles: the place in the table, from 1 so that none is 0 (R060), and its generation

static uintptr_t handle_of(size_t place, DWORD generation) {
    return ((uintptr_t)generation << 32) | (place + 1);
}

static size_t place_of(uintptr_t handle) { return (size_t)(handle & 0xFFFFFFFFU) - 1; }

static struct line* line_of(HDRVLINE handle) {
    const size_t place = place_of((uintptr_t)handle);
    if (place >= session->configuration.lines) return NULL;
    struct line* line = &session->lines[place];
    return line->open && handle_of(place, line->generation) == (uintptr_t)handle ? line : NULL;
}

static struct call* any_call_of(HDRVCALL handle) {
    const size_t place = place_of((uintptr_t)handle);
    if (place >= session->number_of_calls) return NULL;
    struct call* call = &session->calls[place];
    return call->stage != STAGE_FREE && handle_of(place, call->generation) == (uintptr_t)handle ? call : NULL;
}

static struct call* call_of(HDRVCALL handle) {
    struct call* call = any_call_of(handle);
    return call != NULL && call->stage == STAGE_THERE ? call : NULL;
}

static size_t index_of_line(const struct line* line) { return (size_t)(line - session->lines); }
static size_t index_of_call(const struct call* call) { return (size_t)(call - session->calls); }

static HDRVCALL handle_of_call(const struct call* call) {
    return (HDRVCALL)handle_of(index_of_call(call), call->generation);
}

static struct line* enter_line(HDRVLINE handle, LONG* error) {
    if ((*error = enter()) != 0) return NULL;
    struct line* line = line_of(handle);
    if (line == NULL) *error = leave(LINEERR_INVALLINEHANDLE);
    return line;
}

static struct call* enter_call(HDRVCALL handle, LONG* error) {
    if ((*error = enter()) != 0) return NULL;
    struct call* call = call_of(handle);
    if (call == NULL) *error = leave(LINEERR_INVALCALLHANDLE);
    return call;
}

// The number of one of our devices.
static bool is_device(DWORD device, size_t* place) {
    *place = (size_t)device - session->first_line;
    return device >= session->first_line && *place < session->configuration.lines;
}

// ---- Configuration

static void log_line(const char* text) {
    if (services != NULL) services->log(services->context, OFFHOOK_LOG_ERROR, text);
}

static bool read_number(const char* key, DWORD least, DWORD most, DWORD* value) {
    char text[16];
    uint32_t size = sizeof text;
    if (services == NULL) return true; // the default
    const int32_t result = services->config_get(services->context, key, text, &size);
    if (result == LINEERR_NODEVICE) return true;
    char* end = text;
    const unsigned long number = result == 0 ? strtoul(text, &end, 10) : 0;
    if (result == 0 && isdigit((unsigned char)text[0]) && *end == '\0' && number >= least && number <= most) {
        *value = (DWORD)number;
        return true;
    }
    char problem[128];
    snprintf(problem, sizeof problem, "%s is to be a number from %u to %u", key, (unsigned)least,
             (unsigned)most);
    log_line(problem);
    return false;
}

static bool read_configuration(struct configuration* configuration) {
    *configuration = (struct configuration){.lines = 2};
    const bool lines = read_number("lines", 1, 100, &configuration->lines);
    const bool dial = read_number("dial_after", 0, 60000, &configuration->dial_after);
    const bool answer = read_number("answer_after", 0, 60000, &configuration->answer_after);
    return lines && dial && answer;
}

// ---- Structures that vary in size
//
// The fixed part is edited in a copy that begins as zeros, so that every field is filled (R032) and what is
// newer than the version in force stays in the copy (R029). Variable parts go right behind it (R037), whole
// or not at all (R033).

struct filling {
    BYTE* target;
    DWORD total, fixed, needed, used;
};

struct part {
    DWORD size, offset;
};

// `fixed`: how long the structure's fixed part is in the version in force.
static LONG begin(struct filling* filling, void* target, size_t fixed) {
    if (target == NULL) return LINEERR_INVALPOINTER;
    filling->target = target;
    memcpy(&filling->total, target, sizeof filling->total);
    filling->fixed = filling->needed = filling->used = (DWORD)fixed;
    return filling->total < fixed ? LINEERR_STRUCTURETOOSMALL : 0; // R031
}

static struct part append(struct filling* filling, const void* data, size_t size) {
    struct part part = {0, 0}; // an empty part has no offset either (R035)
    if (size == 0) return part;
    filling->needed += (DWORD)size; // there is more to have than fits (R034)
    if (size > filling->total - filling->used) return part;
    part.size = (DWORD)size;
    part.offset = filling->used;
    memcpy(filling->target + part.offset, data, size);
    filling->used += part.size;
    return part;
}

// Text of ours, in ASCII, as the interface wants it: UTF-16 with its NUL (R040).
static struct part append_text(struct filling* filling, const char* text) {
    WCHAR wide[LONGEST_NUMBER + 64];
    size_t length = 0;
    for (; text[length] != '\0' && length < sizeof wide / sizeof wide[0] - 1; ++length)
        wide[length] = (WCHAR)(unsigned char)text[length];
    wide[length] = 0;
    return append(filling, wide, length == 0 ? 0 : (length + 1) * sizeof(WCHAR));
}

static LONG finish(const struct filling* filling, const void* copy) {
    const DWORD sizes[3] = {filling->total, filling->needed,
                            filling->used}; // every such structure begins so (R038)
    memcpy(filling->target, copy, filling->fixed);
    memcpy(filling->target, sizes, sizeof sizes);
    return 0;
}

// The fixed parts by version (R029). This file sees the structures of 2.2.
#define FIXED(version, structure, first_of_2_0)                                                              \
    ((version) < 0x00020000 ? offsetof(structure, first_of_2_0) : sizeof(structure))

static size_t fixed_of_line_caps(DWORD version) {
    if (version < 0x00020000) return offsetof(LINEDEVCAPS, dwSettableDevStatus);
    return version < 0x00020002 ? offsetof(LINEDEVCAPS, PermanentLineGuid) : sizeof(LINEDEVCAPS);
}

static bool is_version(DWORD version) {
    return version == 0x00010003 || version == 0x00010004 || (version >= 0x00020000 && version <= 0x00020002);
}

// ---- Calls

static void report(const struct call* call, DWORD message, DWORD_PTR first, DWORD_PTR second,
                   DWORD_PTR third) {
    const struct line* line = &session->lines[call->line];
    line->event(line->name, call->name, message, first, second, third);
}

static SYSTEMTIME now(void) {
    struct timespec time;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &time);
    gmtime_r(&time.tv_sec, &parts);
    return (SYSTEMTIME){.wYear = (WORD)(parts.tm_year + 1900),
                        .wMonth = (WORD)(parts.tm_mon + 1),
                        .wDayOfWeek = (WORD)parts.tm_wday,
                        .wDay = (WORD)parts.tm_mday,
                        .wHour = (WORD)parts.tm_hour,
                        .wMinute = (WORD)parts.tm_min,
                        .wSecond = (WORD)parts.tm_sec,
                        .wMilliseconds = (WORD)(time.tv_nsec / 1000000)};
}

// The states of the calls here, with what may be asked for in each (R212) and what may follow.
static const struct state {
    DWORD name, features, successors;
} states[] = {
    {LINECALLSTATE_OFFERING, LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE},
    {LINECALLSTATE_DIALING, LINECALLFEATURE_DROP,
     LINECALLSTATE_PROCEEDING | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE},
    {LINECALLSTATE_PROCEEDING, LINECALLFEATURE_DROP,
     LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED |
         LINECALLSTATE_IDLE},
    {LINECALLSTATE_RINGBACK, LINECALLFEATURE_DROP,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE},
    {LINECALLSTATE_BUSY, LINECALLFEATURE_DROP, LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE},
    {LINECALLSTATE_CONNECTED, LINECALLFEATURE_DROP | LINECALLFEATURE_HOLD,
     LINECALLSTATE_ONHOLD | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE},
    {LINECALLSTATE_ONHOLD, LINECALLFEATURE_DROP | LINECALLFEATURE_UNHOLD,
     LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE},
    {LINECALLSTATE_DISCONNECTED, LINECALLFEATURE_DROP, LINECALLSTATE_IDLE},
    {LINECALLSTATE_IDLE, 0, 0}, // never left (R210)
};
enum { STATES = sizeof states / sizeof states[0] };

static const struct state* row_of(DWORD name) {
    for (size_t i = 0; i < STATES; ++i)
        if (states[i].name == name) return &states[i];
    return NULL; // before its first state
}

static DWORD all_states(void) {
    DWORD all = 0;
    for (size_t i = 0; i < STATES; ++i) all |= states[i].name;
    return all;
}

static DWORD all_features(void) {
    DWORD all = 0;
    for (size_t i = 0; i < STATES; ++i) all |= states[i].features;
    return all;
}

// The only place that reports a state, so that none is reported which cannot follow.
static void set_state(struct call* call, DWORD state, DWORD mode) {
    const struct state* current = row_of(call->state);
    if (current != NULL && (current->successors & state) == 0) return;
    call->state = state;
    call->mode = mode;
    call->entered = now();
    call->next = STEP_NONE;
    report(call, LINE_CALLSTATE, state, mode, LINEMEDIAMODE_INTERACTIVEVOICE);
}

// "This station takes part" has a name from 1.4 on; before, and for whoever does not care, 0 says the same
// (R149).
static DWORD active_mode(const struct call* call) {
    return session->lines[call->line].version >= 0x00010004 ? LINECONNECTEDMODE_ACTIVE : 0;
}

static void connect_call(struct call* call) { set_state(call, LINECALLSTATE_CONNECTED, active_mode(call)); }

struct use {
    DWORD active, held;
    DWORD making; // these count for nobody yet (R063), but they are going to
};

static struct use use_of(size_t line) {
    struct use use = {0, 0, 0};
    for (size_t i = 0; i < session->number_of_calls; ++i) {
        const struct call* call = &session->calls[i];
        if (call->stage == STAGE_FREE || call->line != line || call->state == LINECALLSTATE_IDLE) continue;
        if (call->stage == STAGE_MAKING) ++use.making;
        else if (call->state == LINECALLSTATE_ONHOLD) ++use.held;
        else ++use.active;
    }
    return use;
}

static bool is_full(struct use use) { return use.active + use.held + use.making >= CALLS_AT_A_TIME; }

// A place for a call of this line; NULL: there is none.
static struct call* new_call(size_t line) {
    for (size_t i = line * CALLS_OF_A_LINE; i < (line + 1) * CALLS_OF_A_LINE; ++i) {
        struct call* call = &session->calls[i];
        if (call->stage != STAGE_FREE) continue;
        *call = (struct call){.generation = call->generation + 1, .line = line, .peer = NOBODY};
        return call;
    }
    return NULL;
}

static struct call* take_peer(struct call* call) {
    if (call->peer == NOBODY) return NULL;
    struct call* peer = &session->calls[call->peer];
    call->peer = peer->peer = NOBODY;
    return peer;
}

// The one end has hung up: the other has nobody to talk to any more, and waits until it is dropped as well.
static void part(struct call* call, DWORD mode) {
    struct call* peer = take_peer(call);
    if (peer != NULL) set_state(peer, LINECALLSTATE_DISCONNECTED, mode);
}

static void after(struct call* call, DWORD milliseconds, enum step next) {
    clock_gettime(CLOCK_MONOTONIC, &call->due);
    const long nanoseconds = call->due.tv_nsec + (long)(milliseconds % 1000) * 1000000;
    call->due.tv_sec += (time_t)(milliseconds / 1000) + nanoseconds / 1000000000;
    call->due.tv_nsec = nanoseconds % 1000000000;
    call->next = next;
    pthread_cond_signal(&session->changed);
}

// Rings at another line of ours.
static void ring(struct call* caller, size_t place) {
    struct line* line = &session->lines[place];
    // A call that nobody waits for is not announced (R089).
    if (!line->open || (line->wanted_media & LINEMEDIAMODE_INTERACTIVEVOICE) == 0) {
        set_state(caller, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_UNREACHABLE);
        return;
    }
    struct call* called = place == caller->line || is_full(use_of(place)) ? NULL : new_call(place);
    if (called == NULL) {
        set_state(caller, LINECALLSTATE_BUSY, LINEBUSYMODE_STATION);
        return;
    }
    called->origin = LINECALLORIGIN_INTERNAL;
    memcpy(called->caller, caller->caller, sizeof called->caller);
    memcpy(called->called, caller->called, sizeof called->called);
    called->stage = STAGE_THERE;
    // The service writes its name for the call before it returns (R070).
    line->event(line->name, NULL, LINE_NEWCALL, (DWORD_PTR)handle_of_call(called), (DWORD_PTR)&called->name,
                0);
    if (called->name == NULL) { // refused: say no more about it (R072)
        called->stage = STAGE_FREE;
        set_state(caller, LINECALLSTATE_BUSY, LINEBUSYMODE_STATION);
        return;
    }
    caller->peer = index_of_call(called);
    called->peer = index_of_call(caller);
    set_state(called, LINECALLSTATE_OFFERING, active_mode(called)); // right after LINE_NEWCALL (R071)
    set_state(caller, LINECALLSTATE_RINGBACK, 0);
}

static void answered(struct call* call) { connect_call(call); }

static void dialed(struct call* call) {
    call->stage = STAGE_THERE;
    call->next = STEP_NONE;
    // Success before the first event (R063), and no later than PROCEEDING (R057).
    session->complete(call->making, 0);
    set_state(call, LINECALLSTATE_DIALING, 0);
    set_state(call, LINECALLSTATE_PROCEEDING, 0);
    char* end = call->called;
    const unsigned long number = strtoul(call->called, &end, 10);
    if (*end == '\0' && number >= 1 && number <= session->configuration.lines) {
        ring(call, (size_t)number - 1);
    } else if (session->configuration.answer_after == 0) {
        answered(call);
    } else {
        set_state(call, LINECALLSTATE_RINGBACK, 0);
        after(call, session->configuration.answer_after, STEP_ANSWERED);
    }
}

static void take_step(struct call* call) {
    switch (call->next) {
    case STEP_NONE: return;
    case STEP_DIALED: dialed(call); return;
    case STEP_ANSWERED: answered(call); return;
    }
}

// Ends what the service has let go of: nothing about it is reported any more.
static void release(struct call* call) {
    // Every request completes, exactly once (R046), also one that is cut short (R065, R078, R083).
    if (call->stage == STAGE_MAKING) session->complete(call->making, LINEERR_OPERATIONFAILED);
    call->stage = STAGE_FREE;
    part(call, LINEDISCONNECTMODE_NORMAL);
}

// ---- The thread for what takes time

static bool earlier(const struct timespec* a, const struct timespec* b) {
    return a->tv_sec != b->tv_sec ? a->tv_sec < b->tv_sec : a->tv_nsec < b->tv_nsec;
}

static struct call* first_due(void) {
    struct call* first = NULL;
    for (size_t i = 0; i < session->number_of_calls; ++i) {
        struct call* call = &session->calls[i];
        if (call->stage == STAGE_FREE || call->next == STEP_NONE) continue;
        if (first == NULL || earlier(&call->due, &first->due)) first = call;
    }
    return first;
}

static void* run(void* unused) {
    (void)unused;
    pthread_mutex_lock(&lock);
    while (!session->ending) {
        struct call* call = first_due();
        struct timespec time;
        clock_gettime(CLOCK_MONOTONIC, &time);
        if (call == NULL) pthread_cond_wait(&session->changed, &lock);
        else if (earlier(&time, &call->due)) pthread_cond_timedwait(&session->changed, &lock, &call->due);
        else take_step(call);
    }
    pthread_mutex_unlock(&lock);
    return NULL;
}

// ---- What the service gives besides TSPI

int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES* given) {
    pthread_mutex_lock(&lock);
    services = given;
    pthread_mutex_unlock(&lock);
    return 0;
}

// ---- The provider: installation and sessions

static LONG check_configuration(void) {
    struct configuration configuration;
    pthread_mutex_lock(&lock);
    return leave(read_configuration(&configuration) ? 0 : LINEERR_INVALPARAM);
}

LONG TSPIAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID) {
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return check_configuration();
}

LONG TSPIAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID) {
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return check_configuration();
}

LONG TSPIAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID) {
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return 0;
}

// The highest version that both know (R017), or an error when they have none in common (R018). It commits
// nothing (R019), so it may come at any time; the first comes before there is a session (R015).
LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion,
                                           LPDWORD lpdwTSPIVersion) {
    if (lpdwTSPIVersion == NULL) return LINEERR_INVALPOINTER;
    if (dwDeviceID != INITIALIZE_NEGOTIATION) {
        size_t place;
        const LONG error = enter();
        if (error != 0) return error;
        if (!is_device(dwDeviceID, &place)) return leave(LINEERR_BADDEVICEID);
        leave(0);
    }
    DWORD version = dwHighVersion < 0x00020002 ? dwHighVersion : 0x00020002;
    if (version > 0x00010004 && version < 0x00020000) version = 0x00010004;
    if (version < dwLowVersion || !is_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
    *lpdwTSPIVersion = version;
    return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines,
                                      LPDWORD lpdwNumPhones, HPROVIDER hProvider,
                                      LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc) {
    (void)dwPermanentProviderID;
    (void)hProvider;
    (void)lpfnLineCreateProc;
    (void)lpfnPhoneCreateProc;
    struct configuration configuration;
    if (lpdwNumLines == NULL || lpdwNumPhones == NULL) return LINEERR_INVALPOINTER;
    pthread_mutex_lock(&lock);
    if (!read_configuration(&configuration)) return leave(LINEERR_OPERATIONFAILED);
    *lpdwNumLines = configuration.lines;
    *lpdwNumPhones = 0;
    return leave(0);
}

static void free_session(struct session* ended) {
    free(ended->lines);
    free(ended->calls);
    free(ended);
}

static LONG start(struct session* starting) {
    pthread_condattr_t attributes;
    starting->number_of_calls = (size_t)starting->configuration.lines * CALLS_OF_A_LINE;
    starting->lines = calloc(starting->configuration.lines, sizeof *starting->lines);
    starting->calls = calloc(starting->number_of_calls, sizeof *starting->calls);
    if (starting->lines == NULL || starting->calls == NULL) return LINEERR_NOMEM;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&starting->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    session = starting; // the thread waits for the lock
    if (pthread_create(&starting->thread, NULL, run, NULL) == 0) return 0;
    session = NULL;
    pthread_cond_destroy(&starting->changed);
    return LINEERR_RESOURCEUNAVAIL;
}

LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase,
                               DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones,
                               ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions) {
    (void)dwPhoneDeviceIDBase;
    (void)dwNumLines;
    (void)dwNumPhones;
    if (!is_version(dwTSPIVersion)) return LINEERR_INCOMPATIBLEAPIVERSION;
    if (lpfnCompletionProc == NULL || lpdwTSPIOptions == NULL) return LINEERR_INVALPOINTER;
    *lpdwTSPIOptions = 0; // we may be called by several threads at once (R010, R012)
    pthread_mutex_lock(&lock);
    if (session != NULL) return leave(0); // there is one already: it stays as it is (R008)
    struct session* starting = calloc(1, sizeof *starting);
    if (starting == NULL) return leave(LINEERR_NOMEM);
    starting->complete = lpfnCompletionProc;
    starting->first_line = dwLineDeviceIDBase;
    starting->provider = dwPermanentProviderID;
    // Read once: it does not change until the session ends (R003).
    const LONG error =
        read_configuration(&starting->configuration) ? start(starting) : LINEERR_INIFILECORRUPT;
    if (error != 0) free_session(starting);
    return leave(error);
}

LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID) {
    (void)dwTSPIVersion;
    (void)dwPermanentProviderID;
    const LONG error = enter();
    if (error != 0) return error;
    struct session* ended = session;
    for (size_t i = 0; i < ended->number_of_calls; ++i) // the service has closed them before, as a rule
        if (ended->calls[i].stage == STAGE_MAKING) release(&ended->calls[i]);
    ended->ending = true;
    pthread_cond_signal(&ended->changed);
    leave(0);
    pthread_join(ended->thread, NULL); // no thread is left when this returns (R001)
    pthread_mutex_lock(&lock);
    session = NULL;
    pthread_cond_destroy(&ended->changed);
    free_session(ended);
    return leave(0);
}

// ---- Lines

// There are no extensions: an identifier of zeros says so (R025).
LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion, LPLINEEXTENSIONID lpExtensionID) {
    (void)dwDeviceID;
    (void)dwTSPIVersion;
    if (lpExtensionID == NULL) return LINEERR_INVALPOINTER;
    memset(lpExtensionID, 0, sizeof *lpExtensionID);
    return 0;
}

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                 LPLINEDEVCAPS lpLineDevCaps) {
    (void)dwExtVersion;
    size_t place;
    LONG error = enter();
    if (error != 0) return error;
    if (!is_device(dwDeviceID, &place)) return leave(LINEERR_BADDEVICEID);
    if (!is_version(dwTSPIVersion)) return leave(LINEERR_INCOMPATIBLEAPIVERSION);
    struct filling filling;
    if ((error = begin(&filling, lpLineDevCaps, fixed_of_line_caps(dwTSPIVersion))) != 0) return leave(error);
    char name[32];
    snprintf(name, sizeof name, "plain %zu", place + 1);
    const struct part info = append_text(&filling, "Offhook's provider in plain C");
    const struct part line_name = append_text(&filling, name);
    const LINEDEVCAPS caps = {
        .dwProviderInfoSize = info.size,
        .dwProviderInfoOffset = info.offset,
        .dwLineNameSize = line_name.size,
        .dwLineNameOffset = line_name.offset,
        .dwPermanentLineID = session->provider << 16 | (DWORD)(place + 1), // the same in every session
        .dwStringFormat = STRINGFORMAT_UNICODE,
        .dwAddressModes = LINEADDRESSMODE_ADDRESSID,
        .dwNumAddresses = 1,
        .dwBearerModes = LINEBEARERMODE_VOICE,
        .dwMaxRate = rate,
        .dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE,
        .dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP, // a call that is closed is dropped
        .dwMaxNumActiveCalls = CALLS_AT_A_TIME,
        .dwAnswerMode = LINEANSWERMODE_NONE,
        .dwLineFeatures = LINEFEATURE_MAKECALL,
    };
    return leave(finish(&filling, &caps));
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion,
                                     DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps) {
    (void)dwExtVersion;
    size_t place;
    LONG error = enter();
    if (error != 0) return error;
    if (!is_device(dwDeviceID, &place)) return leave(LINEERR_BADDEVICEID);
    if (dwAddressID != 0) return leave(LINEERR_INVALADDRESSID);
    if (!is_version(dwTSPIVersion)) return leave(LINEERR_INCOMPATIBLEAPIVERSION);
    struct filling filling;
    error =
        begin(&filling, lpAddressCaps, FIXED(dwTSPIVersion, LINEADDRESSCAPS, dwPredictiveAutoTransferStates));
    if (error != 0) return leave(error);
    char number[16];
    snprintf(number, sizeof number, "%zu", place + 1);
    const struct part address = append_text(&filling, number);
    const LINEADDRESSCAPS caps = {
        .dwLineDeviceID = dwDeviceID,
        .dwAddressSize = address.size,
        .dwAddressOffset = address.offset,
        .dwAddressSharing = LINEADDRESSSHARING_PRIVATE,
        .dwCallInfoStates = LINECALLINFOSTATE_APPSPECIFIC,
        .dwCallerIDFlags = LINECALLPARTYID_ADDRESS,
        .dwCalledIDFlags = LINECALLPARTYID_ADDRESS,
        .dwConnectedIDFlags = LINECALLPARTYID_UNAVAIL,
        .dwRedirectionIDFlags = LINECALLPARTYID_UNAVAIL,
        .dwRedirectingIDFlags = LINECALLPARTYID_UNAVAIL,
        .dwCallStates = all_states(),
        .dwDialToneModes = LINEDIALTONEMODE_UNAVAIL,
        .dwBusyModes = LINEBUSYMODE_STATION,
        .dwSpecialInfo = LINESPECIALINFO_UNAVAIL,
        .dwDisconnectModes =
            LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_UNREACHABLE,
        .dwMaxNumActiveCalls = CALLS_AT_A_TIME,
        .dwMaxNumOnHoldCalls = CALLS_AT_A_TIME,
        .dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED,
        .dwCallFeatures = all_features(),
        .dwAddressFeatures = LINEADDRFEATURE_MAKECALL,
        .dwConnectedModes = LINECONNECTEDMODE_ACTIVE, // from here on of 2.0
        .dwOfferingModes = LINEOFFERINGMODE_ACTIVE,
        .dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE,
    };
    return leave(finish(&filling, &caps));
}

LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine, DWORD dwTSPIVersion,
                           LINEEVENT lpfnEventProc) {
    size_t place;
    const LONG error = enter();
    if (error != 0) return error;
    if (!is_device(dwDeviceID, &place)) return leave(LINEERR_BADDEVICEID);
    if (lphdLine == NULL || lpfnEventProc == NULL) return leave(LINEERR_INVALPOINTER);
    if (!is_version(dwTSPIVersion)) return leave(LINEERR_INCOMPATIBLEAPIVERSION);
    struct line* line = &session->lines[place];
    if (line->open) return leave(LINEERR_ALLOCATED); // one open serves all applications
    *line = (struct line){.generation = line->generation + 1,
                          .open = true,
                          .name = htLine,
                          .event = lpfnEventProc,
                          .version = dwTSPIVersion};
    *lphdLine = (HDRVLINE)handle_of(place, line->generation);
    return leave(0);
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine) {
    LONG error;
    struct line* line = enter_line(hdLine, &error);
    if (line == NULL) return error;
    const size_t place = index_of_line(line);
    line->open = false;
    for (size_t i = 0; i < session->number_of_calls; ++i)
        if (session->calls[i].stage != STAGE_FREE && session->calls[i].line == place)
            release(&session->calls[i]);
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs) {
    LONG error;
    if (enter_line(hdLine, &error) == NULL) return error;
    if (lpdwNumAddressIDs == NULL) return leave(LINEERR_INVALPOINTER);
    *lpdwNumAddressIDs = 1;
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                   LPCWSTR lpsAddress, DWORD dwSize) {
    LONG error;
    struct line* line = enter_line(hdLine, &error);
    if (line == NULL) return error;
    if (lpdwAddressID == NULL || lpsAddress == NULL) return leave(LINEERR_INVALPOINTER);
    if (dwAddressMode != LINEADDRESSMODE_DIALABLEADDR) return leave(LINEERR_INVALADDRESSMODE);
    char own[16];
    const size_t length = (size_t)snprintf(own, sizeof own, "%zu", index_of_line(line) + 1);
    size_t same = 0; // what the caller says of the text's size counts its NUL, or does not
    while (same < length && same < dwSize / sizeof(WCHAR) && lpsAddress[same] == (WCHAR)own[same]) ++same;
    const bool over = same * sizeof(WCHAR) >= dwSize || lpsAddress[same] == 0;
    if (same != length || !over) return leave(LINEERR_INVALADDRESS);
    *lpdwAddressID = 0;
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
                                       LPLINEADDRESSSTATUS lpAddressStatus) {
    LONG error;
    struct line* line = enter_line(hdLine, &error);
    if (line == NULL) return error;
    if (dwAddressID != 0) return leave(LINEERR_INVALADDRESSID);
    struct filling filling;
    if ((error = begin(&filling, lpAddressStatus, sizeof(LINEADDRESSSTATUS))) != 0) return leave(error);
    const struct use use = use_of(index_of_line(line));
    const LINEADDRESSSTATUS status = {
        .dwNumInUse = use.active + use.held != 0 ? 1 : 0,
        .dwNumActiveCalls = use.active,
        .dwNumOnHoldCalls = use.held,
        .dwAddressFeatures = is_full(use) ? 0 : LINEADDRFEATURE_MAKECALL,
    };
    return leave(finish(&filling, &status));
}

LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus) {
    LONG error;
    struct line* line = enter_line(hdLine, &error);
    if (line == NULL) return error;
    struct filling filling;
    error = begin(&filling, lpLineDevStatus, FIXED(line->version, LINEDEVSTATUS, dwAvailableMediaModes));
    if (error != 0) return leave(error);
    const struct use use = use_of(index_of_line(line));
    const LINEDEVSTATUS status = {
        .dwNumOpens = lpLineDevStatus->dwNumOpens, // these two are the service's own: they stay (R133)
        .dwOpenMediaModes = lpLineDevStatus->dwOpenMediaModes,
        .dwNumActiveCalls = use.active,
        .dwNumOnHoldCalls = use.held,
        .dwLineFeatures = is_full(use) ? 0 : LINEFEATURE_MAKECALL,
        .dwSignalLevel = 0xFFFF,
        .dwBatteryLevel = 0xFFFF,
        .dwRoamMode = LINEROAMMODE_UNAVAIL,
        .dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE,
        .dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE,
    };
    return leave(finish(&filling, &status));
}

// Only what applications want to know of has to be reported (R236); there is nothing that changes here.
LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates) {
    LONG error;
    if (enter_line(hdLine, &error) == NULL) return error;
    if ((dwLineStates & ~0x01FFFFFFU) != 0) return leave(LINEERR_INVALLINESTATE);
    if ((dwAddressStates & ~0x000001FFU) != 0) return leave(LINEERR_INVALADDRESSSTATE);
    return leave(0);
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes) {
    LONG error;
    struct line* line = enter_line(hdLine, &error);
    if (line == NULL) return error;
    if ((dwMediaModes & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE) != 0) return leave(LINEERR_INVALMEDIAMODE);
    line->wanted_media = dwMediaModes;
    return leave(0);
}

// What is asked for in LINECALLPARAMS; NULL and zeros stand for the defaults (R225).
static LONG check_parameters(const LINECALLPARAMS* given, DWORD version, DWORD* flags) {
    LINECALLPARAMS wanted;
    *flags = 0;
    if (given == NULL) return 0;
    const size_t fixed = FIXED(version, LINECALLPARAMS, dwPredictiveAutoTransferStates);
    if (given->dwTotalSize < fixed) return LINEERR_INVALCALLPARAMS;
    memset(&wanted, 0, sizeof wanted);
    memcpy(&wanted, given, fixed);
    *flags = wanted.dwCallParamFlags;
    if (wanted.dwBearerMode != 0 && wanted.dwBearerMode != LINEBEARERMODE_VOICE)
        return LINEERR_BEARERMODEUNAVAIL;
    if ((wanted.dwMediaMode & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE) != 0) return LINEERR_INVALMEDIAMODE;
    if (wanted.dwMaxRate != 0 && wanted.dwMinRate > wanted.dwMaxRate) return LINEERR_INVALRATE;
    if (wanted.dwMinRate > rate) return LINEERR_RATEUNAVAIL;
    if (wanted.dwAddressMode != 0 && wanted.dwAddressMode != LINEADDRESSMODE_ADDRESSID)
        return LINEERR_INVALADDRESSMODE;
    if (wanted.dwAddressMode == LINEADDRESSMODE_ADDRESSID && wanted.dwAddressID != 0)
        return LINEERR_INVALADDRESSID;
    // There is no predictive dialing here (R227).
    if ((wanted.dwCallParamFlags & LINECALLPARAMFLAGS_PREDICTIVEDIAL) != 0) return LINEERR_INVALCALLPARAMS;
    return wanted.dwPredictiveAutoTransferStates != 0 ? LINEERR_INVALCALLPARAMS : 0;
}

// Asked for an open with LINEMAPPER: could this line serve such a call now? It changes nothing.
LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
                                                LPLINECALLPARAMS const lpCallParams) {
    LONG error;
    DWORD flags;
    struct line* line = enter_line(hdLine, &error);
    if (line == NULL) return error;
    if ((dwMediaModes & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE) != 0) return leave(LINEERR_INVALMEDIAMODE);
    const bool possible = check_parameters(lpCallParams, line->version, &flags) == 0;
    return leave(possible ? 0 : LINEERR_RESOURCEUNAVAIL);
}

static bool is_class(LPCWSTR given, const char* name) {
    for (; *name != '\0'; ++given, ++name) // without regard to case (R256)
        if (*given > 0x7F || tolower((int)*given) != *name) return false;
    return *given == 0;
}

LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                            LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE hTargetProcess) {
    (void)hTargetProcess;
    LONG error = enter();
    if (error != 0) return error;
    if (lpszDeviceClass == NULL) return leave(LINEERR_INVALPOINTER);
    const struct line* line = dwSelect == LINECALLSELECT_CALL ? NULL : line_of(hdLine);
    const struct call* call = dwSelect == LINECALLSELECT_CALL ? call_of(hdCall) : NULL;
    if (dwSelect == LINECALLSELECT_CALL && call == NULL) return leave(LINEERR_INVALCALLHANDLE);
    if (dwSelect == LINECALLSELECT_LINE || dwSelect == LINECALLSELECT_ADDRESS) {
        if (line == NULL) return leave(LINEERR_INVALLINEHANDLE);
        if (dwSelect == LINECALLSELECT_ADDRESS && dwAddressID != 0) return leave(LINEERR_INVALADDRESSID);
    } else if (call == NULL) {
        return leave(LINEERR_INVALCALLSELECT);
    }
    // There is no audio here, nor any other device.
    if (!is_class(lpszDeviceClass, "tapi/line")) return leave(LINEERR_INVALDEVICECLASS);
    struct filling filling;
    if ((error = begin(&filling, lpDeviceID, sizeof(VARSTRING))) != 0) return leave(error);
    const DWORD device = session->first_line + (DWORD)(call != NULL ? call->line : index_of_line(line));
    const struct part id = append(&filling, &device, sizeof device);
    const VARSTRING answer = {
        .dwStringFormat = STRINGFORMAT_BINARY, .dwStringSize = id.size, .dwStringOffset = id.offset};
    return leave(finish(&filling, &answer));
}

// ---- Calls: requests

// What is dialed, without what only makes a number readable. A modifier that we have nothing for is refused
// before anything is dialed (R178, R179), and so is a number that would be finished later (R180).
static LONG read_number_of(LPCWSTR address, char* number) {
    size_t length = 0;
    if (address == NULL) return LINEERR_INVALADDRESS; // it would wait at a dial tone, and there is none
    for (; *address != 0; ++address) {
        switch (*address) {
        case u'?': return LINEERR_DIALPROMPT;
        case u'$': return LINEERR_DIALBILLING;
        case u'@': return LINEERR_DIALQUIET;
        case u'W':
        case u'w': return LINEERR_DIALDIALTONE;
        default: break;
        }
        if (*address < 0x80 && (isdigit((int)*address) || *address == u'*' || *address == u'#')) {
            if (length == LONGEST_NUMBER) return LINEERR_INVALADDRESS;
            number[length++] = (char)*address;
        } else if (*address >= 0x80 || strchr(" -.()/+TPtp,!", (int)*address) == NULL) {
            return LINEERR_INVALADDRESS;
        }
    }
    number[length] = '\0';
    return length == 0 ? LINEERR_INVALADDRESS : 0;
}

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                               LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                               LPLINECALLPARAMS const lpCallParams) {
    (void)dwCountryCode;
    LONG error;
    DWORD flags;
    char number[LONGEST_NUMBER + 1];
    struct line* line = enter_line(hdLine, &error);
    if (line == NULL) return error;
    // An error that is returned is the whole answer: no completion may follow (R051).
    if (lphdCall == NULL) return leave(LINEERR_INVALPOINTER);
    if ((error = check_parameters(lpCallParams, line->version, &flags)) != 0) return leave(error);
    if ((error = read_number_of(lpszDestAddress, number)) != 0) return leave(error);
    if (is_full(use_of(index_of_line(line)))) return leave(LINEERR_CALLUNAVAIL);
    struct call* call = new_call(index_of_line(line));
    if (call == NULL) return leave(LINEERR_RESOURCEUNAVAIL);
    call->stage = STAGE_MAKING;
    call->name = htCall;
    call->making = dwRequestID;
    call->origin = LINECALLORIGIN_OUTBOUND;
    call->flags = flags;
    memcpy(call->called, number, sizeof call->called); // what comes in is copied (R050)
    snprintf(call->caller, sizeof call->caller, "%zu", index_of_line(line) + 1);
    *lphdCall = handle_of_call(call); // before this returns (R061)
    if (session->configuration.dial_after == 0)
        dialed(call); // a request may complete before this returns (R047)
    else after(call, session->configuration.dial_after, STEP_DIALED);
    return leave((LONG)dwRequestID); // R043
}

// A request on a call that is done at once: its completion comes when the thing is done, not before (R058).
static LONG done(DRV_REQUESTID request) {
    session->complete(request, 0);
    return leave((LONG)request);
}

// May this be asked for now (R212)?
static struct call* enter_call_for(HDRVCALL handle, DWORD feature, LONG* error) {
    struct call* call = enter_call(handle, error);
    if (call == NULL || (row_of(call->state)->features & feature) != 0) return call;
    *error = leave(LINEERR_INVALCALLSTATE);
    return NULL;
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                             DWORD dwSize) {
    (void)lpsUserUserInfo;
    (void)dwSize;
    LONG error;
    struct call* call = enter_call_for(hdCall, LINECALLFEATURE_ANSWER, &error);
    if (call == NULL) return error;
    connect_call(call);
    if (call->peer != NOBODY) connect_call(&session->calls[call->peer]);
    return done(dwRequestID);
}

LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall) {
    LONG error;
    struct call* call = enter_call_for(hdCall, LINECALLFEATURE_HOLD, &error);
    if (call == NULL) return error;
    set_state(call, LINECALLSTATE_ONHOLD, 0);
    return done(dwRequestID);
}

LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall) {
    LONG error;
    struct call* call = enter_call_for(hdCall, LINECALLFEATURE_UNHOLD, &error);
    if (call == NULL) return error;
    connect_call(call);
    return done(dwRequestID);
}

// A call is dialed when it is made, all at once: it waits for no more digits.
LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                           DWORD dwCountryCode) {
    (void)dwRequestID;
    (void)dwCountryCode;
    if (lpszDestAddress == NULL) return LINEERR_INVALPOINTER;
    LONG error;
    return enter_call(hdCall, &error) == NULL ? error : leave(LINEERR_INVALCALLSTATE);
}

// Ends at IDLE (R080), and the call stays known until it is closed (R067).
LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize) {
    (void)lpsUserUserInfo;
    (void)dwSize;
    LONG error;
    struct call* call = enter_call_for(hdCall, LINECALLFEATURE_DROP, &error);
    if (call == NULL) return error;
    const bool rejected = call->state == LINECALLSTATE_OFFERING;
    set_state(call, LINECALLSTATE_IDLE, 0);
    part(call, rejected ? LINEDISCONNECTMODE_REJECT : LINEDISCONNECTMODE_NORMAL);
    return done(dwRequestID);
}

// Also of a call that is still being made (R065).
LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall) {
    const LONG error = enter();
    if (error != 0) return error;
    struct call* call = any_call_of(hdCall);
    if (call == NULL) return leave(LINEERR_INVALCALLHANDLE);
    release(call);
    return leave(0);
}

// ---- Calls: questions, which have an answer in every state (R068)

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID) {
    LONG error;
    if (enter_call(hdCall, &error) == NULL) return error;
    if (lpdwAddressID == NULL) return leave(LINEERR_INVALPOINTER);
    *lpdwAddressID = 0;
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo) {
    LONG error;
    struct call* call = enter_call(hdCall, &error);
    if (call == NULL) return error;
    struct filling filling;
    error =
        begin(&filling, lpCallInfo, FIXED(session->lines[call->line].version, LINECALLINFO, dwCallTreatment));
    if (error != 0) return leave(error);
    const struct part caller = append_text(&filling, call->caller);
    const struct part called = append_text(&filling, call->called);
    const LINECALLINFO info = {
        .hLine = lpCallInfo->hLine, // this and the four below are the service's own (R133)
        .dwMonitorDigitModes = lpCallInfo->dwMonitorDigitModes,
        .dwMonitorMediaModes = lpCallInfo->dwMonitorMediaModes,
        .dwNumOwners = lpCallInfo->dwNumOwners,
        .dwNumMonitors = lpCallInfo->dwNumMonitors,
        .dwLineDeviceID = session->first_line + (DWORD)call->line,
        .dwBearerMode = LINEBEARERMODE_VOICE,
        .dwRate = rate,
        .dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE,
        .dwAppSpecific = call->app_specific,
        .dwCallID = (DWORD)index_of_call(call) + 1,
        .dwCallParamFlags = call->flags,
        .dwCallStates = all_states(),
        .dwOrigin = call->origin,
        .dwReason = LINECALLREASON_DIRECT,
        .dwTrunk = 0xFFFFFFFF,
        .dwCallerIDFlags = LINECALLPARTYID_ADDRESS,
        .dwCallerIDSize = caller.size,
        .dwCallerIDOffset = caller.offset,
        .dwCalledIDFlags = LINECALLPARTYID_ADDRESS,
        .dwCalledIDSize = called.size,
        .dwCalledIDOffset = called.offset,
        .dwConnectedIDFlags = LINECALLPARTYID_UNAVAIL,
        .dwRedirectionIDFlags = LINECALLPARTYID_UNAVAIL,
        .dwRedirectingIDFlags = LINECALLPARTYID_UNAVAIL,
    };
    return leave(finish(&filling, &info));
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus) {
    LONG error;
    struct call* call = enter_call(hdCall, &error);
    if (call == NULL) return error;
    struct filling filling;
    error = begin(&filling, lpCallStatus,
                  FIXED(session->lines[call->line].version, LINECALLSTATUS, dwCallFeatures2));
    if (error != 0) return leave(error);
    const LINECALLSTATUS status = {
        .dwCallState = call->state,
        .dwCallStateMode = call->mode,
        .dwCallPrivilege = lpCallStatus->dwCallPrivilege, // the service's own (R133)
        .dwCallFeatures = row_of(call->state)->features,
        .tStateEntryTime = call->entered,
    };
    return leave(finish(&filling, &status));
}

LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific) {
    LONG error;
    struct call* call = enter_call(hdCall, &error);
    if (call == NULL) return error;
    call->app_specific = dwAppSpecific;
    // Others see it by this message (R135); about an idle call nothing is reported any more (R127).
    if (call->state != LINECALLSTATE_IDLE) report(call, LINE_CALLINFO, LINECALLINFOSTATE_APPSPECIFIC, 0, 0);
    return leave(0);
}
