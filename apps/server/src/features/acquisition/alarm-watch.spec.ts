import type { Health } from '@countroom/contracts';
import type { ConsumerStatus, SignalDefinition, SignalReading } from '@countroom/drivers';
import { beforeEach, describe, expect, it } from 'vitest';
import { AlarmWatch } from './alarm-watch.js';
import { consumerConditions, fullBufferText } from './consumer-alarms.js';
import type { DetectorMachine } from './machine/detector-machine.js';
import type { AlarmCondition } from './store/acquisition-alarms.repository.js';
import type { Reports } from './store/reports.js';

const nowNs = (): bigint => BigInt(Date.now()) * 1_000_000n;
const temperature: SignalDefinition = {
  name: 'temperature',
  title: 'Temperature',
  type: 'number',
  unit: 'degC',
  access: 'readback',
  periodMs: 1000,
};

const consumer = (of: { name: string; state: ConsumerStatus['state']; lag: bigint }): ConsumerStatus => ({
  ...of,
  kind: 'module',
  input: 'a',
  message: 'no sign of life',
  ring: { policy: { kind: 'obligatory' }, lag: of.lag } as ConsumerStatus['ring'],
  unfinished: 0n,
  events: 0n,
  kept: 0n,
  incomplete: 0n,
  restarts: 0,
  counts: {},
  values: {},
  histograms: [],
});

describe('AlarmWatch', () => {
  let slot: {
    name: string;
    isOpen: boolean;
    bufferFull: boolean;
    open: { signals: SignalDefinition[] };
    readings: Map<string, SignalReading>;
    position: () => { health: Health; message: string };
    waitsBecause: string | undefined;
    ringSlots: number;
    consumerStatuses: ConsumerStatus[];
    droppedByPeople: Set<string>;
  };
  let run: { id: string } | undefined;
  let health: Health;
  let said: string[];
  let watch: AlarmWatch;
  const plenty = { freeBytes: 100e9, totalBytes: 200e9 };
  const reading = (changes: Partial<SignalReading> = {}): SignalReading => ({
    name: 'temperature',
    value: 20,
    timeNs: nowNs(),
    severity: 'ok',
    ...changes,
  });

  beforeEach(() => {
    health = 'ok';
    said = [];
    slot = {
      name: 'a',
      isOpen: true,
      bufferFull: false,
      open: { signals: [temperature] },
      readings: new Map([['temperature', reading()]]),
      position: () => ({ health, message: 'no answer' }),
      waitsBecause: undefined,
      ringSlots: 8,
      consumerStatuses: [],
      droppedByPeople: new Set(),
    };
    const note = (verb: string) => (alarm: Pick<AlarmCondition, 'subject' | 'code'>) =>
      void said.push(`${verb} ${alarm.code} ${alarm.subject}`);
    run = undefined;
    const log = (level: string, text: string): void => void said.push(`${level}: ${text}`);
    const reports = { raise: note('raise'), clear: note('clear'), log } as unknown as Reports;
    const machine = {
      slots: [slot],
      get run() {
        return run;
      },
    };
    watch = new AlarmWatch(machine as unknown as DetectorMachine, reports, () => 1e9);
  });
  const looking = (times = 1, disk = plenty): string[] => {
    said.length = 0;
    for (let i = 0; i < times; i++) watch.look(disk);
    return [...said];
  };

  it('raises once while the cause lasts and clears when it is gone', () => {
    expect(looking()).toEqual([]);
    health = 'fault';
    expect(looking(3)).toEqual(['raise source.unreachable a']);
    health = 'ok';
    expect(looking(3)).toEqual(['clear source.unreachable a']);
  });

  it('tells a value that is not received in time from one out of range', () => {
    slot.readings.set('temperature', reading({ timeNs: nowNs() - 60_000_000_000n }));
    expect(looking()).toEqual(['raise signal.silent a/temperature']);
    slot.readings.set('temperature', reading({ value: 99, severity: 'alarm' }));
    expect(looking()).toEqual(['raise signal.range a/temperature', 'clear signal.silent a/temperature']);
  });

  it('minds a buffer that stays full, not one that is full for a moment', () => {
    slot.bufferFull = true;
    health = 'degraded';
    expect(looking(2)).toEqual([]);
    expect(looking(2)).toEqual(['raise buffer.full a']);
    slot.bufferFull = false;
    health = 'ok';
    expect(looking()).toEqual(['clear buffer.full a']);
  });

  it('tells in the log of a run whom its buffer waits for', () => {
    run = { id: 'r' };
    slot.bufferFull = true;
    health = 'degraded';
    slot.consumerStatuses = [consumer({ name: 'slow', state: 'working', lag: 8n })];
    expect(looking(3)).toEqual([
      'raise buffer.full a',
      'warning: The buffer of source a is full, the device waits: consumer slow is 8 records behind. Make it faster, give it threads, or drop it in the buffer manager.',
    ]);
    slot.bufferFull = false;
    health = 'ok';
    expect(looking()).toEqual(['clear buffer.full a', 'info: The buffer of source a has room again.']);
    slot.consumerStatuses = [];
    expect(fullBufferText(slot)).toMatch(/faster than it can be written/);
  });

  it('raises for a device that is looked for, also while the buffer is full', () => {
    slot.bufferFull = true;
    slot.waitsBecause = 'no answer';
    health = 'degraded';
    expect(looking()).toEqual(['raise source.unreachable a']);
  });

  it('raises for a consumer that was given up, not for one that a person dropped', () => {
    slot.consumerStatuses = [consumer({ name: 'stuck', state: 'failed', lag: 0n })];
    expect(looking(2)).toEqual(['raise consumer.failed a/stuck']);
    expect(consumerConditions(slot)).toMatchObject([{ severity: 'alarm' }]);
    slot.droppedByPeople.add('stuck');
    expect(looking()).toEqual(['clear consumer.failed a/stuck']);
  });

  it('says that a run was interrupted until the next one begins', () => {
    watch.runInterrupted(4, 'the process ended');
    expect(said).toEqual(['raise run.interrupted run']);
    expect(looking(3)).toEqual([]);
    run = { id: 'r' };
    expect(looking()).toEqual(['clear run.interrupted run']);
    run = undefined;
    watch.adopt([{ subject: 'run', code: 'run.interrupted' }]);
    expect(looking()).toEqual([]);
  });

  it('warns of a disk that fills, then says that it is full', () => {
    expect(looking(1, { freeBytes: 1.5e9, totalBytes: 1 })).toEqual(['raise disk.low disk']);
    expect(looking(1, { freeBytes: 0.5e9, totalBytes: 1 })).toEqual([
      'raise disk.full disk',
      'clear disk.low disk',
    ]);
    watch.diskFailed('no space');
    expect(looking()).toEqual(['raise disk.failed disk', 'clear disk.full disk']);
    watch.diskFailed(undefined);
    expect(looking()).toEqual(['clear disk.failed disk']);
  });

  it('takes on what an earlier process left: clears it, or raises it anew', () => {
    watch.adopt([
      { subject: 'a', code: 'source.unreachable' },
      { subject: 'disk', code: 'disk.low' },
    ]);
    expect(looking(1, { freeBytes: 1.5e9, totalBytes: 1 })).toEqual([
      'raise disk.low disk',
      'clear source.unreachable a',
    ]);
  });
});
