#include "tests/sim/sim_host.h"
