import type { ByteReader } from './byte-reader.js';

/** The value of elements that were never written, of `size` bytes; undefined for zeros. */
export function decodeFillValue(message: ByteReader, size: number): Uint8Array | undefined {
  const version = message.u8();
  let defined: boolean;
  if (version < 3) {
    message.skip(2);
    defined = message.u8() !== 0;
  } else {
    const given = 0x20;
    defined = (message.u8() & given) !== 0;
  }
  if (!defined || message.left < 4) return undefined;
  const bytes = message.u32();
  if (bytes !== size || message.left < bytes) return undefined;
  const value = message.take(bytes);
  return value.some((byte) => byte !== 0) ? value : undefined;
}
