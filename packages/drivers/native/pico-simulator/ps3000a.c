#define FN(name) ps3000a##name
#define FAMILY "3000a"
#define FAMILY_3000A
#define CONDITION_STATES 7
#include "modern.h"
