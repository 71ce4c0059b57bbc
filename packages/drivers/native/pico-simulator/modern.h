/*
 * Functions of the families 2000a, 3000a and 4000a. Include with:
 *   FN(name)     ps2000a##name
 *   FAMILY       "2000a"
 *   FAMILY_4000A defined for the one that has no oversampling and other trigger structures
 */
#include "simulator.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const family_name = FAMILY;

#define UNIT(handle)                                     \
  Unit *unit = unit_of(handle);                          \
  const uint32_t answer = unit_answers(unit);            \
  if (answer != PICO_OK) return answer

#if defined(FAMILY_4000A)
#define OVERSAMPLE
enum { EXTERNAL = 8, WIDTH_SOURCE = 0x10000000 };
#else
#define OVERSAMPLE int16_t oversample,
enum { EXTERNAL = 4 };
#endif

EXPORT uint32_t FN(OpenUnit)(int16_t *handle, int8_t *serial) { return unit_open((const char *)serial, handle); }

EXPORT uint32_t FN(EnumerateUnits)(int16_t *count, int8_t *serials, int16_t *length) {
  *count = (int16_t)unit_list((char *)serials, *length);
  *length = (int16_t)strlen((char *)serials);
  return PICO_OK;
}

EXPORT uint32_t FN(GetUnitInfo)(int16_t handle, int8_t *string, int16_t length, int16_t *required, uint32_t info) {
  UNIT(handle);
  const char *text = unit_info(unit, info);
  if (required != NULL) *required = (int16_t)(strlen(text) + 1);
  if (string != NULL) snprintf((char *)string, (size_t)length, "%s", text);
  return PICO_OK;
}

EXPORT uint32_t FN(CloseUnit)(int16_t handle) { return unit_close(unit_of(handle)); }

EXPORT uint32_t FN(PingUnit)(int16_t handle) { return unit_answers(unit_of(handle)); }

EXPORT uint32_t FN(FlashLed)(int16_t handle, int16_t start) {
  (void)start;
  return unit_answers(unit_of(handle));
}

EXPORT uint32_t FN(MaximumValue)(int16_t handle, int16_t *value) {
  UNIT(handle);
  *value = (int16_t)unit->model.full_scale;
  return PICO_OK;
}

EXPORT uint32_t FN(GetAnalogueOffset)(int16_t handle, int32_t range, int32_t coupling, float *maximum, float *minimum) {
  UNIT(handle);
  (void)coupling;
  if (range < unit->model.lowest_range || range > unit->model.widest_range) return PICO_INVALID_VOLTAGE_RANGE;
  if (maximum != NULL) *maximum = (float)unit->model.offset_limit[range];
  if (minimum != NULL) *minimum = (float)-unit->model.offset_limit[range];
  return PICO_OK;
}

EXPORT uint32_t FN(SetChannel)(int16_t handle, int32_t channel, int16_t enabled, int32_t type, int32_t range, float offset) {
  UNIT(handle);
  return setup_channel(unit, channel, enabled != 0, type == 1, range, offset);
}

EXPORT uint32_t FN(GetTimebase2)(int16_t handle, uint32_t timebase, int32_t samples, float *interval_ns, OVERSAMPLE int32_t *most, uint32_t segment) {
  UNIT(handle);
#if !defined(FAMILY_4000A)
  (void)oversample;
#endif
  (void)segment;
  double interval = 0;
  const uint32_t status = setup_timebase(unit, timebase, samples, &interval, most);
  if (interval_ns != NULL) *interval_ns = (float)interval;
  return status;
}

