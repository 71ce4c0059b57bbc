import type { BuffersFrame, ConsumerStatusFrame } from '@countroom/contracts';
import {
  type ConsumerStatus,
  type FigureSample,
  WindowedFigures,
  type WindowFigures,
} from '@countroom/drivers';
import type { RunTotals } from '@countroom/run-model';

const historyStepMs = 1000;
const historyPoints = 300;
const windowSeconds = [1, 10] as const;
const second = 1_000_000_000n;

/** A source as the view needs it. */
export interface BufferSource {
  readonly name: string;
  readonly slots: number;
  readonly fill: number;
  readonly full: boolean;
  readonly consumers: readonly ConsumerStatus[];
}

/** Named dead times; of several sources the longest of each, as the totals have it. */
export type DeadTimes = Readonly<Record<string, bigint>>;

/** Rates, life and buffers from counters at successive moments. */
export class BufferView {
  private windows = new WindowedFigures(30n * second);
  private history: number[] = [];

  clear(): void {
    this.windows = new WindowedFigures(30n * second);
    this.history = [];
  }

  measure(now: {
    readonly run: number | null;
    readonly phase: string;
    readonly startedNs: bigint | undefined;
    readonly totals: RunTotals;
    readonly dead: DeadTimes;
    readonly sources: readonly BufferSource[];
  }): BuffersFrame {
    const { run, phase, totals, startedNs } = now;
    const { runTimeNs, liveTimeNs, pausedNs, recorded } = totals;
    const sample: FigureSample = {
      events: recorded,
      time: { runNs: runTimeNs, liveNs: liveTimeNs, pausedNs, deadNs: now.dead },
    };
    this.windows.add(sample);
    const figures = windowSeconds.map((seconds) =>
      frameOf(seconds, this.windows.window(BigInt(seconds) * second)),
    );
    if (run !== null) {
      const rateHz = phase === 'taking' ? (figures[0]?.rateHz ?? 0) : 0;
      this.history = [...this.history, rateHz].slice(-historyPoints);
    }
    return {
      run,
      phase,
      startedAt: startedNs === undefined ? null : new Date(Number(startedNs / 1_000_000n)).toISOString(),
      runSeconds: Number(runTimeNs - pausedNs) / 1e9,
      pausedSeconds: Number(pausedNs) / 1e9,
      events: String(recorded),
      liveSeconds: Number(liveTimeNs) / 1e9,
      windows: [...figures, frameOf(null, this.windows.whole())],
      history: this.history,
      historyStepMs,
      sources: now.sources.map(({ name, slots, fill, full }) => ({ name, slots, fill, full })),
      consumers: now.sources.flatMap(({ name, consumers }) => consumers.map((one) => consumerOf(name, one))),
    };
  }
}

function frameOf(seconds: number | null, figures: WindowFigures): BuffersFrame['windows'][number] {
  const { events, rateHz, liveFraction, deadFractions } = figures;
  return { seconds, events: String(events), rateHz, liveFraction, deadFractions };
}

function consumerOf(source: string, status: ConsumerStatus): ConsumerStatusFrame {
  const { ring, name, input, kind, state, message, restarts, counts, values } = status;
  const delivered = Number(ring.delivered);
  return {
    name,
    source,
    input,
    kind,
    policy: ring.policy.kind,
    state,
    message,
    offered: String(ring.offered),
    delivered: String(ring.delivered),
    dropped: String(ring.dropped),
    lag: String(ring.lag),
    unfinished: String(status.unfinished),
    lagMs: Number(ring.lagNs) / 1e6,
    serviceMeanMs: delivered === 0 ? 0 : Number(ring.serviceNs) / 1e6 / delivered,
    serviceMaxMs: Number(ring.serviceMaxNs) / 1e6,
    events: String(status.events),
    kept: String(status.kept),
    incomplete: String(status.incomplete),
    restarts,
    counts,
    values,
  };
}
