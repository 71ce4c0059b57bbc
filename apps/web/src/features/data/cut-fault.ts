import { shownError } from '../../lib/api/errors';

/** What is wrong in a cut, and at which character, from 0. */
export interface CutFault {
  readonly reason: string;
  readonly position: number;
}

/** The fault of the cut in an answer; null when the answer is about something else. */
export function cutFault(error: unknown): CutFault | null {
  if (error === null || error === undefined) return null;
  for (const { path, message } of shownError(error).issues) {
    const position = /^query\.cut\.(\d+)$/.exec(path)?.[1];
    if (position !== undefined) return { reason: message, position: Number(position) };
  }
  return null;
}
