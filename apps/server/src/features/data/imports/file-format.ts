import { AppError } from '@countroom/contracts';
import { DecodeError, detectBytes, mostDetectBytes, standardFormats } from '@countroom/decoders';

export { detectBytes, mostDetectBytes };

const formats = standardFormats();
const hdf5Signature = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);

const packings: readonly (readonly [name: string, signature: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];

/** The format of a file by its first bytes: `lh5` or the name of a recording's format; null when none fits. */
export function recogniseFormat(first: Uint8Array): string | null {
  if (hdf5Signature.equals(first.subarray(0, hdf5Signature.length))) return 'lh5';
  return formats.detect(first)?.name ?? null;
}

/** As recogniseFormat; throws and says what was seen when none fits. */
export function requireFormat(first: Uint8Array, name: string): string {
  const format = recogniseFormat(first);
  if (format !== null) return format;
  throw new AppError('input.unsupported', `${name} cannot be imported: ${whyNot(first, name)}`);
}

/**
 * Finds the format out while a file comes. Most have a signature in their first bytes; some are known by two records in
 * succession, so that more is waited for before a file is refused.
 */
export class FormatProbe {
  private readonly first = Buffer.alloc(mostDetectBytes);
  private filled = 0;
  private tryAt = detectBytes;
  private format: string | undefined;

  constructor(private readonly name: string) {}

  /** Takes the next bytes; throws as requireFormat does when enough of them are there and no format fits. */
  push(piece: Uint8Array): void {
    if (this.format !== undefined) return;
    const part = piece.subarray(0, mostDetectBytes - this.filled);
    this.first.set(part, this.filled);
    this.filled += part.length;
    if (this.filled < this.tryAt) return;
    this.tryAt = Math.min(mostDetectBytes, 4 * this.filled);
    if (this.filled === mostDetectBytes) this.format = this.require();
    else this.format = recogniseFormat(this.seen) ?? undefined;
  }

  /** The format, when nothing more comes. */
  require(): string {
    return this.format ?? requireFormat(this.seen, this.name);
  }

  private get seen(): Buffer {
    return this.first.subarray(0, this.filled);
  }
}

function whyNot(first: Uint8Array, name: string): string {
  const packing = packings.find(([, signature]) => signature.every((byte, index) => first[index] === byte));
  if (packing !== undefined) return `it is packed with ${packing[0]}; unpack it first.`;
  try {
    formats.require(first, name);
    return 'it is of no known format.';
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const seen = Buffer.from(first.subarray(0, 16))
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1 ');
    const begins = first.length === 0 ? '' : ` It begins with the bytes ${seen}.`;
    return `${error.fault}; formats that can be read: ${formats.names.join(', ')}, lh5.${begins}`;
  }
}
