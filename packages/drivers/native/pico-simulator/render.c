/* Makes the samples of a record out of its pulses. */
#include "simulator.h"
#include <math.h>

int16_t render_counts(const Unit *unit, int channel, double volts, bool *clipped) {
  const Channel *input = &unit->channels[channel];
  const double scale = unit->model.full_scale;
  double counts = (volts + input->offset_v) / range_volts[input->range] * scale;
  counts = floor(counts / unit->model.step_counts + 0.5) * unit->model.step_counts;
  if (counts > scale || counts < -scale) {
    *clipped = true;
    counts = counts > 0 ? scale : -scale;
  }
  return (int16_t)counts;
}

/* Writes samples of a channel; returns whether one was clipped. Pulses of the capture are in order of time. */
int16_t render_capture(const Unit *unit, const Capture *capture, int channel, int16_t *out, uint32_t from, uint32_t samples) {
  const double gain = unit->settings.fault == FAULT_OVERFLOW && unit->faulted ? 1000 : 1;
  const Channel *input = &unit->channels[channel];
  const double step = unit->model.step_counts;
  const double per_volt = unit->model.full_scale / (range_volts[input->range] * step);
  const double most = floor(unit->model.full_scale / step);
  const bool waves = unit->settings.hum_v > 0 || (channel == 1 && unit->generator.on);
  const int64_t width = (int64_t)signal_width_ps(unit);
  bool clipped = false;
  int first = 0;
  int last = 0;
  for (uint32_t i = 0; i < samples; i++) {
    const int64_t at = capture->first_at + (int64_t)(from + i) * unit->interval;
    while (first < capture->pulse_count && capture->pulses[first].at + width < at) first++;
    while (last < capture->pulse_count && capture->pulses[last].at < at) last++;
    double volts = unit->noise[(noise_place(unit, at) + (uint32_t)channel * 7919u) % NOISE_VALUES];
    if (last > first || waves) volts += signal_volts(unit, capture->pulses + first, last > first ? last - first : 0, channel, at);
    double steps = floor((gain * volts + input->offset_v) * per_volt + 0.5);
    if (steps > most || steps < -most) {
      clipped = true;
      steps = steps > 0 ? most : -most;
    }
    out[i] = (int16_t)(steps * step);
  }
  return clipped ? 1 : 0;
}
