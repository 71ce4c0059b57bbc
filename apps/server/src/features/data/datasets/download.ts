import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { StoredFile } from './stored-file.js';

/** The answer with a file or, when one range of bytes is asked for, that part of it. */
export function sendFile(file: StoredFile, request: Request, response: Response): StreamableFile {
  const tag = `"${file.bytes.toString(36)}-${Math.round(file.modifiedMs).toString(36)}"`;
  response.attachment(basename(file.name));
  response.setHeader('content-type', 'application/octet-stream');
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('etag', tag);
  const condition = request.headers['if-range'];
  // Parts of a file that has changed meanwhile do not fit together: then it is sent as a whole.
  const ranges = condition === undefined || condition === tag ? request.range(file.bytes) : undefined;
  if (ranges === -1) {
    response.setHeader('content-range', `bytes */${file.bytes}`);
    return partial(response, 416, file.path, { start: 0, end: -1 });
  }
  const [range] = typeof ranges === 'object' && ranges.type === 'bytes' && ranges.length === 1 ? ranges : [];
  if (range === undefined) {
    response.setHeader('content-length', file.bytes);
    // What a file that still grows gets meanwhile is not part of this answer.
    return file.bytes === 0
      ? new StreamableFile(new Uint8Array(0))
      : streamOf(file.path, { start: 0, end: file.bytes - 1 });
  }
  response.setHeader('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`);
  return partial(response, 206, file.path, range);
}

/** The status is written here: what the framework sets behind the handler is always 200. */
function partial(
  response: Response,
  status: number,
  path: string,
  { start, end }: { start: number; end: number },
): StreamableFile {
  response.setHeader('content-length', end - start + 1);
  response.writeHead(status);
  return end < start ? new StreamableFile(new Uint8Array(0)) : streamOf(path, { start, end });
}

/** A file that cannot be read to its end breaks the connection: a short file must not look like a whole one. */
function streamOf(path: string, range: { start: number; end: number }): StreamableFile {
  return new StreamableFile(createReadStream(path, range)).setErrorHandler((_error, response) => {
    response.destroy?.();
  });
}
