/* Functions of the family 4000. */
#include "simulator.h"
#include <stdio.h>
#include <string.h>

const char *const family_name = "4000";

#define UNIT(handle)                                     \
  Unit *unit = unit_of(handle);                          \
  const uint32_t answer = unit_answers(unit);            \
  if (answer != PICO_OK) return answer

EXPORT uint32_t ps4000OpenUnit(int16_t *handle) { return unit_open(NULL, handle); }

EXPORT uint32_t ps4000OpenUnitEx(int16_t *handle, int8_t *serial) { return unit_open((const char *)serial, handle); }

EXPORT uint32_t ps4000EnumerateUnits(int16_t *count, int8_t *serials, int16_t *length) {
  *count = (int16_t)unit_list((char *)serials, *length);
  *length = (int16_t)strlen((char *)serials);
  return PICO_OK;
}

EXPORT uint32_t ps4000GetUnitInfo(int16_t handle, int8_t *string, int16_t length, int16_t *required, uint32_t info) {
  UNIT(handle);
  const char *text = unit_info(unit, info);
  if (required != NULL) *required = (int16_t)(strlen(text) + 1);
  if (string != NULL) snprintf((char *)string, (size_t)length, "%s", text);
  return PICO_OK;
}

EXPORT uint32_t ps4000CloseUnit(int16_t handle) { return unit_close(unit_of(handle)); }

EXPORT uint32_t ps4000PingUnit(int16_t handle) { return unit_answers(unit_of(handle)); }

EXPORT uint32_t ps4000FlashLed(int16_t handle, int16_t start) {
  (void)start;
  return unit_answers(unit_of(handle));
}

EXPORT uint32_t ps4000SetChannel(int16_t handle, int32_t channel, int16_t enabled, int16_t dc, int32_t range) {
  UNIT(handle);
  return setup_channel(unit, channel, enabled != 0, dc != 0, range, 0);
}

EXPORT uint32_t ps4000GetTimebase2(int16_t handle, uint32_t timebase, int32_t samples, float *interval_ns, int16_t oversample, int32_t *most, uint16_t segment) {
  UNIT(handle);
  (void)oversample, (void)segment;
  double interval = 0;
  const uint32_t status = setup_timebase(unit, timebase, samples, &interval, most);
  if (interval_ns != NULL) *interval_ns = (float)interval;
  return status;
}

EXPORT uint32_t ps4000SetSimpleTrigger(int16_t handle, int16_t enable, int32_t source, int16_t threshold, int32_t direction, uint32_t delay, int16_t auto_ms) {
  UNIT(handle);
  return setup_simple_trigger(unit, enable != 0, source, threshold, direction, delay, auto_ms);
}

#pragma pack(push, 1)
typedef struct {
  int16_t upper;
  uint16_t upper_hysteresis;
  int16_t lower;
  uint16_t lower_hysteresis;
  int32_t channel, mode;
} Properties;
#pragma pack(pop)

EXPORT uint32_t ps4000SetTriggerChannelProperties(int16_t handle, Properties *properties, int16_t count, int16_t aux, int32_t auto_ms) {
  UNIT(handle);
  (void)aux;
  for (int i = 0; i < count; i++) {
    if (properties[i].channel < 0 || properties[i].channel >= MAX_CHANNELS + 2) return PICO_INVALID_TRIGGER_CHANNEL;
    unit->trigger.threshold[properties[i].channel] = properties[i].upper;
    unit->trigger.hysteresis[properties[i].channel] = properties[i].upper_hysteresis;
  }
  unit->trigger.logic = true;
  unit->trigger.enabled = count > 0;
  unit->trigger.auto_ps = (int64_t)auto_ms * 1000000000;
  return PICO_OK;
}

/* Seven states each: A, B, C, D, external, aux, pulse width. */
EXPORT uint32_t ps4000SetTriggerChannelConditions(int16_t handle, int32_t *states, int16_t count) {
  UNIT(handle);
  unit->trigger.condition_count = 0;
  for (int i = 0; i < count && i < 32; i++, states += 7) {
    uint32_t mask = 0;
    for (int channel = 0; channel < 4; channel++)
      if (states[channel] == 1) mask |= 1u << channel;
    if (states[6] == 1) mask |= PULSE_WIDTH;
    unit->trigger.conditions[unit->trigger.condition_count++] = mask;
  }
  return PICO_OK;
}

/* Six states: A, B, C, D, external, aux. */
EXPORT uint32_t ps4000SetPulseWidthQualifier(int16_t handle, int32_t *states, int16_t count, int32_t direction, uint32_t lower, uint32_t upper, int32_t type) {
  UNIT(handle);
  uint32_t mask = 0;
  if (count > 1 || (count == 1 && states == NULL)) return PICO_INVALID_PARAMETER;
  if (count < 1 && type != WIDTH_NONE) return PICO_NO_PULSE_WIDTH_CONDITIONS_SET;
  for (int channel = 0; count == 1 && channel < 4; channel++)
    if (states[channel] == 1) mask |= 1u << channel;
  return width_set(unit, mask, direction, lower, upper, type);
}

EXPORT uint32_t ps4000SetTriggerChannelDirections(int16_t handle, int32_t a, int32_t b, int32_t c, int32_t d, int32_t external, int32_t aux) {
  UNIT(handle);
  const int32_t directions[6] = {a, b, c, d, external, aux};
  for (int i = 0; i < 6; i++) unit->trigger.directions[i] = directions[i];
  return PICO_OK;
}

EXPORT uint32_t ps4000SetTriggerDelay(int16_t handle, uint32_t delay) {
  UNIT(handle);
  unit->trigger.delay = delay;
  return PICO_OK;
}

