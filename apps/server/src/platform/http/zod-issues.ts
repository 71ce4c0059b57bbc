import { optionIssues, type ProblemIssue } from '@countroom/contracts';
import type { z } from 'zod';

/** A schema's complaints with paths of dots and indices, below `root`. */
export function issuesOf(error: z.ZodError, root = ''): ProblemIssue[] {
  return optionIssues(error.issues).map(({ path, message }) => ({
    path: [root, path].filter((part) => part !== '').join('.'),
    message,
  }));
}
