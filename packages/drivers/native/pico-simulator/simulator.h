/*
 * A PicoScope made of software, behind the functions of the vendor's libraries. One shared object per driver
 * family: the parts below with that family's functions (ps2000.c, ps2000a.c, ...). Times are picoseconds of the
 * unit's clock: the machine's monotonic clock, or a clock that runs as fast as it is used (pacing fast).
 */
#ifndef SIMULATOR_H
#define SIMULATOR_H

#include <stdbool.h>
#include <stdint.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

enum {
  MAX_CHANNELS = 8,
  MAX_UNITS = 16,
  MAX_PULSES = 4096,
  CAPTURE_PULSES = 48,
  NOISE_VALUES = 1 << 16,
  TRUTHS = 1 << 14,
  WAVE_POINTS = 8192,
  MAX_INTERLEAVE = 80
};

enum { SIGNAL_MUONS, SIGNAL_PHOTOMULTIPLIER, SIGNAL_SIPM, SIGNAL_GENERATOR };
enum { FAULT_NONE, FAULT_CRASH, FAULT_UNPLUG, FAULT_STALL, FAULT_OVERFLOW, FAULT_SLOW, FAULT_STATUS };
enum { WAVE_ARBITRARY = 100 };
enum { ABOVE, BELOW, RISING, FALLING, RISING_OR_FALLING };
enum { WIDTH_NONE, WIDTH_LESS, WIDTH_GREATER, WIDTH_IN_RANGE, WIDTH_OUT_OF_RANGE };
enum { ETS_OFF, ETS_FAST, ETS_SLOW };

/* Bit of a trigger condition that asks for the pulse width. */
#define PULSE_WIDTH (1u << 31)

/* Status codes of the interface. */
enum {
  PICO_OK = 0,
  PICO_MAX_UNITS_OPENED = 1,
  PICO_NOT_FOUND = 3,
  PICO_NOT_RESPONDING = 7,
  PICO_INVALID_HANDLE = 0x0c,
  PICO_INVALID_PARAMETER = 0x0d,
  PICO_INVALID_TIMEBASE = 0x0e,
  PICO_INVALID_VOLTAGE_RANGE = 0x0f,
  PICO_INVALID_CHANNEL = 0x10,
  PICO_INVALID_TRIGGER_CHANNEL = 0x11,
  PICO_NULL_PARAMETER = 0x16,
  PICO_ETS_NOT_SUPPORTED = 0x1a,
  PICO_TOO_MANY_SAMPLES = 0x1d,
  PICO_TOO_MANY_SEGMENTS = 0x1e,
  PICO_NO_SAMPLES_AVAILABLE = 0x25,
  PICO_SEGMENT_OUT_OF_RANGE = 0x26,
  PICO_BUSY = 0x27,
  PICO_TRIGGER_ERROR = 0x2c,
  PICO_SIG_GEN_PARAM = 0x2e,
  PICO_INVALID_ANALOGUE_OFFSET = 0x33,
  PICO_BUFFERS_NOT_SET = 0x46,
  PICO_INVALID_DIGITAL_PORT = 0x10b,
  PICO_PULSE_WIDTH_QUALIFIER_TYPE = 0x2001,
  PICO_PULSE_WIDTH_QUALIFIER_DIRECTION = 0x2002,
  PICO_NO_PULSE_WIDTH_CONDITIONS_SET = 0x200d
};

/* What a virtual unit is and does; set by picosim_plug. */
typedef struct {
  char serial[32];
  char model[32];
  int signal;
  uint64_t seed;
  double rate_hz, amplitude_v, noise_v, efficiency, stopped_share, lifetime_ns;
  double dark_rate_hz, cross_talk, hum_v;
  double round_trip_ps, bytes_per_ps, rearm_ps;
  bool fast;
  int fault;
  uint64_t fault_after;
  double fault_for_ps;
} Settings;

/* What the model can do. */
typedef struct {
  int channels;
  double fastest_hz;
  int doubling;
  double step_hz;
  double shift;
  uint32_t highest;
  int lowest_range, widest_range;
  double memory;
  uint32_t segments;
  double full_scale;
  double step_counts;
  double offset_limit[14];
  /* Most cycles and interleave of equivalent-time sampling; 0: it has none. */
  int ets_cycles, ets_interleave;
} Model;

