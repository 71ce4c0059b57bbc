/* The units that are plugged in, and who has opened them. */
#include "simulator.h"
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Unit *units[MAX_UNITS];
static atomic_flag busy = ATOMIC_FLAG_INIT;

void units_lock(void) {
  while (atomic_flag_test_and_set(&busy)) continue;
}

void units_unlock(void) { atomic_flag_clear(&busy); }

Unit *unit_of(int16_t handle) {
  if (handle < 1 || handle > MAX_UNITS) return NULL;
  Unit *unit = units[handle - 1];
  return unit != NULL && unit->open ? unit : NULL;
}

static bool present(Unit *unit) {
  if (unit == NULL || !unit->plugged) return false;
  if (unit->gone_since == 0) return true;
  if (clock_now(unit) - unit->gone_since < (int64_t)unit->settings.fault_for_ps) {
    /* A clock of its own stands still unless it is looked at. */
    if (unit->settings.fast) unit->virtual_now += 100000000000;
    return false;
  }
  unit->gone_since = 0;
  return true;
}

/* Whether the unit answers; a unit that was unplugged does not until it is opened again. */
uint32_t unit_answers(Unit *unit) {
  if (unit == NULL) return PICO_INVALID_HANDLE;
  return unit->gone_since == 0 ? PICO_OK : PICO_NOT_RESPONDING;
}

static Unit *find(const char *serial, bool free_one) {
  for (int i = 0; i < MAX_UNITS; i++) {
    Unit *unit = units[i];
    if (!present(unit) || (free_one && unit->open)) continue;
    if (serial == NULL || serial[0] == 0 || strcmp(serial, unit->settings.serial) == 0) return unit;
  }
  return NULL;
}

uint32_t unit_open(const char *serial, int16_t *handle) {
  if (handle == NULL) return PICO_NULL_PARAMETER;
  *handle = 0;
  units_lock();
  Unit *unit = find(serial, true);
  if (unit != NULL) {
    unit->open = true;
    *handle = unit->handle;
  }
  units_unlock();
  if (unit == NULL) return PICO_NOT_FOUND;
  unit->running = unit->streaming = false;
  unit->segments = unit->captures_wanted = 1;
  memset(unit->channels, 0, sizeof unit->channels);
  memset(&unit->trigger, 0, sizeof unit->trigger);
  memset(&unit->generator, 0, sizeof unit->generator);
  memset(&unit->ets, 0, sizeof unit->ets);
  /* The device switches on with all channels enabled. */
  for (int i = 0; i < unit->model.channels; i++) unit->channels[i] = (Channel){true, true, unit->model.widest_range, 0};
  return PICO_OK;
}

uint32_t unit_close(Unit *unit) {
  if (unit == NULL) return PICO_INVALID_HANDLE;
  unit->open = false;
  unit->running = unit->streaming = false;
  return PICO_OK;
}

const char *unit_info(const Unit *unit, uint32_t line) {
  switch (line) {
  case 0:
    return "PicoScope simulator 1.0";
  case 1:
    return "2.0";
  case 2:
    return "1";
  case 3:
    return unit->settings.model;
  case 4:
    return unit->settings.serial;
  case 5:
    return "01Jan25";
  default:
    return "1.0.0.0";
  }
}

int unit_list(char *serials, int room) {
  int count = 0;
  int used = 0;
  units_lock();
  for (int i = 0; i < MAX_UNITS; i++) {
    if (!present(units[i]) || units[i]->open) continue;
    const int written = snprintf(serials + used, (size_t)(room - used), "%s%s", count > 0 ? "," : "", units[i]->settings.serial);
    if (written < 0 || used + written >= room) break;
    used += written;
    count++;
  }
  units_unlock();
  return count;
}

static void release(Unit *unit) {
  free(unit->noise);
  free(unit->buffers);
  free(unit->buffer_lengths);
  free(unit->captures);
  free(unit->truths);
  free(unit);
}

static double number(const char *settings, const char *key, double missing) {
  char wanted[48];
  snprintf(wanted, sizeof wanted, "\n%s=", key);
  const char *found = strstr(settings, wanted);
  return found == NULL ? missing : strtod(found + strlen(wanted), NULL);
}

static void word(const char *settings, const char *key, char *out, size_t room) {
  char wanted[48];
  snprintf(wanted, sizeof wanted, "\n%s=", key);
  const char *found = strstr(settings, wanted);
  out[0] = 0;
  if (found == NULL) return;
  found += strlen(wanted);
  size_t length = strcspn(found, "\n");
  if (length >= room) length = room - 1;
  memcpy(out, found, length);
  out[length] = 0;
}

