const magic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;

/** Largest window that is unpacked, as the program of that name does without being told otherwise. */
const mostWindowBytes = 128 << 20;

const dictionaryBytes = [0, 1, 2, 4] as const;
const contentSizeBytes = [0, 2, 4, 8] as const;

/**
 * Walks through the frames of a Zstandard stream and refuses those that would take up too much memory to unpack, which
 * the unpacker does not. What else may be wrong is left to that.
 */
export class ZstdFrames {
  private head = new Uint8Array(18);
  private filled = 0;
  private needed = 4;
  private skip = 0;
  private stage: 'magic' | 'size' | 'descriptor' | 'header' | 'block' = 'magic';
  private hasChecksum = false;

  /** Looks at the next bytes, before they are unpacked. Throws a RangeError when a frame has a larger window. */
  pass(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const skipped = Math.min(this.skip, bytes.length - at);
      this.skip -= skipped;
      at += skipped;
      while (at < bytes.length && this.filled < this.needed) this.head[this.filled++] = bytes[at++]!;
      if (this.filled === this.needed && this.skip === 0) this.step();
    }
  }

  private step(): void {
    const { head } = this;
    const view = new DataView(head.buffer);
    switch (this.stage) {
      case 'magic': {
        const word = view.getUint32(0, true);
        if (word === magic) {
          this.next('descriptor', 1);
          return;
        }
        if ((word & 0xfffffff0) >>> 0 === skippableMagic) {
          this.next('size', 4);
          return;
        }
        throw new RangeError('it goes on with something that is not Zstandard');
      }
      case 'size':
        this.skip = view.getUint32(0, true);
        this.next('magic', 4);
        return;
      case 'descriptor':
        this.hasChecksum = (head[0]! & 4) !== 0;
        this.stage = 'header';
        this.needed = 1 + windowBytes(head[0]!) + dictionaryBytes[head[0]! & 3]! + sizeBytes(head[0]!);
        if (this.needed === 1) this.step();
        return;
      case 'header':
        if (windowOf(view) > mostWindowBytes)
          throw new RangeError(`unpacking it takes more than ${mostWindowBytes >> 20} MiB of memory`);
        this.next('block', 3);
        return;
      case 'block': {
        const word = head[0]! | (head[1]! << 8) | (head[2]! << 16);
        const isRun = ((word >> 1) & 3) === 1;
        this.skip = isRun ? 1 : word >> 3;
        if ((word & 1) === 0) {
          this.next('block', 3);
          return;
        }
        this.skip += this.hasChecksum ? 4 : 0;
        this.next('magic', 4);
        return;
      }
    }
  }

  private next(stage: ZstdFrames['stage'], needed: number): void {
    this.stage = stage;
    this.needed = needed;
    this.filled = 0;
  }
}

function isSingle(descriptor: number): boolean {
  return (descriptor & 0x20) !== 0;
}

function windowBytes(descriptor: number): number {
  return isSingle(descriptor) ? 0 : 1;
}

function sizeBytes(descriptor: number): number {
  const flag = descriptor >> 6;
  return flag === 0 && isSingle(descriptor) ? 1 : contentSizeBytes[flag as 0 | 1 | 2 | 3];
}

/** Window of a frame whose header is complete, in bytes. */
function windowOf(view: DataView): number {
  const descriptor = view.getUint8(0);
  if (!isSingle(descriptor)) {
    const window = view.getUint8(1);
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  const at = 1 + dictionaryBytes[(descriptor & 3) as 0 | 1 | 2 | 3];
  switch (sizeBytes(descriptor)) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}