EXPORT uint32_t ps4000MemorySegments(int16_t handle, uint16_t segments, int32_t *samples) {
  UNIT(handle);
  return setup_segments(unit, segments, samples);
}

EXPORT uint32_t ps4000SetNoOfCaptures(int16_t handle, uint16_t captures) {
  UNIT(handle);
  if (captures < 1 || captures > unit->segments) return PICO_TOO_MANY_SEGMENTS;
  unit->captures_wanted = captures;
  return PICO_OK;
}

EXPORT uint32_t ps4000GetNoOfCaptures(int16_t handle, uint16_t *captures) {
  UNIT(handle);
  *captures = (uint16_t)unit->taken;
  return PICO_OK;
}

EXPORT uint32_t ps4000SetDataBuffer(int16_t handle, int32_t channel, int16_t *buffer, int32_t length) {
  UNIT(handle);
  return setup_buffer(unit, channel, buffer, length, 0);
}

EXPORT uint32_t ps4000SetDataBufferBulk(int16_t handle, int32_t channel, int16_t *buffer, int32_t length, uint16_t waveform) {
  UNIT(handle);
  return setup_buffer(unit, channel, buffer, length, waveform);
}

EXPORT uint32_t ps4000RunBlock(int16_t handle, int32_t pre, int32_t post, uint32_t timebase, int16_t oversample, int32_t *indisposed_ms, uint16_t segment, void *ready, void *parameter) {
  UNIT(handle);
  (void)oversample, (void)segment, (void)ready, (void)parameter;
  return block_run(unit, pre, post, timebase, indisposed_ms);
}

EXPORT uint32_t ps4000IsReady(int16_t handle, int16_t *ready) {
  UNIT(handle);
  return block_ready(unit, ready);
}

EXPORT uint32_t ps4000GetValues(int16_t handle, uint32_t start, uint32_t *samples, uint32_t ratio, int16_t mode, uint16_t segment, int16_t *overflow) {
  UNIT(handle);
  (void)start, (void)ratio, (void)mode;
  return block_values(unit, samples, segment, segment, overflow);
}

EXPORT uint32_t ps4000GetValuesBulk(int16_t handle, uint32_t *samples, uint16_t from, uint16_t to, int16_t *overflow) {
  UNIT(handle);
  return block_values(unit, samples, from, to, overflow);
}

EXPORT uint32_t ps4000GetValuesTriggerTimeOffsetBulk64(int16_t handle, int64_t *times, int32_t *units, uint16_t from, uint16_t to) {
  UNIT(handle);
  if (to < from || to >= unit->taken) return PICO_SEGMENT_OUT_OF_RANGE;
  for (uint32_t i = from; i <= to; i++) {
    times[i - from] = unit->captures[i].offset_ps;
    units[i - from] = 1;
  }
  return PICO_OK;
}

EXPORT uint32_t ps4000SetEts(int16_t handle, int32_t mode, int16_t cycles, int16_t interleave, int32_t *step_ps) {
  UNIT(handle);
  return ets_set(unit, mode, cycles, interleave, step_ps);
}

EXPORT uint32_t ps4000SetEtsTimeBuffer(int16_t handle, int64_t *buffer, int32_t length) {
  UNIT(handle);
  unit->ets.times = buffer;
  unit->ets.times_length = length;
  return PICO_OK;
}

static const double unit_ps[] = {1e-3, 1, 1e3, 1e6, 1e9, 1e12};

EXPORT uint32_t ps4000RunStreaming(int16_t handle, uint32_t *interval, int32_t time_unit, uint32_t pre, uint32_t post, int16_t auto_stop, uint32_t ratio, uint32_t room) {
  UNIT(handle);
  (void)pre, (void)post, (void)auto_stop, (void)ratio;
  if (time_unit < 0 || time_unit > 5) return PICO_INVALID_PARAMETER;
  double real = 0;
  const uint32_t status = stream_run(unit, *interval * unit_ps[time_unit], room, &real);
  if (status == PICO_OK) *interval = (uint32_t)(real / unit_ps[time_unit] + 0.5);
  return status;
}

typedef void (*StreamingReady)(int16_t, int32_t, uint32_t, int16_t, uint32_t, int16_t, int16_t, void *);
typedef struct {
  StreamingReady ready;
  int16_t handle;
  void *parameter;
} Told;

static void tell(void *context, int32_t samples, uint32_t from, int16_t overflow) {
  const Told *told = context;
  told->ready(told->handle, samples, from, overflow, 0, 0, 0, told->parameter);
}

EXPORT uint32_t ps4000GetStreamingLatestValues(int16_t handle, StreamingReady ready, void *parameter) {
  UNIT(handle);
  Told told = {ready, handle, parameter};
  return stream_latest(unit, tell, &told);
}

EXPORT uint32_t ps4000SetSigGenBuiltIn(int16_t handle, int32_t offset_uv, uint32_t peak_uv, int16_t wave, float from, float to, float step, float dwell, int32_t sweep, int16_t operation, uint32_t shots, uint32_t sweeps, int32_t trigger_type, int32_t trigger_source, int16_t threshold) {
  UNIT(handle);
  (void)operation, (void)shots, (void)sweeps, (void)trigger_type, (void)trigger_source, (void)threshold;
  const Generator wanted = {true, wave, peak_uv / 1e6, offset_uv / 1e6, from, to, step, dwell, sweep, 0, 0, {0}};
  return setup_generator(unit, &wanted);
}

EXPORT uint32_t ps4000Stop(int16_t handle) {
  UNIT(handle);
  block_stop(unit);
  return PICO_OK;
}
