/** The letters `<?xm`. */
const xmlStart = [0x3c, 0x3f, 0x78, 0x6d];

/** Bytes before the text of a header: word 0 with the length in words, then the length of the text in bytes. */
const headerLeadBytes = 8;

/**
 * Byte order of the words of an ORCA file that begins with these bytes; undefined when it is none: a packet of id 0 whose text
 * begins with `<?xm` and ends at most 3 bytes before the packet does. `more` when there are too few bytes to know.
 */
export function orcaByteOrder(bytes: Uint8Array): 'little' | 'big' | 'more' | undefined {
  const most = Math.min(bytes.length, headerLeadBytes + xmlStart.length);
  for (let i = headerLeadBytes; i < most; i++) {
    if (bytes[i] !== xmlStart[i - headerLeadBytes]) return undefined;
  }
  if (bytes.length < headerLeadBytes) return 'more';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const order of ['little', 'big'] as const) {
    const words = view.getUint32(0, order === 'little');
    const padding = 4 * words - headerLeadBytes - view.getUint32(4, order === 'little');
    if (words >>> 18 === 0 && padding >= 0 && padding <= 3)
      return bytes.length < headerLeadBytes + xmlStart.length ? 'more' : order;
  }
  return undefined;
}
