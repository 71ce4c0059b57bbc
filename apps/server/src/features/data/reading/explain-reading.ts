import { AppError, type ErrorCode } from '@countroom/contracts';
import type { Logger } from '@nestjs/common';
import type { ReadingError, ReadingFault } from './readings.js';

const codes: Readonly<Record<ReadingFault['code'], ErrorCode>> = {
  'file-missing': 'gone',
  'object-missing': 'not-found',
  'argument-invalid': 'request.invalid',
  'cut-invalid': 'request.invalid',
  'options-invalid': 'request.invalid',
  'file-damaged': 'input.invalid',
  'datatype-invalid': 'input.invalid',
  'data-inconsistent': 'input.invalid',
  'data-mismatch': 'input.invalid',
  'io-failed': 'input.invalid',
  ended: 'input.invalid',
  late: 'server.unreachable',
  busy: 'server.unreachable',
  internal: 'internal',
  'file-exists': 'internal',
  'object-exists': 'internal',
  closed: 'internal',
};

/** What people are told; `name` stands for the file. What is no fault of file or question stays the error that it is. */
export function explainReading(error: ReadingError, name: string, log: Logger): Error {
  const { code, reason, object, position, issues = [] } = error.fault;
  if (position !== undefined) {
    return new AppError('request.invalid', `The cut cannot be used: ${reason}.`, {
      issues: [{ path: `query.cut.${position}`, message: reason }],
      cause: error,
    });
  }
  if (code === 'internal' || code === 'ended') log.error(`${name} could not be read: ${reason}`);
  if (codes[code] === 'internal') return error;
  const place = object === undefined || object === '' ? name : `${name}, object ${object}`;
  const what = code === 'ended' ? `the file could not be read: ${reason}` : reason;
  return new AppError(codes[code], `${place}: ${what}`, { issues, cause: error });
}
