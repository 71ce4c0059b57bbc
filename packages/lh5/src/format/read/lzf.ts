import { Damage } from './byte-reader.js';

/** Decodes LZF (Marc Lehmann's format, as h5py writes it) into so many bytes. */
export function decodeLzf(code: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes);
  let from = 0;
  let to = 0;
  const next = (): number => {
    const byte = code[from];
    if (byte === undefined) throw new Damage('a chunk of LZF ends too early');
    from += 1;
    return byte;
  };
  while (from < code.byteLength) {
    const control = next();
    if (control < 32) {
      const count = control + 1;
      if (from + count > code.byteLength || to + count > bytes) throw new Damage('a chunk of LZF is wrong');
      out.set(code.subarray(from, from + count), to);
      from += count;
      to += count;
      continue;
    }
    let length = control >> 5;
    if (length === 7) length += next();
    length += 2;
    const source = to - ((control & 31) << 8) - next() - 1;
    if (source < 0 || to + length > bytes) throw new Damage('a chunk of LZF is wrong');
    for (let k = 0; k < length; k += 1) out[to + k] = out[source + k]!;
    to += length;
  }
  if (to !== bytes) throw new Damage(`a chunk holds ${to} bytes where ${bytes} are expected`);
  return out;
}
