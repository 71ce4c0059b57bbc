/* Functions of the oldest family: 0 is failure, there are no segments, no offset and nothing before the trigger. */
#include "simulator.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const family_name = "2000";

enum { NO_SOURCE = 5, LONGEST = 1 << 20 };

static Unit *answering(int16_t handle) {
  Unit *unit = unit_of(handle);
  return unit_answers(unit) == PICO_OK ? unit : NULL;
}

EXPORT int16_t ps2000_open_unit(void) {
  int16_t handle = 0;
  return unit_open(NULL, &handle) == PICO_OK ? handle : 0;
}

EXPORT int16_t ps2000_get_unit_info(int16_t handle, int8_t *string, int16_t length, int16_t line) {
  const Unit *unit = answering(handle);
  if (unit == NULL || string == NULL) return 0;
  /* Line 6 is the error code here. */
  return (int16_t)snprintf((char *)string, (size_t)length, "%s", line == 6 ? "0" : unit_info(unit, (uint32_t)line));
}

EXPORT int16_t ps2000_close_unit(int16_t handle) { return unit_close(unit_of(handle)) == PICO_OK; }

EXPORT int16_t ps2000PingUnit(int16_t handle) { return answering(handle) != NULL; }

EXPORT int16_t ps2000_flash_led(int16_t handle) { return answering(handle) != NULL; }

EXPORT int16_t ps2000_set_channel(int16_t handle, int16_t channel, int16_t enabled, int16_t dc, int16_t range) {
  Unit *unit = answering(handle);
  return unit != NULL && setup_channel(unit, channel, enabled != 0, dc != 0, range, 0) == PICO_OK;
}

EXPORT int16_t ps2000_get_timebase(int16_t handle, int16_t timebase, int32_t samples, int32_t *interval, int16_t *units, int16_t oversample, int32_t *most) {
  Unit *unit = answering(handle);
  (void)oversample;
  double interval_ns = 0;
  if (unit == NULL || timebase < 0 || setup_timebase(unit, (uint32_t)timebase, samples, &interval_ns, most) != PICO_OK) return 0;
  if (interval != NULL) *interval = (int32_t)(interval_ns + 0.5);
  if (units != NULL) *units = 2;
  return 1;
}

EXPORT int16_t ps2000_set_trigger(int16_t handle, int16_t source, int16_t threshold, int16_t direction, int16_t delay, int16_t auto_ms) {
  Unit *unit = answering(handle);
  (void)delay;
  if (unit == NULL || direction < 0 || direction > 1) return 0;
  return setup_simple_trigger(unit, source != NO_SOURCE, source == NO_SOURCE ? 0 : source, threshold, direction == 0 ? RISING : FALLING, 0, auto_ms) == PICO_OK;
}

#pragma pack(push, 1)
typedef struct {
  int16_t major, minor;
  uint16_t hysteresis;
  int16_t channel;
  int32_t mode;
} Properties;
#pragma pack(pop)

EXPORT int16_t ps2000SetAdvTriggerChannelProperties(int16_t handle, Properties *properties, int16_t count, int32_t auto_ms) {
  Unit *unit = answering(handle);
  if (unit == NULL) return 0;
  for (int i = 0; i < count; i++) {
    if (properties[i].channel < 0 || properties[i].channel >= unit->model.channels) return 0;
    unit->trigger.threshold[properties[i].channel] = properties[i].major;
    unit->trigger.hysteresis[properties[i].channel] = properties[i].hysteresis;
  }
  unit->trigger.logic = true;
  unit->trigger.enabled = count > 0;
  unit->trigger.auto_ps = (int64_t)auto_ms * 1000000000;
  return 1;
}

static uint32_t channels_of(const int32_t *states) {
  uint32_t mask = 0;
  for (int channel = 0; channel < 4; channel++)
    if (states[channel] == 1) mask |= 1u << channel;
  return mask;
}

/* Six states each: A, B, C, D, external, pulse width. */
EXPORT int16_t ps2000SetAdvTriggerChannelConditions(int16_t handle, int32_t *states, int16_t count) {
  Unit *unit = answering(handle);
  if (unit == NULL || count < 0 || count > 32) return 0;
  unit->trigger.condition_count = count;
  for (int i = 0; i < count; i++, states += 6) unit->trigger.conditions[i] = channels_of(states) | (states[5] == 1 ? PULSE_WIDTH : 0);
  return 1;
}

EXPORT int16_t ps2000SetAdvTriggerChannelDirections(int16_t handle, int32_t a, int32_t b, int32_t c, int32_t d, int32_t external) {
  Unit *unit = answering(handle);
  const int32_t directions[5] = {a, b, c, d, external};
  for (int i = 0; unit != NULL && i < 5; i++) unit->trigger.directions[i] = directions[i];
  return unit != NULL;
}

EXPORT int16_t ps2000SetAdvTriggerDelay(int16_t handle, uint32_t delay, float pre_percent) {
  Unit *unit = answering(handle);
  (void)pre_percent;
  if (unit != NULL) unit->trigger.delay = delay;
  return unit != NULL;
}