typedef struct {
  uint64_t state[4];
} Random;

/* One pulse on one channel. */
typedef struct {
  int64_t at;
  int channel;
  float height_v;
  /* 0 particle, 1 decay, 2 dark count */
  int kind;
} Pulse;

typedef struct {
  bool enabled, dc;
  int range;
  double offset_v;
} Channel;

/* The pulse width qualifier, and the pulse that is being measured. */
typedef struct {
  int type;
  int direction;
  uint32_t lower, upper;
  /* Bit c set = channel c must be beyond its threshold. */
  uint32_t channels;
  /* Whether the state was looked at since the arming, and what it was. */
  bool known, up;
  /* Since when it is counted; -1: no edge came yet. */
  int64_t since;
} PulseWidth;

typedef struct {
  bool enabled;
  bool logic;
  int source;
  int direction;
  int16_t threshold[MAX_CHANNELS + 2];
  uint16_t hysteresis[MAX_CHANNELS + 2];
  int directions[MAX_CHANNELS + 2];
  /* Every condition: bit c set = channel c must be beyond its threshold. */
  uint32_t conditions[32];
  int condition_count;
  uint32_t delay;
  int64_t auto_ps;
  PulseWidth width;
} Trigger;

/* Equivalent-time sampling: a record is put together out of many captures of a signal that repeats itself. */
typedef struct {
  int mode;
  int cycles, interleave;
  /* Samples before and after the trigger, in steps of interval / interleave. */
  int32_t pre, post;
  /* The last `cycles` captures lie in a circle: how many there are, and where the next one goes. */
  int kept, next;
  /* By slot of the interval: which capture was chosen, and how long after the trigger its sample is, ps. */
  int chosen[MAX_INTERLEAVE];
  int64_t phase[MAX_INTERLEAVE];
  int64_t *times;
  int32_t times_length;
} Ets;

typedef struct {
  bool on;
  int shape;
  double peak_v, offset_v, from_hz, to_hz, step_hz, dwell_s;
  int sweep;
  int64_t since;
  /* With shape WAVE_ARBITRARY: one period. */
  int point_count;
  int16_t points[WAVE_POINTS];
} Generator;

/* One record that was taken. */
typedef struct {
  int64_t first_at;
  int64_t trigger_at;
  int64_t offset_ps;
  uint32_t noise_from;
  bool automatic;
  int pulse_count;
  Pulse pulses[CAPTURE_PULSES];
  uint64_t number;
} Capture;

typedef struct {
  uint64_t number;
  double values[8];
} Truth;

typedef struct Unit {
  bool plugged, open;
  int16_t handle;
  Settings settings;
  Model model;
  Random random;
  int64_t virtual_now;
  int64_t gone_since;
  bool faulted;
  /* signal */
  Pulse pulses[MAX_PULSES];
  int pulse_count;
  int64_t next_particle, next_dark;
  uint64_t particles;
  float *noise;
  /* set-up */
  Channel channels[MAX_CHANNELS];
  Trigger trigger;
  Generator generator;
  Ets ets;
  uint32_t segments, captures_wanted;
  int16_t **buffers;
  int32_t *buffer_lengths;
  uint32_t buffer_segments;
  /* capture */
  bool running, streaming;
  int32_t pre, post;
  int64_t interval;
  int64_t sensitive_from, searched_to;
  int64_t ready_at;
  /* Captures of this block, and how many of them were taken. */
  uint32_t wanted, taken;
  Capture *captures;
  uint32_t capture_room;
  uint64_t delivered;
  bool overlapped;
  uint32_t overlapped_from, overlapped_to;
  int16_t *overlapped_overflow;
  uint32_t *overlapped_samples;
  /* streaming */
  int64_t stream_from;
  uint64_t streamed;
  uint32_t stream_room;
  Truth *truths;
} Unit;

/* random.c */
void random_seed(Random *random, uint64_t seed);
double random_uniform(Random *random);
double random_exponential(Random *random, double mean);
double random_normal(Random *random);
double random_landau(Random *random);
int random_geometric(Random *random, double more);

