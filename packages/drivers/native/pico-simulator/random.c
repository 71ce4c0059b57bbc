/* Random numbers: xoshiro256++ with the distributions that detectors need. */
#include "simulator.h"
#include <math.h>

static uint64_t rotate(uint64_t value, int by) { return (value << by) | (value >> (64 - by)); }

void random_seed(Random *random, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    seed += 0x9e3779b97f4a7c15u;
    uint64_t mixed = seed;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    random->state[i] = mixed ^ (mixed >> 31);
  }
}

static uint64_t next(Random *random) {
  uint64_t *s = random->state;
  const uint64_t result = rotate(s[0] + s[3], 23) + s[0];
  const uint64_t shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = rotate(s[3], 45);
  return result;
}

/* 0 < u < 1 */
double random_uniform(Random *random) { return ((double)(next(random) >> 11) + 0.5) / 9007199254740992.0; }

double random_exponential(Random *random, double mean) { return -mean * log(random_uniform(random)); }

double random_normal(Random *random) {
  const double radius = sqrt(-2 * log(random_uniform(random)));
  return radius * cos(6.283185307179586 * random_uniform(random));
}

/* Moyal's approximation of the energy loss in a thin layer; most probable value 1, width 0.2. */
double random_landau(Random *random) {
  const double normal = random_normal(random);
  return 1 - 0.2 * log(normal * normal + 1e-12) * 0.5;
}

/* Number of photons when each makes another one with probability `more`; at least 1. */
int random_geometric(Random *random, double more) {
  int count = 1;
  while (count < 40 && random_uniform(random) < more) count++;
  return count;
}
