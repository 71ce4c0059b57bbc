import { orcaByteOrder } from './orca-byte-order.js';

/** Formats that can be told from their first bytes, whether or not a decoder is there. */
export type KnownFormat = 'fcio' | 'orca' | 'compass' | 'llama';

/** First word of an FCIO file, −1000000001. */
const fcioWord = 0xc46535ff;

/**
 * Which format a file of these first bytes has; undefined when no signature fits. FCIO: the protocol word and
 * `FlashCam`; ORCA: a long packet of id 0 that holds a property list, in either byte order; llamaDAQ: `LArI` or `LArU`; CoMPASS: 0xCAE
 * in the upper 12 bits of the first 16-bit word.
 */
export function recognise(first: Uint8Array): KnownFormat | undefined {
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const text = (offset: number, length: number): string =>
    String.fromCharCode(...first.subarray(offset, offset + length));
  if (first.length >= 12 && view.getUint32(0, true) === fcioWord && text(4, 8) === 'FlashCam') return 'fcio';
  const order = orcaByteOrder(first);
  if (order === 'little' || order === 'big') return 'orca';
  const magic = text(0, 4);
  if (magic === 'LArI' || magic === 'LArU') return 'llama';
  if (first.length >= 2 && view.getUint16(0, true) >>> 4 === 0xcae) return 'compass';
  return undefined;
}
