/*
 * What the detectors give: pulses at random times, hum, and the generator led to channel B. Pulses are made ahead
 * of time and kept until no record can contain them any more.
 */
#include "simulator.h"
#include <math.h>
#include <string.h>

static const double two_pi = 6.283185307179586;
static const double ps_per_s = 1e12;

/* Shape of a photomultiplier on a scintillator: trapezoid, ps. */
static const double pmt_rise = 20e3, pmt_flat = 12e3, pmt_fall = 128e3;
/* Shape of a silicon photomultiplier: fast rise, recovery of the pixel, ps. */
static const double sipm_rise = 3e3, sipm_tail = 40e3;

double signal_width_ps(const Unit *unit) {
  return unit->settings.signal == SIGNAL_SIPM ? sipm_rise + 8 * sipm_tail : pmt_rise + pmt_flat + pmt_fall;
}

static double shape(int signal, double since) {
  if (since <= 0) return 0;
  if (signal == SIGNAL_SIPM) return since < sipm_rise ? since / sipm_rise : exp((sipm_rise - since) / sipm_tail);
  if (since < pmt_rise) return since / pmt_rise;
  since -= pmt_rise + pmt_flat;
  if (since < 0) return 1;
  return since < pmt_fall ? 1 - since / pmt_fall : 0;
}

static void add_pulse(Unit *unit, int64_t at, int channel, double height_v, int kind) {
  if (unit->pulse_count == MAX_PULSES) return;
  int place = unit->pulse_count++;
  while (place > 0 && unit->pulses[place - 1].at > at) {
    unit->pulses[place] = unit->pulses[place - 1];
    place--;
  }
  unit->pulses[place] = (Pulse){at, channel, (float)height_v, kind};
}

/* A muon goes through all layers that see it; a stopped one is missed by the layers below and decays. */
static void add_muon(Unit *unit, int64_t at) {
  const Settings *with = &unit->settings;
  Random *random = &unit->random;
  const bool stops = random_uniform(random) < with->stopped_share;
  const int layers = unit->model.channels < 4 ? unit->model.channels : 4;
  const int last = stops ? (int)(random_uniform(random) * layers) : layers - 1;
  for (int channel = 0; channel <= last; channel++) {
    if (random_uniform(random) > with->efficiency) continue;
    const int64_t late = (int64_t)(1e3 * random_normal(random));
    add_pulse(unit, at + late, channel, with->amplitude_v * random_landau(random), 0);
  }
  if (!stops) return;
  const int64_t decay = at + (int64_t)(random_exponential(random, with->lifetime_ns) * 1e3);
  for (int channel = last; channel < layers && channel <= last + 1; channel++) {
    if (random_uniform(random) > with->efficiency) continue;
    add_pulse(unit, decay, channel, with->amplitude_v * (0.4 + 0.8 * random_uniform(random)), 1);
  }
}

static void add_photons(Unit *unit, int64_t at, int channel, double mean, int kind) {
  Random *random = &unit->random;
  int photons = 0;
  for (double left = mean; left > 0; left -= random_exponential(random, 1)) photons++;
  int seen = 0;
  for (int i = 0; i < photons; i++) seen += random_geometric(random, unit->settings.cross_talk);
  const double height = unit->settings.amplitude_v * (seen + 0.08 * sqrt(seen) * random_normal(random));
  if (seen > 0) add_pulse(unit, at, channel, height, kind);
}

static void add_particle(Unit *unit, int64_t at) {
  unit->particles++;
  switch (unit->settings.signal) {
  case SIGNAL_MUONS:
    add_muon(unit, at);
    return;
  case SIGNAL_PHOTOMULTIPLIER:
    for (int channel = 0; channel < unit->model.channels; channel++)
      if (random_uniform(&unit->random) <= unit->settings.efficiency)
        add_pulse(unit, at, channel, unit->settings.amplitude_v * random_landau(&unit->random), 0);
    return;
  case SIGNAL_SIPM:
    for (int channel = 0; channel < unit->model.channels; channel++) add_photons(unit, at, channel, 8, 0);
    return;
  default:
    return;
  }
}

static int64_t after(Random *random, int64_t at, double rate_hz) {
  if (rate_hz <= 0) return INT64_MAX;
  const double wait = random_exponential(random, ps_per_s / rate_hz);
  return wait > 4e18 ? INT64_MAX : at + 1 + (int64_t)wait;
}

static double dark_rate(const Unit *unit) {
  return unit->settings.signal == SIGNAL_SIPM ? unit->settings.dark_rate_hz * unit->model.channels : 0;
}

