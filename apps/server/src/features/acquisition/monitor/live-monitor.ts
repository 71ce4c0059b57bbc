import type { BusPublisher } from '@countroom/bus';
import { topicKey, type WaveformsFrame } from '@countroom/contracts';
import { decodeBatch, type Ring, type RingConsumer } from '@countroom/drivers';
import type { DetectorMachine } from '../machine/detector-machine.js';
import type { SourceSlot } from '../machine/source-slot.js';
import { channelOf } from '../machine/tables.js';
import { pulseHeight } from './pulse-height.js';
import { type ChannelCount, RateMeter } from './rate-meter.js';
import { hasWaveforms, viewRecords } from './record-view.js';
import { Spectra } from './spectra.js';
import { viewWaveform } from './waveform-view.js';

const tickMs = 100;
const slowMs = 1000;
/** Time per tick for looking at data; what does not fit is left out of the display, never of the run. */
const budgetMs = 25;
/** Records behind which the display gives up and goes on with the newest. */
const tolerableLag = 64n;

interface Tap {
  readonly ring: Ring;
  consumer: RingConsumer;
}

type ShownWaveform = Omit<WaveformsFrame['waveforms'][number], 'offset'> & { readonly points: Float32Array };

/** Looks at the data passing by, as much as time allows, and sends rates, waveforms and spectra over the bus. */
export class LiveMonitor {
  private readonly taps = new Map<string, Tap>();
  private readonly newest = new Map<string, ShownWaveform>();
  private readonly spectra = new Spectra();
  private readonly rates = new RateMeter();
  private runId: string | undefined;
  private dataAtMs = 0;
  private lastSlowMs = 0;
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
    if (this.newest.size > 0) this.publishWaveforms();
    const now = Date.now();
    if (now - this.lastSlowMs < slowMs) return;
    this.lastSlowMs = now;
    this.publishRates(now);
    if (this.machine.run !== undefined) this.publishSpectra();
  }

  private followRun(): void {
    const id = this.machine.run?.id;
    if (id === undefined || id === this.runId) return;
    this.runId = id;
    this.newest.clear();
    this.spectra.clear();
    this.rates.clear();
  }

  private look(slot: SourceSlot, until: number): void {
    const { prepared } = slot;
    if (prepared === undefined || !slot.isOpen) return;
    const { consumer } = this.tapOf(slot);
    while (performance.now() < until) {
      const record = consumer.take();
      if (record === undefined) return;
      const schema = prepared.tables[record.schemaId];
      if (schema === undefined || !hasWaveforms(schema)) continue;
      const channel = channelOf(schema.name) ?? 0;
      const view = viewRecords(decodeBatch(schema, record.bytes).batch);
      for (let row = 0; row < record.rows; row++) {
        this.spectra.add(slot.name, channel, pulseHeight(view.values, row * view.samples, view.samples));
      }
      const row = record.rows - 1;
      if (row < 0) continue;
      const { points, decimated } = viewWaveform(view.values, row * view.samples, view.samples);
      this.dataAtMs = Date.now() - Number((process.hrtime.bigint() - record.timeNs) / 1_000_000n);
      this.newest.set(`${slot.name}/${channel}`, {
        channel,
        source: slot.name,
        eventNumber: view.eventNumber(row),
        deviceTimeNs: view.deviceTimeNs(row),
        dtNs: view.dtNs(row),
        t0Ns: view.t0Ns(row),
        samples: view.samples,
        length: points.length,
        decimated,
        unit: view.unit,
        points,
      });
    }
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
    const tap = { ring, consumer: ring.attach('monitor', { kind: 'lossy' }) };
    this.taps.set(slot.name, tap);
    return tap;
  }

  private publishWaveforms(): void {
    const shown = [...this.newest.values()];
    this.newest.clear();
    const payload = new Float32Array(shown.reduce((sum, one) => sum + one.length, 0));
    let offset = 0;
    const waveforms = shown.map(({ points, ...one }) => {
      payload.set(points, offset);
      const placed = { ...one, offset };
      offset += points.length;
      return placed;
    });
    this.publish(
      'detector.waveforms',
      { run: this.machine.run?.number ?? null, waveforms },
      new Uint8Array(payload.buffer),
      this.dataAtMs,
    );
  }

  private publishRates(now: number): void {
    const channels = this.machine.slots.flatMap((slot) =>
      (slot.sourceStatus?.counters.tables ?? []).flatMap((table): ChannelCount[] => {
        const channel = channelOf(table.table);
        return channel === undefined ? [] : [{ channel, source: slot.name, recorded: table.recorded }];
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

  private publishSpectra(): void {
    const { header, payload } = this.spectra.state(this.machine.run?.number ?? null);
    this.publish('detector.spectrum', header, payload, Date.now());
  }

  private publish(
    topic: 'detector.waveforms' | 'detector.rates' | 'detector.spectrum',
    header: unknown,
    payload: Uint8Array,
    dataAtMs: number,
  ): void {
    const key = topicKey(topic, { detector: this.detector });
    this.bus.publish({ key, topic, header, payload, dataAtMs });
  }
}

const nothing = new Uint8Array(0);
