import { type ColumnSchema, scalarColumn, type TableSchema } from '@countroom/records';
import type { Cell } from '../../core/table-buffer.js';
import type { FcioConfig } from '../../fcio/fcio-config.js';
import { maxChannels, maxSamples } from '../../fcio/fcio-protocol.js';
import type { OrcaPacket } from '../container/orca-packet.js';
import type { OrcaContext, OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';
import type { FlashCamReadouts } from './readouts.js';

const decoder = 'ORFlashCamListenerConfigDecoder';

/** Words before the trace map. */
const fixedWords = 12;
/** Entries of the trace map in older files, whatever the number of traces. */
const oldMapWords = 2400;

const intColumns = [
  'streamid',
  'nadcs',
  'ntriggers',
  'nsamples',
  'adcbits',
  'sumlength',
  'blprecision',
  'mastercards',
  'triggercards',
  'adccards',
  'gps',
];

/** Columns of the configuration of a readout. */
export function listenerConfigSchema(path: string): TableSchema {
  const vector = (column: ColumnSchema): ColumnSchema => ({ ...column, variableLength: true });
  return {
    name: path,
    columns: [
      scalarColumn('packet_id', 'uint32', { description: 'number of the packet in the file' }),
      scalarColumn('packet_len', 'uint32', { description: 'words of the packet' }),
      scalarColumn('readout_id', 'uint16', { description: 'number of the readout list' }),
      scalarColumn('fcid', 'uint16', { description: 'number of the readout' }),
      ...intColumns.map((name) => scalarColumn(name, 'int32')),
      vector(scalarColumn('ch_board_id', 'uint16', { description: 'address of the board, per trace' })),
      vector(scalarColumn('ch_inputnum', 'uint16', { description: 'input on the board, per trace' })),
      vector(scalarColumn('board_rev', 'uint8', { description: 'revision, per ADC card' })),
      vector(scalarColumn('board_uid', 'uint64', { description: 'hardware number, per ADC card' })),
    ],
  };
}

/** The configuration in a packet of a readout; its stream id is the number of the readout. */
export function readListenerConfig(packet: OrcaPacket): FcioConfig {
  const [adcs, triggers] = [packet.int32(2), packet.int32(3)];
  return {
    streamId: packet.word(0) & 0xffff,
    adcs,
    triggers,
    eventSamples: packet.int32(4),
    adcBits: packet.int32(5),
    sumLength: packet.int32(6),
    blPrecision: packet.int32(7),
    masterCards: packet.int32(8),
    triggerCards: packet.int32(9),
    adcCards: packet.int32(10),
    gps: packet.int32(11),
    traceMap: Array.from({ length: adcs + triggers }, (_, trace) => packet.word(fixedWords + trace)),
  };
}

/**
 * Configuration of a FlashCam readout. It is read even when nobody asks for its table, since the waveforms depend on it.
 * With `compatibility: 'reference'` the bytes of board_rev are shifted by half of what they should be.
 */
export class ListenerConfigRecord implements OrcaRecord {
  readonly checkedWords = fixedWords;
  private readonly tables: RecordTables;

  constructor(
    private readonly context: OrcaContext,
    private readonly readouts: FlashCamReadouts,
  ) {
    this.tables = new RecordTables(context.library, decoder, listenerConfigSchema);
  }

  fits(packet: OrcaPacket): boolean {
    const [adcs, triggers, samples] = [packet.int32(2), packet.int32(3), packet.int32(4)];
    const traces = adcs + triggers;
    if (adcs < 0 || triggers < 0 || traces > maxChannels || samples < 0 || samples > maxSamples) return false;
    return packet.payloadWords >= fixedWords + traces;
  }

  decode(packet: OrcaPacket, packetId: number): boolean {
    const config = readListenerConfig(packet);
    this.readouts.configure(config);
    const table = this.tables.find('config');
    table?.append({ ...cellsOf(packet, config, this.context.options.compatibility), packet_id: packetId });
    return true;
  }
}

function cellsOf(
  packet: OrcaPacket,
  config: FcioConfig,
  compatibility: string | undefined,
): Record<string, Cell> {
  const count = Math.max(0, Math.min(config.adcCards, packet.payloadWords));
  const revisions = fixedWords + mapWords(packet, config, count);
  const uids = revisions + Math.ceil(count / 4);
  const shift = compatibility === 'reference' ? 4 : 8;
  const each = <T>(read: (card: number) => T): T[] => Array.from({ length: count }, (_, card) => read(card));
  return {
    packet_len: packet.words,
    readout_id: packet.word(0) >>> 16,
    fcid: config.streamId,
    ...Object.fromEntries(intColumns.map((name, index) => [name, packet.int32(1 + index)])),
    ch_board_id: config.traceMap.map((entry) => entry >>> 16),
    ch_inputnum: config.traceMap.map((entry) => entry & 0xffff),
    board_rev: each((card) => (packet.word(revisions + (card >> 2)) >>> (shift * (card & 3))) & 0xff),
    board_uid: each(
      (card) => (BigInt(packet.word(uids + 2 * card)) << 32n) | BigInt(packet.word(uids + 2 * card + 1)),
    ),
  };
}

/** Words of the trace map: one per trace, in older files always 2400. Card data behind it may be missing. */
function mapWords(packet: OrcaPacket, config: FcioConfig, cards: number): number {
  const traces = config.traceMap.length;
  const rest = packet.payloadWords - fixedWords - Math.ceil(cards / 4) - 2 * cards;
  return rest !== traces && packet.payloadWords >= fixedWords + oldMapWords ? oldMapWords : traces;
}
