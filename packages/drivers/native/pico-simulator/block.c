/* Blocks and rapid blocks: arming, waiting for triggers, reading out. */
#include "simulator.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double round_trip(const Unit *unit) {
  const bool slow = unit->settings.fault == FAULT_SLOW && unit->faulted;
  return unit->settings.round_trip_ps * (slow ? 20 : 1);
}

static int64_t record_ps(const Unit *unit, int32_t samples) { return (int64_t)samples * unit->interval; }

static void arm(Unit *unit, int64_t at) {
  unit->sensitive_from = at + record_ps(unit, unit->pre);
  /* The sample clock knows nothing of the signal: its phase is another one each time. */
  if (unit->ets.mode != ETS_OFF) unit->sensitive_from += (int64_t)(random_uniform(&unit->random) * (double)unit->interval);
  unit->searched_to = unit->sensitive_from;
  width_arm(unit);
}

uint32_t block_run(Unit *unit, int32_t pre, int32_t post, uint32_t timebase, int32_t *indisposed_ms) {
  if (unit->running) return PICO_BUSY;
  if (pre < 0 || post < 0 || pre + post < 1) return PICO_INVALID_PARAMETER;
  if (unit->captures_wanted > unit->segments) return PICO_TOO_MANY_SEGMENTS;
  unit->pre = pre;
  unit->post = post;
  unit->wanted = unit->captures_wanted;
  uint32_t status = unit->ets.mode == ETS_OFF ? PICO_OK : ets_begin(unit, pre, post, &timebase);
  double interval_ns = 0;
  if (status == PICO_OK) status = setup_timebase(unit, timebase, unit->pre + unit->post, &interval_ns, NULL);
  if (status != PICO_OK) return status;
  clock_pass(unit, round_trip(unit));
  const uint32_t room = unit->ets.mode == ETS_OFF ? unit->wanted : (uint32_t)unit->ets.cycles;
  if (unit->capture_room < room) {
    free(unit->captures);
    unit->captures = calloc(room, sizeof *unit->captures);
    unit->capture_room = room;
  }
  unit->interval = (int64_t)(interval_ns * 1e3 + 0.5);
  unit->taken = 0;
  unit->ready_at = 0;
  unit->running = true;
  const int64_t now = clock_now(unit);
  if (unit->next_particle == 0) signal_begin(unit, now);
  arm(unit, now);
  if (indisposed_ms != NULL) *indisposed_ms = (int32_t)(record_ps(unit, pre + post) / 1000000000);
  return PICO_OK;
}

static void note_truth(Unit *unit, const Capture *capture) {
  Truth *truth = &unit->truths[capture->number % TRUTHS];
  truth->number = capture->number;
  double *out = truth->values;
  uint32_t layers = 0;
  out[0] = (double)capture->trigger_at / 1e12;
  out[1] = out[2] = out[7] = 0;
  out[3] = NAN;
  int64_t first = -1;
  const int64_t end = capture->first_at + record_ps(unit, unit->pre + unit->post);
  for (int i = 0; i < capture->pulse_count; i++) {
    const Pulse *pulse = &capture->pulses[i];
    if (pulse->at < capture->first_at || pulse->at >= end) continue;
    if (first < 0) {
      first = pulse->at;
      out[2] = pulse->height_v;
    }
    out[1]++;
    if (pulse->kind == 2) out[7]++;
    layers |= 1u << pulse->channel;
    if (pulse->kind == 1 && isnan(out[3])) out[3] = (double)(pulse->at - first) / 1e3;
  }
  out[4] = layers;
  out[5] = capture->automatic;
  out[6] = (double)unit->particles;
}

