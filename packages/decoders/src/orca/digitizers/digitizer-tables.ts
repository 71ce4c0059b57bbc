import { type ColumnSchema, scalarColumn } from '@countroom/records';
import type { TableRequest } from '../../core/table-library.js';
import { crateKey, type OrcaCard, type OrcaSetup } from '../header/orca-setup.js';
import type { Location } from '../orca-record.js';

/** The card that a packet comes from, as the header has it. */
export function cardOf(setup: OrcaSetup, className: string, location: Location): OrcaCard | undefined {
  return setup.cards.find(
    (card) =>
      card.className === className && card.crate === location.crate && (card.card & 31) === location.card,
  );
}

/** Key of a channel of a digitizer. */
export function keyOf({ crate, card, channel }: Location): number {
  return crateKey(crate, card, channel);
}

/** Names the key lists of a decoder: keys with the same waveforms make one list. */
export function keyLists(lists: readonly (readonly number[])[]): (key: unknown) => {
  readonly list?: NonNullable<TableRequest['list']>;
  readonly siblings: number;
} {
  const siblings = lists.reduce((sum, keys) => sum + keys.length, 0);
  return (key) => {
    const index = lists.findIndex((keys) => keys.some((one) => one === key));
    if (index < 0) return { siblings };
    return { list: { index, count: lists.length, keys: lists[index]!.length }, siblings };
  };
}

/** Columns that say where a row comes from. */
export const locationColumns: readonly ColumnSchema[] = [
  scalarColumn('packet_id', 'uint32', { description: 'number of the packet in the file' }),
  scalarColumn('crate', 'uint8'),
  scalarColumn('card', 'uint8', { description: 'slot of the card in the crate' }),
  scalarColumn('channel', 'uint8', { description: 'channel of the card' }),
];

/** Columns of a waveform. */
export function waveformColumns(samples: number, dtype: 'uint16' | 'int16'): ColumnSchema[] {
  return [
    scalarColumn('waveform/t0', 'float32', { units: 'ns', description: 'time of the first sample' }),
    scalarColumn('waveform/dt', 'float32', { units: 'ns', description: 'sampling period' }),
    { name: 'waveform/values', dtype, shape: [samples], variableLength: false, units: 'adc' },
  ];
}
