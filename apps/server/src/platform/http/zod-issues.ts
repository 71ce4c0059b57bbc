import type { ProblemIssue } from '@countroom/contracts';
import type { z } from 'zod';

/** A schema's complaints with paths of dots and indices, below `root`. */
export function issuesOf(error: z.ZodError, root = ''): ProblemIssue[] {
  return error.issues.map((issue) => ({
    path: [...(root === '' ? [] : [root]), ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
}
