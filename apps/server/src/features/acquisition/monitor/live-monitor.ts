import type { BusPublisher } from '@countroom/bus';
import { type MetersFrame, type TopicName, topicKey, type WaveformsFrame } from '@countroom/contracts';
import {
  type LiveWaveform,
  type Ring,
  type RingConsumer,
  SourceMonitor,
  spectrumAxis,
} from '@countroom/drivers';
import type { DetectorMachine } from '../machine/detector-machine.js';
import type { SourceSlot } from '../machine/source-slot.js';
import { channelOf } from '../machine/tables.js';
import { BufferView } from './buffer-view.js';
import { histogramsFrameOf } from './histograms.js';
import { type ChannelCount, RateMeter } from './rate-meter.js';
import { spectrumState } from './spectra.js';

const tickMs = 40;
/** Time between two frames of waveforms at least: more the eye does not tell apart. */
const waveformMs = 90;
const slowMs = 1000;
const meterMs = 500;
/** Time per tick for looking at data; what does not fit is left out of the display, never of the run. */
const budgetMs = 10;
/** Records behind which the display gives up and goes on with the newest. */
const tolerableLag = 64n;
/** Most values of one shown waveform. */
const mostPoints = 2048;

interface Tap {
  readonly ring: Ring;
  consumer: RingConsumer;
  readonly monitor: SourceMonitor;
  /** What was sent already. */
  shown: ReadonlySet<LiveWaveform>;
}

/** Looks at the data passing by, as much as time allows, and sends rates, waveforms and spectra over the bus. */
export class LiveMonitor {
  private readonly taps = new Map<string, Tap>();
  private readonly rates = new RateMeter();
  private readonly buffers = new BufferView();
  private runId: string | undefined;
  /** Grows with every new set of histograms, over the life of the process. */
  private generation = 0;
  private lastWaveformMs = 0;
  private lastSlowMs = 0;
  private lastMeterMs = 0;
  /** Time of the newest record that voltmeters were shown, ns. */
  private meteredNs = 0n;
  private timer: NodeJS.Timeout | undefined;
  bytesPerSecond = 0;

