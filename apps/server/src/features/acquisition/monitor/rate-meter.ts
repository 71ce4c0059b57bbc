import type { RatesFrame } from '@countroom/contracts';
import type { RunTotals } from '@countroom/run-model';

const historyStepMs = 1000;
const historyPoints = 300;

export interface ChannelCount {
  readonly channel: number;
  readonly source: string;
  /** Name of the channel on its device. */
  readonly label?: string | undefined;
  readonly recorded: bigint;
}

/** Rates from counters at successive moments. */
export class RateMeter {
  private history: number[] = [];
  private before:
    | { readonly atMs: number; readonly totals: RunTotals; readonly counts: Map<string, bigint> }
    | undefined;

  clear(): void {
    this.history = [];
    this.before = undefined;
  }

  measure(
    nowMs: number,
    run: number | null,
    now: {
      readonly totals: RunTotals;
      readonly channels: readonly ChannelCount[];
      readonly bufferFill: number;
    },
  ): RatesFrame {
    const { before } = this;
    const { totals } = now;
    const seconds = before === undefined ? 0 : (nowMs - before.atMs) / 1000;
    const perSecond = (difference: bigint): number =>
      seconds > 0 && difference > 0n ? Number(difference) / seconds : 0;
    const channels = now.channels.map(({ channel, source, label, recorded }) => ({
      channel,
      source,
      ...(label === undefined ? {} : { label }),
      recorded: Number(recorded),
      rateHz: perSecond(recorded - (before?.counts.get(`${source}/${channel}`) ?? recorded)),
    }));
    const totalHz = before === undefined ? 0 : perSecond(totals.recorded - before.totals.recorded);
    if (run !== null) this.history = [...this.history, totalHz].slice(-historyPoints);
    const runNs = before === undefined ? 0n : totals.runTimeNs - before.totals.runTimeNs;
    const fraction = (ns: bigint): number =>
      runNs > 0n ? Math.min(1, Math.max(0, Number(ns) / Number(runNs))) : 0;
    const frame = {
      run,
      channels,
      totalHz,
      bytesPerSecond: before === undefined ? 0 : perSecond(totals.bytes - before.totals.bytes),
      deviceDeadFraction: fraction(totals.deviceDeadNs - (before?.totals.deviceDeadNs ?? 0n)),
      bufferDeadFraction: fraction(totals.bufferDeadNs - (before?.totals.bufferDeadNs ?? 0n)),
      bufferFill: now.bufferFill,
      history: this.history,
      historyStepMs,
    };
    const counts = new Map(now.channels.map((one) => [`${one.source}/${one.channel}`, one.recorded]));
    this.before = { atMs: nowMs, totals, counts };
    return frame;
  }
}