static void take(Unit *unit, int64_t at, int64_t offset_ps, bool automatic) {
  Capture *capture = unit->ets.mode == ETS_OFF ? &unit->captures[unit->taken] : ets_place(unit);
  unit->taken++;
  const int64_t zero = at + (int64_t)unit->trigger.delay * unit->interval;
  capture->trigger_at = at;
  capture->offset_ps = offset_ps;
  capture->automatic = automatic;
  capture->first_at = zero - record_ps(unit, unit->pre);
  const int64_t end = zero + record_ps(unit, unit->post);
  const int64_t width = (int64_t)signal_width_ps(unit);
  signal_extend(unit, end);
  capture->pulse_count = 0;
  for (int i = 0; i < unit->pulse_count && capture->pulse_count < CAPTURE_PULSES; i++) {
    const Pulse *pulse = &unit->pulses[i];
    if (pulse->at + width < capture->first_at) continue;
    if (pulse->at >= end) break;
    capture->pulses[capture->pulse_count++] = *pulse;
  }
  unit->ready_at = end;
  arm(unit, end + (int64_t)unit->settings.rearm_ps);
  signal_forget(unit, end - width);
}

/* Takes every record whose trigger came until `now`. */
static void advance(Unit *unit, int64_t now) {
  while (unit->taken < unit->wanted) {
    int64_t at = 0;
    int64_t offset_ps = 0;
    bool automatic = false;
    if (unit->taken > 0 && unit->ready_at > now) return;
    if (!trigger_search(unit, now, &at, &offset_ps, &automatic)) return;
    take(unit, at, offset_ps, automatic);
  }
}

static bool complete(const Unit *unit, int64_t now) {
  return unit->taken == unit->wanted && now >= unit->ready_at + (int64_t)(round_trip(unit) * 0.5);
}

/* With a clock of its own the unit jumps to the end of the block, or on by a millisecond when nothing comes. */
static void jump(Unit *unit) {
  const int64_t step = 1000000000;
  const int64_t most = unit->virtual_now + 100 * step;
  while (unit->taken < unit->wanted && unit->virtual_now < most) {
    const uint32_t before = unit->taken;
    advance(unit, unit->virtual_now);
    if (unit->taken == before) unit->virtual_now += step;
    else if (unit->ready_at > unit->virtual_now) unit->virtual_now = unit->ready_at;
  }
  if (unit->taken == unit->wanted) clock_until(unit, unit->ready_at + (int64_t)(round_trip(unit) * 0.5));
}

static uint32_t strike(Unit *unit) {
  if (unit->settings.fault == FAULT_NONE || unit->delivered < unit->settings.fault_after) return PICO_OK;
  const bool first = !unit->faulted;
  unit->faulted = true;
  if (unit->settings.fault == FAULT_CRASH) abort();
  if (unit->settings.fault == FAULT_UNPLUG && first) {
    unit->gone_since = clock_now(unit);
    return PICO_NOT_RESPONDING;
  }
  return unit->settings.fault == FAULT_STATUS && first ? PICO_BUSY : PICO_OK;
}

static uint32_t fetch(Unit *unit, uint32_t *samples, uint32_t from, uint32_t to, int16_t *overflow);

uint32_t block_ready(Unit *unit, int16_t *ready) {
  *ready = 0;
  if (!unit->running) return PICO_OK;
  if (unit->settings.fault == FAULT_STALL && unit->delivered >= unit->settings.fault_after) return PICO_OK;
  if (unit->settings.fast) jump(unit);
  const int64_t now = clock_now(unit);
  advance(unit, now);
  if (!complete(unit, now)) return PICO_OK;
  if (unit->overlapped) {
    unit->overlapped = false;
    const uint32_t status = fetch(unit, unit->overlapped_samples, unit->overlapped_from, unit->overlapped_to, unit->overlapped_overflow);
    if (status != PICO_OK) return status;
  }
  *ready = 1;
  return PICO_OK;
}