  constructor(
    private readonly detector: string,
    private readonly machine: DetectorMachine,
    private readonly bus: Pick<BusPublisher, 'publish'>,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      try {
        this.tick();
      } catch (error) {
        // A display must never end a run.
        this.onError(error);
      }
    }, tickMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    this.followRun();
    const until = performance.now() + budgetMs;
    for (const slot of this.machine.slots) this.look(slot, until);
    const now = Date.now();
    // A record that comes alone is shown at once; of many, the newest at every turn.
    if (now - this.lastWaveformMs >= waveformMs && this.publishWaveforms()) this.lastWaveformMs = now;
    if (now - this.lastMeterMs >= meterMs) {
      this.lastMeterMs = now;
      this.publishMeters();
    }
    if (now - this.lastSlowMs < slowMs) return;
    this.lastSlowMs = now;
    this.publishRates(now);
    this.publishBuffers(now);
    if (this.machine.run !== undefined) this.publishSpectra();
  }

  private followRun(): void {
    const id = this.machine.run?.id;
    if (id === undefined || id === this.runId) return;
    this.runId = id;
    this.rates.clear();
    this.buffers.clear();
  }

  private look(slot: SourceSlot, until: number): void {
    if (slot.prepared === undefined || !slot.isOpen) return;
    const { consumer, monitor } = this.tapOf(slot);
    monitor.drain(consumer, Math.max(1, until - performance.now()));
  }

  private tapOf(slot: SourceSlot): Tap {
    const { ring } = slot.open;
    const known = this.taps.get(slot.name);
    if (known?.ring === ring) {
      if (known.consumer.counters().lag > tolerableLag) {
        known.consumer.detach();
        known.consumer = ring.attach('monitor', { kind: 'lossy' });
      }
      return known;
    }
    known?.consumer.detach();
    // A run has one axis for all its sources, so that their spectra can be compared.
    const channels = this.machine.slots.flatMap(({ prepared }) => prepared?.channels ?? []);
    const { tables, channels: own } = slot.prepared!;
    const axis = fine(spectrumAxis(channels));
    const monitor = new SourceMonitor(slot.name, tables, own, { axis, points: mostPoints });
    const tap: Tap = { ring, consumer: ring.attach('monitor', { kind: 'lossy' }), monitor, shown: new Set() };
    this.taps.set(slot.name, tap);
    this.generation++;
    return tap;
  }

  private publishWaveforms(): boolean {
    const fresh = [...this.taps.values()].flatMap((tap) => newOf(tap));
    if (fresh.length === 0) return false;
    const payload = new Float32Array(fresh.reduce((sum, { values }) => sum + values.length, 0));
    let offset = 0;
    const waveforms = fresh.map(({ values, eventNumber, deviceTimeNs, ...one }) => {
      payload.set(values, offset);
      const placed = { ...one, eventNumber: String(eventNumber), deviceTimeNs: String(deviceTimeNs), offset };
      offset += values.length;
      return { ...placed, length: values.length };
    });
    const header: WaveformsFrame = { run: this.machine.run?.number ?? null, waveforms };
    this.publish('detector.waveforms', header, new Uint8Array(payload.buffer), unixMsOf(this.newestNs()));
    return true;
  }

  /** Monotonic time of the newest record of all sources, ns; 0 without one. */
  private newestNs(): bigint {
    return [...this.taps.values()].reduce(
      (time, { monitor }) => (monitor.newestTimeNs > time ? monitor.newestTimeNs : time),
      0n,
    );
  }

  private publishRates(now: number): void {
    const channels = this.machine.slots.flatMap((slot) =>
      (slot.sourceStatus?.counters.tables ?? []).flatMap((table): ChannelCount[] => {
        const channel = channelOf(table.table);
        if (channel === undefined) return [];
        const label = slot.prepared?.channels.find((one) => one.channel === channel)?.label;
        return [{ channel, source: slot.name, label, recorded: table.recorded }];
      }),
    );
    const bufferFill = Math.max(0, ...this.machine.slots.map((slot) => slot.sourceStatus?.bufferFill ?? 0));
    const frame = this.rates.measure(now, this.machine.run?.number ?? null, {
      totals: this.machine.totals(),
      channels,
      bufferFill,
    });
    this.bytesPerSecond = frame.bytesPerSecond;
    this.publish('detector.rates', frame, nothing, now);
  }

  private publishBuffers(now: number): void {
    const { machine } = this;
    const run = machine.run?.number ?? null;
    const dead: Record<string, bigint> = {};
    for (const { sourceStatus } of machine.slots) {
      for (const [part, ns] of Object.entries(sourceStatus?.counters.time.deadNs ?? {}))
        if (ns > (dead[part] ?? -1n)) dead[part] = ns;
    }
    const sources = machine.slots.map((slot) => ({
      name: slot.name,
      slots: slot.ringSlots,
      fill: slot.sourceStatus?.bufferFill ?? 0,
      full: slot.bufferFull,
      consumers: slot.consumerStatuses,
    }));
    const { phase } = machine.position;
    const startedNs = machine.run?.startedNs;
    const totals = machine.totals();
    const frame = this.buffers.measure({ run, phase, startedNs, totals, dead, sources });
    this.publish('detector.buffers', frame, nothing, now);
    const histograms = histogramsFrameOf(
      run,
      sources.flatMap(({ consumers }) => consumers),
    );
    if (histograms !== undefined)
      this.publish('detector.histograms', histograms.header, histograms.payload, now);
  }

  private publishMeters(): void {
    const newest = this.newestNs();
    // While nothing is measured, what was shown last grows old.
    if (newest === this.meteredNs && newest !== 0n) return;
    this.meteredNs = newest;
    const monitors = [...this.taps.values()].map(({ monitor }) => monitor);
    const channels = monitors.flatMap((monitor) => monitor.meters());
    const silent = monitors.flatMap((monitor) => monitor.silent());
    if (channels.length + silent.length === 0 || this.machine.run === undefined) return;
    const frame: MetersFrame = { run: this.machine.run.number, channels, silent };
    this.publish('detector.meters', frame, nothing, newest === 0n ? Date.now() : unixMsOf(newest));
  }

  private publishSpectra(): void {
    const spectra = [...this.taps.values()].flatMap(({ monitor }) => monitor.spectra());
    const state = spectrumState(this.machine.run?.number ?? null, this.generation, spectra);
    if (state !== undefined) this.publish('detector.spectrum', state.header, state.payload, Date.now());
  }

  private publish(
    topic: Extract<TopicName, `detector.${string}`>,
    header: unknown,
    payload: Uint8Array,
    dataAtMs: number,
  ): void {
    const key = topicKey(topic, { detector: this.detector });
    this.bus.publish({ key, topic, header, payload, dataAtMs });
  }
}

/** Bins of half a keV: narrower than any line, wide enough to fill. */
function fine(axis: ReturnType<typeof spectrumAxis>): ReturnType<typeof spectrumAxis> {
  return axis.unit === 'keV' ? { ...axis, bins: 2 * (axis.max - axis.min) } : axis;
}

/** The moment, as Unix time, of a monotonic time of this process, ns. */
function unixMsOf(timeNs: bigint): number {
  return Date.now() - Number((process.hrtime.bigint() - timeNs) / 1_000_000n);
}

function newOf(tap: Tap): LiveWaveform[] {
  const all = tap.monitor.waveforms();
  const fresh = all.filter((one) => !tap.shown.has(one));
  tap.shown = new Set(all);
  return fresh;
}

const nothing = new Uint8Array(0);
