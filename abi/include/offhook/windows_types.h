// SPDX-License-Identifier: Apache-2.0

// The basic Windows types that the telephony interfaces are written in, with the widths they have on
// 64-bit Windows. A Windows or winelib build takes them from windows.h instead.

#ifndef OFFHOOK_WINDOWS_TYPES_H
#define OFFHOOK_WINDOWS_TYPES_H

#ifdef _WIN32

#include <windows.h>

#define OFFHOOK_ABI_EXPORT

#else // not _WIN32

#include <stddef.h>
#include <stdint.h>
#ifndef __cplusplus
#include <uchar.h>
#endif

// What a shared object must export, even when everything else in it is hidden.
#if defined(__GNUC__)
#define OFFHOOK_ABI_EXPORT __attribute__((visibility("default")))
#else
#define OFFHOOK_ABI_EXPORT
#endif

// Says that what follows is meant to go beyond the standard of the language.
#if defined(__GNUC__)
#define OFFHOOK_EXTENSION __extension__
#else
#define OFFHOOK_EXTENSION
#endif

// Calling conventions and pointer models: one of each here, so the words mean nothing.
#ifndef WINAPI
#define WINAPI
#endif
#ifndef CALLBACK
#define CALLBACK
#endif
#ifndef APIENTRY
#define APIENTRY WINAPI
#endif
#ifndef FAR
#define FAR
#endif
#ifndef CONST
#define CONST const
#endif

#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif

// Numbers. LONG and DWORD have 32 bits everywhere; the _PTR forms are as wide as a pointer.
typedef uint8_t BYTE;
typedef uint16_t WORD;
typedef uint32_t DWORD;
typedef uint32_t ULONG;
typedef int32_t LONG;
typedef unsigned int UINT;
typedef int BOOL;
typedef intptr_t LONG_PTR;
typedef uintptr_t ULONG_PTR;
typedef ULONG_PTR DWORD_PTR;
typedef ULONG_PTR WPARAM;
typedef LONG_PTR LPARAM;
typedef LONG_PTR LRESULT;
typedef double DATE; // days since 30 December 1899, the fraction is the time of day

typedef BYTE *LPBYTE;
typedef WORD *LPWORD;
typedef DWORD *LPDWORD;
typedef LONG *LPLONG;
typedef BOOL *LPBOOL;
typedef void *LPVOID;
typedef const void *LPCVOID;

// Text. A WCHAR is one 16-bit UTF-16 unit; wchar_t has 32 bits on Linux and is not used.
typedef char CHAR;
typedef char16_t WCHAR;
typedef CHAR *LPSTR;
typedef const CHAR *LPCSTR;
typedef WCHAR *LPWSTR;
typedef const WCHAR *LPCWSTR;

#ifdef UNICODE
typedef WCHAR TCHAR;
typedef LPWSTR LPTSTR;
typedef LPCWSTR LPCTSTR;
#define OFFHOOK_TEXT(literal) u##literal
#else
typedef CHAR TCHAR;
typedef LPSTR LPTSTR;
typedef LPCSTR LPCTSTR;
#define OFFHOOK_TEXT(literal) literal
#endif
#ifndef TEXT
#define TEXT(literal) OFFHOOK_TEXT(literal)
#endif

// Handles of the operating system. Nothing on Linux stands behind a window, icon or module handle.
typedef void *HANDLE;
typedef void *HWND;
typedef void *HICON;
typedef void *HINSTANCE;
typedef HINSTANCE HMODULE;

// A 128-bit identifier.
typedef struct _GUID {
    DWORD Data1;
    WORD Data2;
    WORD Data3;
    BYTE Data4[8];
} GUID;
typedef GUID *LPGUID;

// A date and time of day in UTC or local time, as the field that holds it says.
typedef struct _SYSTEMTIME {
    WORD wYear;
    WORD wMonth;     // 1 to 12
    WORD wDayOfWeek; // 0 is Sunday
    WORD wDay;       // 1 to 31
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wMilliseconds;
} SYSTEMTIME;
typedef SYSTEMTIME *LPSYSTEMTIME;

// A fixed-point number: int64 counts ten-thousandths.
typedef union tagCY {
    OFFHOOK_EXTENSION struct {
        ULONG Lo;
        LONG Hi;
    };
    int64_t int64;
} CY;
typedef CY CURRENCY;

#endif // not _WIN32

#endif // OFFHOOK_WINDOWS_TYPES_H
