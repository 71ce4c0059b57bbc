/* The pulse width qualifier: how long a channel has been beyond its threshold, counted in samples. */
#include "simulator.h"

uint32_t width_set(Unit *unit, uint32_t channels, int direction, uint32_t lower, uint32_t upper, int type) {
  if (type < WIDTH_NONE || type > WIDTH_OUT_OF_RANGE) return PICO_PULSE_WIDTH_QUALIFIER_TYPE;
  if (direction < ABOVE || direction > RISING_OR_FALLING) return PICO_PULSE_WIDTH_QUALIFIER_DIRECTION;
  if (type >= WIDTH_IN_RANGE && upper < lower) return PICO_INVALID_PARAMETER;
  unit->trigger.width = (PulseWidth){type, direction, lower, upper, channels, false, false, -1};
  return PICO_OK;
}

/* A pulse that is on its way when the unit is armed is not measured. */
void width_arm(Unit *unit) {
  unit->trigger.width.known = false;
  unit->trigger.width.since = -1;
}

static bool beyond(const Unit *unit, const Pulse *pulses, int count, int64_t at) {
  const PulseWidth *width = &unit->trigger.width;
  const bool falling = width->direction == FALLING || width->direction == BELOW;
  for (int channel = 0; channel < unit->model.channels; channel++) {
    if ((width->channels >> channel & 1) == 0) continue;
    const int threshold = unit->trigger.threshold[channel];
    const int back = width->known && width->up ? unit->trigger.hysteresis[channel] : 0;
    const int value = trigger_counts(unit, pulses, count, channel, at);
    if (falling ? value >= threshold + back : value <= threshold - back) return false;
  }
  return width->channels != 0;
}

static bool fits(const PulseWidth *width, int64_t samples) {
  switch (width->type) {
  case WIDTH_LESS:
    return samples < width->lower;
  case WIDTH_GREATER:
    return samples > width->lower;
  case WIDTH_IN_RANGE:
    return samples >= width->lower && samples <= width->upper;
  default:
    return samples < width->lower || samples > width->upper;
  }
}

/* Looks at the next sample; whether the width counted up to it fits: of a pulse that goes on or ends here. */
bool width_step(Unit *unit, const Pulse *pulses, int count, int64_t at) {
  PulseWidth *width = &unit->trigger.width;
  if (width->type == WIDTH_NONE) return false;
  const bool up = beyond(unit, pulses, count, at);
  const bool edge = width->known && up != width->up;
  const bool either = width->direction == RISING_OR_FALLING;
  const bool counted = width->since >= 0 && fits(width, (at - width->since) / unit->interval);
  if (edge && (up || either)) width->since = at;
  if (edge && !up && !either) width->since = -1;
  width->known = true;
  width->up = up;
  return counted;
}

/* Whether the time of a long pulse is over in a stretch without any change of the signal, and when. */
bool width_expires(const Unit *unit, int64_t from, int64_t until, int64_t *at) {
  const Trigger *trigger = &unit->trigger;
  if (!trigger->logic || trigger->width.type != WIDTH_GREATER || trigger->width.since < 0) return false;
  bool alone = false;
  for (int i = 0; i < trigger->condition_count; i++) alone = alone || trigger->conditions[i] == PULSE_WIDTH;
  const int64_t over = trigger->width.since + ((int64_t)trigger->width.lower + 1) * unit->interval;
  if (!alone || over < from || over >= until) return false;
  return *at = over, true;
}
