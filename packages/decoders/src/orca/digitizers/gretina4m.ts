import { scalarColumn, type TableSchema } from '@countroom/records';
import type { OrcaPacket } from '../container/orca-packet.js';
import { crateKey, type OrcaCard, type OrcaSetup, settingOf } from '../header/orca-setup.js';
import { locationOf, type OrcaContext, type OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';
import { cardOf, keyLists, keyOf, locationColumns, waveformColumns } from './digitizer-tables.js';
import { expandedSamples, expandMultiRate, multiRateSamples } from './multi-rate.js';

const decoder = 'ORGretina4MWaveformDecoder';
const className = 'ORGretina4MModel';

/** Sampling period, ns: 100 MHz. */
export const gretinaPeriodNs = 10;
/** 16-bit words of the payload before plain samples, and how many samples there are. */
const plain = { first: 32, samples: 2000 };
/** The same of waveforms of two rates. */
const multiRate = { first: 18, samples: multiRateSamples };
/** 16-bit words that may lie behind the samples. */
const mostRest = 128;
const presumRates = [2, 4, 8, 10];
const presumDividers = [1, 2, 4, 8];

/** Columns of a GRETINA4M channel of `samples` samples. */
export function gretinaSchema(path: string, samples: number): TableSchema {
  return {
    name: path,
    columns: [
      ...locationColumns,
      scalarColumn('ievt', 'uint32', { description: 'number of the event among those of this kind' }),
      scalarColumn('board_id', 'uint32'),
      scalarColumn('energy', 'uint32', { units: 'adc', description: 'energy of the FPGA, 25 bits' }),
      scalarColumn('timestamp', 'uint64', { units: 'clock_ticks', description: 'ticks of 10 ns, 48 bits' }),
      ...waveformColumns(samples, 'int16'),
    ],
  };
}

/**
 * GRETINA4M digitizer with the firmware of the MAJORANA DEMONSTRATOR. Channels whose header setting FtCnt is above 0
 * sum the end of the waveform in groups: it is expanded to the full rate again.
 */
export class Gretina4mRecord implements OrcaRecord {
  readonly checkedWords = 3;
  private readonly tables: RecordTables;
  private events: number;

  constructor(
    private readonly context: OrcaContext,
    events = 0,
  ) {
    this.events = events;
    this.tables = new RecordTables(context.library, decoder, gretinaSchema, keyLists(listsOf(context.setup)));
  }

  /** Events so far, to be kept to go on later. */
  state(): number {
    return this.events;
  }

  fits(packet: OrcaPacket): boolean {
    const { first, samples } = packet.payloadWords > 0 ? this.formOf(packet) : plain;
    const rest = 2 * packet.payloadWords - first - samples;
    return rest >= 0 && rest <= mostRest;
  }

  decode(packet: OrcaPacket, packetId: number): boolean {
    const location = { ...locationOf(packet.word(0)), channel: packet.uint16(4) & 0xf };
    const { first, samples, tail, rate, divider } = this.formOf(packet);
    const stored = new Int16Array(samples);
    for (let i = 0; i < samples; i++) stored[i] = packet.uint16(first + i);
    const waveform = tail > 0 ? expandMultiRate(stored, tail, rate, divider) : stored;
    const ticks = packet.uint16(8) * 2 ** 32 + packet.uint16(7) * 2 ** 16 + packet.uint16(6);
    this.tables.admit(keyOf(location), waveform.length, ticks * gretinaPeriodNs * 1e-9)?.append({
      packet_id: packetId,
      ...location,
      ievt: this.events,
      board_id: packet.uint16(4) >>> 4,
      energy: packet.uint16(9) + (packet.uint16(10) & 0x1ff) * 65_536,
      timestamp: BigInt(ticks),
      'waveform/dt': gretinaPeriodNs,
      'waveform/values': waveform,
    });
    this.events++;
    return true;
  }

  private formOf(packet: OrcaPacket): WaveformForm {
    return waveformForm(
      cardOf(this.context.setup, className, locationOf(packet.word(0))),
      packet.uint16(4) & 0xf,
    );
  }
}

interface WaveformForm {
  readonly first: number;
  readonly samples: number;
  /** Samples at the end that are sums for sure; 0 in plain waveforms. */
  readonly tail: number;
  readonly rate: number;
  readonly divider: number;
}

/** How the waveforms of a channel are stored, by the settings of its card. */
function waveformForm(card: OrcaCard | undefined, channel: number): WaveformForm {
  const setting = (name: string): number => settingOf(card, name, channel);
  const tail = Math.max(0, Math.min(setting('FtCnt'), multiRateSamples - 17));
  const rate = presumRates[setting('Mrpsrt')] ?? 1;
  const divider = presumDividers[setting('Mrpsdv')] ?? 1;
  return { ...(tail > 0 ? multiRate : plain), tail, rate, divider };
}

/** Enabled channels by the length of their waveforms, as the header has them. */
function listsOf({ cards }: OrcaSetup): number[][] {
  const lists = new Map<number, number[]>();
  for (const card of cards.filter((one) => one.className === className)) {
    (card.settings['Enabled'] ?? []).forEach((on, channel) => {
      if (on === 0) return;
      const { tail, rate } = waveformForm(card, channel);
      const samples = tail > 0 ? expandedSamples(tail, rate) : plain.samples;
      lists.set(samples, [...(lists.get(samples) ?? []), crateKey(card.crate, card.card, channel)]);
    });
  }
  return [...lists.values()];
}