static void read_settings(const char *text, Settings *out) {
  word(text, "serial", out->serial, sizeof out->serial);
  word(text, "model", out->model, sizeof out->model);
  out->signal = (int)number(text, "signal", SIGNAL_MUONS);
  out->seed = (uint64_t)number(text, "seed", 1);
  out->rate_hz = number(text, "rateHz", 20);
  out->amplitude_v = number(text, "amplitudeV", -0.12);
  out->noise_v = number(text, "noiseV", 0.002);
  out->efficiency = number(text, "efficiency", 0.95);
  out->stopped_share = number(text, "stoppedShare", 0.1);
  out->lifetime_ns = number(text, "lifetimeNs", 2197);
  out->dark_rate_hz = number(text, "darkRateHz", 0);
  out->cross_talk = number(text, "crossTalk", 0.15);
  out->hum_v = number(text, "humV", 0);
  out->round_trip_ps = 1e6 * number(text, "roundTripUs", 250);
  out->bytes_per_ps = 1e-6 * number(text, "bandwidthMBps", 35);
  out->rearm_ps = 1e6 * number(text, "rearmUs", 2);
  out->fast = number(text, "fast", 0) != 0;
  out->fault = (int)number(text, "fault", FAULT_NONE);
  out->fault_after = (uint64_t)number(text, "faultAfter", 100);
  out->fault_for_ps = 1e9 * number(text, "faultForMs", 2000);
}

/*
 * Plugs a unit in; one with the same serial is replaced. `settings` is a list of lines key=value that begins with
 * a line break. Answers 0, or a status code when there is no room or the serial is in use.
 */
EXPORT uint32_t picosim_plug(const char *settings) {
  Unit *unit = calloc(1, sizeof *unit);
  if (unit == NULL || settings == NULL) return PICO_NULL_PARAMETER;
  read_settings(settings, &unit->settings);
  model_of(family_name, unit->settings.model, &unit->model);
  unit->noise = malloc(NOISE_VALUES * sizeof *unit->noise);
  unit->truths = calloc(TRUTHS, sizeof *unit->truths);
  random_seed(&unit->random, unit->settings.seed);
  for (int i = 0; i < NOISE_VALUES; i++) unit->noise[i] = (float)(unit->settings.noise_v * random_normal(&unit->random));
  unit->virtual_now = 1000000000000;
  unit->plugged = true;
  uint32_t status = PICO_MAX_UNITS_OPENED;
  units_lock();
  for (int pass = 0; pass < 2 && status != PICO_OK; pass++) {
    for (int i = 0; i < MAX_UNITS && status != PICO_OK; i++) {
      const bool same = units[i] != NULL && strcmp(units[i]->settings.serial, unit->settings.serial) == 0;
      if (pass == 0 ? !same || units[i]->open : units[i] != NULL) continue;
      if (units[i] != NULL) release(units[i]);
      unit->handle = (int16_t)(i + 1);
      units[i] = unit;
      status = PICO_OK;
    }
  }
  units_unlock();
  if (status != PICO_OK) release(unit);
  return status;
}

/* Takes a unit away for good. */
EXPORT uint32_t picosim_unplug(const char *serial) {
  uint32_t status = PICO_NOT_FOUND;
  units_lock();
  for (int i = 0; i < MAX_UNITS; i++) {
    if (units[i] == NULL || strcmp(units[i]->settings.serial, serial) != 0) continue;
    release(units[i]);
    units[i] = NULL;
    status = PICO_OK;
  }
  units_unlock();
  return status;
}

/*
 * What was true of the capture with a running number (from 0): trigger time in s of the unit's clock, pulses in
 * the record, height of the first in V, delay of the first decay after it in ns (NaN: none), layers hit,
 * 1 when it was taken without a trigger, particles that came up to now, dark counts.
 */
EXPORT uint32_t picosim_truth(int16_t handle, uint64_t number, double *values) {
  const Unit *unit = unit_of(handle);
  if (unit == NULL) return PICO_INVALID_HANDLE;
  const Truth *truth = &unit->truths[number % TRUTHS];
  if (truth->number != number || number >= unit->delivered) return PICO_NO_SAMPLES_AVAILABLE;
  memcpy(values, truth->values, sizeof truth->values);
  return PICO_OK;
}

/* Particles that came since the unit was plugged in, as far as it looked. */
EXPORT double picosim_particles(int16_t handle) {
  const Unit *unit = unit_of(handle);
  return unit == NULL ? 0 : (double)unit->particles;
}