void signal_begin(Unit *unit, int64_t at) {
  unit->pulse_count = 0;
  unit->next_particle = after(&unit->random, at, unit->settings.signal == SIGNAL_GENERATOR ? 0 : unit->settings.rate_hz);
  unit->next_dark = after(&unit->random, at, dark_rate(unit));
}

void signal_extend(Unit *unit, int64_t until) {
  const double rates = unit->settings.rate_hz + dark_rate(unit);
  /* The processes have no memory: after a long rest they may begin anew. */
  const int64_t rest = (int64_t)(1e5 / (rates + 1) * ps_per_s);
  const int64_t earliest = unit->next_particle < unit->next_dark ? unit->next_particle : unit->next_dark;
  if (earliest < until - rest) signal_begin(unit, until - rest / 100);
  while (unit->pulse_count < MAX_PULSES - 64) {
    if (unit->next_particle <= unit->next_dark) {
      if (unit->next_particle > until) return;
      const int64_t at = unit->next_particle;
      add_particle(unit, at);
      unit->next_particle = after(&unit->random, at, unit->settings.rate_hz);
    } else {
      if (unit->next_dark > until) return;
      const int64_t at = unit->next_dark;
      add_photons(unit, at, (int)(random_uniform(&unit->random) * unit->model.channels), 1e-9, 2);
      unit->next_dark = after(&unit->random, at, dark_rate(unit));
    }
  }
}

void signal_forget(Unit *unit, int64_t before) {
  int gone = 0;
  while (gone < unit->pulse_count && unit->pulses[gone].at < before) gone++;
  if (gone == 0) return;
  unit->pulse_count -= gone;
  memmove(unit->pulses, unit->pulses + gone, (size_t)unit->pulse_count * sizeof(Pulse));
}

static double wave(int kind, double phase) {
  switch (kind) {
  case 1:
    return phase < 0.5 ? 1 : -1;
  case 2:
    return phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4;
  case 3:
    return 2 * phase - 1;
  case 4:
    return 1 - 2 * phase;
  case 5: {
    const double x = 20 * (phase - 0.5) * two_pi / 2;
    return fabs(x) < 1e-9 ? 1 : sin(x) / x;
  }
  case 6:
    return 2 * exp(-50 * (phase - 0.5) * (phase - 0.5)) - 1;
  case 7:
    return phase < 0.5 ? 2 * sin(two_pi * phase) - 1 : -1;
  case 8:
    return 0;
  default:
    return sin(two_pi * phase);
  }
}

double generator_volts(const Generator *generator, int64_t at) {
  if (!generator->on) return 0;
  double since = (double)(at - generator->since) / ps_per_s;
  double hertz = generator->from_hz;
  if (generator->to_hz != generator->from_hz && generator->dwell_s > 0 && generator->step_hz > 0) {
    const double count = floor(fabs(generator->to_hz - generator->from_hz) / generator->step_hz) + 1;
    const double step = floor(since / generator->dwell_s);
    since -= step * generator->dwell_s;
    const double turns = floor(step / count);
    double place = step - turns * count;
    const bool back = generator->sweep == 1 || generator->sweep == 3;
    const bool both = generator->sweep >= 2;
    if (back != (both && fmod(turns, 2) == 1)) place = count - 1 - place;
    hertz += place * (generator->to_hz > generator->from_hz ? generator->step_hz : -generator->step_hz);
  }
  const double cycles = since * hertz;
  if (generator->shape == WAVE_ARBITRARY) {
    const int place = (int)((cycles - floor(cycles)) * generator->point_count);
    return generator->offset_v + 0.5 * generator->peak_v * generator->points[place] / 32767;
  }
  return generator->offset_v + 0.5 * generator->peak_v * wave(generator->shape, cycles - floor(cycles));
}

/* Voltage at the input of a channel without noise, from the pulses given. */
double signal_volts(const Unit *unit, const Pulse *pulses, int count, int channel, int64_t at) {
  double volts = 0;
  for (int i = 0; i < count && pulses[i].at < at; i++)
    if (pulses[i].channel == channel) volts += pulses[i].height_v * shape(unit->settings.signal, (double)(at - pulses[i].at));
  if (unit->settings.hum_v > 0) volts += unit->settings.hum_v * sin(two_pi * 50 * (double)(at % 1000000000000) / ps_per_s);
  if (channel == 1 && unit->generator.on) {
    const double dc = unit->channels[1].dc ? 0 : unit->generator.offset_v;
    volts += generator_volts(&unit->generator, at) - dc;
  }
  return volts;
}
