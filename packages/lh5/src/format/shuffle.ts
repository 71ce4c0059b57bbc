/**
 * Puts the first bytes of all elements together, then the second ones and so on, as HDF5's shuffle filter does; bytes behind
 * the last whole element stay where they are. The result is memory of its own.
 */
export function shuffle(bytes: Uint8Array, elementBytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.byteLength);
  const count = Math.floor(bytes.byteLength / elementBytes);
  for (let byte = 0; byte < elementBytes; byte += 1) {
    const start = byte * count;
    for (let k = 0, from = byte; k < count; k += 1, from += elementBytes) out[start + k] = bytes[from]!;
  }
  out.set(bytes.subarray(count * elementBytes), count * elementBytes);
  return out;
}

/** Undoes {@link shuffle}. */
export function unshuffle(bytes: Uint8Array, elementBytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.byteLength);
  const count = Math.floor(bytes.byteLength / elementBytes);
  for (let byte = 0; byte < elementBytes; byte += 1) {
    const start = byte * count;
    for (let k = 0, to = byte; k < count; k += 1, to += elementBytes) out[to] = bytes[start + k]!;
  }
  out.set(bytes.subarray(count * elementBytes), count * elementBytes);
  return out;
}
