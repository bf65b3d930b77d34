/* SPDX-License-Identifier: Apache-2.0
 *
 * offhook/completion.h: LINEINITIALIZEEXOPTION_USECOMPLETIONPORT and
 * PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT.
 *
 * The completion port of Linux is a pipe. The program makes it with pipe2(ends, O_DIRECT), passes the number
 * of the writing end as Handles.hCompletionPort and any dwCompletionKey, and reads from the other end: each
 * message is one OFFHOOK_COMPLETION, written whole. With O_DIRECT several threads may read, each gets whole
 * records. Several applications may share a pipe; the key tells their messages apart.
 *
 * The library uses a copy of the descriptor until lineShutdown. A full pipe holds the messages back; a
 * program that does not read them for long loses its connection to the service. lineShutdown waits until the
 * record that is being written is in the pipe: keep reading, or close the reading end, while it runs.
 */
#ifndef OFFHOOK_COMPLETION_H
#define OFFHOOK_COMPLETION_H

#include "tapi.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct OFFHOOK_COMPLETION {
    DWORD_PTR dwCompletionKey;
    LINEMESSAGE Message; /* of a phone: a PHONEMESSAGE, which has the same fields */
} OFFHOOK_COMPLETION;

#ifdef __cplusplus
}
#endif
#endif
