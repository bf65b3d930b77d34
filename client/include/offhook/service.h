/* SPDX-License-Identifier: Apache-2.0
 *
 * offhook/service.h: functions of the service itself, for command lines and administration. They are no part
 * of TAPI. Requests and answers are JSON texts in UTF-8; wire/service.h lists the functions.
 */
#ifndef OFFHOOK_SERVICE_H
#define OFFHOOK_SERVICE_H

#include "tapi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Calls a function of the service (but for watch and trace) and waits for its answer. Never starts the
 * service. function  in: its number request   in: a JSON object answer    out: a JSON object, {"error": "what
 * is wrong and what to do"} when the result is not 0; free it with offhook_service_free. NULL when even that
 * could not be made. Returns 0 or a LINEERR_ value; LINEERR_SERVICE_NOT_RUNNING when nobody listens. */
OFFHOOK_ABI_EXPORT LONG offhook_service_call(WORD function, const char* request, char** answer);

OFFHOOK_ABI_EXPORT void offhook_service_free(char* answer);

/* Gets a trace record, a JSON object in UTF-8 with a NUL behind it. Returns 0 to go on, anything else to
 * stop. */
typedef int (*OFFHOOK_RECORD)(void* context, const char* record);

/* Watches the service on a connection of its own: calls `record` for each trace record, on the calling
 * thread, until that returns nonzero or the service ends. answer  out: as above Returns 0 when `record` ended
 * it, else a LINEERR_ value. */
OFFHOOK_ABI_EXPORT LONG offhook_service_watch(OFFHOOK_RECORD record, void* context, char** answer);

/* The same for a function that goes on answering (watch, trace): calls `record` for each JSON object that
 * comes after the first answer. */
OFFHOOK_ABI_EXPORT LONG offhook_service_follow(WORD function, const char* request, OFFHOOK_RECORD record,
                                               void* context, char** answer);

#ifdef __cplusplus
}
#endif
#endif
