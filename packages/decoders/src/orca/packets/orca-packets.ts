import { DecodeError } from '../../core/errors.js';
import { IntegrityCollector } from '../../core/integrity.js';
import { RecordFramer } from '../../core/record-framer.js';
import { shortName } from '../../out-spec/layout.js';
import { isShortWord } from '../container/orca-packet.js';
import { OrcaScanner, type PacketKind } from '../container/orca-scanner.js';
import { setupOf } from '../header/orca-setup.js';
import { parsePlist } from '../header/plist.js';

/** One packet of an ORCA file as it lies there. */
export interface OrcaPacketEntry {
  /** Place in the file; the header is 0. */
  readonly index: number;
  /** Offset of its first byte. */
  readonly offset: number;
  readonly form: 'header' | 'short' | 'long' | 'extended';
  /** Id as it stands in word 0. */
  readonly dataId: number;
  /** What the header calls it; empty when it does not know the id. */
  readonly name: string;
  /** Words, with those of id and length. */
  readonly words: number;
  /** A copy of the packet as it lies in the file. */
  readonly bytes: Uint8Array;
}

/** Packets are listed by their lengths alone: what is in them is the decoders' business. */
const anyKind: PacketKind = { checkedWords: 0, fits: () => true };

/**
 * Lists the packets of an ORCA file from chunks of any size; bytes that are no packet are passed over. Throws DecodeError
 * for an input without header.
 */
export async function* orcaPackets(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<OrcaPacketEntry> {
  const reader = new PacketReader();
  for await (const chunk of source) yield* reader.push(chunk);
  yield* reader.finish();
  if (reader.count === 0)
    throw new DecodeError('input', 'there is no ORCA header', 'take a file that ORCA wrote');
}

/**
 * One packet by its place: from the header on (0, 1, …) or from the end (−1 is the last). Undefined when the file has fewer.
 */
export async function findOrcaPacket(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  place: number,
): Promise<OrcaPacketEntry | undefined> {
  const last: OrcaPacketEntry[] = [];
  for await (const packet of orcaPackets(source)) {
    if (packet.index === place) return packet;
    if (place >= 0) continue;
    last.push(packet);
    if (last.length > -place) last.shift();
  }
  return place < 0 && last.length === -place ? last[0] : undefined;
}

/**
 * A small copy of an ORCA file: the header, the first packet (the start of the run), the next `count`, and the last one
 * (its end). Gives packets one by one, each once.
 */
export async function* skimOrca(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  count: number,
): AsyncGenerator<OrcaPacketEntry> {
  let last: OrcaPacketEntry | undefined;
  for await (const packet of orcaPackets(source)) {
    const isKept = packet.index <= count + 1;
    if (isKept) yield packet;
    last = isKept ? undefined : packet;
  }
  if (last !== undefined) yield last;
}

/** Bytes as text: per line the offset, four 32-bit words in the order of a little-endian machine, and the letters. */
export function hexDump(bytes: Uint8Array, offset = 0): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const words = [0, 4, 8, 12].map((next) => {
      if (at + next + 4 <= bytes.length) return hex(view.getUint32(at + next, true), 8);
      const rest = [...bytes.subarray(Math.min(at + next, bytes.length))].reverse();
      return rest
        .map((byte) => hex(byte, 2))
        .join('')
        .padStart(8);
    });
    const letters = [...bytes.subarray(at, at + 16)]
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
      .join('');
    lines.push(`${hex(offset + at, 8)}  ${words.join(' ')}  ${letters}`);
  }
  return lines.join('\n');
}

class PacketReader {
  count = 0;
  private readonly scanner = new OrcaScanner();
  private readonly framer: RecordFramer<OrcaScanner>;
  private names = new Map<number, string>();
  private found: OrcaPacketEntry[] = [];

  constructor() {
    this.framer = new RecordFramer(this.scanner, new IntegrityCollector('orca'), (_, at) => this.packet(at));
  }

  push(chunk: Uint8Array): OrcaPacketEntry[] {
    this.framer.push(chunk);
    return this.found.splice(0);
  }

  finish(): OrcaPacketEntry[] {
    this.framer.finish();
    return this.found.splice(0);
  }

  private packet(offset: number): boolean {
    const { packet } = this.scanner;
    const { dataId, words, headWords } = packet;
    if (dataId === 0) {
      const text = new TextDecoder().decode(packet.payload.subarray(4, 4 + packet.word(0)));
      this.names = new Map(setupOf(parsePlist(text, 'header')).dataIds);
      this.scanner.know(new Map([...this.names.keys()].map((id) => [id, anyKind])));
    }
    const long = headWords === 2 ? 'extended' : 'long';
    this.found.push({
      index: this.count++,
      offset,
      form: dataId === 0 ? 'header' : isShortWord(dataId) ? 'short' : long,
      dataId,
      name: dataId === 0 ? 'OrcaHeader' : shortName(this.names.get(dataId) ?? ''),
      words,
      bytes: this.scanner.found.slice(),
    });
    return true;
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
