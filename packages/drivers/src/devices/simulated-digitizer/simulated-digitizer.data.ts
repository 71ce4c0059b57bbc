import type { RowWriter } from '../../core/driver.js';
import type { TriggeredRecord } from './channel-trigger.js';
import type { PulseBank } from './pulse-bank.js';
import type { PaintedRecord } from './record-painter.js';
import type { SimulatedDigitizerConfig } from './simulated-digitizer.config.js';
import { recordFlags } from './simulated-digitizer.tables.js';

/** Facts of one record beside its samples. */
export interface RecordFacts {
  readonly eventNumber: bigint;
  readonly channel: number;
  /** Trigger time since the run began, ns. */
  readonly deviceNs: number;
  /** Unix time of the begin of the run, s. */
  readonly runBeginS: number;
  readonly hostNs: bigint;
  readonly gap: boolean;
}

/** Place of `waveform/values` among the columns. */
export const valuesColumn = 11;

/** Writes the columns of one record whose samples are in place already, and completes the row. */
export function writeRecord(
  writer: RowWriter,
  facts: RecordFacts,
  record: TriggeredRecord,
  painted: PaintedRecord,
  config: SimulatedDigitizerConfig,
  bank: PulseBank,
): void {
  const { columns, rows: row } = writer;
  const { pulse, pulses } = record;
  const periodNs = config.samplePeriodNs;
  const onsetNs = config.preTriggerSamples * periodNs;
  const flags =
    (painted.saturated ? recordFlags.saturated : 0) |
    (pulses.length > 1 ? recordFlags.pileUp : 0) |
    (pulse.pulser ? recordFlags.pulser : 0) |
    (facts.gap ? recordFlags.gapBefore : 0);
  columns[0]!.data[row] = facts.eventNumber;
  columns[1]!.data[row] = facts.channel;
  columns[2]!.data[row] = facts.runBeginS + facts.deviceNs * 1e-9;
  columns[3]!.data[row] = BigInt(Math.round(facts.deviceNs));
  columns[4]!.data[row] = facts.hostNs;
  columns[5]!.data[row] = BigInt(Math.round(record.liveNs));
  columns[6]!.data[row] = flags;
  columns[7]!.data[row] = painted.baseline;
  columns[8]!.data[row] = Math.max(0, painted.highest - painted.baseline);
  columns[9]!.data[row] = -onsetNs;
  columns[10]!.data[row] = periodNs;
  if (config.truth) {
    columns[12]!.data[row] = pulse.trueKev;
    columns[13]!.data[row] = onsetNs;
    columns[14]!.data[row] = bank.riseNs[pulse.rise] ?? 0;
    columns[15]!.data[row] = pulses.length;
  }
  writer.advance();
}
