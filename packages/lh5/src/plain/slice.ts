import type { DataArray } from '@countroom/records';
import { Lh5Error } from '../errors.js';
import { type Box, elementsOf } from '../hdf5/box.js';
import { elementValues, type Hdf5Value } from '../hdf5/element-values.js';
import type { DatasetInfo, Hdf5Source } from '../hdf5/source.js';
import { type JsonValue, jsonNumber } from '../preview/json.js';
import type { Hdf5Axis, Hdf5Slice } from './hdf5-file.js';
import { hdf5Type } from './hdf5-type.js';

const mostBytes = 1 << 30;
/** About the bytes of a box that is read to leave a part of it out. */
const bytesAtOnce = 64 << 20;

interface Steps {
  readonly start: number;
  readonly count: number;
  readonly step: number;
  /** Whether the axis is left out of the result. */
  readonly single: boolean;
}

function stepsOf(axis: Hdf5Axis | undefined, extent: number, refuse: (why: string) => never): Steps {
  if (axis === undefined) return { start: 0, count: extent, step: 1, single: false };
  if (typeof axis === 'number') {
    if (!Number.isSafeInteger(axis) || axis < 0 || axis >= extent)
      refuse(`there is no index ${axis}: the axis has ${extent}`);
    return { start: axis, count: 1, step: 1, single: true };
  }
  const [start, stop, step = 1] = axis;
  if (![start, stop, step].every(Number.isSafeInteger) || start < 0 || stop < start || step < 1)
    refuse(
      `${start}:${stop}:${step} is no range: give whole numbers from 0 on, the end behind the start, steps from 1 on`,
    );
  const from = Math.min(start, extent);
  return { start: from, count: Math.ceil((Math.min(stop, extent) - from) / step), step, single: false };
}

/** Every `step`th element along each axis of a box that was read densely. */
function thinned(
  dense: Uint8Array<ArrayBuffer>,
  extents: readonly number[],
  steps: readonly Steps[],
  elementBytes: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(elementsOf(steps.map(({ count }) => count)) * elementBytes);
  let written = 0;
  const take = (axis: number, at: number): void => {
    const along = steps[axis];
    if (along === undefined) {
      out.set(dense.subarray(at * elementBytes, (at + 1) * elementBytes), written);
      written += elementBytes;
      return;
    }
    for (let k = 0; k < along.count; k += 1) take(axis + 1, at * extents[axis]! + k * along.step);
  };
  take(0, 0);
  return out;
}

/** From the first element that is wanted to the last one. */
function spanOf(steps: readonly Steps[]): Box {
  return {
    start: steps.map(({ start }) => start),
    count: steps.map(({ count, step }) => (count === 0 ? 0 : (count - 1) * step + 1)),
  };
}

/** Texts of variable length come by rows: those of the rows that are touched, of which the wanted ones are taken. */
function readTexts(source: Hdf5Source, info: DatasetInfo, steps: readonly Steps[]): string[] {
  const [first, ...inner] = steps;
  if (first === undefined) return source.texts(info, 0, 1);
  const texts: string[] = [];
  const width = elementsOf(info.shape.slice(1));
  const span = spanOf([first]);
  const rows = source.texts(info, first.start, first.start + span.count[0]!);
  const take = (axis: number, at: number): void => {
    const along = inner[axis];
    if (along === undefined) {
      texts.push(rows[at] ?? '');
      return;
    }
    for (let k = 0; k < along.count; k += 1)
      take(axis + 1, at * info.shape[axis + 1]! + along.start + k * along.step);
  };
  for (let k = 0; k < first.count && width > 0; k += 1) take(0, k * first.step);
  return texts;
}

function readBytes(source: Hdf5Source, info: DatasetInfo, steps: readonly Steps[]): Uint8Array<ArrayBuffer> {
  const { elementBytes } = info;
  const span = spanOf(steps);
  if (steps.every(({ step }) => step === 1)) return source.box(info, span);
  const [first, ...inner] = steps;
  const perIndex = elementsOf(span.count.slice(1)) * elementBytes;
  const together = Math.max(1, Math.floor(bytesAtOnce / Math.max(1, perIndex * first!.step)));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let k = 0; k < first!.count; k += together) {
    const part = {
      ...first!,
      start: first!.start + k * first!.step,
      count: Math.min(together, first!.count - k),
    };
    const box = spanOf([part, ...inner]);
    parts.push(thinned(source.box(info, box), box.count, [part, ...inner], elementBytes));
  }
  return parts.length === 1 ? parts[0]! : new Uint8Array(Buffer.concat(parts));
}

function readValues(source: Hdf5Source, info: DatasetInfo, steps: readonly Steps[]): Hdf5Slice['data'] {
  if (info.type.kind === 'string' && info.type.variable) return readTexts(source, info, steps);
  return elementValues(readBytes(source, info, steps), info.element, (reference, elementBytes) =>
    source.variable(info, reference, elementBytes),
  );
}

/** Reads part of a dataset of any type. */
export function readSlice(source: Hdf5Source, path: string, axes: readonly Hdf5Axis[]): Hdf5Slice {
  const refuse = (why: string): never => {
    throw new Lh5Error('argument-invalid', why, { file: source.file, object: path });
  };
  const kind = source.kind(path);
  if (kind === 'missing')
    throw new Lh5Error('object-missing', 'there is no such object', { file: source.file, object: path });
  if (kind !== 'dataset') return refuse(`is a ${kind}: only datasets hold data`);
  const info = source.dataset(path);
  if (axes.length > info.shape.length) return refuse(`has ${info.shape.length} axes, not ${axes.length}`);
  const steps = info.shape.map((extent, axis) => stepsOf(axes[axis], extent, refuse));
  const count = steps.map((axis) => axis.count);
  const bytes = elementsOf(count) * info.elementBytes;
  if (bytes > mostBytes) return refuse(`${bytes} bytes at once are too many: read parts of it`);
  const data = readValues(source, info, steps);
  const shape = steps.filter(({ single }) => !single).map((axis) => axis.count);
  return { path, shape, type: hdf5Type(info.element), data };
}

function jsonValue(value: Hdf5Value): JsonValue {
  if (typeof value === 'number' || typeof value === 'bigint') return jsonNumber(value);
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(jsonValue);
  const json: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value))
    Object.defineProperty(json, name, {
      value: jsonValue(member),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return json;
}

function isList(value: Hdf5Value): value is readonly Hdf5Value[] {
  return Array.isArray(value);
}

/**
 * A slice as JSON: lists within lists after its shape, the value itself without axes; 64-bit integers as decimal text, NaN and
 * infinities as text, truth values as booleans.
 */
export function jsonSlice({ data, shape, type }: Hdf5Slice): JsonValue {
  const values: DataArray | readonly Hdf5Value[] = data;
  const truth = type.kind === 'number' && type.dtype === 'bool';
  const nested = ([extent, ...inner]: readonly number[], at: number): JsonValue => {
    if (extent === undefined) return truth ? values[at] !== 0 : jsonValue(values[at]!);
    const width = elementsOf(inner);
    return Array.from({ length: extent }, (_, k) => nested(inner, at + k * width));
  };
  return nested(shape, 0);
}
