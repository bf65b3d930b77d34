// SPDX-License-Identifier: Apache-2.0
//
// What the service knows of the configuration before it asks the provider; configuration.cpp reads it.
#include "offhook_provider.h"

OFFHOOK_CONFIGURATION_NOTE(R"(
['extensions']
title = 'Extensions'
help = 'numbers and ranges'
default = '101-110'

['name.*']
title = 'Name of an extension'

['group.*']
title = 'Extensions of a pickup group'
help = 'left out: all are in group 1'

['calls']
type = 'integer'
title = 'Active calls at an extension'
minimum = 1
maximum = 1000
default = 2

['answer']
type = 'choice'
title = 'What answering does to a call that is connected'
choices = ['none', 'hold', 'drop']
default = 'hold'

['trunks']
type = 'integer'
title = 'Calls with the outside at a time'
minimum = 0
maximum = 10000
default = 2

['outside_prefix']
title = 'Digits that lead outside'
default = '9'

['outside']
type = 'choice'
title = 'What subscribers outside do'
choices = ['answer', 'ring', 'busy', 'refuse', 'unreachable', 'congestion', 'special']
default = 'answer'

['outside.*']
type = 'choice'
title = 'What one of them does'
choices = ['answer', 'ring', 'busy', 'refuse', 'unreachable', 'congestion', 'special']

['parks']
title = 'Park slots'
default = '701-709'

['conference']
type = 'integer'
title = 'Parties of a conference'
minimum = 3
maximum = 1000
default = 6

['time']
type = 'choice'
title = 'How delays pass'
help = 'virtual: with the command advance alone'
choices = ['real', 'virtual']
default = 'real'

['delay.ring']
type = 'integer'
title = 'Milliseconds from the end of dialing to ringing'
minimum = 0
maximum = 86400000
default = 0

['delay.answer']
type = 'integer'
title = 'Milliseconds from ringing to the answer outside'
minimum = 0
maximum = 86400000
default = 0

['delay.completion']
type = 'integer'
title = 'Milliseconds from a request to its completion'
minimum = 0
maximum = 86400000
default = 0

['delay.cycle']
type = 'integer'
title = 'Milliseconds from ring to ring'
minimum = 0
maximum = 86400000
default = 5000
)");
