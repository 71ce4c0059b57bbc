const block = 512;

/** What stands at the end of a tar archive: two empty blocks. */
export const tarEnd: Uint8Array = new Uint8Array(2 * block);

/**
 * One file of a tar archive (POSIX ustar): head, content, and what fills its last block. `modifiedS` is unix time in s.
 * Throws a RangeError for a name of more than 100 bytes, or one that leads out of the folder it is unpacked in.
 */
export function tarEntry(name: string, content: Uint8Array, modifiedS: number): Uint8Array {
  if (Buffer.byteLength(name) > 100 || name.startsWith('/') || name.split('/').includes('..'))
    throw new RangeError(`${name} cannot be the name of a file in an archive`);
  const bytes = Buffer.alloc(block * (1 + Math.ceil(content.length / block)));
  const text = (value: string, at: number): void => void bytes.write(value, at, 'latin1');
  const octal = (value: number, at: number, digits: number): void =>
    text(value.toString(8).padStart(digits, '0'), at);
  bytes.write(name, 0, 'utf8');
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(content.length, 124, 11);
  octal(Math.max(0, Math.floor(modifiedS)), 136, 11);
  text('0', 156);
  text('ustar\u000000', 257);
  // The checksum counts its own field as blanks.
  bytes.fill(0x20, 148, 156);
  const sum = bytes.subarray(0, block).reduce((total, byte) => total + byte, 0);
  octal(sum, 148, 6);
  bytes[154] = 0;
  bytes.set(content, block);
  return bytes;
}
