import { consumerConditions, fullBufferText } from './consumer-alarms.js';
import type { DetectorMachine } from './machine/detector-machine.js';
import type { SourceSlot } from './machine/source-slot.js';
import { RunAlarms, runAlarmCodes } from './run-alarms.js';
import type { AlarmCondition } from './store/acquisition-alarms.repository.js';
import type { Reports } from './store/reports.js';

/** Codes of the alarms that this watch raises and clears. */
export const watchedCodes = [
  'source.unreachable',
  'buffer.full',
  'consumer.failed',
  'run.interrupted',
  'disk.low',
  'disk.full',
  'disk.failed',
  'signal.silent',
  'signal.range',
  ...runAlarmCodes,
] as const;

const bufferFullLooks = 3;
/** Stands until the next run begins, whoever sees it. */
const interrupted = { subject: 'run', code: 'run.interrupted' } as const;

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Looks once a second whether what alarms are about still holds: raises once, clears when it is over. */
export class AlarmWatch {
  private readonly raised = new Map<string, AlarmCondition>();
  private readonly fullFor = new Map<string, number>();
  private readonly runAlarms = new Map<string, RunAlarms>();
  private diskFailure: string | undefined;

  constructor(
    private readonly machine: DetectorMachine,
    private readonly reports: Reports,
    private readonly minimumFreeBytes: () => number,
  ) {}

  /** Open alarms of an earlier process: cleared at the first look unless their cause is still there. */
  adopt(open: readonly { readonly subject: string; readonly code: string }[]): void {
    for (const one of open) this.raised.set(keyOf(one), { ...one, severity: 'warning', message: '' });
  }

  diskFailed(message: string | undefined): void {
    this.diskFailure = message;
  }

  /** A run that was cut off: nobody has begun another one yet. */
  runInterrupted(number: number, reason: string): void {
    const message = `Run ${number} was interrupted: ${reason}. What was written is kept. No run is taken now: begin a new one.`;
    const condition: AlarmCondition = { ...interrupted, severity: 'alarm', message };
    this.raised.set(keyOf(condition), condition);
    this.reports.raise(condition);
  }

  look(disk: DiskSpace | undefined): void {
    const now = new Map<string, AlarmCondition>();
    for (const condition of [
      ...this.ofDisk(disk),
      ...this.machine.slots.flatMap((slot) => this.ofSource(slot)),
    ]) {
      now.set(keyOf(condition), condition);
    }
    for (const [key, condition] of now) {
      const before = this.raised.get(key);
      if (before === undefined || before.message === '') this.raise(condition);
      this.raised.set(key, condition);
    }
    for (const [key, condition] of [...this.raised]) {
      if (now.has(key) || (condition.code === interrupted.code && this.machine.run === undefined)) continue;
      this.raised.delete(key);
      this.clear(condition);
    }
  }

  private raise(condition: AlarmCondition): void {
    this.reports.raise(condition);
    if (condition.code === 'buffer.full') this.logInRun('warning', condition.message);
  }

  private clear(condition: AlarmCondition): void {
    this.reports.clear(condition);
    if (condition.code === 'buffer.full')
      this.logInRun('info', `The buffer of source ${condition.subject} has room again.`);
  }

  private logInRun(level: 'info' | 'warning', text: string): void {
    const { run } = this.machine;
    if (run !== undefined) this.reports.log(level, text, run.id);
  }

  private ofDisk(disk: DiskSpace | undefined): AlarmCondition[] {
    const found: AlarmCondition[] = [];
    const minimum = this.minimumFreeBytes();
    if (this.diskFailure !== undefined) {
      found.push({ subject: 'disk', code: 'disk.failed', severity: 'alarm', message: this.diskFailure });
    }
    if (disk === undefined) return found;
    const free = `${(disk.freeBytes / 2 ** 30).toFixed(1)} GiB are free for data`;
    if (disk.freeBytes < minimum) {
      found.push({
        subject: 'disk',
        code: 'disk.full',
        severity: 'alarm',
        message: `${free}: no run can be taken. Make room.`,
      });
    } else if (disk.freeBytes < 2 * minimum) {
      found.push({
        subject: 'disk',
        code: 'disk.low',
        severity: 'warning',
        message: `${free}: the run will be stopped soon. Make room.`,
      });
    }
    return found;
  }

  private ofSource(slot: SourceSlot): AlarmCondition[] {
    const found: AlarmCondition[] = [];
    const { name: subject } = slot;
    const { health, message } = slot.position();
    if (
      health === 'fault' ||
      (health === 'degraded' && (!slot.bufferFull || slot.waitsBecause !== undefined))
    ) {
      found.push({
        subject,
        code: 'source.unreachable',
        severity: 'alarm',
        message: `Source ${subject}: ${message}`,
      });
    }
    const looks = slot.bufferFull ? (this.fullFor.get(subject) ?? 0) + 1 : 0;
    this.fullFor.set(subject, looks);
    if (looks >= bufferFullLooks) {
      found.push({
        subject,
        code: 'buffer.full',
        severity: 'warning',
        message: fullBufferText(slot),
      });
    }
    found.push(...consumerConditions(slot));
    return health === 'fault' ? found : [...found, ...signalConditions(slot), ...this.ofRun(slot)];
  }

  private ofRun(slot: SourceSlot): AlarmCondition[] {
    const limits = this.machine.configuration?.content.alarms;
    if (limits === undefined) return [];
    const watch = this.runAlarms.get(slot.name) ?? new RunAlarms();
    this.runAlarms.set(slot.name, watch);
    const { counters, state } = slot.sourceStatus ?? {};
    const taking = this.machine.run !== undefined && state === 'taking' && counters !== undefined;
    // Tables of one source share its triggers: the busiest tells how often it triggered.
    const events = (counters?.tables ?? []).reduce(
      (most, { recorded }) => (recorded > most ? recorded : most),
      0n,
    );
    return watch.look(slot.name, limits, taking ? { events, time: counters.time } : undefined);
  }
}

function signalConditions(slot: SourceSlot): AlarmCondition[] {
  if (!slot.isOpen) return [];
  const now = BigInt(Date.now()) * 1_000_000n;
  return slot.open.signals.flatMap((definition): AlarmCondition[] => {
    const reading = slot.readings.get(definition.name);
    if (reading === undefined) return [];
    const subject = `${slot.name}/${definition.name}`;
    const ageMs = Number((now - reading.timeNs) / 1_000_000n);
    if (ageMs > Math.max(3000, 3 * definition.periodMs)) {
      const message = `No value of ${definition.title} (${subject}) for ${Math.round(ageMs / 1000)} s.`;
      return [{ subject, code: 'signal.silent', severity: 'warning', message }];
    }
    if (reading.severity !== 'alarm' && reading.severity !== 'warning') return [];
    const value = `${String(reading.value)} ${definition.unit ?? ''}`.trimEnd();
    return [
      {
        subject,
        code: 'signal.range',
        severity: reading.severity,
        message: `${definition.title} (${subject}) is ${value}.`,
      },
    ];
  });
}

function keyOf({ subject, code }: { readonly subject: string; readonly code: string }): string {
  return `${code} ${subject}`;
}
