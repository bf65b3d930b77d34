// SPDX-License-Identifier: Apache-2.0
/*
 * offhook_provider.h: what the service hands to a telephony service provider, besides TSPI.
 *
 * A provider is confined: it reaches nothing but what its ELF note declares (OFFHOOK_PROVIDER_NOTE) and
 * what this interface gives. The interface is a versioned structure of functions; a provider that does not
 * need it leaves OFFHOOK_providerAttach out and speaks TSPI alone.
 *
 * Threads: every function here may be called from any thread of the provider, at any time between
 * OFFHOOK_providerAttach and the end of the process, unless its comment says otherwise.
 * Strings are UTF-8 and NUL-terminated. Results are 0 or a negative LINEERR_ value (tapi.h).
 */
#ifndef OFFHOOK_PROVIDER_H
#define OFFHOOK_PROVIDER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. Later versions only append functions: check `size` before using one. */
#define OFFHOOK_PROVIDER_INTERFACE 1u

/* Severity of a log line, as in syslog (RFC 5424, section 6.2.1). */
#define OFFHOOK_LOG_ERROR 3
#define OFFHOOK_LOG_WARNING 4
#define OFFHOOK_LOG_INFO 6
#define OFFHOOK_LOG_DEBUG 7

/* What the application at the other end of an audio stream may do. */
#define OFFHOOK_AUDIO_HEAR 1u  /* it receives the call's audio */
#define OFFHOOK_AUDIO_SPEAK 2u /* what it writes is sent to the other party */

/* One audio stream between the provider and one application (offhook/audio.h gives the format). */
typedef struct OFFHOOK_AUDIO_STREAM {
    int32_t descriptor; /* a connected local stream socket; the provider owns it and closes it */
    uint32_t direction; /* OFFHOOK_AUDIO_* bits: owners hear and speak, monitors hear */
} OFFHOOK_AUDIO_STREAM;

typedef struct OFFHOOK_PROVIDER_SERVICES {
    uint32_t size;              /* bytes of this structure that the service filled in */
    uint32_t interface_version; /* OFFHOOK_PROVIDER_INTERFACE of the service */
    void *context;              /* to be passed as the first argument of every function */

    /*
     * Reads one value of the provider's configuration. The configuration is a set of keys with values, both
     * text; keys are dotted paths ("account.1.user"). It is frozen for the length of a session (R003).
     * value: at least *size bytes; on return *size is the value's length with its NUL, also when it did not fit.
     * Errors: LINEERR_NODEVICE (no such key), LINEERR_STRUCTURETOOSMALL (*size says how much is needed),
     * LINEERR_INVALPOINTER.
     */
    int32_t (*config_get)(void *context, const char *key, char *value, uint32_t *size);

    /* The key number `index` (from 0, in ascending order of the keys). Sizes and errors as config_get. */
    int32_t (*config_key)(void *context, uint32_t index, char *key, uint32_t *size);

    /*
     * Writes one value of the pending configuration; NULL removes the key. Allowed only while
     * TSPI_providerInstall, TSPI_providerConfig or TSPI_providerRemove runs; takes effect when the next session
     * begins (R102). Errors: LINEERR_OPERATIONUNAVAIL at any other time, LINEERR_INVALPARAM (key longer than
     * 255 bytes or value longer than 65,535).
     */
    int32_t (*config_set)(void *context, const char *key, const char *value);

    /* Writes one line to the service's log. severity: OFFHOOK_LOG_*. */
    void (*log)(void *context, int32_t severity, const char *line);

    /*
     * Takes the audio stream that the running TSPI_lineGetID call for the device class "offhook/audio" is
     * about. Only inside that call, on its thread, once. Errors: LINEERR_RESOURCEUNAVAIL (there is none).
     */
    int32_t (*audio_stream)(void *context, OFFHOOK_AUDIO_STREAM *stream);
} OFFHOOK_PROVIDER_SERVICES;

/*
 * Exported by a provider that wants the services above. Called after the library is loaded and before any TSPI
 * function of a session. A process has one session as a rule; when the service lets several follow each other in one
 * load, it is called again for each, after TSPI_providerShutdown has returned: from then on only the new `services`
 * tell the configuration, and nothing of the last session may be used (R001). Each `services` stays valid until the
 * process ends. A negative result ends the session with it.
 */
typedef int32_t (*OFFHOOK_PROVIDER_ATTACH)(const OFFHOOK_PROVIDER_SERVICES *services);
__attribute__((visibility("default"))) int32_t OFFHOOK_providerAttach(const OFFHOOK_PROVIDER_SERVICES *services);

