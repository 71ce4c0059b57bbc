/*
 * PicoLog 1000 loggers made of software, behind the functions of the vendor's library libpl1000. Slow sine waves with
 * noise at every input; the same seed gives the same counts. Times are microseconds of the unit's clock: the machine's, or
 * one that runs as fast as it is used.
 */
#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L
#endif
#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

enum { MAX_UNITS = 16, MAX_CHANNELS = 16, MOST_SAMPLES = 1000000 };
enum { FAULT_NONE, FAULT_UNPLUG, FAULT_STALL };
enum { BLOCK_SINGLE, BLOCK_WINDOW, BLOCK_STREAM };
enum {
  PICO_OK = 0,
  PICO_NOT_FOUND = 3,
  PICO_NOT_RESPONDING = 7,
  PICO_INVALID_HANDLE = 0x0c,
  PICO_INVALID_PARAMETER = 0x0d,
  PICO_INVALID_CHANNEL = 0x10,
  PICO_NULL_PARAMETER = 0x16,
  PICO_DATA_NOT_AVAILABLE = 0x18,
  PICO_TOO_MANY_SAMPLES = 0x1d,
  PICO_NO_SAMPLES_AVAILABLE = 0x25
};

typedef struct {
  bool plugged, open, fast, running, triggers, waits_for_ever, falling;
  char serial[32];
  char model[32];
  int inputs, full_scale;
  int fault;
  int64_t fault_after, calls, fault_for_us, gone_since;
  uint64_t random;
  int64_t virtual_us;
  int16_t channels[MAX_CHANNELS];
  int channel_count, method;
  double step_us;
  uint32_t samples;
  int64_t started_us, first_us, ready_us;
  uint64_t streamed;
  uint32_t trigger_index;
  int trigger_channel, threshold, hysteresis;
  int64_t timeout_us;
  double delay;
} Unit;

static Unit units[MAX_UNITS];
static atomic_flag busy = ATOMIC_FLAG_INIT;

static void lock(void) {
  while (atomic_flag_test_and_set(&busy)) continue;
}

static void unlock(void) { atomic_flag_clear(&busy); }

