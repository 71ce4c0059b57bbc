import { encodeBatch, encodedLength } from '@countroom/drivers';
import type { TableSchema } from '@countroom/records';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DetectorMachine } from '../machine/detector-machine.js';
import { LiveMonitor } from './live-monitor.js';

const schema: TableSchema = {
  name: 'ch0000000/raw',
  columns: [{ name: 'waveform/values', dtype: 'float32', shape: [1], variableLength: false, units: 'V' }],
};

describe('LiveMonitor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    // The monotonic clock begins at zero, which no real record has.
    vi.advanceTimersByTime(1000);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends voltages while something is measured, with the time of the record', () => {
    const waiting: { schemaId: number; bytes: Uint8Array; timeNs: bigint; rows: number }[] = [];
    const measure = (value: number): void => {
      const columns = [{ data: Float32Array.of(value) }];
      const bytes = new Uint8Array(encodedLength(schema, columns, 1));
      encodeBatch({ schema, rows: 1, columns }, 0n, bytes);
      waiting.push({ schemaId: 0, bytes, timeNs: process.hrtime.bigint(), rows: 1 });
    };
    const consumer = { take: () => waiting.shift(), counters: () => ({ lag: 0n }), detach: () => undefined };
    const slot = {
      name: 'room',
      isOpen: true,
      prepared: { tables: [schema], channels: [{ channel: 0, label: 'U', table: schema.name }] },
      open: { ring: { attach: () => consumer } },
    };
    const machine = { slots: [slot], run: { id: 'a', number: 3 } };
    const sent: number[] = [];
    const monitor = new LiveMonitor(
      'demo',
      machine as unknown as DetectorMachine,
      {
        publish: ({ topic, dataAtMs }) => {
          if (topic === 'detector.meters') sent.push(dataAtMs);
        },
      },
      () => undefined,
    );
    monitor.start();
    for (const volts of [1, 2]) {
      measure(volts);
      vi.advanceTimersByTime(1000);
    }
    expect(sent).toHaveLength(2);
    const measuredAt = sent[1]!;
    expect(Date.now() - measuredAt).toBeGreaterThan(900);
    vi.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(2);
    measure(2);
    vi.advanceTimersByTime(600);
    expect(sent).toHaveLength(3);
    expect(sent[2]! - measuredAt).toBeGreaterThanOrEqual(10_000);
    monitor.stop();
  });
});
