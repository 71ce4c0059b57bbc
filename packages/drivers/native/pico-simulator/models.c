/* What the models can do. */
#include "simulator.h"
#include <math.h>
#include <string.h>

const double range_volts[14] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200};

static void steps(Model *out, double fastest, int doubling, double step, double shift) {
  out->fastest_hz = fastest;
  out->doubling = doubling;
  out->step_hz = step;
  out->shift = shift;
  out->highest = UINT32_MAX;
}

static void offsets(Model *out, double low, double middle, double high, int to_low, int to_middle) {
  for (int i = 0; i < 14; i++) out->offset_limit[i] = i <= to_low ? low : i <= to_middle ? middle : high;
}

static bool starts(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

static void ets(Model *out, int cycles, int interleave) {
  out->ets_cycles = cycles;
  out->ets_interleave = interleave;
}

static void model_2000a(const char *name, Model *out) {
  const bool slow = starts(name, "2405A") || starts(name, "2205AMSO") || (starts(name, "2206") && strstr(name, "MSO") == NULL);
  if (starts(name, "2205MSO")) steps(out, 2e8, 1, 1e8, 0);
  else if (slow) steps(out, 5e8, 3, 6.25e7, 2);
  else steps(out, 1e9, 3, 1.25e8, 2);
  out->channels = starts(name, "24") ? 4 : 2;
  out->lowest_range = strchr(name, 'B') != NULL || starts(name, "2405") || starts(name, "2205AMSO") ? 1 : 2;
  out->memory = strchr(name, 'B') != NULL ? 32e6 : 48e3;
  if (starts(name, "2206")) ets(out, 250, 10);
  else if (starts(name, "2207") || starts(name, "2208")) ets(out, 500, 20);
  else if (starts(name, "24")) ets(out, 500, 40);
}

static void model_3000a(const char *name, Model *out) {
  const bool old = name[0] != 0 && strchr(name, 'D') == NULL;
  if (old && strstr(name, "MSO") != NULL) steps(out, 5e8, 2, 1.25e8, 1);
  else if (old && !starts(name, "3207") && starts(name, "32")) steps(out, 5e8, 3, 6.25e7, 2);
  else steps(out, 1e9, 3, 1.25e8, 2);
  out->channels = starts(name, "32") ? 2 : 4;
  out->lowest_range = old ? 2 : 1;
  out->memory = 64e6;
  const int twice = strstr(name, "MSO") != NULL ? 2 : 1;
  if (starts(name, "3204")) ets(out, 125, 10 * twice);
  else if (starts(name, "3205")) ets(out, 250, 20 * twice);
  else ets(out, 500, 40 * twice);
}

static void model_4000(const char *name, Model *out) {
  if (starts(name, "4262")) steps(out, 1e7, 0, 1e7, -1);
  else if (starts(name, "4226") || starts(name, "4227")) {
    steps(out, 2.5e8, 4, 3.125e7, 2);
    ets(out, 400, 80);
  }
  else steps(out, 8e7, 3, 2e7, 1);
  out->channels = starts(name, "44") ? 4 : 2;
  out->lowest_range = starts(name, "4262") ? 0 : 2;
  out->widest_range = starts(name, "4223") || starts(name, "4224") || starts(name, "44") ? 12 : 10;
  out->memory = 32e6;
  out->full_scale = 32764;
  out->step_counts = 16;
  out->segments = 16384;
  memset(out->offset_limit, 0, sizeof out->offset_limit);
}

static void model_4000a(const char *name, Model *out) {
  if (starts(name, "4444")) steps(out, 4e8, 4, 5e7, 2);
  else steps(out, 8e7, 0, 8e7, -1);
  out->channels = starts(name, "4824") ? 8 : starts(name, "4224") ? 2 : 4;
  out->lowest_range = 0;
  out->widest_range = starts(name, "4444") ? 13 : 11;
  out->memory = 256e6;
  out->full_scale = 32764;
  out->step_counts = 16;
  offsets(out, 0.25, 2.5, 25, 5, 8);
}

static void model_2000(const char *name, Model *out) {
  const double fastest = starts(name, "2202") ? 2e7 : starts(name, "2203") ? 4e7 : starts(name, "2205") ? 2e8 : 1e8;
  steps(out, fastest, 24, fastest, 0);
  out->highest = 23;
  out->channels = 2;
  out->memory = starts(name, "2205") ? 16e3 : 8e3;
  out->full_scale = 32767;
  out->step_counts = 32767.0 / 127;
  if (!starts(name, "2202")) ets(out, 250, starts(name, "2203") ? 50 : 40);
  out->segments = 1;
  memset(out->offset_limit, 0, sizeof out->offset_limit);
}

void model_of(const char *family, const char *model, Model *out) {
  memset(out, 0, sizeof *out);
  out->lowest_range = 2;
  out->widest_range = 10;
  out->full_scale = 32512;
  out->step_counts = 256;
  out->segments = 131072;
  offsets(out, 0.25, 2.5, 20, 4, 7);
  if (strcmp(family, "2000a") == 0) model_2000a(model, out);
  else if (strcmp(family, "3000a") == 0) model_3000a(model, out);
  else if (strcmp(family, "4000") == 0) model_4000(model, out);
  else if (strcmp(family, "4000a") == 0) model_4000a(model, out);
  else model_2000(model, out);
}

double model_interval_ps(const Model *model, uint32_t timebase) {
  if ((double)timebase < model->doubling) return 1e12 * exp2(timebase) / model->fastest_hz;
  return 1e12 * ((double)timebase - model->shift) / model->step_hz;
}

static int enabled_channels(const Unit *unit) {
  int count = 0;
  for (int i = 0; i < unit->model.channels; i++) count += unit->channels[i].enabled;
  return count;
}

/* The fastest setting is for one channel alone. */
int model_timebase_legal(const Unit *unit, uint32_t timebase) {
  if (timebase > unit->model.highest) return 0;
  return unit->model.doubling == 0 || timebase > 0 || enabled_channels(unit) <= 1;
}

double model_samples_per_channel(const Unit *unit) {
  int share = 1;
  while (share < enabled_channels(unit)) share *= 2;
  return floor(unit->model.memory / share / (unit->segments == 0 ? 1 : unit->segments));
}
