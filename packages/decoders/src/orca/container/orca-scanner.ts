import { orcaByteOrder } from '../../core/orca-byte-order.js';
import { endsEarly, type Outcome, type RecordScanner } from '../../core/record-framer.js';
import { dataIdOf, isShortWord, lengthFieldOf, OrcaPacket } from './orca-packet.js';

/** Why bytes are no packet. The place in this list, from 1, is the code in garbage tables: only append. */
export const orcaFaults = {
  noHeader: 'no ORCA header before',
  badHeader: 'packet of id 0 that is no header',
  badLength: 'impossible length of a packet',
  notFollowed: 'packet of unknown id that is not followed by another packet',
  badContent: 'packet whose content does not fit its kind',
  badRecords: 'bytes in a packet that are no FCIO record',
  /** The one that is no damage in itself. */
  endsEarly,
} as const;

/** What the scanner must know about a kind of packets. */
export interface PacketKind {
  /** Words of the payload that `fits` looks at; 0: none, so that such packets are not guessed after damage. */
  readonly checkedWords: number;
  /** Whether the length and the first words of the payload go together. */
  fits(packet: OrcaPacket): boolean;
}

/** Most bytes of a packet: 2400 traces of 12 000 samples and more. */
const maxPacketBytes = 64 << 20;
/** Most bytes of a packet that is guessed while searching after damage. */
const maxGuessedBytes = 1 << 20;

/** Where the text of a header begins in its packet, and how. */
const headerText = 8;
const openingBracket = 0x3c;

/** Finds packets in contiguous bytes. The words of big-endian files are turned round for whoever reads the packet. */
export class OrcaScanner implements RecordScanner {
  /** The packet that was found. */
  readonly packet = new OrcaPacket();
  next = 0;
  needed = 0;
  reason = '';
  /** The bytes of the packet that was found, as they lie in the input. */
  found: Uint8Array = new Uint8Array(0);
  private input: Uint8Array = new Uint8Array(0);
  private inputView: DataView = new DataView(new ArrayBuffer(0));
  private searched = 0;
  private turned = new Uint8Array(0);
  private kinds: ReadonlyMap<number, PacketKind> | undefined;
  /** By the id of a long packet: 1 when a search may try such a packet. */
  private readonly guessable = new Uint8Array(1 << 13);

  constructor(public bigEndian = false) {}

  /** Takes the kinds of packets that follow from the header's data description, by data id. */
  know(kinds: ReadonlyMap<number, PacketKind>): void {
    this.kinds = kinds;
    this.guessable.fill(0);
    for (const [id, { checkedWords }] of kinds) {
      if (!isShortWord(id) && checkedWords > 0) this.guessable[id >>> 18] = 1;
    }
    this.guessable[0] = 1;
  }

  use(bytes: Uint8Array): void {
    this.input = bytes;
    this.inputView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  scan(position: number, final: boolean): Outcome {
    return this.outcome(position, final, maxPacketBytes);
  }

  search(from: number, final: boolean): number {
    const { input } = this;
    let at = from;
    for (; at + 4 <= input.length; at++) {
      if (!this.isWorthALook(at)) continue;
      const outcome = this.outcome(at, final, maxGuessedBytes);
      if (outcome === 'record') return at;
      if (outcome === 'more' && !final) break;
    }
    this.searched = at;
    return -1;
  }

  resumeSearch(): number {
    return this.searched;
  }

  private outcome(position: number, final: boolean, longest: number): Outcome {
    const { input, packet, inputView: view } = this;
    this.reason = '';
    const available = input.length - position;
    if (available < 4) return this.wait(4);
    let word0 = view.getUint32(position, !this.bigEndian);
    if (dataIdOf(word0) === 0 || this.kinds === undefined) {
      const header = orcaByteOrder(input.subarray(position));
      if (header === 'more') return this.wait(available + 1);
      if (header === undefined) {
        return this.bad(this.kinds === undefined ? orcaFaults.noHeader : orcaFaults.badHeader);
      }
      this.bigEndian = header === 'big';
      word0 = view.getUint32(position, !this.bigEndian);
    }
    const short = isShortWord(word0);
    const field = lengthFieldOf(word0);
    if (!short && field === 0 && available < 8) return this.wait(8);
    packet.dataId = dataIdOf(word0);
    packet.headWords = short ? 0 : field === 0 ? 2 : 1;
    packet.words = short ? 1 : field === 0 ? view.getUint32(position + 4, !this.bigEndian) : field;
    if (packet.words < packet.headWords || 4 * packet.words > longest) return this.bad(orcaFaults.badLength);
    const length = 4 * packet.words;
    const kind = this.kinds?.get(packet.dataId);
    const checked = Math.min(length, 4 * (packet.headWords + (kind?.checkedWords ?? 0)));
    if (available < checked) return this.wait(checked);
    if (kind !== undefined && kind.checkedWords > 0) {
      this.layOver(position, checked);
      if (!kind.fits(packet)) return this.bad(orcaFaults.badContent);
    }
    const isHeader = packet.dataId === 0;
    const confirm = !isHeader && kind === undefined;
    if (available < length) return this.wait(length);
    if (confirm && !(final && available === length)) {
      if (available < length + 4) return this.wait(length + 4);
      if (!this.isKnown(view.getUint32(position + length, !this.bigEndian)))
        return this.bad(orcaFaults.notFollowed);
    }
    this.next = position + length;
    this.found = input.subarray(position, this.next);
    if (isHeader) this.lay(input, position, !this.bigEndian);
    else this.layOver(position, length);
    return 'record';
  }

  /**
   * Whether a search should try a place: only packets whose content can be checked, and headers, are guessed. Too many words
   * look like another one, or like a short one.
   */
  private isWorthALook(position: number): boolean {
    const word0 = this.inputView.getUint32(position, !this.bigEndian);
    const id = word0 >>> 18;
    if (isShortWord(word0) || (this.guessable[id] === 0 && this.kinds !== undefined)) return false;
    if (id !== 0) return this.kinds !== undefined;
    const letter = this.input[position + headerText];
    return letter === undefined || letter === openingBracket;
  }

  /** Whether a word can begin a packet of a known kind. */
  private isKnown(word0: number): boolean {
    return dataIdOf(word0) === 0 || this.kinds?.has(dataIdOf(word0)) === true;
  }

  /** Lays the packet over `length` bytes of it, turned round when need be. */
  private layOver(position: number, length: number): void {
    if (!this.bigEndian) {
      this.lay(this.input, position, true);
      return;
    }
    const bytes = length & ~3;
    if (this.turned.length < bytes) this.turned = new Uint8Array(2 * bytes);
    for (let i = 0; i < bytes; i++) this.turned[i] = this.input[position + (i ^ 3)]!;
    this.lay(this.turned.subarray(0, bytes), 0, true);
  }

  private lay(bytes: Uint8Array, start: number, littleEndian: boolean): void {
    const { packet } = this;
    if (packet.bytes !== bytes) packet.use(bytes);
    packet.start = start;
    packet.littleEndian = littleEndian;
  }

  private wait(needed: number): Outcome {
    this.needed = needed;
    return 'more';
  }

  private bad(reason: string): Outcome {
    this.reason = reason;
    return 'bad';
  }
}
