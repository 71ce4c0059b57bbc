import { timeShares } from '../../../core/time-account.js';
import type { ScopeUnit } from '../unit/scope-unit.js';
import type { CaptureSetUp } from './capture-set-up.js';
import { StreamCutter, type StreamRecord } from './stream-cutter.js';
import type { ReaderHost, UnitReader } from './unit-reader.js';

/** Reads a stream without gap, cut into records. */
export class StreamReader implements UnitReader {
  readonly restMs = 3;
  private readonly setUp: CaptureSetUp;
  private readonly host: ReaderHost;
  private cutter: StreamCutter | undefined;

  constructor(setUp: CaptureSetUp, host: ReaderHost) {
    this.setUp = setUp;
    this.host = host;
  }

  take(unit: ScopeUnit): boolean {
    const { setUp, host } = this;
    const { samples, intervalNs } = setUp;
    if (this.cutter === undefined) {
      unit.stream(intervalNs, setUp.memory.samples);
      this.cutter = new StreamCutter(setUp.settings.channels.length, samples);
      host.time.enter('live', host.now());
    }
    const { cutter } = this;
    const records: StreamRecord[] = [];
    unit.latest((piece) => records.push(...cutter.take(piece)));
    const atNs = host.now();
    if (records.length === 0) return false;
    host.take({
      count: records.length,
      triggerNs: atNs,
      uncertaintyNs: BigInt(Math.round((records.length * samples * intervalNs) / 2)),
      spent: timeShares(host.time.facts(atNs)),
      overflow: Int16Array.from(records, ({ overflow }) => overflow),
      times: undefined,
      begins: records[0]!.firstSample === 0,
      samplesOf: (record, place) => records[record]!.samples[place]!,
    });
    return true;
  }

  halt(unit: ScopeUnit): void {
    if (this.cutter === undefined) return;
    this.lose();
    unit.stop();
  }

  lose(): void {
    this.cutter = undefined;
  }
}
