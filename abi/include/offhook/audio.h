// SPDX-License-Identifier: Apache-2.0
/*
 * offhook/audio.h: a call's audio as a local stream socket.
 *
 * lineGetID with the device class "offhook/audio" and LINECALLSELECT_CALL fills a VARSTRING (STRINGFORMAT_BINARY)
 * with an OFFHOOK_AUDIO_DEVICE. Each call of lineGetID opens a stream of its own; closing its descriptor ends it,
 * and end of file on it says that the call's audio has ended. Owners of the call hear and speak, monitors hear.
 *
 * The stream carries signed 16-bit little-endian samples, without any framing, in both directions. The provider
 * sends at the rate of the line (8,000 samples a second, in blocks of 20 ms). What the application writes is played
 * to the other party in the order written; a stream that its reader does not empty loses its oldest audio,
 * and the provider counts what was lost.
 */
#ifndef OFFHOOK_AUDIO_H
#define OFFHOOK_AUDIO_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The device class, as UTF-16 for TSPI and lineGetIDW, and as UTF-8 for lineGetIDA. Case does not matter (R256). */
#define OFFHOOK_AUDIO_CLASS_W u"offhook/audio"
#define OFFHOOK_AUDIO_CLASS "offhook/audio"

typedef struct OFFHOOK_AUDIO_DEVICE {
    uint32_t dwSize;          /* bytes of this structure that were filled in */
    int32_t lDescriptor;      /* the socket; the application owns it. A provider writes -1: the service fills it in */
    uint32_t dwSampleRate;    /* samples a second */
    uint32_t dwChannels;      /* 1 */
    uint32_t dwBitsPerSample; /* 16 */
    uint32_t dwDirection;     /* OFFHOOK_AUDIO_HEAR | OFFHOOK_AUDIO_SPEAK (offhook_provider.h: 1, 2) */
} OFFHOOK_AUDIO_DEVICE;

#ifdef __cplusplus
}
#endif
#endif
