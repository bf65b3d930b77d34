// SPDX-License-Identifier: Apache-2.0
//
// What the service knows of the configuration before it asks the provider; account.cpp reads it.
#include "offhook_provider.h"

OFFHOOK_CONFIGURATION_NOTE(R"(
['bind']
title = 'Local address of SIP and RTP'
help = 'left out: the address that leads outside'

['port']
type = 'integer'
title = 'Local port of SIP'
minimum = 0
maximum = 65535
default = 5060

['rtp.first']
type = 'integer'
title = 'First port of RTP'
help = 'even'
minimum = 0
maximum = 65535
default = 16384

['rtp.last']
type = 'integer'
title = 'Last port of RTP'
minimum = 0
maximum = 65535
default = 32767

['account.*.user']
title = 'User name or number of an account'
required = true

['account.*.display']
title = 'Name shown to those who are called, and of the line'

['account.*.password']
type = 'secret'
title = 'Password'
help = 'for digest authentication'

['account.*.auth_user']
title = 'Name for digest authentication'
help = 'left out: the user name'

['account.*.domain']
title = 'Host in the address of record'
help = 'left out: the registrar, else the proxy'

['account.*.registrar']
title = 'Where to register'
help = 'left out: a static peer, without registration'

['account.*.proxy']
title = 'Every request goes through it'

['account.*.peer']
title = 'Where numbers are dialed without a proxy'
help = 'left out: at the domain'

['account.*.bind']
title = 'Local address of its own'

['account.*.port']
type = 'integer'
title = 'Local port of its own'
minimum = 0
maximum = 65535

['account.*.codecs']
title = 'Codecs, in the order of preference'
default = 'pcmu,pcma'
)");
