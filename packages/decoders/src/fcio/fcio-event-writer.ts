import type { TableBuffer } from '../core/table-buffer.js';
import { boardOf, type FcioConfig, fcidOf, inputOf, samplePeriodNs } from './fcio-config.js';
import { baselineOf, type EventHead, energyOf } from './fcio-event.js';
import { eventIntColumns } from './fcio-tables.js';
import type { LiveTime } from './live-time.js';

/**
 * Fills rows of an FCEvent table. Holds the typed arrays of the batch under construction, so that a trace costs a
 * few stores and one copy of its samples. Samples are little-endian, as on every machine that this runs on.
 */
export class FcEventWriter {
  private generation = -1;
  private ints: Int32Array[] = [];
  private packetId!: Uint32Array;
  private fcid!: Uint16Array;
  private timestamp!: Float64Array;
  private exactTime: BigInt64Array | undefined;
  private regionFirst!: Uint16Array;
  private regionLength!: Uint16Array;
  private board!: Uint16Array;
  private input!: Uint16Array;
  private runtime!: Float64Array;
  private lifetime!: Float64Array;
  private deadtime!: Float64Array;
  private deadInterval!: BigInt64Array;
  private baseline!: Uint16Array;
  private energy!: Uint16Array;
  private channel!: Uint16Array;
  private samples!: Uint8Array;

  constructor(
    readonly buffer: TableBuffer,
    private readonly config: FcioConfig,
    private readonly exactTimes = false,
  ) {}

  /** Adds a row. `start` is where the trace (two words, then samples) lies in `bytes`, `length` its bytes. */
  add(
    head: EventHead,
    packetId: number,
    trace: number,
    live: LiveTime,
    frame: { readonly bytes: Uint8Array; readonly start: number; readonly length: number },
  ): void {
    const { buffer, config } = this;
    const row = buffer.reserve();
    if (buffer.generation !== this.generation) this.fetch();
    for (let i = 0; i < this.ints.length; i++) this.ints[i]![row] = head.ints[i]!;
    const runtime = live.runtimeNs(trace);
    const dead = live.deadtimeNs(trace);
    const interval = live.takeDeadInterval(trace);
    this.packetId[row] = packetId;
    this.fcid[row] = fcidOf(config);
    this.timestamp[row] = head.timestampS(config.gps);
    if (this.exactTime !== undefined) this.exactTime[row] = head.timestampNs(config.gps);
    this.regionFirst[row] = head.deadregion[5]!;
    this.regionLength[row] = head.deadregion[6]!;
    this.board[row] = boardOf(config, trace);
    this.input[row] = inputOf(config, trace);
    this.runtime[row] = runtime / 1e9;
    this.lifetime[row] = (runtime - dead) / 1e9;
    this.deadtime[row] = dead / 1e9;
    if (interval !== 0) this.deadInterval[row] = BigInt(interval);
    this.channel[row] = trace;
    const { bytes, start, length } = frame;
    const word = (at: number): number =>
      at + 2 <= length ? bytes[start + at]! | (bytes[start + at + 1]! << 8) : 0;
    const word0 = word(0);
    this.baseline[row] = baselineOf(config, word0);
    this.energy[row] = energyOf(config, word0, word(2));
    const width = 2 * config.eventSamples;
    this.samples.set(
      bytes.subarray(start + 4, start + Math.max(4, Math.min(length, 4 + width))),
      row * width,
    );
  }

  private fetch(): void {
    const { buffer } = this;
    this.ints = eventIntColumns.map((name) => buffer.array(name, 'int32'));
    this.packetId = buffer.array('packet_id', 'uint32');
    this.fcid = buffer.array('fcid', 'uint16');
    this.timestamp = buffer.array('timestamp', 'float64');
    this.exactTime = this.exactTimes ? buffer.array('timestamp_ns', 'int64') : undefined;
    this.regionFirst = buffer.array('dr_ch_idx', 'uint16');
    this.regionLength = buffer.array('dr_ch_len', 'uint16');
    this.board = buffer.array('board_id', 'uint16');
    this.input = buffer.array('fc_input', 'uint16');
    this.runtime = buffer.array('runtime', 'float64');
    this.lifetime = buffer.array('lifetime', 'float64');
    this.deadtime = buffer.array('deadtime', 'float64');
    this.deadInterval = buffer.array('deadinterval_nsec', 'int64');
    this.baseline = buffer.array('baseline', 'uint16');
    this.energy = buffer.array('daqenergy', 'uint16');
    this.channel = buffer.array('channel', 'uint16');
    buffer.array('waveform/dt', 'float32').fill(samplePeriodNs(this.config));
    const values = buffer.array('waveform/values', 'uint16');
    this.samples = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.generation = buffer.generation;
  }
}
