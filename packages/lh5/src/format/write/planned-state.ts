import { Lh5Error } from '../../errors.js';
import type { ElementDescription } from '../../hdf5/element-type.js';
import type { Planned, PlannedAttribute } from './planned.js';
import { RowBuffer, type RowBufferState, type RowDestination } from './row-buffer.js';
import { TextBuffer, type TextBufferState } from './text-buffer.js';

type Attributes = ReadonlyMap<string, PlannedAttribute>;

/** An object of a file that is being written, as it is kept over a break. What is in a group is listed on its own. */
export type StoredObject =
  | { readonly kind: 'group'; readonly attributes: Attributes; readonly links: ReadonlyMap<string, string> }
  | {
      readonly kind: 'rows';
      readonly attributes: Attributes;
      readonly data: RowBufferState | TextBufferState;
    }
  | {
      readonly kind: 'single';
      readonly attributes: Attributes;
      readonly type: ElementDescription;
      readonly value: Uint8Array | string;
    };

/** What must be kept of an object. Fails for one that is copied from another file. */
export async function storedObject(object: Planned): Promise<StoredObject> {
  const { attributes } = object;
  switch (object.kind) {
    case 'group':
      return { kind: 'group', attributes, links: object.links };
    case 'rows':
      return { kind: 'rows', attributes, data: await object.data.state() };
    case 'single':
      return { kind: 'single', attributes, type: object.type, value: object.value };
    case 'copy':
      throw new Lh5Error('argument-invalid', 'a change of a file does not outlast a break: begin it anew');
  }
}

/** The object that was kept. */
export function restoredObject(stored: StoredObject, destination: RowDestination): Planned {
  const attributes = new Map(stored.attributes);
  switch (stored.kind) {
    case 'group':
      return { kind: 'group', attributes, links: new Map(stored.links), children: new Map() };
    case 'rows': {
      const { data } = stored;
      const buffer =
        data.kind === 'numbers' ? RowBuffer.from(destination, data) : TextBuffer.from(destination, data);
      return { kind: 'rows', attributes, data: buffer };
    }
    case 'single':
      return { kind: 'single', attributes, type: stored.type, value: stored.value };
  }
}
