#define FN(name) ps2000a##name
#define FAMILY "2000a"
#define FAMILY_2000A
#define CONDITION_STATES 8
#include "modern.h"
