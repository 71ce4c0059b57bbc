import { type FileHandle, open } from 'node:fs/promises';
import type { TextPart } from '@countroom/contracts';

const newline = 10;

/** Whole lines of a file from a byte on, or before its end; what is written meanwhile belongs to the next part. */
export async function readTextPart(path: string, from: number, limit: number): Promise<TextPart> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const wanted = from < 0 ? Math.max(0, size + from) : Math.min(from, size);
    // The byte in front tells whether a line begins here.
    const lead = wanted > 0 ? 1 : 0;
    const read = await bytesOf(file, wanted - lead, Math.min(limit + lead, size - wanted + lead));
    const start = lead === 0 || read.length === 0 ? 0 : beginOfLine(read);
    const begin = wanted - lead + start;
    const isLast = wanted - lead + read.length >= size;
    const end = isLast ? read.length : endOfLines(read, start);
    const lines = read
      .subarray(start, end)
      .toString('utf8')
      .split('\n')
      .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
    if (lines.at(-1) === '') lines.pop();
    return { bytes: size, from: begin, to: wanted - lead + end, lines };
  } finally {
    await file.close();
  }
}

async function bytesOf(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, length)), { position });
  return buffer.subarray(0, bytesRead);
}

/** Behind the first end of a line; a single long line is read on in the middle. */
function beginOfLine(read: Buffer): number {
  const at = read.indexOf(newline);
  return at < 0 || at === read.length - 1 ? Math.min(1, read.length) : at + 1;
}

function endOfLines(read: Buffer, start: number): number {
  const at = read.lastIndexOf(newline);
  return at < start ? read.length : at + 1;
}
