import { AppError } from '@countroom/contracts';
import express, { type Request, type RequestHandler, type Response } from 'express';

export const jsonBodyLimit = 1_048_576;
/** The server itself sets no limit of time, for the sake of uploads: a small body has this long to arrive. */
const jsonBodyMs = 30_000;
const parse: RequestHandler = express.json({
  limit: jsonBodyLimit,
  strict: true,
  type: () => true,
  inflate: false,
});

export function hasBody(request: Request): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Reads a JSON body, of at most 1 MiB; an absent one counts as an empty object. */
export async function readJsonBody(
  request: Request,
  response: Response,
  withinMs = jsonBodyMs,
): Promise<unknown> {
  if (!hasBody(request)) return {};
  if (request.is('application/json') === false) {
    const found = request.headers['content-type'] ?? 'not stated';
    throw new AppError(
      'input.unsupported',
      `The body's type is ${found}; send JSON with content-type: application/json.`,
    );
  }
  const late = setTimeout(() => request.destroy(), withinMs);
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => {
      clearTimeout(late);
      if (error === undefined || error === null) resolve();
      else reject(asAppError(error));
    });
  });
  return request.body as unknown;
}

function asAppError(cause: unknown): AppError {
  const { type, message } = cause as { type?: string; message: string };
  if (type === 'entity.too.large') {
    return new AppError('body.too-large', `The body is larger than ${jsonBodyLimit} bytes.`, { cause });
  }
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new AppError('input.unsupported', `The body cannot be read: ${message}. Send plain UTF-8 JSON.`, {
      cause,
    });
  }
  return new AppError('request.invalid', `The body is not JSON: ${message}`, { cause });
}
