import { AppError, type ErrorCode, type ProblemIssue } from '@countroom/contracts';

/** An error as a page shows it. */
export interface ShownError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly issues: readonly ProblemIssue[];
}

/** Any thrown value in the form that pages show. */
export function shownError(error: unknown): ShownError {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, issues: error.options.issues ?? [] };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `The page met a fault: ${message}. Reload it to try again.`,
    issues: [],
  };
}

/** True when asking again may help: the way to the server is broken, or it is busy. */
export function isPassing(error: unknown): boolean {
  const { code } = shownError(error);
  return code === 'server.unreachable' || code === 'database.unavailable';
}

/** True when the session has ended or never was. */
export function isSignedOut(error: unknown): boolean {
  return shownError(error).code === 'auth.required';
}