/* Five states: A, B, C, D, external. */
EXPORT int16_t ps2000SetPulseWidthQualifier(int16_t handle, int32_t *states, int16_t count, int32_t direction, uint32_t lower, uint32_t upper, int32_t type) {
  Unit *unit = answering(handle);
  if (unit == NULL || count > 1 || (count == 1 ? states == NULL : type != WIDTH_NONE)) return 0;
  return width_set(unit, count == 1 ? channels_of(states) : 0, direction, lower, upper, type) == PICO_OK;
}

EXPORT int32_t ps2000_set_ets(int16_t handle, int16_t mode, int16_t cycles, int16_t interleave) {
  Unit *unit = answering(handle);
  int32_t step_ps = 0;
  return unit != NULL && ets_set(unit, mode, cycles, interleave, &step_ps) == PICO_OK ? step_ps : 0;
}

EXPORT int16_t ps2000_run_block(int16_t handle, int32_t samples, int16_t timebase, int16_t oversample, int32_t *indisposed_ms) {
  Unit *unit = answering(handle);
  (void)oversample;
  return unit != NULL && timebase >= 0 && block_run(unit, 0, samples, (uint32_t)timebase, indisposed_ms) == PICO_OK;
}

EXPORT int16_t ps2000_ready(int16_t handle) {
  Unit *unit = answering(handle);
  int16_t ready = 0;
  if (unit == NULL) return -1;
  return block_ready(unit, &ready) == PICO_OK ? ready : -1;
}

EXPORT int32_t ps2000_get_values(int16_t handle, int16_t *a, int16_t *b, int16_t *c, int16_t *d, int16_t *overflow, int32_t samples) {
  Unit *unit = answering(handle);
  if (unit == NULL || samples < 1) return 0;
  int16_t *const buffers[4] = {a, b, c, d};
  for (int channel = 0; channel < unit->model.channels; channel++) setup_buffer(unit, channel, buffers[channel], samples, 0);
  uint32_t count = (uint32_t)samples;
  return block_values(unit, &count, 0, 0, overflow) == PICO_OK ? (int32_t)count : 0;
}

static const double unit_ps[] = {1e-3, 1, 1e3, 1e6, 1e9, 1e12};

EXPORT int32_t ps2000_get_times_and_values(int16_t handle, int32_t *times, int16_t *a, int16_t *b, int16_t *c, int16_t *d, int16_t *overflow, int16_t time_units, int32_t samples) {
  Unit *unit = answering(handle);
  if (unit == NULL || times == NULL || time_units < 0 || time_units > 5) return 0;
  const int32_t count = ps2000_get_values(handle, a, b, c, d, overflow, samples);
  for (int32_t i = 0; i < count; i++) {
    const double ps = unit->ets.mode == ETS_OFF ? (double)i * (double)unit->interval : (double)ets_time_fs(unit, i) / 1e3;
    times[i] = (int32_t)floor(ps / unit_ps[time_units] + 0.5);
  }
  return count;
}

EXPORT int16_t ps2000_run_streaming_ns(int16_t handle, uint32_t interval, int32_t time_unit, uint32_t most, int16_t auto_stop, uint32_t ratio, uint32_t room) {
  Unit *unit = answering(handle);
  (void)most, (void)auto_stop, (void)ratio;
  if (unit == NULL || time_unit < 0 || time_unit > 5 || room > LONGEST) return 0;
  for (int channel = 0; channel < unit->model.channels; channel++) {
    if (unit->buffer_segments > 0) free(unit->buffers[channel]);
    setup_buffer(unit, channel, calloc(room, sizeof(int16_t)), (int32_t)room, 0);
  }
  double real = 0;
  return stream_run(unit, interval * unit_ps[time_unit], room, &real) == PICO_OK;
}

typedef void (*GetOverviewBuffersMaxMin)(int16_t **, int16_t, uint32_t, int16_t, int16_t, uint32_t);
typedef struct {
  GetOverviewBuffersMaxMin ready;
  Unit *unit;
} Told;

static void tell(void *context, int32_t samples, uint32_t from, int16_t overflow) {
  const Told *told = context;
  (void)from;
  int16_t *buffers[8] = {NULL};
  for (int channel = 0; channel < told->unit->model.channels; channel++) buffers[2 * channel] = told->unit->buffers[channel];
  told->ready(buffers, overflow, 0, 0, 0, (uint32_t)samples);
}

EXPORT int16_t ps2000_get_streaming_last_values(int16_t handle, GetOverviewBuffersMaxMin ready) {
  Unit *unit = answering(handle);
  if (unit == NULL || !unit->streaming) return 0;
  Told told = {ready, unit};
  return stream_latest(unit, tell, &told) == PICO_OK;
}

EXPORT int16_t ps2000_set_sig_gen_built_in(int16_t handle, int32_t offset_uv, uint32_t peak_uv, int32_t wave, float from, float to, float step, float dwell, int32_t sweep, uint32_t sweeps) {
  static const int shapes[9] = {0, 1, 2, 3, 4, 8, 6, 5, 7};
  Unit *unit = answering(handle);
  (void)sweeps;
  if (unit == NULL || wave < 0 || wave > 8) return 0;
  const Generator wanted = {true, shapes[wave], peak_uv / 1e6, offset_uv / 1e6, from, to, step, dwell, sweep, 0, 0, {0}};
  return setup_generator(unit, &wanted) == PICO_OK;
}

EXPORT int16_t ps2000_stop(int16_t handle) {
  Unit *unit = answering(handle);
  if (unit != NULL) block_stop(unit);
  return unit != NULL;
}
