import type { ElementDescription } from '../../hdf5/element-type.js';
import type { PlacedChunk } from './chunk-tree.js';
import type { Message } from './object-header.js';
import type { RowBuffer } from './row-buffer.js';
import type { TextBuffer } from './text-buffer.js';

/** An attribute before it is known where its texts are, or one that is encoded already. */
export type PlannedAttribute =
  | {
      readonly type: ElementDescription;
      readonly shape: readonly number[];
      readonly data: Uint8Array | readonly string[];
    }
  | { readonly body: Uint8Array };

interface PlannedObject {
  readonly attributes: Map<string, PlannedAttribute>;
}

/** A group with what is in it. */
export interface PlannedGroup extends PlannedObject {
  readonly kind: 'group';
  readonly children: Map<string, Planned>;
  /** Links by name: the paths that they lead to. */
  readonly links: Map<string, string>;
}

/** A dataset with rows. */
export interface PlannedRows extends PlannedObject {
  readonly kind: 'rows';
  readonly data: RowBuffer | TextBuffer;
}

/** A dataset with one value. */
export interface PlannedSingle extends PlannedObject {
  readonly kind: 'single';
  readonly type: ElementDescription;
  readonly value: Uint8Array | string;
}

/** Where the data of a copied dataset are. */
export type CopiedLayout =
  | { readonly kind: 'contiguous'; address: number | undefined; readonly bytes: number }
  | {
      readonly kind: 'chunked';
      readonly chunk: readonly number[];
      readonly elementBytes: number;
      readonly chunks: PlacedChunk[];
    };

/** A dataset that is taken over from another file as it is. */
export interface PlannedCopy extends PlannedObject {
  readonly kind: 'copy';
  /** Its description but for the layout. */
  readonly messages: readonly Message[];
  readonly layout: CopiedLayout;
}

/** An object of the file, to be described when all data have been written. */
export type Planned = PlannedGroup | PlannedRows | PlannedSingle | PlannedCopy;
