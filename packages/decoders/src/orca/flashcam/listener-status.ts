import { type ColumnSchema, type Dtype, scalarColumn, type TableSchema } from '@countroom/records';
import type { Cell } from '../../core/table-buffer.js';
import type { OrcaPacket } from '../container/orca-packet.js';
import type { OrcaContext, OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';

const decoder = 'ORFlashCamListenerStatusDecoder';

/** Words of the payload before the first card. */
const headWords = 14;
/** Cards at most; there are a few dozen in the largest setups. */
const maxCards = 4096;
/** Words of a card that are read. */
const cardWords = 295;

/** Values of a card: column, number type, first word in the card, how many, units. */
const cardFields: readonly (readonly [
  name: string,
  dtype: Dtype,
  word: number,
  count: number,
  units: string,
])[] = [
  ['card_id', 'uint32', 0, 1, ''],
  ['card_status', 'uint32', 1, 1, ''],
  ['card_eventnumber', 'uint32', 2, 1, ''],
  ['card_pps_count', 'uint32', 3, 1, ''],
  ['card_clock_tick_count', 'uint32', 4, 1, ''],
  ['card_max_clock_ticks', 'uint32', 5, 1, ''],
  ['card_n_env_vals', 'uint32', 6, 1, ''],
  ['card_n_cti_links', 'uint32', 7, 1, ''],
  ['card_n_link_states', 'uint32', 8, 1, ''],
  ['card_n_errors_tot', 'uint32', 10, 1, ''],
  ['card_n_env_errors', 'uint32', 11, 1, ''],
  ['card_n_cti_errors', 'uint32', 12, 1, ''],
  ['card_n_link_errors', 'uint32', 13, 1, ''],
  ['card_n_other_errors', 'uint32', 14, 5, ''],
  ['card_temps', 'int32', 19, 5, 'mC'],
  ['card_voltages', 'int32', 24, 6, 'mV'],
  ['card_main_current', 'int32', 30, 1, 'mA'],
  ['card_humidity', 'int32', 31, 1, 'o/oo'],
  ['card_adc_temps', 'int32', 32, 2, 'mC'],
  ['card_cti_links', 'uint32', 35, 4, ''],
  ['card_link_states', 'uint32', 39, 256, ''],
];

/** Columns of a status packet: what belongs to cards is a vector, card after card, each with as many values. */
export function listenerStatusSchema(path: string): TableSchema {
  const cardColumn = ([name, dtype, , count, units]: (typeof cardFields)[number]): ColumnSchema => ({
    ...scalarColumn(name, dtype, {
      description: count === 1 ? 'one value per card' : `${count} values per card`,
      ...(units === '' ? {} : { units }),
    }),
    variableLength: true,
  });
  return {
    name: path,
    columns: [
      scalarColumn('packet_id', 'uint32', { description: 'number of the packet in the file' }),
      scalarColumn('readout_id', 'uint16', { description: 'number of the readout list' }),
      scalarColumn('fcid', 'uint16', { description: 'number of the readout' }),
      scalarColumn('status', 'int32', { description: '0: errors, 1: none' }),
      scalarColumn('statustime', 'float32', { units: 's', description: 'FPGA time of the record' }),
      scalarColumn('cputime', 'float64', { units: 's', description: 'unix time of the server' }),
      scalarColumn('startoffset', 'float32', {
        units: 's',
        description: 'begin of the run on the FPGA clock',
      }),
      scalarColumn('n_cards', 'int32'),
      scalarColumn('card_data_size', 'int32', { description: 'bytes of a card in the packet' }),
      ...cardFields.map(cardColumn),
    ],
  };
}

/** Status of a FlashCam readout and its cards in the older form. */
export class ListenerStatusRecord implements OrcaRecord {
  readonly checkedWords = headWords;
  private readonly tables: RecordTables;

  constructor({ library }: OrcaContext) {
    this.tables = new RecordTables(library, decoder, listenerStatusSchema);
  }

  fits(packet: OrcaPacket): boolean {
    const [cards, size] = [packet.word(12), packet.word(13)];
    return cards <= maxCards && size % 4 === 0 && 4 * packet.payloadWords >= 4 * headWords + cards * size;
  }

  decode(packet: OrcaPacket, packetId: number): boolean {
    const [cards, size] = [packet.word(12), packet.word(13)];
    const time = (second: number): number => packet.int32(second) + packet.int32(second + 1) / 1e6;
    const values = (word: number, count: number): Cell =>
      Array.from({ length: cards * count }, (_, i) => {
        const place = word + (i % count);
        const within = place < Math.min(cardWords, size / 4);
        return within ? packet.word(headWords + Math.floor(i / count) * (size / 4) + place) : 0;
      });
    this.tables.admit('status')?.append({
      packet_id: packetId,
      readout_id: packet.word(0) >>> 16,
      fcid: packet.word(0) & 0xffff,
      status: packet.int32(1),
      statustime: time(2),
      cputime: time(4),
      startoffset: time(7),
      n_cards: cards,
      card_data_size: size,
      ...Object.fromEntries(cardFields.map(([name, , word, count]) => [name, values(word, count)])),
    });
    return true;
  }
}
