import type { TableRequest } from '../core/table-library.js';
import { tags } from './fcio-protocol.js';
import { fspDecoder, isFspTag } from './fsp-records.js';

/** Which decoders the rows of a stream belong to: FCIO streams come by themselves and inside other formats. */
export interface FcioNaming {
  /** Decoder of the rows of a record; `follower` is the tag of the record behind one of the software trigger. */
  decoder(tag: number, follower?: number): string;
  /** Key list of those rows, for default names of tables; undefined when each decoder has only one. */
  list(tag: number, follower?: number): TableRequest['list'];
}

const names: Readonly<Record<number, string>> = {
  [tags.config]: 'FCConfigDecoder',
  [tags.event]: 'FCEventDecoder',
  [tags.sparseEvent]: 'FCEventDecoder',
  [tags.eventHeader]: 'FCEventHeaderDecoder',
  [tags.recEvent]: 'FCRecEventDecoder',
  [tags.status]: 'FCStatusDecoder',
};

/** The names of a stream by itself: a decoder per type of record, each with one table. */
export const plainNaming: FcioNaming = {
  decoder: (tag) => (isFspTag(tag) ? fspDecoder(tag) : names[tag]!),
  list: () => undefined,
};
