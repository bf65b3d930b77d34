/* SPDX-License-Identifier: Apache-2.0
 *
 * Places a call, waits until the other side answers, and hangs up after a while:
 *
 *     cc dial.c -o dial $(pkg-config --cflags --libs offhook)
 *     ./dial LINE ADDRESS [SECONDS]
 *
 * docs/writing-an-application.md explains it step by step.
 */
#define _DEFAULT_SOURCE
#include <tapi.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int failed(const char *what, LONG error)
{
    fprintf(stderr, "%s: error 0x%08X%s\n", what, (unsigned)error,
            error == LINEERR_SERVICE_NOT_RUNNING ? ": the service is not running (systemctl start offhook)" : "");
    return 1;
}

static const char *state_name(DWORD state)
{
    switch (state) {
    case LINECALLSTATE_DIALTONE: return "dial tone";
    case LINECALLSTATE_DIALING: return "dialing";
    case LINECALLSTATE_PROCEEDING: return "proceeding";
    case LINECALLSTATE_RINGBACK: return "it rings there";
    case LINECALLSTATE_BUSY: return "busy";
    case LINECALLSTATE_CONNECTED: return "connected";
    case LINECALLSTATE_DISCONNECTED: return "disconnected";
    case LINECALLSTATE_IDLE: return "idle";
    default: return "another state";
    }
}

/* Milliseconds until `end`; 0 when it is over. */
static DWORD left_until(time_t end)
{
    const time_t now = time(NULL);
    return now >= end ? 0 : (DWORD)(end - now) * 1000;
}

/* Follows the call until it is idle: hangs up `seconds` after it was answered, or when the other side has ended it. */
static int follow(HLINEAPP application, LONG request, HCALL *call, unsigned seconds)
{
    time_t end = 0; /* when to hang up; 0: not yet connected */
    int status = 1, dropped = 0;

    for (;;) {
        LINEMESSAGE message;
        const DWORD timeout = end == 0 || dropped ? 0xFFFFFFFF : left_until(end);
        const LONG result = lineGetMessage(application, &message, timeout);

        if (result == LINEERR_OPERATIONFAILED) { /* the time is over */
            lineDrop(*call, NULL, 0);
            dropped = 1;
            continue;
        }
        if (result != 0) return failed("lineGetMessage", result);
        switch (message.dwMessageID) {
        case LINE_REPLY:
            if ((LONG)message.dwParam1 != request) break; /* of lineDrop */
            if ((LONG)message.dwParam2 < 0) return failed("lineMakeCall", (LONG)message.dwParam2);
            printf("the call has handle 0x%X\n", (unsigned)*call); /* written just before this message */
            break;
        case LINE_CALLSTATE:
            if (message.hDevice != *call) break;
            printf("%s\n", state_name((DWORD)message.dwParam1));
            if (message.dwParam1 == LINECALLSTATE_CONNECTED && end == 0) {
                end = time(NULL) + (time_t)seconds;
                status = 0;
            } else if (message.dwParam1 == LINECALLSTATE_DISCONNECTED && !dropped) {
                lineDrop(*call, NULL, 0);
                dropped = 1;
            } else if (message.dwParam1 == LINECALLSTATE_IDLE) {
                lineDeallocateCall(*call);
                return status;
            }
            break;
        case LINE_CLOSE:
            fprintf(stderr, "the line is gone, and the call with it\n");
            return 1;
        default: break;
        }
    }
}

int main(int argc, char **argv)
{
    const DWORD line_number = argc > 2 ? (DWORD)strtoul(argv[1], NULL, 10) : 0;
    const unsigned seconds = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 5;
    LINEINITIALIZEEXPARAMS delivery = {.dwTotalSize = sizeof delivery,
                                       .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD lines = 0, version = TAPI_CURRENT_VERSION;
    LINEEXTENSIONID extension;
    HLINEAPP application = 0;
    HLINE line = 0;
    HCALL call = 0;
    LONG result;
    int status = 1;

    if (argc < 3) {
        fprintf(stderr, "usage: %s LINE ADDRESS [SECONDS]\n", argv[0]);
        return 2;
    }
    result = lineInitializeEx(&application, NULL, NULL, "dial", &lines, &version, &delivery);
    if (result != 0) return failed("lineInitializeEx", result);
    printf("%u lines\n", (unsigned)lines);

    result = lineNegotiateAPIVersion(application, line_number, 0x00020000, TAPI_CURRENT_VERSION, &version, &extension);
    if (result != 0) {
        status = failed("lineNegotiateAPIVersion", result);
    } else if ((result = lineOpen(application, line_number, &line, version, 0, 0, LINECALLPRIVILEGE_NONE,
                                  LINEMEDIAMODE_INTERACTIVEVOICE, NULL)) != 0) {
        status = failed("lineOpen", result);
    } else {
        result = lineMakeCall(line, &call, argv[2], 0, NULL);
        status = result < 0 ? failed("lineMakeCall", result) : follow(application, result, &call, seconds);
        lineClose(line);
    }
    lineShutdown(application);
    return status;
}