/*
 * Exported by a provider that can be steered from outside: a simulation, or one with something to look at that TSPI
 * has no function for. `offhook provider command` brings one line of words in and the reply back.
 * command: one line of words in UTF-8, without the line's end.
 * reply: room for *size bytes, which receives text in UTF-8 with its NUL, also when the command fails: then it says
 * what was wrong and what is allowed. On return *size is the length that the reply needs, with its NUL.
 * The result is 0 or a negative LINEERR_ value. LINEERR_STRUCTURETOOSMALL says that the room does not suffice; a
 * command that changes something must then not have been carried out, for it will be given again. A caller gives at
 * least 4,096 bytes.
 * Called at any time between OFFHOOK_providerAttach and the end of the process, by several threads at once. It may
 * report events and complete requests before it returns.
 */
typedef int32_t (*OFFHOOK_PROVIDER_COMMAND)(const char *command, char *reply, uint32_t *size);
__attribute__((visibility("default"))) int32_t OFFHOOK_providerCommand(const char *command, char *reply,
                                                                       uint32_t *size);

/*
 * Exported by a provider that can take over a new configuration while its session runs, where the change allows it:
 * a line more, an idle line less, a name. It saves the session's end, for which users would have to wait (R102).
 * changed: the services as OFFHOOK_providerAttach gave them, but config_get and config_key read the new
 * configuration, which TSPI_providerConfig has agreed to. Valid during the call; keep a copy of what is read.
 * 0: the provider works by the new configuration as a whole from now on, and the services that it was attached with
 * read it too. A negative LINEERR_ value: it works as before, and the change takes effect when the next session begins.
 * Never a part of it: either all of the change or nothing. LINE_CREATE and LINE_REMOVE may be reported inside.
 * Called between the return of TSPI_providerInit and the call of TSPI_providerShutdown, once at a time, beside other
 * functions.
 */
typedef int32_t (*OFFHOOK_PROVIDER_RECONFIGURE)(const OFFHOOK_PROVIDER_SERVICES *changed);
__attribute__((visibility("default"))) int32_t OFFHOOK_providerReconfigure(const OFFHOOK_PROVIDER_SERVICES *changed);

/*
 * The ELF note that says what a provider is and what it needs. It is read before the library is loaded, shown and
 * approved at install, and the host is confined to it. `text` is a string literal of lines "key=value":
 *   name=     short name, also its default installed name            (required)
 *   version=  the provider's own version                             (required)
 *   title=    one line for people
 *   needs=    words separated by commas: network (internet sockets), devices (serial ports), threads is implied
 * Use it once, at file scope.
 */
#define OFFHOOK_NOTE_TYPE_PROVIDER 1u
#define OFFHOOK_PROVIDER_NOTE(text) OFFHOOK_NOTE(offhook_provider_note, OFFHOOK_NOTE_TYPE_PROVIDER, text)

/*
 * The ELF note that declares the fields of a provider's configuration: shown to administrators, and checked before the
 * provider is asked (TSPI_providerInstall, TSPI_providerConfig). A provider without it takes any key.
 * `text` is a string literal of TOML. Each table is a field, named by its key; a word "*" of the key stands for any one:
 *   ['account.*.port']
 *   type = 'integer'      text (if left out), integer, boolean (true, false), choice, or secret
 *   title = 'Local port'  (required)
 *   help = 'of its own'   one line more
 *   default = 5060        what the provider takes when the key is not set
 *   minimum = 1           of an integer
 *   maximum = 65535
 *   choices = ['a', 'b']  of a choice (required)
 *   required = true       it must be set; with "*", as soon as another key of the same account is
 * The key of a secret, and of nothing else, ends in "password" or "secret": its value is never shown.
 * All notes of a library have 64 KiB. Use it once, at file scope.
 */
#define OFFHOOK_NOTE_TYPE_CONFIGURATION 2u
#define OFFHOOK_CONFIGURATION_NOTE(text)                                                               \
    OFFHOOK_NOTE(offhook_configuration_note, OFFHOOK_NOTE_TYPE_CONFIGURATION, text)

/* For the two above. */
#define OFFHOOK_NOTE(variable, note_type, text)                                                        \
    __attribute__((section(".note.offhook"), used, aligned(4))) static const struct {                  \
        uint32_t name_size, descriptor_size, type;                                                     \
        char name[8];                                                                                  \
        char descriptor[(sizeof(text) + 3u) & ~(uint32_t)3u];                                          \
    } variable = {8u, (uint32_t)sizeof(text), note_type, "Offhook", text}

#ifdef __cplusplus
}
#endif
#endif
