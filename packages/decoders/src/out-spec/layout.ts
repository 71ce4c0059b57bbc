import type { Key } from '../core/decoder.js';
import { DecodeError } from '../core/errors.js';
import { type Fit, fit } from './key-pattern.js';
import { type GroupSpec, type OutSpec, parseOutSpec } from './out-spec.js';
import { formatText, type Variables } from './text-format.js';

/** Where rows of a key go. */
export interface Target {
  /** File part of `out_stream`; empty for the default output. */
  readonly stream: string;
  /** Path of the table in it, without a leading slash. */
  readonly path: string;
  /** False when an empty `out_stream` says: decode and count, but do not write. */
  readonly write: boolean;
  /** The group in the specification, for messages. */
  readonly place: string;
  readonly procSpec?: Readonly<Record<string, unknown>>;
}

/** What is known of a decoder's key when its table is looked up. */
export interface RouteRequest {
  readonly decoder: string;
  readonly key: Key;
  readonly list?: { readonly index: number; readonly count: number; readonly keys: number };
}

/** What a layout is made from. */
export interface LayoutOptions {
  readonly outSpec?: OutSpec;
  readonly variables?: Readonly<Record<string, string | number>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Resolves decoders' keys to tables, by an output specification or by the default layout. */
export class Layout {
  private readonly spec: OutSpec | undefined;
  private readonly warned = new Set<string>();

  /** Keys claimed by several groups, and the like, in words. */
  readonly warnings: string[] = [];

  /** Throws DecodeError when the specification is faulty, also when a text names an unknown variable. */
  constructor(private readonly options: LayoutOptions) {
    this.spec = options.outSpec === undefined ? undefined : parseOutSpec(options.outSpec);
    for (const [decoder, groups] of Object.entries(this.spec ?? {})) {
      for (const [name, group] of Object.entries(groups)) this.check(decoder, name, group);
    }
  }

  /** Where rows of a decoder's key go; undefined when the specification does not ask for them. */
  route({ decoder, key, list }: RouteRequest): Target | undefined {
    if (this.spec === undefined)
      return { stream: '', path: defaultName(decoder, key, list), write: true, place: 'default layout' };
    const groups = this.spec[decoder] ?? this.spec['*'];
    if (groups === undefined) return undefined;
    const byFit: Record<Fit, [string, GroupSpec][]> = { no: [], rest: [], yes: [] };
    for (const [name, group] of Object.entries(groups)) byFit[bestFit(group, key)].push([name, group]);
    if (byFit.yes.length > 1) this.warn(decoder, key, byFit.yes);
    const chosen = byFit.yes.at(-1) ?? byFit.rest.at(-1);
    if (chosen === undefined) return undefined;
    // Groups of all decoders are told apart as in the default layout: key lists may have different columns.
    const own = this.spec[decoder] === undefined ? defaultName(decoder, key, list) : shortName(decoder);
    return this.target(decoder, chosen[0], chosen[1], key, own);
  }

  /** Expands the texts of a group once for a number and, if that does not fit, for a text. */
  private check(decoder: string, name: string, group: GroupSpec): void {
    try {
      this.target(decoder, name, group, 0);
    } catch (fault) {
      try {
        this.target(decoder, name, group, 'key');
      } catch {
        throw fault;
      }
    }
  }

  private target(
    decoder: string,
    groupName: string,
    group: GroupSpec,
    key: Key,
    plain = decoder === '*' ? 'all' : shortName(decoder),
  ): Target {
    const place = `out_spec.${decoder}.${groupName}`;
    const given: Variables = { ...this.options.variables, key };
    const name = formatText(groupName, { name: plain, ...given }, place, this.options.environment);
    const expand = (field: 'out_stream' | 'out_name', text: string): string =>
      formatText(text, { ...given, name }, `${place}.${field}`, this.options.environment);
    const stream = expand('out_stream', group.out_stream ?? '');
    const { file, path } = splitStream(stream, `${place}.out_stream`);
    const table = cleanPath(`${path}/${expand('out_name', group.out_name ?? '{name}')}`, `${place}.out_name`);
    return {
      stream: file,
      path: table,
      write: group.out_stream !== '',
      place,
      ...(group.proc_spec === undefined ? {} : { procSpec: group.proc_spec }),
    };
  }

  private warn(decoder: string, key: Key, groups: readonly [string, GroupSpec][]): void {
    const id = `${decoder}\n${key}`;
    if (this.warned.has(id)) return;
    this.warned.add(id);
    const names = groups.map(([name]) => name);
    this.warnings.push(
      `out_spec.${decoder}: key ${key} is claimed by ${names.join(', ')}; it goes to ${names.at(-1)}`,
    );
  }
}

/** A decoder's name without its suffix. */
export function shortName(decoder: string): string {
  return decoder.endsWith('Decoder') && decoder !== 'Decoder' ? decoder.slice(0, -'Decoder'.length) : decoder;
}

function defaultName(decoder: string, key: Key, list: RouteRequest['list']): string {
  const name = shortName(decoder);
  if (list === undefined || list.count <= 1) return name;
  return `${name}_${list.keys === 1 ? key : list.index}`;
}

function bestFit(group: GroupSpec, key: Key): Fit {
  let best: Fit = 'no';
  for (const entry of group.key_list) {
    const found = fit(entry, key);
    if (found === 'yes') return 'yes';
    if (found === 'rest') best = 'rest';
  }
  return best;
}

function splitStream(text: string, place: string): { file: string; path: string } {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return { file: text, path: '' };
  const path = text.slice(colon + 1);
  if (/^\d+$/.test(path)) {
    throw new DecodeError(
      place,
      `'${text}' is a network address`,
      'write to a file: file.lh5 or file.lh5:/group',
    );
  }
  return { file: text.slice(0, colon), path };
}

function cleanPath(text: string, place: string): string {
  const parts = text.split('/').filter((part) => part !== '');
  if (parts.length === 0) throw new DecodeError(place, 'the table path is empty', 'give the table a name');
  if (parts.some((part) => part === '.' || part === '..')) {
    throw new DecodeError(place, `'${text}' leaves its group`, "write the path without '.' and '..'");
  }
  return parts.join('/');
}
