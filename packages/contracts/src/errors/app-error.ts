import { z } from 'zod';

/** Every code that an error of this product can carry, and the HTTP status that goes with it. */
export const errorStatus = {
  'request.invalid': 400,
  'auth.required': 401,
  'auth.failed': 401,
  'auth.forbidden': 403,
  'baton.required': 403,
  'not-found': 404,
  'conflict.state': 409,
  'conflict.version': 409,
  'conflict.exists': 409,
  'conflict.baton': 409,
  gone: 410,
  'body.too-large': 413,
  'input.unsupported': 415,
  'input.invalid': 422,
  'auth.too-many-attempts': 429,
  internal: 500,
  'device.failed': 502,
  'acquisition.unreachable': 503,
  'server.unreachable': 503,
  'database.unavailable': 503,
  'storage.full': 507,
} as const;

/** Closed set of error codes. */
export type ErrorCode = keyof typeof errorStatus;

/** The same, as it crosses processes. */
export const errorCode = z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]);

/** One thing that is wrong in an input: where (path with dots and indices) and what. */
export const problemIssue = z
  .strictObject({ path: z.string(), message: z.string() })
  .meta({ id: 'ProblemIssue' });

/** The body of every answer that is not a success. `message` is for people: what, where, and the way out. */
export const problem = z
  .strictObject({
    code: errorCode,
    message: z.string(),
    issues: z.array(problemIssue).optional(),
    /** Finds the request in the server's log. */
    traceId: z.string().optional(),
  })
  .meta({ id: 'Problem' });

/** Body of an error answer. */
export type Problem = z.infer<typeof problem>;
/** One fault in an input. */
export type ProblemIssue = z.infer<typeof problemIssue>;

/** The product's own error: a code that programs act on, and a message that a person can act on. */
export class AppError extends Error {
  /**
   * @param code what kind of error
   * @param message what happened, to what, and the next step
   * @param options faults per field, and the error that led here
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly options: { readonly issues?: readonly ProblemIssue[]; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
  }
}
