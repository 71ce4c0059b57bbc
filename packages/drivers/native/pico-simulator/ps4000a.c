#define FN(name) ps4000a##name
#define FAMILY "4000a"
#define FAMILY_4000A
#include "modern.h"
