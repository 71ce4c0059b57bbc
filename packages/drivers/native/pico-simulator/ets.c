/*
 * Equivalent-time sampling: the trigger of a signal that repeats itself falls anywhere between two samples. Out of
 * many captures those are chosen whose samples lie evenly after the trigger, and put together to a record with a
 * step of a fraction of the sample interval.
 */
#include "simulator.h"
#include <stdlib.h>

static uint32_t fastest(const Unit *unit) {
  uint32_t timebase = 0;
  while (!model_timebase_legal(unit, timebase)) timebase++;
  return timebase;
}

uint32_t ets_set(Unit *unit, int mode, int cycles, int interleave, int32_t *step_ps) {
  if (step_ps != NULL) *step_ps = 0;
  if (mode < ETS_OFF || mode > ETS_SLOW) return PICO_INVALID_PARAMETER;
  unit->ets.mode = ETS_OFF;
  unit->ets.kept = unit->ets.next = 0;
  if (mode == ETS_OFF) return PICO_OK;
  if (unit->model.ets_cycles == 0) return PICO_ETS_NOT_SUPPORTED;
  if (interleave < 1 || interleave > unit->model.ets_interleave || cycles < interleave || cycles > unit->model.ets_cycles) return PICO_INVALID_PARAMETER;
  unit->ets.mode = mode;
  unit->ets.cycles = cycles;
  unit->ets.interleave = interleave;
  if (step_ps != NULL) *step_ps = (int32_t)(model_interval_ps(&unit->model, fastest(unit)) / interleave + 0.5);
  return PICO_OK;
}

/* A block with `pre` + `post` samples in the effective step: the captures that it needs, at the fastest interval. */
uint32_t ets_begin(Unit *unit, int32_t pre, int32_t post, uint32_t *timebase) {
  Ets *ets = &unit->ets;
  const Trigger *trigger = &unit->trigger;
  const bool edge = trigger->enabled && !trigger->logic && (trigger->direction == RISING || trigger->direction == FALLING);
  if (!edge) return PICO_TRIGGER_ERROR;
  *timebase = fastest(unit);
  ets->pre = pre;
  ets->post = post;
  unit->pre = (pre + ets->interleave - 1) / ets->interleave;
  unit->post = post / ets->interleave + 1;
  /* Slow: nothing is used twice. Fast: a part is new, the rest is what earlier blocks left. */
  if (ets->mode == ETS_SLOW) ets->kept = 0;
  unit->wanted = (uint32_t)(ets->kept < ets->cycles ? ets->cycles - ets->kept : ets->interleave);
  return PICO_OK;
}

/* Where the next capture goes. */
Capture *ets_place(Unit *unit) {
  Ets *ets = &unit->ets;
  Capture *capture = &unit->captures[ets->next];
  ets->next = (ets->next + 1) % ets->cycles;
  if (ets->kept < ets->cycles) ets->kept++;
  return capture;
}

/* How long after the trigger the first sample of a capture comes, ps. */
static int64_t phase_of(const Capture *capture) { return -capture->offset_ps; }

/* Chooses for every slot of the interval the capture whose sample lies nearest to its middle. */
void ets_combine(Unit *unit) {
  Ets *ets = &unit->ets;
  for (int slot = 0; slot < ets->interleave; slot++) {
    const int64_t wish = (2 * slot + 1) * unit->interval / (2 * ets->interleave);
    int best = 0;
    for (int i = 1; i < ets->kept; i++)
      if (llabs(phase_of(&unit->captures[i]) - wish) < llabs(phase_of(&unit->captures[best]) - wish)) best = i;
    ets->chosen[slot] = best;
    ets->phase[slot] = phase_of(&unit->captures[best]);
  }
}

static int64_t whole(const Ets *ets, int32_t sample, int *slot) {
  const int64_t place = (int64_t)sample - ets->pre;
  const int64_t intervals = (place >= 0 ? place : place - ets->interleave + 1) / ets->interleave;
  *slot = (int)(place - intervals * ets->interleave);
  return intervals;
}

/* Time of a sample of the combined record from the trigger on, fs. */
int64_t ets_time_fs(const Unit *unit, int32_t sample) {
  int slot = 0;
  const int64_t intervals = whole(&unit->ets, sample, &slot);
  return 1000 * (intervals * unit->interval + unit->ets.phase[slot]);
}

/* Writes the samples of a channel; returns whether one was clipped. */
int16_t ets_render(const Unit *unit, int channel, int16_t *out, uint32_t samples) {
  int16_t clipped = 0;
  for (uint32_t i = 0; i < samples; i++) {
    int slot = 0;
    const int64_t intervals = whole(&unit->ets, (int32_t)i, &slot);
    const Capture *capture = &unit->captures[unit->ets.chosen[slot]];
    const int64_t at = capture->trigger_at + ((int64_t)unit->trigger.delay + intervals) * unit->interval;
    const int64_t from = (at - capture->first_at) / unit->interval;
    clipped |= render_capture(unit, capture, channel, out + i, (uint32_t)from, 1);
  }
  return clipped;
}
