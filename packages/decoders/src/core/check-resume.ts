import type { Checkpoint } from './decoder.js';
import { DecodeError } from './errors.js';

/** Refuses a checkpoint of another format. Throws a DecodeError. */
export function checkResume(format: string, resume: Checkpoint | undefined): void {
  if (resume === undefined || resume.format === format) return;
  throw new DecodeError(
    'resume',
    `the checkpoint is of format ${resume.format}`,
    `take one of the format ${format}`,
  );
}
