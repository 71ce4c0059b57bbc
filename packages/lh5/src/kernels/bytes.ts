import { fletcher32 as plainFletcher32 } from '../format/fletcher32.js';
import { shuffle as plainShuffle, unshuffle as plainUnshuffle } from '../format/shuffle.js';
import { kernels } from './kernels.js';

/** Below this size a call costs more than it saves. */
const worthwhile = 512;

function rearranged<T extends Uint8Array = Uint8Array<ArrayBuffer>>(
  bytes: Uint8Array,
  elementBytes: number,
  call: 'shuffle' | 'unshuffle',
  make: () => T,
): T | undefined {
  if (bytes.byteLength < worthwhile) return undefined;
  const compiled = kernels();
  const size = Math.ceil(bytes.byteLength / 16) * 16;
  const memory = compiled?.room(2 * size + 16);
  if (compiled === undefined || memory === undefined) return undefined;
  const count = Math.floor(bytes.byteLength / elementBytes);
  const whole = count * elementBytes;
  const to = compiled.start + size;
  memory.set(bytes, compiled.start);
  compiled.calls[call](count, elementBytes, compiled.start, to);
  const out = make();
  out.set(memory.subarray(to, to + bytes.byteLength));
  if (whole < bytes.byteLength) out.set(bytes.subarray(whole), whole);
  return out;
}

/**
 * Puts the first bytes of all elements together, then the second ones and so on, as HDF5's shuffle filter does. The result is
 * memory of its own.
 */
export function shuffle(bytes: Uint8Array, elementBytes: number): Uint8Array<ArrayBuffer> {
  return (
    rearranged(bytes, elementBytes, 'shuffle', () => new Uint8Array(bytes.byteLength)) ??
    plainShuffle(bytes, elementBytes)
  );
}

/** As {@link shuffle}, into memory of the same length. */
export function shuffleTo(target: Uint8Array, bytes: Uint8Array, elementBytes: number): void {
  if (rearranged(bytes, elementBytes, 'shuffle', () => target) === undefined)
    target.set(plainShuffle(bytes, elementBytes));
}

/** Undoes {@link shuffle}. */
export function unshuffle(bytes: Uint8Array, elementBytes: number): Uint8Array<ArrayBuffer> {
  return (
    rearranged(bytes, elementBytes, 'unshuffle', () => new Uint8Array(bytes.byteLength)) ??
    plainUnshuffle(bytes, elementBytes)
  );
}

/** HDF5's Fletcher32 checksum. */
export function fletcher32(bytes: Uint8Array): number {
  const compiled = bytes.byteLength < worthwhile ? undefined : kernels();
  const memory = compiled?.room(bytes.byteLength + 16);
  if (compiled === undefined || memory === undefined) return plainFletcher32(bytes);
  memory.set(bytes, compiled.start);
  return compiled.calls.fletcher32(bytes.byteLength, compiled.start) >>> 0;
}
