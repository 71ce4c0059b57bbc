import { scalarColumn, type TableSchema } from '@countroom/records';
import type { OrcaPacket } from '../container/orca-packet.js';
import { crateKey, type OrcaSetup, settingOf } from '../header/orca-setup.js';
import { locationOf, type OrcaContext, type OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';
import { keyLists, keyOf, locationColumns, waveformColumns } from './digitizer-tables.js';

const decoder = 'ORSIS3302DecoderForEnergy';
const className = 'ORSIS3302Model';

/** Sampling period, ns: 100 MHz. */
export const sis3302PeriodNs = 10;
const channels = 8;
/** Words of the payload before the samples; two more when the ring buffer has wrapped around. */
const headWords = 5;
const wrapWords = 2;
/** Energy maximum, first energy, flags, and the mark at the end. */
const footWords = 4;
const endMark = 0xdeadbeef;

/** Columns of an SIS3302 channel of `samples` samples. */
export function sis3302Schema(path: string, samples: number): TableSchema {
  return {
    name: path,
    columns: [
      ...locationColumns,
      scalarColumn('energy', 'uint32', { units: 'adc', description: 'maximum of the energy filter' }),
      scalarColumn('energy_first', 'uint32', {
        units: 'adc',
        description: 'first value of the energy filter',
      }),
      scalarColumn('timestamp', 'uint64', { units: 'clock_ticks', description: 'ticks of 10 ns, 48 bits' }),
      ...waveformColumns(samples, 'uint16'),
    ],
  };
}

/** SIS3302 digitizer, energy mode: one event of a channel per packet. */
export class Sis3302Record implements OrcaRecord {
  readonly checkedWords = 3;
  private readonly tables: RecordTables;

  constructor({ library, setup }: OrcaContext) {
    this.tables = new RecordTables(library, decoder, sis3302Schema, keyLists(listsOf(setup)));
  }

  /** The lengths of the two waveforms must fill the packet. */
  fits(packet: OrcaPacket): boolean {
    return packet.payloadWords === headOf(packet) + packet.word(1) + packet.word(2) + footWords;
  }

  decode(packet: OrcaPacket, packetId: number): boolean {
    if (packet.word(packet.payloadWords - 1) !== endMark) return false;
    const location = locationOf(packet.word(0));
    const high = packet.word(3) >>> 16;
    const low = packet.word(4);
    const samples = 2 * packet.word(1);
    const seconds = (high * 2 ** 32 + low) * sis3302PeriodNs * 1e-9;
    this.tables.admit(keyOf(location), samples, seconds)?.append({
      packet_id: packetId,
      ...location,
      energy: packet.word(packet.payloadWords - footWords),
      energy_first: packet.word(packet.payloadWords - footWords + 1),
      timestamp: (BigInt(high) << 32n) | BigInt(low),
      'waveform/dt': sis3302PeriodNs,
      'waveform/values': samplesOf(packet, samples),
    });
    return true;
  }
}

function hasWrapped(packet: OrcaPacket): boolean {
  return (packet.word(0) & 1) === 1;
}

function headOf(packet: OrcaPacket): number {
  return headWords + (hasWrapped(packet) ? wrapWords : 0);
}

/** The samples; of a ring buffer that has wrapped around in the order of time: behind the start index first. */
function samplesOf(packet: OrcaPacket, samples: number): Uint16Array {
  const stored = packet.samples(headOf(packet), samples);
  if (!hasWrapped(packet) || samples === 0) return stored;
  const first = (packet.word(headWords + 1) + 1) % samples;
  const ordered = new Uint16Array(samples);
  ordered.set(stored.subarray(first));
  ordered.set(stored.subarray(0, first), samples - first);
  return ordered;
}

/** Enabled channels as the header has them, each a list of its own. */
function listsOf({ cards }: OrcaSetup): number[][] {
  return cards
    .filter((card) => card.className === className)
    .flatMap((card) => {
      const masks = ['internalTriggerEnabledMask', 'externalTriggerEnabledMask'];
      const enabled = masks.reduce((mask, name) => mask | settingOf(card, name, 0), 0);
      const on = Array.from({ length: channels }, (_, i) => i).filter((i) => ((enabled >> i) & 1) === 1);
      return on.map((channel) => [crateKey(card.crate, card.card, channel)]);
    });
}
