import type {
  AcquireResult,
  BatchSink,
  ChannelFacts,
  DisarmReason,
  Driver,
  DriverContext,
  DriverCounters,
  Prepared,
} from '../../core/driver.js';
import { DriverError } from '../../core/errors.js';
import { RecentRate } from '../../core/figures/recent-rate.js';
import type { SignalValue } from '../../core/signal.js';
import { emptyTimeAccount, TimeAccount } from '../../core/time-account.js';
import { hasJointRows } from './originals/index.js';
import type { ReplayConfig } from './replay.config.js';
import type { ReplayBytes } from './replay.io.js';
import { type RecordingFacts, ReplayReader, scanRecording } from './replay.reader.js';

/** Most faults of a recording that are told one by one. */
const mostFaults = 20;
/** Longest time in one acquisition cycle, ms. */
const cycleMs = 8;

/** Plays a recording as if it were taken now. Nothing is lost: a pause or a full buffer stops the recording. */
export class Replay implements Driver {
  private readonly config: ReplayConfig;
  private readonly context: DriverContext;
  private readonly bytes: ReplayBytes;
  private scanned: { version: string; facts: RecordingFacts } | undefined;
  private reader: ReplayReader | undefined;
  private account: TimeAccount | undefined;
  private recorded: bigint[] = [];
  private speed: number;
  /** Recording time at the moment `sinceMs`, from which it goes on with `speed`; both move at every change. */
  private position = { recordingS: 0, sinceMs: 0 };
  private armed = false;
  private stopping = false;
  private skipToS: number | undefined;
  private ended = false;
  private readonly rate = new RecentRate(3);

  constructor(config: ReplayConfig, context: DriverContext, bytes: ReplayBytes) {
    this.config = config;
    this.context = context;
    this.bytes = bytes;
    this.speed = config.speed;
  }

  async prepare(): Promise<Prepared> {
    const facts = await this.scan();
    if (facts.rows === 0)
      throw new DriverError('device', this.bytes.name, `there are no records in ${this.bytes.name}`);
    await this.rewind(facts);
    this.account = undefined;
    this.recorded = facts.tables.map(() => 0n);
    this.armed = false;
    this.stopping = false;
    this.skipToS = undefined;
    this.ended = false;
    const { format, rows, rowsPerEvent, firstS, lastS } = facts;
    return {
      tables: facts.tables,
      channels: channelsOf(facts, this.config),
      rowsPerEvent,
      device: { model: 'replay', recording: this.bytes.name, format, rows, firstS, lastS },
    };
  }

  arm(): Promise<void> {
    const now = this.context.clock.monotonicNs();
    this.account ??= new TimeAccount(now);
    this.account.enter('live', now);
    this.position = { ...this.position, sinceMs: performance.now() };
    this.armed = true;
    return Promise.resolve();
  }

  disarm(reason: DisarmReason): Promise<void> {
    this.account?.enter(reason, this.context.clock.monotonicNs());
    this.hold();
    this.armed = false;
    if (reason === 'stopping') this.stopping = true;
    return Promise.resolve();
  }

  async acquire(sink: BatchSink): Promise<AcquireResult> {
    if (this.stopping) return { kind: 'drained' };
    await this.carryOutSeek();
    const untilMs = performance.now() + cycleMs;
    while (performance.now() < untilMs) {
      const { reader } = this;
      if (reader === undefined || !(await reader.load())) return this.end(sink);
      const waitS = reader.timeS - this.recordingS();
      if (this.speed > 0 && waitS > 0) return { kind: 'idle', waitMs: (1000 * waitS) / this.speed };
      if (sink.blocked) return { kind: 'more' };
      const { table } = reader;
      reader.copyTo(sink.writer(table));
      reader.step();
      this.recorded[table] = (this.recorded[table] ?? 0n) + 1n;
      if (this.speed === 0) this.position.recordingS = reader.timeS;
    }
    return { kind: 'more' };
  }

  counters(): DriverCounters {
    this.account?.settle(this.context.clock.monotonicNs());
    const tables = (this.scanned?.facts.tables ?? []).map(({ name }, index) => {
      const rows = this.recorded[index] ?? 0n;
      return { table: name, triggers: rows, recorded: rows, dropped: 0n };
    });
    const rows = this.rows();
    return {
      triggers: rows,
      recorded: rows,
      dropped: 0n,
      time: this.account?.facts() ?? emptyTimeAccount,
      tables,
    };
  }

  readSignal(name: string): Promise<SignalValue | null> {
    const { firstS = 0, lastS = 0 } = this.scanned?.facts ?? {};
    const position = this.recordingS() - firstS;
    if (name === 'position') return Promise.resolve(round(Math.max(0, Math.min(position, lastS - firstS))));
    if (name === 'duration') return Promise.resolve(round(lastS - firstS));
    if (name === 'speed') return Promise.resolve(this.speed);
    return Promise.resolve(name === 'rate' ? this.rate.upTo(this.rows()) : null);
  }