EXPORT uint32_t FN(SetSimpleTrigger)(int16_t handle, int16_t enable, int32_t source, int16_t threshold, int32_t direction, uint32_t delay, int16_t auto_ms) {
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
typedef struct {
  int32_t source, value;
} Pair;
typedef struct {
  uint32_t status, segment, reserved;
  int64_t time;
  int16_t unit, padding;
  uint64_t counter;
} TriggerInfo;
#pragma pack(pop)

EXPORT uint32_t FN(SetTriggerChannelProperties)(int16_t handle, Properties *properties, int16_t count, int16_t aux, int32_t auto_ms) {
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

#if !defined(FAMILY_4000A)
enum { STATES_BEFORE_WIDTH = 6 };
#endif

static uint32_t add_condition(Unit *unit, uint32_t mask) {
  if (unit->trigger.condition_count == 32) return PICO_INVALID_PARAMETER;
  unit->trigger.conditions[unit->trigger.condition_count++] = mask;
  return PICO_OK;
}

#if defined(FAMILY_4000A)
EXPORT uint32_t FN(SetTriggerChannelConditions)(int16_t handle, Pair *conditions, int16_t count, int32_t info) {
  UNIT(handle);
  if ((info & 1) != 0) unit->trigger.condition_count = 0;
  uint32_t mask = 0;
  for (int i = 0; i < count; i++)
    if (conditions[i].value == 1 && conditions[i].source < MAX_CHANNELS) mask |= 1u << conditions[i].source;
    else if (conditions[i].value == 1 && conditions[i].source == WIDTH_SOURCE) mask |= PULSE_WIDTH;
  return count == 0 ? PICO_OK : add_condition(unit, mask);
}

EXPORT uint32_t FN(SetPulseWidthQualifierProperties)(int16_t handle, int32_t direction, uint32_t lower, uint32_t upper, int32_t type) {
  UNIT(handle);
  /* Which channels it is of, the conditions say. */
  return width_set(unit, unit->trigger.width.channels, direction, lower, upper, type);
}

EXPORT uint32_t FN(SetPulseWidthQualifierConditions)(int16_t handle, Pair *conditions, int16_t count, int32_t info) {
  UNIT(handle);
  uint32_t mask = (info & 1) != 0 ? 0 : unit->trigger.width.channels;
  for (int i = 0; i < count; i++) {
    if (conditions[i].source < 0 || conditions[i].source >= MAX_CHANNELS) return PICO_INVALID_TRIGGER_CHANNEL;
    if (conditions[i].value == 1) mask |= 1u << conditions[i].source;
  }
  unit->trigger.width.channels = mask;
  return PICO_OK;
}

EXPORT uint32_t FN(SetTriggerChannelDirections)(int16_t handle, Pair *directions, int16_t count) {
  UNIT(handle);
  for (int i = 0; i < count; i++)
    if (directions[i].source >= 0 && directions[i].source < MAX_CHANNELS + 2) unit->trigger.directions[directions[i].source] = directions[i].value;
  return PICO_OK;
}
#else
EXPORT uint32_t FN(SetTriggerChannelConditions)(int16_t handle, int32_t *states, int16_t count) {
  UNIT(handle);
  unit->trigger.condition_count = 0;
  uint32_t status = PICO_OK;
  for (int i = 0; i < count && status == PICO_OK; i++, states += CONDITION_STATES) {
    uint32_t mask = 0;
    for (int channel = 0; channel < 4; channel++)
      if (states[channel] == 1) mask |= 1u << channel;
    if (states[STATES_BEFORE_WIDTH] == 1) mask |= PULSE_WIDTH;
    status = add_condition(unit, mask);
  }
  return status;
}

/* States of A, B, C, D, external, aux and, in some families, digital. */
EXPORT uint32_t FN(SetPulseWidthQualifier)(int16_t handle, int32_t *states, int16_t count, int32_t direction, uint32_t lower, uint32_t upper, int32_t type) {
  UNIT(handle);
  uint32_t mask = 0;
  if (count > 1 || (count == 1 && states == NULL)) return PICO_INVALID_PARAMETER;
  if (count < 1 && type != WIDTH_NONE) return PICO_NO_PULSE_WIDTH_CONDITIONS_SET;
  for (int channel = 0; count == 1 && channel < 4; channel++)
    if (states[channel] == 1) mask |= 1u << channel;
  return width_set(unit, mask, direction, lower, upper, type);
}

EXPORT uint32_t FN(SetTriggerChannelDirections)(int16_t handle, int32_t a, int32_t b, int32_t c, int32_t d, int32_t external, int32_t aux) {
  UNIT(handle);
  const int32_t directions[6] = {a, b, c, d, external, aux};
  for (int i = 0; i < 6; i++) unit->trigger.directions[i] = directions[i];
  return PICO_OK;
}
#endif

EXPORT uint32_t FN(SetTriggerDelay)(int16_t handle, uint32_t delay) {
  UNIT(handle);
  unit->trigger.delay = delay;
  return PICO_OK;
}

EXPORT uint32_t FN(MemorySegments)(int16_t handle, uint32_t segments, int32_t *samples) {
  UNIT(handle);
  return setup_segments(unit, segments, samples);
}

EXPORT uint32_t FN(GetMaxSegments)(int16_t handle, uint32_t *segments) {
  UNIT(handle);
  *segments = unit->model.segments;
  return PICO_OK;
}

EXPORT uint32_t FN(SetNoOfCaptures)(int16_t handle, uint32_t captures) {
  UNIT(handle);
  if (captures < 1 || captures > unit->segments) return PICO_TOO_MANY_SEGMENTS;
  unit->captures_wanted = captures;
  return PICO_OK;
}

EXPORT uint32_t FN(GetNoOfCaptures)(int16_t handle, uint32_t *captures) {
  UNIT(handle);
  *captures = unit->taken;
  return PICO_OK;
}

EXPORT uint32_t FN(SetDataBuffer)(int16_t handle, int32_t channel, int16_t *buffer, int32_t length, uint32_t segment, int32_t mode) {
  UNIT(handle);
  (void)mode;
  return setup_buffer(unit, channel, buffer, length, segment);
}

EXPORT uint32_t FN(RunBlock)(int16_t handle, int32_t pre, int32_t post, uint32_t timebase, OVERSAMPLE int32_t *indisposed_ms, uint32_t segment, void *ready, void *parameter) {
  UNIT(handle);
#if !defined(FAMILY_4000A)
  (void)oversample;
#endif
  (void)segment, (void)ready, (void)parameter;
  return block_run(unit, pre, post, timebase, indisposed_ms);
}

EXPORT uint32_t FN(IsReady)(int16_t handle, int16_t *ready) {
  UNIT(handle);
  return block_ready(unit, ready);
}

EXPORT uint32_t FN(GetValues)(int16_t handle, uint32_t start, uint32_t *samples, uint32_t ratio, int32_t mode, uint32_t segment, int16_t *overflow) {
  UNIT(handle);
  (void)start, (void)ratio, (void)mode;
  return block_values(unit, samples, segment, segment, overflow);
}

EXPORT uint32_t FN(GetValuesBulk)(int16_t handle, uint32_t *samples, uint32_t from, uint32_t to, uint32_t ratio, int32_t mode, int16_t *overflow) {
  UNIT(handle);
  (void)ratio, (void)mode;
  return block_values(unit, samples, from, to, overflow);
}

EXPORT uint32_t FN(GetValuesOverlapped)(int16_t handle, uint32_t start, uint32_t *samples, uint32_t ratio, int32_t mode, uint32_t segment, int16_t *overflow) {
  UNIT(handle);
  (void)start, (void)ratio, (void)mode;
  return block_overlap(unit, samples, segment, segment, overflow);
}

EXPORT uint32_t FN(GetValuesTriggerTimeOffsetBulk64)(int16_t handle, int64_t *times, int32_t *units, uint32_t from, uint32_t to) {
  UNIT(handle);
  if (to < from || to >= unit->taken) return PICO_SEGMENT_OUT_OF_RANGE;
  for (uint32_t i = from; i <= to; i++) {
    times[i - from] = unit->captures[i].offset_ps;
    units[i - from] = 1;
  }
  return PICO_OK;
}

#if defined(FAMILY_3000A)
EXPORT uint32_t FN(GetTriggerInfoBulk)(int16_t handle, TriggerInfo *infos, uint32_t from, uint32_t to) {
  UNIT(handle);
  if (to < from || to >= unit->taken) return PICO_SEGMENT_OUT_OF_RANGE;
  for (uint32_t i = from; i <= to; i++) {
    const Capture *capture = &unit->captures[i];
    infos[i - from] = (TriggerInfo){PICO_OK, i, 0, capture->offset_ps, 1, 0, (uint64_t)(capture->trigger_at / unit->interval)};
  }
  return PICO_OK;
}
#endif

#if !defined(FAMILY_2000A)
EXPORT uint32_t FN(ChangePowerSource)(int16_t handle, uint32_t state) {
  (void)state;
  return unit_answers(unit_of(handle));
}
#endif

#if !defined(FAMILY_4000A)
EXPORT uint32_t FN(SetEts)(int16_t handle, int32_t mode, int16_t cycles, int16_t interleave, int32_t *step_ps) {
  UNIT(handle);
  return ets_set(unit, mode, cycles, interleave, step_ps);
}

EXPORT uint32_t FN(SetEtsTimeBuffer)(int16_t handle, int64_t *buffer, int32_t length) {
  UNIT(handle);
  unit->ets.times = buffer;
  unit->ets.times_length = length;
  return PICO_OK;
}

EXPORT uint32_t FN(GetMaxEtsValues)(int16_t handle, int16_t *cycles, int16_t *interleave) {
  UNIT(handle);
  *cycles = (int16_t)unit->model.ets_cycles;
  *interleave = (int16_t)unit->model.ets_interleave;
  return PICO_OK;
}
#endif

static const double unit_ps[] = {1e-3, 1, 1e3, 1e6, 1e9, 1e12};

EXPORT uint32_t FN(RunStreaming)(int16_t handle, uint32_t *interval, int32_t time_unit, uint32_t pre, uint32_t post, int16_t auto_stop, uint32_t ratio, int32_t mode, uint32_t room) {
  UNIT(handle);
  (void)pre, (void)post, (void)auto_stop, (void)ratio, (void)mode;
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

EXPORT uint32_t FN(GetStreamingLatestValues)(int16_t handle, StreamingReady ready, void *parameter) {
  UNIT(handle);
  Told told = {ready, handle, parameter};
  return stream_latest(unit, tell, &told);
}

#if defined(FAMILY_4000A)
typedef int32_t WaveType;
typedef double Frequency;
#else
typedef int16_t WaveType;
typedef float Frequency;
#endif

EXPORT uint32_t FN(SetSigGenBuiltIn)(int16_t handle, int32_t offset_uv, uint32_t peak_uv, WaveType wave, Frequency from, Frequency to, Frequency step, Frequency dwell, int32_t sweep, int32_t operation, uint32_t shots, uint32_t sweeps, int32_t trigger_type, int32_t trigger_source, int16_t threshold) {
  UNIT(handle);
  (void)operation, (void)shots, (void)sweeps, (void)trigger_type, (void)trigger_source, (void)threshold;
  const Generator wanted = {true, wave, peak_uv / 1e6, offset_uv / 1e6, from, to, step, dwell, sweep, 0, 0, {0}};
  return setup_generator(unit, &wanted);
}

/* Phase steps of the generator: 13 address bits at 20 MHz. */
static const double phase_hz = 20e6 / (1 << 19);

EXPORT uint32_t FN(SigGenFrequencyToPhase)(int16_t handle, double hertz, int32_t index_mode, uint32_t length, uint32_t *phase) {
  UNIT(handle);
  (void)index_mode;
  if (hertz <= 0 || length < 1 || length > WAVE_POINTS) return PICO_SIG_GEN_PARAM;
  *phase = (uint32_t)(hertz * length / phase_hz + 0.5);
  return PICO_OK;
}

EXPORT uint32_t FN(SetSigGenArbitrary)(int16_t handle, int32_t offset_uv, uint32_t peak_uv, uint32_t from, uint32_t to, uint32_t step, uint32_t dwell, const int16_t *points, int32_t length, int32_t sweep, int32_t operation, int32_t index_mode, uint32_t shots, uint32_t sweeps, int32_t trigger_type, int32_t trigger_source, int16_t threshold) {
  UNIT(handle);
  (void)step, (void)operation, (void)index_mode, (void)shots, (void)sweeps, (void)trigger_type, (void)trigger_source, (void)threshold;
  if (points == NULL || length < 1 || length > WAVE_POINTS || dwell < 3 || from != to) return PICO_SIG_GEN_PARAM;
  const double hertz = from * phase_hz / length;
  Generator wanted = {true, WAVE_ARBITRARY, peak_uv / 1e6, offset_uv / 1e6, hertz, hertz, 0, 0, sweep, 0, length, {0}};
  for (int32_t i = 0; i < length; i++) wanted.points[i] = points[i];
  return setup_generator(unit, &wanted);
}

EXPORT uint32_t FN(Stop)(int16_t handle) {
  UNIT(handle);
  block_stop(unit);
  return PICO_OK;
}
