import { statSync } from 'node:fs';
import { StageError } from '@countroom/pipeline';
import type { FileNaming } from './output-files.js';

/**
 * Throws a StageError when the file that is to be replaced is one of those that are read, under whatever name: what was
 * recorded would be lost. Inputs that are no files (streams) are passed over.
 */
export function refuseInput(stage: string, output: string, inputs: readonly string[]): void {
  const replaced = statSync(output, { throwIfNoEntry: false });
  if (replaced === undefined) return;
  for (const input of inputs) {
    const read = statSync(input, { throwIfNoEntry: false });
    if (read?.dev === replaced.dev && read.ino === replaced.ino)
      throw new StageError(
        stage,
        `${output} is the file that is read, and would be lost: give the output another name`,
      );
  }
}

/** The same naming of further outputs, none of which may be a file that is read. */
export function sparingInput(stage: string, naming: FileNaming, input: string): FileNaming {
  return (name) => {
    const file = naming(name);
    refuseInput(stage, file, [input]);
    return file;
  };
}
