/**
 * Memory that is read into again and again: what was read with it before is overwritten by the next read. Fresh memory costs about
 * as much as reading a file that the system has at hand.
 */
export class ReadMemory {
  readonly #buffers = new Map<string, ArrayBuffer>();

  /** `bytes` bytes for the data of this name, with whatever is in them; they begin at an offset of 0. */
  take(name: string, bytes: number): Uint8Array<ArrayBuffer> {
    let buffer = this.#buffers.get(name);
    if (buffer === undefined || buffer.byteLength < bytes) {
      buffer = new ArrayBuffer(bytes);
      this.#buffers.set(name, buffer);
    }
    return new Uint8Array(buffer, 0, bytes);
  }
}

/** Memory of its own, or where it is read into again that one; with whatever is in it. */
export function memoryFor(
  name: string,
  bytes: number,
  memory: ReadMemory | undefined,
): Uint8Array<ArrayBuffer> {
  return memory?.take(name, bytes) ?? new Uint8Array(Buffer.allocUnsafeSlow(bytes).buffer);
}
