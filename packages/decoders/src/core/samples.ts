/** Little-endian 16-bit samples at a position of a view: in place when it is even in memory, otherwise a copy. */
export function samplesAt(view: DataView, start: number, count: number): Uint16Array {
  const place = view.byteOffset + start;
  if (place % 2 === 0) return new Uint16Array(view.buffer, place, count);
  return new Uint16Array(view.buffer.slice(place, place + 2 * count));
}
