import type { TableRequest } from '../../core/table-library.js';
import type { FcioNaming } from '../../fcio/fcio-naming.js';
import { tags } from '../../fcio/fcio-protocol.js';
import { isFspTag } from '../../fcio/fsp-records.js';
import type { OrcaSetup } from '../header/orca-setup.js';

/** Decoders of packets that hold FCIO records, as the header names them. */
export const orcaFcioDecoders = [
  'ORFCIOConfigDecoder',
  'ORFCIOEventDecoder',
  'ORFCIOEventHeaderDecoder',
  'ORFCIOStatusDecoder',
] as const;

const decoderOf: Readonly<Record<number, string>> = {
  [tags.config]: orcaFcioDecoders[0],
  [tags.fspConfig]: orcaFcioDecoders[0],
  [tags.event]: orcaFcioDecoders[1],
  [tags.sparseEvent]: orcaFcioDecoders[1],
  [tags.recEvent]: orcaFcioDecoders[1],
  [tags.eventHeader]: orcaFcioDecoders[2],
  [tags.status]: orcaFcioDecoders[3],
  [tags.fspStatus]: orcaFcioDecoders[3],
};

/**
 * Names of one readout's rows: records of the software trigger belong to the decoder of the packet that they came in.
 * Configurations and event headers of all readouts share a key list, and those of that trigger another one. Of the other
 * decoders each readout has a list of its own, and a second one when that trigger is on.
 */
export function orcaFcioNaming({ listeners }: OrcaSetup, listenerId: number): FcioNaming {
  const index = listeners.findIndex(({ id }) => id === listenerId);
  const lists = (count: number): number =>
    listeners.slice(0, count).reduce((sum, { fsp }) => sum + (fsp ? 2 : 1), 0);
  return {
    decoder: (tag, follower) => decoderOf[tag] ?? decoderOf[follower ?? 0] ?? orcaFcioDecoders[1],
    list: (tag, follower): TableRequest['list'] => {
      if (index < 0) return undefined;
      const trigger = isFspTag(tag) ? 1 : 0;
      const shared = [tags.config, tags.fspConfig, tags.eventHeader].some((one) => one === tag);
      if (shared || (tag === tags.fspEvent && follower === tags.eventHeader))
        return { index: trigger, count: 2, keys: listeners.length };
      // The cards of a status are not known before it comes: there are always several.
      const keys = tag === tags.status ? Infinity : tag === tags.event ? listeners[index]!.keys.length : 1;
      // That trigger may be on though the header does not say so.
      const hidden = trigger === 1 && !listeners[index]!.fsp ? 1 : 0;
      return { index: lists(index) + trigger, count: lists(listeners.length) + hidden, keys };
    },
  };
}
