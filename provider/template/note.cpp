// SPDX-License-Identifier: Apache-2.0
//
// What the file says of itself before it is loaded: what it is, what it needs (nothing here; "network" to use
// internet sockets, "devices" for serial ports), and what can be configured. `offhook provider fields
// ./acme.tsp` shows it.
#include "offhook_provider.h"

OFFHOOK_PROVIDER_NOTE("name=acme\nversion=0.1\ntitle=Lines of acme\nneeds=\n");

OFFHOOK_CONFIGURATION_NOTE(R"(
['line.*.number']
title = 'Number of a line'
required = true

['line.*.name']
title = 'Name of a line'

['dial_after']
type = 'integer'
title = 'Milliseconds until a number is dialed'
minimum = 0
maximum = 60000
default = 0

['answer_after']
type = 'integer'
title = 'Milliseconds until a number outside answers'
minimum = 0
maximum = 60000
default = 0
)");
