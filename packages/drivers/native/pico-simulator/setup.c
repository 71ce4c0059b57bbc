/* Setting a unit up, with the refusals of the real one. */
#include "simulator.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

uint32_t setup_channel(Unit *unit, int channel, bool enabled, bool dc, int range, double offset_v) {
  if (channel >= 0x80) return PICO_INVALID_DIGITAL_PORT;
  if (channel < 0 || channel >= unit->model.channels) return PICO_INVALID_CHANNEL;
  if (enabled && (range < unit->model.lowest_range || range > unit->model.widest_range)) return PICO_INVALID_VOLTAGE_RANGE;
  if (enabled && fabs(offset_v) > unit->model.offset_limit[range] + 1e-6) return PICO_INVALID_ANALOGUE_OFFSET;
  unit->channels[channel] = (Channel){enabled, dc, enabled ? range : unit->model.widest_range, offset_v};
  return PICO_OK;
}

uint32_t setup_simple_trigger(Unit *unit, bool enabled, int source, int16_t threshold, int direction, uint32_t delay, int32_t auto_ms) {
  if (enabled && (source < 0 || source >= MAX_CHANNELS + 2)) return PICO_INVALID_TRIGGER_CHANNEL;
  if (enabled && source < unit->model.channels && !unit->channels[source].enabled) return PICO_INVALID_TRIGGER_CHANNEL;
  if (direction < ABOVE || direction > RISING_OR_FALLING) return PICO_INVALID_PARAMETER;
  Trigger *trigger = &unit->trigger;
  memset(trigger, 0, sizeof *trigger);
  trigger->enabled = enabled;
  trigger->source = source;
  trigger->direction = direction;
  if (enabled) {
    trigger->threshold[source] = threshold;
    trigger->hysteresis[source] = 512;
  }
  trigger->delay = delay;
  trigger->auto_ps = (int64_t)auto_ms * 1000000000;
  return PICO_OK;
}

uint32_t setup_generator(Unit *unit, const Generator *wanted) {
  if (wanted->from_hz < 0 || wanted->from_hz > 20e6 || fabs(wanted->offset_v) + wanted->peak_v / 2 > 2.01) return PICO_SIG_GEN_PARAM;
  unit->generator = *wanted;
  unit->generator.on = wanted->peak_v > 0 || wanted->offset_v != 0;
  unit->generator.since = clock_now(unit);
  return PICO_OK;
}

uint32_t setup_segments(Unit *unit, uint32_t segments, int32_t *samples) {
  if (segments < 1 || segments > unit->model.segments) return PICO_TOO_MANY_SEGMENTS;
  unit->segments = segments;
  const double most = model_samples_per_channel(unit);
  if (samples != NULL) *samples = most > 2147483647 ? 2147483647 : (int32_t)most;
  return PICO_OK;
}

uint32_t setup_buffer(Unit *unit, int channel, int16_t *buffer, int32_t length, uint32_t segment) {
  if (channel >= 0x80) return PICO_INVALID_DIGITAL_PORT;
  if (channel < 0 || channel >= unit->model.channels) return PICO_INVALID_CHANNEL;
  if (segment >= unit->segments) return PICO_SEGMENT_OUT_OF_RANGE;
  if (segment >= unit->buffer_segments) {
    const uint32_t room = unit->segments;
    unit->buffers = realloc(unit->buffers, (size_t)room * MAX_CHANNELS * sizeof *unit->buffers);
    unit->buffer_lengths = realloc(unit->buffer_lengths, (size_t)room * MAX_CHANNELS * sizeof *unit->buffer_lengths);
    for (size_t i = (size_t)unit->buffer_segments * MAX_CHANNELS; i < (size_t)room * MAX_CHANNELS; i++) unit->buffers[i] = NULL;
    unit->buffer_segments = room;
  }
  unit->buffers[segment * MAX_CHANNELS + (uint32_t)channel] = buffer;
  unit->buffer_lengths[segment * MAX_CHANNELS + (uint32_t)channel] = length;
  return PICO_OK;
}

uint32_t setup_timebase(Unit *unit, uint32_t timebase, int32_t samples, double *interval_ns, int32_t *most) {
  if (!model_timebase_legal(unit, timebase)) return PICO_INVALID_TIMEBASE;
  const double room = model_samples_per_channel(unit);
  if (samples > room) return PICO_TOO_MANY_SAMPLES;
  if (interval_ns != NULL) *interval_ns = model_interval_ps(&unit->model, timebase) / 1e3;
  if (most != NULL) *most = room > 2147483647 ? 2147483647 : (int32_t)room;
  return PICO_OK;
}
