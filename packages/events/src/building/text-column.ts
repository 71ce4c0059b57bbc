import type { ColumnType, Vector } from '@countroom/expressions';
import type { Attributes, StringArray, VectorOfVectors } from '@countroom/records';

/** Texts of events: one each, or with `offsets` a list each (list i: from `offsets[i]` up to `offsets[i + 1]`). */
export interface TextColumn {
  readonly kind: 'text';
  readonly values: readonly string[];
  readonly offsets?: Int32Array;
}

/** Type of a field of texts: one per event, or a list per event. */
export interface TextType {
  readonly kind: 'text';
  readonly depth: 0 | 1;
}

/** Type of a field of the event table. */
export type FieldType = ColumnType | TextType;

/** Values of a field of the event table. */
export type FieldValues = Vector | TextColumn;

/** Whether values are texts. */
export function isText(values: FieldValues): values is TextColumn {
  return values.kind === 'text';
}

/** Texts as a column with one entry per event. */
export function toTextColumn(
  { values, offsets }: TextColumn,
  attrs: Attributes = {},
): StringArray | VectorOfVectors {
  if (offsets === undefined) return { kind: 'strings', values, attrs };
  const data = Uint32Array.from(offsets.subarray(1));
  return {
    kind: 'vov',
    cumulative: {
      kind: 'array',
      flavor: 'array',
      dtype: 'uint32',
      shape: [data.length],
      data,
      attrs: {},
    },
    flattened: { kind: 'strings', values, attrs: {} },
    attrs,
  };
}