/* The record that many captures of a repeated signal give together. */
static void fetch_combined(Unit *unit, uint32_t *samples, int16_t *overflow) {
  const int64_t begin = clock_now(unit);
  const uint32_t length = (uint32_t)(unit->ets.pre + unit->ets.post);
  if (*samples > length) *samples = length;
  ets_combine(unit);
  Capture *last = &unit->captures[unit->ets.chosen[0]];
  last->number = unit->delivered++;
  note_truth(unit, last);
  int16_t clipped = 0;
  double bytes = 0;
  for (int channel = 0; channel < unit->model.channels; channel++) {
    int16_t *out = unit->channels[channel].enabled ? unit->buffers[channel] : NULL;
    if (out == NULL) continue;
    const uint32_t room = (uint32_t)unit->buffer_lengths[channel];
    clipped |= (int16_t)(ets_render(unit, channel, out, *samples < room ? *samples : room) << channel);
    bytes += 2.0 * *samples;
  }
  for (uint32_t i = 0; unit->ets.times != NULL && i < *samples && (int32_t)i < unit->ets.times_length; i++) unit->ets.times[i] = ets_time_fs(unit, (int32_t)i);
  if (overflow != NULL) overflow[0] = clipped;
  unit->running = false;
  clock_until(unit, begin + (int64_t)(bytes / unit->settings.bytes_per_ps));
}

static uint32_t fetch(Unit *unit, uint32_t *samples, uint32_t from, uint32_t to, int16_t *overflow) {
  if (unit->ets.mode != ETS_OFF) return fetch_combined(unit, samples, overflow), PICO_OK;
  const int64_t begin = clock_now(unit);
  const uint32_t length = (uint32_t)(unit->pre + unit->post);
  if (*samples > length) *samples = length;
  double bytes = 0;
  for (uint32_t segment = from; segment <= to; segment++) {
    Capture *capture = &unit->captures[segment];
    capture->number = unit->delivered++;
    note_truth(unit, capture);
    int16_t clipped = 0;
    for (int channel = 0; channel < unit->model.channels; channel++) {
      const size_t place = (size_t)segment * MAX_CHANNELS + (size_t)channel;
      if (!unit->channels[channel].enabled || segment >= unit->buffer_segments || unit->buffers[place] == NULL) continue;
      uint32_t count = *samples;
      if (unit->buffer_lengths[place] >= 0 && count > (uint32_t)unit->buffer_lengths[place]) count = (uint32_t)unit->buffer_lengths[place];
      clipped |= (int16_t)(render_capture(unit, capture, channel, unit->buffers[place], 0, count) << channel);
      bytes += 2.0 * count;
    }
    if (overflow != NULL) overflow[segment - from] = clipped;
  }
  unit->running = false;
  clock_until(unit, begin + (int64_t)(bytes / unit->settings.bytes_per_ps));
  return PICO_OK;
}

uint32_t block_values(Unit *unit, uint32_t *samples, uint32_t from, uint32_t to, int16_t *overflow) {
  if (samples == NULL) return PICO_NULL_PARAMETER;
  if (to < from || to >= unit->segments) return PICO_SEGMENT_OUT_OF_RANGE;
  const uint32_t fault = strike(unit);
  if (fault != PICO_OK) return fault;
  if (to >= unit->taken) return PICO_NO_SAMPLES_AVAILABLE;
  if (unit->buffer_segments == 0) return PICO_BUFFERS_NOT_SET;
  clock_pass(unit, round_trip(unit));
  return fetch(unit, samples, from, to, overflow);
}

uint32_t block_overlap(Unit *unit, uint32_t *samples, uint32_t from, uint32_t to, int16_t *overflow) {
  if (samples == NULL) return PICO_NULL_PARAMETER;
  if (to < from || to >= unit->segments) return PICO_SEGMENT_OUT_OF_RANGE;
  const uint32_t fault = strike(unit);
  if (fault != PICO_OK) return fault;
  unit->overlapped = true;
  unit->overlapped_from = from;
  unit->overlapped_to = to;
  unit->overlapped_samples = samples;
  unit->overlapped_overflow = overflow;
  return PICO_OK;
}

void block_stop(Unit *unit) {
  if (unit->running) advance(unit, clock_now(unit));
  /* What was not complete when it was stopped is lost. */
  if (unit->running && unit->taken > 0 && unit->ready_at > clock_now(unit)) unit->taken--;
  unit->running = unit->streaming = unit->overlapped = false;
  clock_pass(unit, round_trip(unit));
}
