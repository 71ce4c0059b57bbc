/* Looks for the moment at which the trigger fires. Noise alone does not fire it: only pulses and waves are looked at. */
#include "simulator.h"
#include <math.h>
#include <stddef.h>

static double volts_at(const Unit *unit, const Pulse *pulses, int count, int channel, int64_t at) {
  return signal_volts(unit, pulses, count, channel, at) + unit->noise[(noise_place(unit, at) + (uint32_t)channel * 7919u) % NOISE_VALUES];
}

int16_t trigger_counts(const Unit *unit, const Pulse *pulses, int count, int channel, int64_t at) {
  bool clipped = false;
  return render_counts(unit, channel, volts_at(unit, pulses, count, channel, at), &clipped);
}

/* Noise is the same whenever a moment is looked at. */
uint32_t noise_place(const Unit *unit, int64_t at) {
  const uint64_t sample = (uint64_t)at / (uint64_t)(unit->interval > 0 ? unit->interval : 1000);
  return (uint32_t)((sample * 0x9e3779b97f4a7c15u) >> 40);
}

static bool beyond(int direction, int16_t value, int16_t threshold) {
  return direction == FALLING || direction == BELOW ? value < threshold : value > threshold;
}

/* Whether the trigger's condition holds, with memory of the channels' states for hysteresis. */
static bool holds(Unit *unit, const Pulse *pulses, int count, int64_t at, bool *states) {
  const Trigger *trigger = &unit->trigger;
  for (int channel = 0; channel < unit->model.channels; channel++) {
    const bool needed = trigger->logic ? unit->channels[channel].enabled : channel == trigger->source;
    if (!needed) continue;
    const int direction = trigger->logic ? trigger->directions[channel] : trigger->direction;
    const int sign = direction == FALLING || direction == BELOW ? 1 : -1;
    const int16_t value = trigger_counts(unit, pulses, count, channel, at);
    const int back = trigger->threshold[channel] + sign * (int)trigger->hysteresis[channel];
    const int limit = states[channel] ? back : trigger->threshold[channel];
    const int16_t clipped = (int16_t)(limit > 32767 ? 32767 : limit < -32767 ? -32767 : limit);
    states[channel] = beyond(direction, value, clipped);
  }
  if (!trigger->logic) return trigger->source < MAX_CHANNELS && states[trigger->source];
  const bool qualified = width_step(unit, pulses, count, at);
  for (int i = 0; i < trigger->condition_count; i++) {
    bool all = trigger->conditions[i] != 0 && (qualified || (trigger->conditions[i] & PULSE_WIDTH) == 0);
    for (int channel = 0; channel < MAX_CHANNELS; channel++)
      if ((trigger->conditions[i] >> channel & 1) != 0 && !states[channel]) all = false;
    if (all) return true;
  }
  return false;
}

/* Steps through the samples of a stretch; true with the first sample at which the trigger fires. */
static bool scan(Unit *unit, int64_t from, int64_t until, int64_t *at) {
  const Trigger *trigger = &unit->trigger;
  const bool level = !trigger->logic && (trigger->direction == ABOVE || trigger->direction == BELOW);
  const bool both = !trigger->logic && trigger->direction == RISING_OR_FALLING;
  const int64_t width = (int64_t)signal_width_ps(unit);
  bool states[MAX_CHANNELS] = {false};
  int first = 0;
  while (first < unit->pulse_count && unit->pulses[first].at < from - width) first++;
  int last = first;
  while (last < unit->pulse_count && unit->pulses[last].at < until) last++;
  const Pulse *pulses = unit->pulses + first;
  bool before = holds(unit, pulses, last - first, from - unit->interval, states);
  for (int64_t now = from; now < until; now += unit->interval) {
    const bool is = holds(unit, pulses, last - first, now, states);
    if (is && (level || !before)) return *at = now, true;
    if (both && is != before) return *at = now, true;
    before = is;
  }
  return false;
}

static bool waves(const Unit *unit) {
  if (unit->settings.hum_v > 0) return true;
  return unit->generator.on && (unit->trigger.logic || unit->trigger.source == 1);
}

/* Longest stretch in which a wave does something new, ps. */
static int64_t wave_span(const Unit *unit) {
  double slowest = unit->generator.on ? fmin(unit->generator.from_hz, unit->generator.to_hz) : 50;
  if (unit->settings.hum_v > 0 && slowest > 50) slowest = 50;
  return (int64_t)(2e12 / fmax(slowest, 0.03));
}

static int64_t on_grid(const Unit *unit, int64_t at) {
  const int64_t since = at - unit->sensitive_from;
  return unit->sensitive_from + (since <= 0 ? 0 : (since + unit->interval - 1) / unit->interval * unit->interval);
}

/* Position of the crossing between the sample before and the one that fired, ps: measured finer than the samples are. */
static int64_t crossing(const Unit *unit, int64_t at) {
  const Trigger *trigger = &unit->trigger;
  if (trigger->logic || trigger->source >= unit->model.channels) return 0;
  const Channel *input = &unit->channels[trigger->source];
  const double level = trigger->threshold[trigger->source] / unit->model.full_scale * range_volts[input->range] - input->offset_v;
  const double now = volts_at(unit, unit->pulses, unit->pulse_count, trigger->source, at);
  const double before = volts_at(unit, unit->pulses, unit->pulse_count, trigger->source, at - unit->interval);
  if (now == before) return 0;
  return -(int64_t)(fmin(1, fmax(0, (now - level) / (now - before))) * (double)unit->interval);
}

/*
 * Looks for the next trigger from `searched_to` on, no further than `until`. Remembers how far it looked.
 */
bool trigger_search(Unit *unit, int64_t until, int64_t *at, int64_t *offset_ps, bool *automatic) {
  const Trigger *trigger = &unit->trigger;
  *offset_ps = 0;
  *automatic = false;
  const int64_t limit = !trigger->enabled ? unit->sensitive_from : trigger->auto_ps > 0 && unit->ets.mode == ETS_OFF ? unit->sensitive_from + trigger->auto_ps : INT64_MAX;
  const int64_t end = limit < until ? limit : until;
  const int64_t width = (int64_t)signal_width_ps(unit);
  bool found = false;
  if (trigger->enabled && unit->searched_to < end) {
    signal_extend(unit, end + width);
    int64_t from = unit->searched_to;
    if (waves(unit)) {
      const int64_t span = wave_span(unit);
      const int64_t most = from + (span < 400000 * unit->interval ? span : 400000 * unit->interval);
      found = scan(unit, on_grid(unit, from), end < most ? end : most, at);
    }
    for (int i = 0; i < unit->pulse_count && !found; i++) {
      const Pulse *pulse = &unit->pulses[i];
      if (pulse->at + width < from) continue;
      if (pulse->at >= end) break;
      if (!trigger->logic && pulse->channel != trigger->source) continue;
      const int64_t begin = pulse->at > from ? pulse->at : from;
      const int64_t stop = pulse->at + width < end ? pulse->at + width : end;
      found = width_expires(unit, from, begin, at) || scan(unit, on_grid(unit, begin), stop, at);
      if (stop > from) from = stop;
    }
    found = found || width_expires(unit, from, end, at);
    unit->searched_to = found ? *at : end;
  }
  if (found) {
    *offset_ps = crossing(unit, *at);
    return true;
  }
  if (until < limit) return false;
  *at = on_grid(unit, limit);
  *automatic = trigger->enabled;
  return true;
}
