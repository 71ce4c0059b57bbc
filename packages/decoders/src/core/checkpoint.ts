import type { Checkpoint } from './decoder.js';
import { DecodeError } from './errors.js';
import type { IntegrityCollector } from './integrity.js';
import type { FramerOptions, OpenGarbage } from './record-framer.js';
import type { TableLibrary } from './table-library.js';

/** What all decoders are made of, as far as it has to be remembered. */
export interface DecoderParts {
  readonly framer: { readonly offset: number; readonly openGarbage: OpenGarbage | null };
  readonly library: TableLibrary;
  readonly integrity: IntegrityCollector;
}

/** The place behind the last record that `parts` have seen. */
export function checkpointOf(
  { framer, library, integrity }: DecoderParts,
  own: Pick<Checkpoint, 'format' | 'packetId' | 'state'>,
): Checkpoint {
  const byteOffset = framer.offset;
  const common = {
    integrity: integrity.state(byteOffset),
    tables: library.state(),
    garbage: framer.openGarbage,
  };
  return { ...own, byteOffset, common };
}

/** Where a framer begins: behind the checkpoint, or at the beginning. */
export function framerStart(resume: Checkpoint | undefined): Pick<FramerOptions, 'offset' | 'garbage'> {
  return resume === undefined ? {} : { offset: resume.byteOffset, garbage: resume.common.garbage };
}

/** Refuses a checkpoint of another format. Throws a DecodeError. */
export function checkResume(format: string, resume: Checkpoint | undefined): void {
  if (resume === undefined || resume.format === format) return;
  throw new DecodeError(
    'resume',
    `the checkpoint is of format ${resume.format}`,
    `take one of the format ${format}`,
  );
}
