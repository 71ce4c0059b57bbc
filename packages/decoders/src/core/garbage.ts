import { scalarColumn, type TableSchema } from '@countroom/records';
import type { TableLibrary } from './table-library.js';

/** What is done with bytes that are no record: a range in one piece, or in pieces of 1 MiB when it is longer. */
export type OnGarbage = (bytes: Uint8Array, offset: number, reason: string) => void;

/** Bytes that are no record, verbatim. */
export function garbageSchema(path: string): TableSchema {
  const bytes = scalarColumn('packets', 'uint8', { description: 'the bytes' });
  return {
    name: path,
    columns: [
      { ...bytes, variableLength: true },
      scalarColumn('packet_id', 'uint32', { description: 'number of the next record' }),
      scalarColumn('garbage_code', 'uint32', { description: 'why they are no record' }),
      scalarColumn('offset', 'uint64', { description: 'offset of the first byte in the input' }),
    ],
  };
}

/** Most bytes of one row of a garbage table: longer pieces go on in the next row. */
const pieceBytes = 1 << 20;

/** Puts ranges of garbage together that come in parts, so that pieces do not tell how the input was read. */
export class GarbagePieces {
  private memory = new Uint8Array(0);
  private start = 0;
  private reason = '';
  /** Bytes that have not been given out yet. */
  waiting = 0;

  constructor(private readonly give: OnGarbage) {}

  /** Takes the next bytes of a range. */
  add(bytes: Uint8Array, offset: number, reason: string): void {
    if (this.waiting === 0) this.start = offset;
    this.reason = reason;
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + pieceBytes - this.waiting);
      this.keep(part);
      at += part.length;
      if (this.waiting === pieceBytes) this.end();
    }
  }

  /** The range ends: gives out what waits. */
  end(): void {
    if (this.waiting === 0) return;
    this.give(this.memory.subarray(0, this.waiting), this.start, this.reason);
    this.start += this.waiting;
    this.waiting = 0;
  }

  private keep(part: Uint8Array): void {
    const length = this.waiting + part.length;
    if (length > this.memory.length) {
      const larger = new Uint8Array(Math.min(pieceBytes, Math.max(length, 2 * this.memory.length, 4096)));
      larger.set(this.memory.subarray(0, this.waiting));
      this.memory = larger;
    }
    this.memory.set(part, this.waiting);
    this.waiting = length;
  }
}

/** Keeps the undecodable bytes of a format in the table of its garbage decoder (key `garbage`). */
export class GarbageTable {
  /**
   * @param decoder name of the decoder that the rows belong to, for example `CompassGarbageDecoder`
   * @param reasons what can be wrong; the place in this list, from 1, is the code, 0 stands for anything else
   */
  constructor(
    private readonly library: TableLibrary,
    private readonly decoder: string,
    private readonly reasons: readonly string[],
  ) {}

  /** What a framer is to do with garbage: keep it when that is asked for. `packetId` tells the number of the next record. */
  whenAsked(keep: boolean | undefined, packetId: () => number): { readonly onGarbage?: OnGarbage } {
    if (keep !== true) return {};
    return { onGarbage: (bytes, offset, reason) => this.keep(bytes, offset, reason, packetId()) };
  }

  /** Adds bytes that lie at `offset` of the input; `packetId` is the number of the next record. */
  keep(bytes: Uint8Array, offset: number, reason: string, packetId: number): void {
    const table = this.library.table({ decoder: this.decoder, key: 'garbage', schema: garbageSchema });
    if (table === undefined) return;
    const garbage_code = this.reasons.indexOf(reason) + 1;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const packets = bytes.subarray(at, at + pieceBytes);
      table.append({ packets, packet_id: packetId, garbage_code, offset: offset + at });
    }
  }
}