  writeSignal(name: string, value: SignalValue): Promise<void> {
    if (name === 'speed' && typeof value === 'number') {
      this.hold();
      this.speed = value;
    }
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.reader?.close();
  }

  /** Goes on at a time of the recording, s since its begin. Throws DriverError when there is no such time. */
  seek(seconds: number): void {
    const { firstS = 0, lastS = 0 } = this.scanned?.facts ?? {};
    if (seconds > lastS - firstS) {
      throw new DriverError(
        'bad-parameters',
        'seconds',
        `the recording ends after ${round(lastS - firstS)} s`,
      );
    }
    if (this.ended)
      throw new DriverError('wrong-state', 'seek', 'the recording was played to its end: start a new run');
    this.skipToS = firstS + seconds;
  }

  /** Whether a seek is still to be carried out. */
  get seeking(): boolean {
    return this.skipToS !== undefined;
  }

  private async carryOutSeek(): Promise<void> {
    const { skipToS, scanned } = this;
    if (skipToS === undefined || scanned === undefined) return;
    if (skipToS < this.recordingS()) await this.rewind(scanned.facts);
    const untilMs = performance.now() + cycleMs;
    const { reader } = this;
    while (reader !== undefined && (await reader.load()) && reader.timeS < skipToS) {
      reader.step();
      if (performance.now() < untilMs) continue;
      this.position = { recordingS: reader.timeS, sinceMs: performance.now() };
      return;
    }
    this.position = { recordingS: skipToS, sinceMs: performance.now() };
    this.skipToS = undefined;
  }

  private end(sink: BatchSink): AcquireResult {
    this.ended = true;
    const report = this.reader?.report();
    if (report !== undefined && !report.clean) {
      const cut = report.truncatedEnd === null ? '' : ', its end is cut off';
      sink.info(`Recording is damaged: ${report.garbageBytes} bytes could not be decoded${cut}`);
    }
    for (const fault of this.reader?.faults.slice(0, mostFaults) ?? [])
      sink.info(`Recording is damaged: ${fault}`);
    return { kind: 'ended', reason: `${this.bytes.name} was played to its end` };
  }

  private async scan(): Promise<RecordingFacts> {
    const version = this.bytes.version();
    if (this.scanned?.version !== version) {
      this.scanned = { version, facts: await scanRecording(this.bytes, this.config) };
    }
    return this.scanned.facts;
  }

  private async rewind(facts: RecordingFacts): Promise<void> {
    await this.reader?.close();
    this.reader = new ReplayReader(this.bytes, facts, this.config.sampleNs);
    this.position = { recordingS: facts.firstS, sinceMs: performance.now() };
  }

  /** Time of the recording that is due now, unix s. */
  private recordingS(): number {
    const { recordingS, sinceMs } = this.position;
    return this.armed ? recordingS + ((performance.now() - sinceMs) / 1000) * this.speed : recordingS;
  }

  private hold(): void {
    this.position = { recordingS: this.recordingS(), sinceMs: performance.now() };
  }

  private rows(): bigint {
    return this.recorded.reduce((sum, rows) => sum + rows, 0n);
  }
}

/** Volts of one count of the values of a unit. */
const voltsPer: Readonly<Record<string, number>> = { V: 1, mV: 1e-3 };

/** Tables with waveforms by their names: `ch0000012/raw` is channel 12. */
function channelsOf({ tables, format, trigger }: RecordingFacts, config: ReplayConfig): ChannelFacts[] {
  const calibration = {
    ...(config.keVPerAdc > 0 ? { keVPerAdc: config.keVPerAdc } : {}),
    ...(config.decayUs > 0 ? { decayNs: config.decayUs * 1000 } : {}),
  };
  const ofOriginals = hasJointRows(format);
  return tables.flatMap(({ name, columns }) => {
    const match = /^ch(\d+)\/raw$/.exec(name);
    const values = columns.find((column) => column.name === 'waveform/values');
    if (match === null || values === undefined) return [];
    const facts = { channel: Number(match[1]), table: name, ...calibration };
    if (!ofOriginals) return [facts];
    const label = values.description ?? '';
    const volts = values.shape[0] === 1 ? undefined : voltsPer[values.units ?? ''];
    const { channel, ...marker } = trigger ?? {};
    return [
      {
        ...facts,
        ...(label === '' ? {} : { label }),
        ...(volts === undefined ? {} : { voltsPerCount: volts, voltsOffset: 0 }),
        ...(channel === label ? { trigger: marker } : {}),
      },
    ];
  });
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
