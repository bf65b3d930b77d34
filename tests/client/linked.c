/* SPDX-License-Identifier: Apache-2.0 */
#include "tapi.h"

#include "offhook/audio.h"
#include "offhook/completion.h"
#include "offhook/service.h"

#include <stdio.h>
#include <string.h>

int main(void)
{
    LINEPROVIDERLIST list;
    char *answer = NULL;
    LONG result;

    memset(&list, 0, sizeof list);
    list.dwTotalSize = sizeof list;
    result = lineGetProviderList(TAPI_CURRENT_VERSION, &list);
    if (result != LINEERR_SERVICE_NOT_RUNNING) {
        printf("lineGetProviderList: %#x\n", (unsigned)result);
        return 1;
    }
    result = offhook_service_call(1, "{}", &answer);
    if (result != LINEERR_SERVICE_NOT_RUNNING || answer == NULL || strstr(answer, "error") == NULL) {
        printf("offhook_service_call: %#x %s\n", (unsigned)result, answer);
        return 1;
    }
    offhook_service_free(answer);
    printf("linked and run\n");
    return 0;
}
