import { DecodeError } from '../core/errors.js';

/** One entry of a key list: a key, an inclusive range of numbers, or a text that is `*`, a pattern or a name. */
export type KeyEntry = number | string | readonly [number, number];

/** One group: which keys go where. Texts may hold `{key}`, `{name}`, `{variable}` and `$ENV`. */
export interface GroupSpec {
  readonly key_list: readonly KeyEntry[];
  /** `file.lh5`, `file.lh5:/group`, or empty: decoded and counted but not written. Left out: the default output. */
  readonly out_stream?: string;
  /** Path of the table below the group part of `out_stream`; default `{name}`. */
  readonly out_name?: string;
  /** What is done to a batch before it is written: see planProcessing. */
  readonly proc_spec?: Readonly<Record<string, unknown>>;
}

/** Output specification: decoder name (or `*`) → group name → group. */
export type OutSpec = Readonly<Record<string, Readonly<Record<string, GroupSpec>>>>;

const groupKeys = new Set(['key_list', 'out_stream', 'out_name', 'proc_spec']);

/**
 * Checks a value that came from JSON or YAML. Throws DecodeError with the place, for example
 * `out_spec.FCEventDecoder.geds.key_list[0]`.
 */
export function parseOutSpec(value: unknown): OutSpec {
  const spec: Record<string, Record<string, GroupSpec>> = {};
  for (const [decoder, groups] of entries(value, 'out_spec', 'decoder names')) {
    const parsed: Record<string, GroupSpec> = {};
    let stars = 0;
    for (const [name, group] of entries(groups, `out_spec.${decoder}`, 'group names')) {
      const place = `out_spec.${decoder}.${name}`;
      if (name === '') throw new DecodeError(place, 'the group name is empty', 'give it a name');
      parsed[name] = parseGroup(group, place, name);
      stars += parsed[name].key_list.filter((entry) => entry === '*').length;
    }
    if (stars > 1) {
      throw new DecodeError(
        `out_spec.${decoder}`,
        `"*" stands in ${stars} key lists of one decoder`,
        'keep it in one of them',
      );
    }
    spec[decoder] = parsed;
  }
  return spec;
}

/**
 * Rewrites the older channel-group form, decoder → group → {ch_list, system}: ch_list becomes the key list, the
 * system the output stream, the group the table path (`{system}/{group}/raw` or `{group}/raw`).
 */
export function fromChannelGroups(value: unknown): OutSpec {
  const spec: Record<string, Record<string, unknown>> = {};
  for (const [decoder, groups] of entries(value, 'ch_groups', 'decoder names')) {
    const converted: Record<string, unknown> = {};
    for (const [name, group] of entries(groups, `ch_groups.${decoder}`, 'group names')) {
      const place = `ch_groups.${decoder}.${name}`;
      const fields = new Map(entries(group, place, 'ch_list and system'));
      const rename = (text: string): string => text.replace(/\{ch(?=[:}])/g, '{key');
      const system = fields.get('system');
      if (system !== undefined && typeof system !== 'string') {
        throw new DecodeError(`${place}.system`, 'this is not a text', 'give the name of the system');
      }
      const path = system === undefined ? '{name}/raw' : `${rename(system)}/{name}/raw`;
      converted[rename(name)] = {
        key_list: fields.get('ch_list'),
        out_name: path,
        ...(system === undefined ? {} : { out_stream: rename(system) }),
      };
    }
    spec[decoder] = converted;
  }
  return parseOutSpec(spec);
}

function parseGroup(value: unknown, place: string, name: string): GroupSpec {
  const fields = new Map(entries(value, place, 'key_list, out_stream, out_name, proc_spec'));
  for (const key of fields.keys()) {
    if (!groupKeys.has(key)) {
      throw new DecodeError(`${place}.${key}`, 'there is no such field', `use ${[...groupKeys].join(', ')}`);
    }
  }
  const list = fields.get('key_list');
  if (list === undefined) {
    throw new DecodeError(place, `'${name}' is missing key_list`, 'list its keys, or ["*"] for all others');
  }
  if (!Array.isArray(list)) throw new DecodeError(`${place}.key_list`, 'this is not a list', 'write [ … ]');
  const group: { -readonly [K in keyof GroupSpec]: GroupSpec[K] } = {
    key_list: list.map((entry: unknown, index) => parseKey(entry, `${place}.key_list[${index}]`)),
  };
  for (const field of ['out_stream', 'out_name'] as const) {
    const text = fields.get(field);
    if (text === undefined) continue;
    if (typeof text !== 'string')
      throw new DecodeError(`${place}.${field}`, 'this is not a text', 'write "…"');
    group[field] = text;
  }
  const steps = fields.get('proc_spec');
  if (steps !== undefined)
    group.proc_spec = Object.fromEntries(entries(steps, `${place}.proc_spec`, 'steps'));
  return group;
}

function parseKey(entry: unknown, place: string): KeyEntry {
  if (typeof entry === 'number' && Number.isSafeInteger(entry)) return entry;
  if (typeof entry === 'string' && entry !== '') return /^[+-]?\d+$/.test(entry) ? Number(entry) : entry;
  if (Array.isArray(entry) && entry.length === 2) {
    const [first, last] = entry.map(Number);
    if (Number.isSafeInteger(first) && Number.isSafeInteger(last)) {
      if (first! > last!)
        throw new DecodeError(place, `the range ${first}…${last} is empty`, 'put the lower first');
      return [first!, last!];
    }
  }
  throw new DecodeError(
    place,
    `${Array.isArray(entry) ? `[${entry.join(', ')}]` : String(entry)} is no key`,
    'give a whole number, a text, or a range [first, last]',
  );
}

function entries(value: unknown, place: string, content: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DecodeError(place, 'this is not an object', `write { … } with ${content}`);
  }
  return Object.entries(value);
}
