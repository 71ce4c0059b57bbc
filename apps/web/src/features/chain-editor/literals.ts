import type { ArgumentRange, CatalogueEntry } from '@countroom/dsp';
import type { Json } from '../../lib/form/schema-node';
import { isFields } from './chain-text';
import type { JsonPath, JsonPlaces, Span } from './json-places';

/** A number in a chain that can be turned. */
export interface Literal extends Span {
  /** Stays the same while the number is turned. */
  readonly id: string;
  readonly path: JsonPath;
  readonly value: number;
  /** Unit that it is multiplied with, when it is one of time. */
  readonly unit: (Span & { readonly name: string }) | undefined;
  /** What it is: the name of the argument, or the text around it. */
  readonly label: string;
  readonly doc: string;
  readonly range: ArgumentRange | undefined;
}

export const timeUnits = ['ns', 'us', 'ms', 's'] as const;

const number = /(?<![\w.])(\d+\.?\d*(?:[eE][+-]?\d+)?)(?:(\s*\*\s*)(ns|us|ms|s)\b)?/g;

interface Place {
  readonly path: JsonPath;
  readonly label: string;
  readonly doc: string;
  readonly range: ArgumentRange | undefined;
}

/** Texts and numbers of a processor in which numbers may stand, with what is known of them. */
function placesOf(path: JsonPath, recipe: Json, catalogue: readonly CatalogueEntry[]): Place[] {
  if (typeof recipe === 'string') return [{ path, label: recipe, doc: '', range: undefined }];
  if (!isFields(recipe)) return [];
  const text = typeof recipe['function'] === 'string' ? recipe['function'] : '';
  const name = text.split('.').at(-1) ?? '';
  const entry = catalogue.find((one) => one.name === name);
  const args = Array.isArray(recipe['args']) ? (recipe['args'] as readonly Json[]) : [];
  const init = Array.isArray(recipe['init_args']) ? (recipe['init_args'] as readonly Json[]) : [];
  const defaults = isFields(recipe['defaults']) ? Object.keys(recipe['defaults']) : [];
  return [
    ...(args.length === 0 ? [{ path: [...path, 'function'], label: text, doc: '', range: undefined }] : []),
    ...args.flatMap((_, index): Place[] => {
      const argument = entry?.args[index];
      if (argument?.output === true) return [];
      const label = argument?.name ?? `argument ${index + 1}`;
      return [{ path: [...path, 'args', index], label, doc: argument?.doc ?? '', range: argument?.range }];
    }),
    ...init.map((_, index): Place => {
      const argument = entry?.initArgs[index];
      return {
        path: [...path, 'init_args', index],
        label: argument?.name ?? `init_args ${index + 1}`,
        doc: argument?.doc ?? '',
        range: undefined,
      };
    }),
    ...defaults.map((key): Place => {
      // A parameter that is a whole argument is told by the name of the argument too.
      const argument = entry?.args[args.indexOf(key)];
      return {
        path: [...path, 'defaults', key],
        label: argument === undefined ? key : `${argument.name} (${key})`,
        doc: argument?.doc ?? 'default of the parameter',
        range: argument?.range,
      };
    }),
  ];
}

/** Every number of a processor that can be turned, in the order of the text. */
export function literalsOf(
  places: JsonPlaces,
  path: JsonPath,
  recipe: Json,
  catalogue: readonly CatalogueEntry[],
): Literal[] {
  return placesOf(path, recipe, catalogue).flatMap((place) => {
    const span = places.valueOf(place.path);
    if (span === undefined) return [];
    const source = places.text.slice(span.from, span.to);
    if (!source.startsWith('"')) {
      const value = Number(source);
      return Number.isFinite(value) && /^-?\d/.test(source) ? [literal(place, 0, span, value)] : [];
    }
    const found = [...source.matchAll(number)];
    // A number that is only part of its argument is told with the text around it.
    const isWhole = found.length === 1 && found[0]![0].length === source.length - 2;
    return found.map((match, index) => {
      const from = span.from + match.index;
      const [, digits = '', between = '', unit] = match;
      const unitFrom = from + digits.length + between.length;
      const one = literal(
        isWhole ? place : { ...place, label: labelOf(place.label, source), range: undefined },
        index,
        { from, to: from + digits.length },
        Number(digits),
      );
      return unit === undefined
        ? one
        : { ...one, unit: { name: unit, from: unitFrom, to: unitFrom + unit.length } };
    });
  });
}

function labelOf(label: string, source: string): string {
  const text = source.slice(1, -1);
  return text === label ? text : `${label}: ${text}`;
}

function literal(place: Place, index: number, span: Span, value: number): Literal {
  const { path, label, doc, range } = place;
  return {
    id: `${path.join('/')}#${index}`,
    path,
    from: span.from,
    to: span.to,
    value,
    unit: undefined,
    label,
    doc,
    range,
  };
}

/** How far one step of a stepper goes: a hundredth or so of the number, whole for whole ones. */
export function stepOf({ value, range, unit }: Pick<Literal, 'value' | 'range' | 'unit'>): number {
  if (range?.isWhole === true) return 1;
  if (value === 0) return unit === undefined ? 1 : 0.1;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Number.isInteger(value) && unit === undefined ? Math.max(1, step) : step;
}

/** The ends of a slider that began at a value. */
export function sliderRange(
  start: number,
  { range, unit }: Pick<Literal, 'range' | 'unit'>,
): readonly [number, number] {
  const low = unit === undefined ? (range?.low ?? Math.min(0, 2 * start)) : Math.min(0, 2 * start);
  const known = unit === undefined && typeof range?.high === 'number' ? range.high : undefined;
  const high = known ?? (start === 0 ? 10 : Math.max(0, 2 * start));
  return [low, high];
}

/** A number as it is written into the text: short, without the noise of binary fractions. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(10)));
}
