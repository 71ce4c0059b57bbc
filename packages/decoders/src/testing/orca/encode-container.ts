/** A value to write into a property list: bigint as integer, number as real, records as dictionaries. */
export type PlistInput =
  | string
  | bigint
  | number
  | boolean
  | readonly PlistInput[]
  | { readonly [key: string]: PlistInput };

/** An XML property list. */
export function encodePlist(value: PlistInput): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n${element(value)}\n</plist>\n`;
}

/** Bytes of 32-bit words. */
export function wordBytes(words: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(words, (word) => word >>> 0).buffer);
}

/** Words of 16-bit samples, the low half of each word first; an odd number is filled up with a zero. */
export function sampleWords(samples: ArrayLike<number>): number[] {
  return Array.from(
    { length: Math.ceil(samples.length / 2) },
    (_, i) => (((samples[2 * i + 1] ?? 0) & 0xffff) * 65_536 + (samples[2 * i]! & 0xffff)) >>> 0,
  );
}

/** The header packet of a file. */
export function encodeOrcaHeader(header: PlistInput): Uint8Array {
  const text = new TextEncoder().encode(encodePlist(header));
  const words = 2 + Math.ceil(text.length / 4);
  const bytes = new Uint8Array(4 * words);
  bytes.set(wordBytes([words, text.length]));
  bytes.set(text, 8);
  return bytes;
}

/** A packet with its length in word 0. */
export function encodeLong(dataId: number, payload: readonly number[]): Uint8Array {
  return wordBytes([dataId + payload.length + 1, ...payload]);
}

/** A packet with its length in a word of its own. */
export function encodeExtended(dataId: number, payload: readonly number[]): Uint8Array {
  return wordBytes([dataId, payload.length + 2, ...payload]);
}

/** A packet of one word with 26 bits of data. */
export function encodeShort(dataId: number, data: number): Uint8Array {
  return wordBytes([dataId | (data & 0x3ffffff)]);
}

/** The same file as a big-endian machine writes it: all words turned round, the text of the header as it is. */
export function toBigEndian(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const header = 4 * view.getUint32(0, true);
  const turned = file.slice();
  const to = new DataView(turned.buffer);
  for (let at = 0; at + 4 <= file.length; at += 4) {
    if (at < 8 || at >= header) to.setUint32(at, view.getUint32(at, true), false);
  }
  return turned;
}

function element(value: PlistInput): string {
  if (typeof value === 'string') return `<string>${escaped(value)}</string>`;
  if (typeof value === 'bigint') return `<integer>${value}</integer>`;
  if (typeof value === 'number') return `<real>${value}</real>`;
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (isList(value)) return `<array>\n${value.map(element).join('\n')}\n</array>`;
  const members = Object.entries(value).map(
    ([key, member]) => `<key>${escaped(key)}</key>\n${element(member)}`,
  );
  return `<dict>\n${members.join('\n')}\n</dict>`;
}

function isList(value: object): value is readonly PlistInput[] {
  return Array.isArray(value);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
