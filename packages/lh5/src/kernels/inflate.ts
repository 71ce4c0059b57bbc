import { kernels } from './kernels.js';

/** Larger chunks would keep their memory taken up for good. */
const mostBytes = 8 << 20;
/** Bytes behind input and output that the compiled function may look at and write to. */
const slack = 512;

function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}

/**
 * Inflates zlib data to at most `most` bytes and undoes the shuffling of elements of `elementBytes` bytes (1: none). The result is
 * memory that the next call of a compiled function overwrites. Undefined where there is no compiled form, for large data, and for
 * data that are damaged.
 */
export function inflateShuffled(
  bytes: Uint8Array,
  most: number,
  elementBytes: number,
): Uint8Array<ArrayBuffer> | undefined {
  if (bytes.byteLength > mostBytes || most > mostBytes) return undefined;
  const compiled = kernels();
  if (compiled === undefined) return undefined;
  const from = aligned(compiled.start);
  const to = aligned(from + bytes.byteLength + slack);
  const unshuffled = aligned(to + most + slack);
  const memory = compiled.room(unshuffled + most + slack);
  if (memory === undefined) return undefined;
  memory.set(bytes, from);
  const length = compiled.calls.inflate(bytes.byteLength, from, most, to);
  if (length < 0) return undefined;
  if (elementBytes <= 1) return memory.subarray(to, to + length);
  const count = Math.floor(length / elementBytes);
  compiled.calls.unshuffle(count, elementBytes, to, unshuffled);
  const whole = count * elementBytes;
  memory.copyWithin(unshuffled + whole, to + whole, to + length);
  return memory.subarray(unshuffled, unshuffled + length);
}
