import type { Cell } from '../core/table-buffer.js';
import type { FrameSource } from './fcio-scanner.js';

/** Offsets of the fields of a card, in 32-bit words. */
const card = {
  id: 0,
  eventNumber: 2,
  pps: 3,
  ticks: 4,
  environment: 6,
  ctiLinks: 7,
  links: 8,
  errors: 10,
  otherErrors: 14,
  values: 19,
  cti: 35,
  linkStates: 39,
} as const;

/** Environment values of a card, at most; the first 13 are those of the board, the others ADC temperatures. */
const environmentValues = 16;
const boardValues = 13;
const ctiLinks = 4;
const linkStates = 256;

/** Number of card frames of a Status record that are there. */
export function cardCount(record: FrameSource): number {
  return Math.max(0, Math.min(record.int32(2), record.frameCount - 4));
}

/** Identifier of card `index` (0 master, 0x2000 + i ADC card …). */
export function cardId(record: FrameSource, index: number): number {
  return record.int32(4 + index, card.id) >>> 0;
}

/** Columns of card `index` of a Status record. `wide`: fpga_time_nsec as 64 bits, else modulo 2^32. */
export function statusCells(
  record: FrameSource,
  packetId: number,
  index: number,
  wide: boolean,
): Record<string, Cell> {
  const frame = 4 + index;
  const signed = (word: number, count: number, most: number): number[] =>
    Array.from({ length: Math.max(0, Math.min(count, most)) }, (_, i) => record.int32(frame, word + i));
  const unsigned = (word: number, count: number, most: number): number[] =>
    signed(word, count, most).map((value) => value >>> 0);
  const single = (word: number): number => record.int32(frame, word) >>> 0;
  const time = (second: number): number => record.int32(1, second) + record.int32(1, second + 1) / 1e6;
  const fpgaNs = BigInt(single(card.pps)) * 1_000_000_000n + 4n * BigInt(single(card.ticks));
  const values = signed(card.values, single(card.environment), environmentValues);
  const board = signed(card.values, boardValues, boardValues);
  return {
    packet_id: packetId,
    status: record.int32(0) !== 0,
    fpga_time: time(0),
    server_time: time(2),
    fpga_start_time: time(5),
    id: single(card.id),
    eventnumber: single(card.eventNumber),
    fpga_time_nsec: wide ? fpgaNs : BigInt.asUintN(32, fpgaNs),
    n_total_errors: single(card.errors),
    n_environment_errors: single(card.errors + 1),
    n_cti_errors: single(card.errors + 2),
    n_link_errors: single(card.errors + 3),
    n_other_errors: unsigned(card.otherErrors, 5, 5),
    mb_temps: board.slice(0, 5),
    mb_voltages: board.slice(5, 11),
    mb_current: board[11]!,
    mb_humidity: board[12]!,
    adc_temps: values.slice(boardValues),
    cti_links: unsigned(card.cti, single(card.ctiLinks), ctiLinks),
    link_states: unsigned(card.linkStates, single(card.links), linkStates),
  };
}