/* clock.c */
int64_t clock_now(const Unit *unit);
void clock_pass(Unit *unit, double ps);
void clock_until(Unit *unit, int64_t at);

/* models.c */
void model_of(const char *family, const char *model, Model *out);
double model_interval_ps(const Model *model, uint32_t timebase);
int model_timebase_legal(const Unit *unit, uint32_t timebase);
double model_samples_per_channel(const Unit *unit);
extern const double range_volts[14];

/* signal.c */
void signal_begin(Unit *unit, int64_t at);
void signal_extend(Unit *unit, int64_t until);
void signal_forget(Unit *unit, int64_t before);
double signal_width_ps(const Unit *unit);
double signal_volts(const Unit *unit, const Pulse *pulses, int count, int channel, int64_t at);
double generator_volts(const Generator *generator, int64_t at);

/* render.c */
int16_t render_counts(const Unit *unit, int channel, double volts, bool *clipped);
int16_t render_capture(const Unit *unit, const Capture *capture, int channel, int16_t *out, uint32_t from, uint32_t samples);

/* trigger.c */
int16_t trigger_counts(const Unit *unit, const Pulse *pulses, int count, int channel, int64_t at);
bool trigger_search(Unit *unit, int64_t until, int64_t *at, int64_t *offset_ps, bool *automatic);
uint32_t noise_place(const Unit *unit, int64_t at);

/* pulse-width.c */
uint32_t width_set(Unit *unit, uint32_t channels, int direction, uint32_t lower, uint32_t upper, int type);
void width_arm(Unit *unit);
bool width_step(Unit *unit, const Pulse *pulses, int count, int64_t at);
bool width_expires(const Unit *unit, int64_t from, int64_t until, int64_t *at);

/* ets.c */
uint32_t ets_set(Unit *unit, int mode, int cycles, int interleave, int32_t *step_ps);
uint32_t ets_begin(Unit *unit, int32_t pre, int32_t post, uint32_t *timebase);
Capture *ets_place(Unit *unit);
void ets_combine(Unit *unit);
int64_t ets_time_fs(const Unit *unit, int32_t sample);
int16_t ets_render(const Unit *unit, int channel, int16_t *out, uint32_t samples);

/* units.c */
Unit *unit_of(int16_t handle);
uint32_t unit_open(const char *serial, int16_t *handle);
uint32_t unit_close(Unit *unit);
uint32_t unit_answers(Unit *unit);
const char *unit_info(const Unit *unit, uint32_t line);
int unit_list(char *serials, int room);
void units_lock(void);
void units_unlock(void);
extern const char *const family_name;

/* setup.c */
uint32_t setup_channel(Unit *unit, int channel, bool enabled, bool dc, int range, double offset_v);
uint32_t setup_simple_trigger(Unit *unit, bool enabled, int source, int16_t threshold, int direction, uint32_t delay, int32_t auto_ms);
uint32_t setup_generator(Unit *unit, const Generator *wanted);
uint32_t setup_segments(Unit *unit, uint32_t segments, int32_t *samples);
uint32_t setup_buffer(Unit *unit, int channel, int16_t *buffer, int32_t length, uint32_t segment);
uint32_t setup_timebase(Unit *unit, uint32_t timebase, int32_t samples, double *interval_ns, int32_t *most);

/* block.c */
uint32_t block_run(Unit *unit, int32_t pre, int32_t post, uint32_t timebase, int32_t *indisposed_ms);
uint32_t block_ready(Unit *unit, int16_t *ready);
uint32_t block_values(Unit *unit, uint32_t *samples, uint32_t from, uint32_t to, int16_t *overflow);
uint32_t block_overlap(Unit *unit, uint32_t *samples, uint32_t from, uint32_t to, int16_t *overflow);
void block_stop(Unit *unit);

/* stream.c */
typedef void (*StreamReady)(void *context, int32_t samples, uint32_t from, int16_t overflow);
uint32_t stream_run(Unit *unit, double interval_ps, uint32_t room, double *real_interval_ps);
uint32_t stream_latest(Unit *unit, StreamReady ready, void *context);

#endif
