/* The clock of a unit: the machine's, or one of its own that jumps over waiting. */
#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L
#endif
#include "simulator.h"
#include <errno.h>
#include <time.h>

static int64_t machine_now(void) {
  struct timespec now;
#if defined(_WIN32)
  timespec_get(&now, TIME_UTC);
#else
  clock_gettime(CLOCK_MONOTONIC, &now);
#endif
  return (int64_t)now.tv_sec * 1000000000000 + (int64_t)now.tv_nsec * 1000;
}

int64_t clock_now(const Unit *unit) { return unit->settings.fast ? unit->virtual_now : machine_now(); }

/* Sleeps most of the time and spins over the rest: sleeping alone is late by some 60 us. */
void clock_until(Unit *unit, int64_t at) {
  if (unit->settings.fast) {
    if (at > unit->virtual_now) unit->virtual_now = at;
    return;
  }
  const int64_t spin = 80000000;
  for (int64_t now = machine_now(); now < at; now = machine_now()) {
    if (at - now < spin) continue;
#if !defined(_WIN32)
    const int64_t wait = (at - now - spin) / 1000;
    struct timespec rest = {(time_t)(wait / 1000000000), (long)(wait % 1000000000)};
    while (nanosleep(&rest, &rest) != 0 && errno == EINTR) continue;
#endif
  }
}

void clock_pass(Unit *unit, double ps) { clock_until(unit, clock_now(unit) + (int64_t)ps); }
