import type { IncomingMessage } from 'node:http';
import { AppError } from '@countroom/contracts';

const silenceMs = 60_000;
const lingerMs = 5_000;

/** The bytes of a body as they come. Reading them to the end or not leaves the connection open for the answer. */
export async function* bodyOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  request.setTimeout(silenceMs, () => request.destroy(new Error(`nothing came for ${silenceMs / 1000} s`)));
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.byteLength;
      yield piece;
    }
  } catch (cause) {
    throw new AppError(
      'request.invalid',
      `The upload broke off after ${bytes} bytes; nothing was kept of it.`,
      {
        cause,
      },
    );
  } finally {
    request.setTimeout(0);
  }
}

/** Size of a body as its sender states it; undefined when it comes in pieces. Refuses bodies that are encoded. */
export function statedBytes(request: IncomingMessage): number | undefined {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new AppError('input.unsupported', `The body is encoded (${encoding}); send the bytes of the file.`);
  const length = request.headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

/** Lets a sender that was refused read why: the rest of its bytes is thrown away for a moment, then it is cut off. */
export function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.on('error', () => undefined);
  request.resume();
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, lingerMs);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
}
