import { AppError, type ErrorCode, errorStatus, type Problem } from '@countroom/contracts';
import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import {
  isDatabaseAway,
  isMissingRow,
  isUnfitValue,
  isUniqueViolation,
} from '../database/database-errors.js';
import { issuesOf } from './zod-issues.js';

export interface MappedProblem {
  readonly status: number;
  readonly body: Problem;
  /** True when nobody outside is to blame: belongs into the log with its stack. */
  readonly unexpected: boolean;
}

/** The answer to any error. Words of unexpected errors stay in the log. */
export function toProblem(error: unknown, traceId: string): MappedProblem {
  const app = asAppError(error);
  if (app === undefined) {
    const message = `Something went wrong in the server; its log tells more under trace ${traceId}.`;
    return { status: 500, body: { code: 'internal', message, traceId }, unexpected: true };
  }
  const issues = app.options.issues ?? [];
  const body: Problem = {
    code: app.code,
    message: app.message,
    ...(issues.length > 0 ? { issues: [...issues] } : {}),
    traceId,
  };
  return { status: errorStatus[app.code], body, unexpected: app.code === 'internal' };
}

/** The product's own error for errors of libraries that people can do something about. */
export function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) {
    return new AppError('request.invalid', 'The input is not as expected.', { issues: issuesOf(error) });
  }
  if (error instanceof HttpException) return ofHttpException(error);
  return ofDatabase(error);
}

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'request.invalid',
  401: 'auth.required',
  403: 'auth.forbidden',
  404: 'not-found',
  405: 'not-found',
  413: 'body.too-large',
  415: 'input.unsupported',
};

function ofHttpException(error: HttpException): AppError | undefined {
  const code = codeOfStatus[error.getStatus()];
  return code === undefined ? undefined : new AppError(code, error.message, { cause: error });
}

function ofDatabase(cause: unknown): AppError | undefined {
  if (isUniqueViolation(cause))
    return new AppError('conflict.exists', 'There is one like that already.', { cause });
  if (isMissingRow(cause)) return new AppError('not-found', 'It is not there any more.', { cause });
  if (isUnfitValue(cause)) {
    const message = 'A value is outside of what the database can hold, or is not of the kind it should be.';
    return new AppError('request.invalid', message, { cause });
  }
  if (!isDatabaseAway(cause)) return undefined;
  return new AppError('database.unavailable', 'The database does not answer; try again in a moment.', {
    cause,
  });
}