static int64_t now_us(const Unit *unit) {
  if (unit->fast) return unit->virtual_us;
  struct timespec now;
#if defined(_WIN32)
  timespec_get(&now, TIME_UTC);
#else
  clock_gettime(CLOCK_MONOTONIC, &now);
#endif
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* splitmix64 */
static double uniform(Unit *unit) {
  uint64_t mixed = (unit->random += 0x9e3779b97f4a7c15u);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  return (double)((mixed ^ (mixed >> 31)) >> 11) / 9007199254740992.0;
}

/* Volts at an input: a level and a sine of its own; without noise for the trigger. */
static double volts(int channel, double at_us) {
  const double level = 0.15 + 0.13 * channel;
  return level + 0.1 * sin(6.283185307179586 * (0.4 + 0.1 * channel) * at_us * 1e-6);
}

static uint16_t counts(Unit *unit, int channel, double at_us) {
  const double noise = (uniform(unit) + uniform(unit) - 1) * 0.002;
  const double code = floor((volts(channel, at_us) + noise) / 2.5 * unit->full_scale + 0.5);
  return (uint16_t)(code < 0 ? 0 : code > unit->full_scale ? unit->full_scale : code);
}

/* The unit when it answers; else the status says why not. */
static Unit *answering(int16_t handle, uint32_t *status) {
  Unit *unit = handle >= 1 && handle <= MAX_UNITS ? &units[handle - 1] : NULL;
  if (unit == NULL || !unit->plugged || !unit->open) {
    *status = PICO_INVALID_HANDLE;
    return NULL;
  }
  unit->calls++;
  if (unit->fault == FAULT_UNPLUG && unit->gone_since == 0 && unit->calls > unit->fault_after) {
    unit->gone_since = now_us(unit);
    unit->fault = FAULT_NONE;
  }
  if (unit->gone_since != 0) {
    *status = PICO_NOT_RESPONDING;
    return NULL;
  }
  *status = PICO_OK;
  return unit;
}

static bool present(Unit *unit) {
  if (!unit->plugged) return false;
  if (unit->gone_since == 0) return true;
  if (unit->fast) unit->virtual_us += 100000;
  if (now_us(unit) - unit->gone_since < unit->fault_for_us) return false;
  unit->gone_since = 0;
  return true;
}

EXPORT uint32_t pl1000OpenUnit(int16_t *handle) {
  if (handle == NULL) return PICO_NULL_PARAMETER;
  *handle = 0;
  lock();
  for (int i = 0; i < MAX_UNITS && *handle == 0; i++) {
    Unit *unit = &units[i];
    if (unit->open || !present(unit)) continue;
    unit->open = true;
    unit->running = unit->triggers = false;
    unit->channel_count = 0;
    *handle = (int16_t)(i + 1);
  }
  unlock();
  return *handle == 0 ? PICO_NOT_FOUND : PICO_OK;
}

EXPORT uint32_t pl1000CloseUnit(int16_t handle) {
  if (handle < 1 || handle > MAX_UNITS || !units[handle - 1].open) return PICO_INVALID_HANDLE;
  units[handle - 1].open = false;
  return PICO_OK;
}

EXPORT uint32_t pl1000PingUnit(int16_t handle) {
  uint32_t status;
  answering(handle, &status);
  return status;
}

EXPORT uint32_t pl1000GetUnitInfo(int16_t handle, char *text, int16_t room, int16_t *needed, uint32_t line) {
  uint32_t status;
  const Unit *unit = answering(handle, &status);
  if (unit == NULL) return status;
  const char *found = line == 0 ? "PicoLog simulator 1.0" : line == 3 ? unit->model : line == 4 ? unit->serial : "1.0";
  if (needed != NULL) *needed = (int16_t)(strlen(found) + 1);
  if (text != NULL && room > 0) snprintf(text, (size_t)room, "%s", found);
  return PICO_OK;
}

EXPORT uint32_t pl1000MaxValue(int16_t handle, uint16_t *most) {
  uint32_t status;
  const Unit *unit = answering(handle, &status);
  if (unit == NULL) return status;
  if (most == NULL) return PICO_NULL_PARAMETER;
  *most = (uint16_t)unit->full_scale;
  return PICO_OK;
}

EXPORT uint32_t pl1000GetSingle(int16_t handle, int32_t channel, uint16_t *value) {
  uint32_t status;
  Unit *unit = answering(handle, &status);
  if (unit == NULL) return status;
  if (value == NULL) return PICO_NULL_PARAMETER;
  if (channel < 1 || channel > unit->inputs) return PICO_INVALID_CHANNEL;
  if (unit->fast) unit->virtual_us += 1000;
  *value = counts(unit, channel, (double)now_us(unit));
  return PICO_OK;
}

EXPORT uint32_t pl1000SetInterval(int16_t handle, uint32_t *us_for_block, uint32_t samples, const int16_t *channels,
                                  int16_t count) {
  uint32_t status;
  Unit *unit = answering(handle, &status);
  if (unit == NULL) return status;
  if (us_for_block == NULL || channels == NULL) return PICO_NULL_PARAMETER;
  if (samples < 1 || count < 1 || count > unit->inputs) return PICO_INVALID_PARAMETER;
  if ((uint64_t)samples * (uint64_t)count > MOST_SAMPLES) return PICO_TOO_MANY_SAMPLES;
  for (int i = 0; i < count; i++)
    if (channels[i] < 1 || channels[i] > unit->inputs) return PICO_INVALID_CHANNEL;
  /* One value per microsecond at most, and whole microseconds between values. */
  const uint64_t values = (uint64_t)samples * (uint64_t)count;
  uint64_t step = *us_for_block / values;
  if (step < 1) step = 1;
  *us_for_block = (uint32_t)(step * values);
  unit->step_us = (double)(step * (uint64_t)count);
  unit->channel_count = count;
  memcpy(unit->channels, channels, sizeof(int16_t) * (size_t)count);
  return PICO_OK;
}

EXPORT uint32_t pl1000SetTrigger(int16_t handle, uint16_t enabled, uint16_t by_itself, uint16_t by_itself_ms,
                                 uint16_t channel, uint16_t direction, uint16_t threshold, uint16_t hysteresis,
                                 float delay) {
  uint32_t status;
  Unit *unit = answering(handle, &status);
  if (unit == NULL) return status;
  if (enabled != 0 && (channel < 1 || channel > unit->inputs)) return PICO_INVALID_CHANNEL;
  if (delay < -100 || delay > 100) return PICO_INVALID_PARAMETER;
  unit->triggers = enabled != 0;
  unit->waits_for_ever = by_itself == 0;
  unit->timeout_us = (int64_t)by_itself_ms * 1000;
  unit->trigger_channel = channel;
  unit->falling = direction != 0;
  unit->threshold = threshold;
  unit->hysteresis = hysteresis;
  unit->delay = delay;
  return PICO_OK;
}

/* Where the input first crosses the threshold after having been beyond the hysteresis; the time of the time-out else. */
static double trigger_at(const Unit *unit, bool *found) {
  const double begin = (double)unit->started_us;
  const double limit = unit->waits_for_ever ? 60e6 : (double)unit->timeout_us;
  const double level = 2.5 * unit->threshold / unit->full_scale;
  const double back = 2.5 * unit->hysteresis / unit->full_scale;
  const double step = unit->step_us > 100 ? unit->step_us : 100;
  const double sign = unit->falling ? -1 : 1;
  bool armed = false;
  for (double after = 0; after <= limit; after += step) {
    const double above = sign * (volts(unit->trigger_channel, begin + after) - level);
    if (above < -back) armed = true;
    if (armed && above >= 0) {
      *found = true;
      return begin + after;
    }
  }
  *found = !unit->waits_for_ever;
  return begin + limit;
}

EXPORT uint32_t pl1000Run(int16_t handle, uint32_t samples, int32_t method) {
  uint32_t status;
  Unit *unit = answering(handle, &status);
  if (unit == NULL) return status;
  if (unit->channel_count == 0 || samples < 1 || method < BLOCK_SINGLE || method > BLOCK_STREAM) return PICO_INVALID_PARAMETER;
  if ((uint64_t)samples * (uint64_t)unit->channel_count > MOST_SAMPLES) return PICO_TOO_MANY_SAMPLES;
  unit->running = true;
  unit->samples = samples;
  unit->method = method;
  unit->streamed = 0;
  unit->started_us = unit->first_us = now_us(unit);
  unit->trigger_index = 0xffffffffu;
  const double length = unit->step_us * samples;
  if (method != BLOCK_STREAM && unit->triggers) {
    bool found = false;
    const double at = trigger_at(unit, &found);
    const double before = unit->delay < 0 ? -unit->delay / 100 * samples : 0;
    unit->first_us = (int64_t)(at - before * unit->step_us);
    unit->trigger_index = (uint32_t)before;
    if (!found) unit->first_us = INT64_MAX / 2;
  }
  unit->ready_us = unit->first_us + (int64_t)length;
  if (unit->fast && method != BLOCK_STREAM && unit->ready_us < INT64_MAX / 4) unit->virtual_us = unit->ready_us;
  return PICO_OK;
}

EXPORT uint32_t pl1000Ready(int16_t handle, int16_t *ready) {
  uint32_t status;
  const Unit *unit = answering(handle, &status);
  if (unit == NULL) return status;
  if (ready == NULL) return PICO_NULL_PARAMETER;
  *ready = unit->running && unit->fault != FAULT_STALL && (unit->method == BLOCK_STREAM || now_us(unit) >= unit->ready_us);
  return PICO_OK;
}

EXPORT uint32_t pl1000GetValues(int16_t handle, uint16_t *values, uint32_t *samples, uint16_t *overflow, uint32_t *trigger) {
  uint32_t status;
  Unit *unit = answering(handle, &status);
  if (unit == NULL) return status;
  if (values == NULL || samples == NULL) return PICO_NULL_PARAMETER;
  if (!unit->running) return PICO_NO_SAMPLES_AVAILABLE;
  if (overflow != NULL) *overflow = 0;
  if (trigger != NULL) *trigger = unit->trigger_index;
  uint64_t from = 0;
  uint64_t many = unit->samples;
  if (unit->method == BLOCK_STREAM) {
    if (unit->fast) unit->virtual_us += (int64_t)(unit->step_us * *samples);
    const double passed = (double)(now_us(unit) - unit->started_us) / unit->step_us;
    from = unit->streamed;
    many = passed > (double)from ? (uint64_t)passed - from : 0;
  } else if (now_us(unit) < unit->ready_us) return PICO_DATA_NOT_AVAILABLE;
  if (many > *samples) many = *samples;
  for (uint64_t i = 0; i < many; i++)
    for (int c = 0; c < unit->channel_count; c++)
      values[i * (uint64_t)unit->channel_count + (uint64_t)c] =
          counts(unit, unit->channels[c], (double)unit->first_us + (double)(from + i) * unit->step_us);
  unit->streamed = from + many;
  *samples = (uint32_t)many;
  return PICO_OK;
}

EXPORT uint32_t pl1000Stop(int16_t handle) {
  uint32_t status;
  Unit *unit = answering(handle, &status);
  if (unit != NULL) unit->running = false;
  return status;
}

/* Plugs a unit in: serial, model (1012 or 1216), seed, fast, fault, calls before it, its length in ms. 0 when it is there. */
EXPORT uint32_t plsim_plug(const char *serial, int32_t model, uint64_t seed, int32_t fast, int32_t fault, uint32_t after,
                           uint32_t for_ms) {
  uint32_t status = PICO_NOT_FOUND;
  lock();
  for (int i = 0; i < MAX_UNITS; i++)
    if (units[i].plugged && strcmp(units[i].serial, serial) == 0) status = PICO_INVALID_PARAMETER;
  for (int i = 0; i < MAX_UNITS && status == PICO_NOT_FOUND; i++) {
    Unit *unit = &units[i];
    if (unit->plugged) continue;
    memset(unit, 0, sizeof *unit);
    snprintf(unit->serial, sizeof unit->serial, "%s", serial);
    snprintf(unit->model, sizeof unit->model, "%d", model);
    unit->inputs = model == 1012 ? 12 : 16;
    unit->full_scale = model == 1012 ? 1023 : 4095;
    unit->random = seed;
    unit->fast = fast != 0;
    unit->fault = fault;
    unit->fault_after = after;
    unit->fault_for_us = (int64_t)for_ms * 1000;
    unit->plugged = true;
    status = PICO_OK;
  }
  unlock();
  return status;
}

EXPORT uint32_t plsim_unplug(const char *serial) {
  lock();
  for (int i = 0; i < MAX_UNITS; i++)
    if (units[i].plugged && strcmp(units[i].serial, serial) == 0) units[i].plugged = units[i].open = false;
  unlock();
  return PICO_OK;
}
