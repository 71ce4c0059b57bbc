import { AppError } from '@countroom/contracts';
import { DecodeError, detectBytes, mostDetectBytes, standardFormats } from '@countroom/decoders';
import { filePacking, inputChunks, packingBytes, packingOf } from '@countroom/decoders/files';

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
  private isPacked = false;

  constructor(private readonly name: string) {}

  /** Takes the next bytes; throws as requireFormat does when enough of them are there and no format fits. */
  push(piece: Uint8Array): void {
    if (this.format !== undefined || this.isPacked) return;
    const part = piece.subarray(0, mostDetectBytes - this.filled);
    this.first.set(part, this.filled);
    this.filled += part.length;
    this.isPacked = this.filled >= packingBytes && packingOf(this.seen) !== undefined;
    if (this.filled < this.tryAt || this.isPacked) return;
    this.tryAt = Math.min(mostDetectBytes, 4 * this.filled);
    if (this.filled === mostDetectBytes) this.format = requireFormat(this.seen, this.name);
    else this.format = recogniseFormat(this.seen) ?? undefined;
  }

  /** The format, when nothing more comes; null for a packed file, whose format is inside of it. */
  require(): string | null {
    if (this.isPacked) return null;
    return this.format ?? requireFormat(this.seen, this.name);
  }

  private get seen(): Buffer {
    return this.first.subarray(0, this.filled);
  }
}

/** The format of what is packed in a file; only recordings are read packed. Throws as requireFormat does. */
export async function requirePackedFormat(file: string, name: string): Promise<string> {
  const first = await firstUnpacked(file).catch((cause: unknown) => {
    throw new AppError(
      'input.invalid',
      `${name} cannot be unpacked: ${cause instanceof Error ? cause.message : ''}`,
      {
        cause,
      },
    );
  });
  const format = requireFormat(first, `${name}, unpacked,`);
  if (format !== 'lh5') return format;
  throw new AppError(
    'input.unsupported',
    `${name} is a packed HDF5 file, of which no part can be read by itself; unpack it first.`,
  );
}

/** The format of the recording that is packed in a file; null when it is not packed, or holds none. */
export async function packedFormat(file: string): Promise<string | null> {
  if ((await filePacking(file)) === undefined) return null;
  const format = recogniseFormat(await firstUnpacked(file));
  return format === 'lh5' ? null : format;
}

async function firstUnpacked(file: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of inputChunks(file, { chunkBytes: mostDetectBytes })) {
    parts.push(Buffer.from(chunk));
    length += chunk.length;
    if (length >= mostDetectBytes) break;
  }
  return Buffer.concat(parts);
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
