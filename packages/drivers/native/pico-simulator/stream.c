/* Streaming: samples without gap, as they come. */
#include "simulator.h"
#include <math.h>
#include <string.h>

uint32_t stream_run(Unit *unit, double interval_ps, uint32_t room, double *real_interval_ps) {
  if (unit->running || unit->streaming) return PICO_BUSY;
  if (room < 1 || interval_ps < 1e12 / unit->model.fastest_hz) return PICO_INVALID_PARAMETER;
  /* The device knows multiples of its clock. */
  const double tick = 1e12 / unit->model.step_hz;
  const double interval = fmax(1, floor(interval_ps / tick + 0.5)) * tick;
  clock_pass(unit, unit->settings.round_trip_ps);
  unit->interval = (int64_t)(interval + 0.5);
  unit->stream_from = clock_now(unit);
  unit->streamed = 0;
  unit->stream_room = room;
  unit->streaming = true;
  signal_begin(unit, unit->stream_from);
  *real_interval_ps = interval;
  return PICO_OK;
}

uint32_t stream_latest(Unit *unit, StreamReady ready, void *context) {
  if (!unit->streaming) return PICO_NO_SAMPLES_AVAILABLE;
  if (unit->settings.fast) unit->virtual_now += (int64_t)unit->stream_room / 4 * unit->interval;
  const int64_t now = clock_now(unit);
  uint64_t due = (uint64_t)((now - unit->stream_from) / unit->interval);
  if (due <= unit->streamed) return PICO_OK;
  uint64_t count = due - unit->streamed;
  if (count > unit->stream_room) count = unit->stream_room;
  const int64_t first_at = unit->stream_from + (int64_t)unit->streamed * unit->interval;
  const int64_t width = (int64_t)signal_width_ps(unit);
  signal_extend(unit, first_at + (int64_t)count * unit->interval);
  signal_forget(unit, first_at - width);
  int16_t overflow = 0;
  for (uint64_t done = 0; done < count;) {
    /* In pieces with few pulses each. */
    Capture piece;
    memset(&piece, 0, sizeof piece);
    piece.first_at = first_at + (int64_t)done * unit->interval;
    uint32_t samples = (uint32_t)(count - done > 1024 ? 1024 : count - done);
    const int64_t end = piece.first_at + (int64_t)samples * unit->interval;
    for (int i = 0; i < unit->pulse_count && piece.pulse_count < CAPTURE_PULSES; i++) {
      if (unit->pulses[i].at + width < piece.first_at) continue;
      if (unit->pulses[i].at >= end) break;
      piece.pulses[piece.pulse_count++] = unit->pulses[i];
    }
    for (int channel = 0; channel < unit->model.channels; channel++) {
      int16_t *buffer = unit->buffer_segments > 0 ? unit->buffers[channel] : NULL;
      if (!unit->channels[channel].enabled || buffer == NULL) continue;
      overflow |= (int16_t)(render_capture(unit, &piece, channel, buffer + done, 0, samples) << channel);
    }
    done += samples;
  }
  unit->streamed += count;
  ready(context, (int32_t)count, 0, overflow);
  return PICO_OK;
}
