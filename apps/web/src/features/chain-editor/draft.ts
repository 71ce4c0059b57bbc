import type { Json } from '../../lib/form/schema-node';
import { isFields } from './chain-text';
import type { JsonPath } from './json-places';

type Fields = Readonly<Record<string, Json>>;

/** One of the chains of a configuration: that for all tables, or one of those for tables of a pattern. */
export interface ChainPlace {
  readonly id: string;
  readonly label: string;
  readonly path: JsonPath;
}

/** The chains of options of raw_to_dsp; that for all tables is there even when nothing is written yet. */
export function chainsOf(content: Json): ChainPlace[] {
  const own = isFields(content) ? content['channelConfigs'] : undefined;
  const patterns: ChainPlace[] = Array.isArray(own)
    ? (own as readonly Json[]).map((one, index) => {
        const tables = isFields(one) && typeof one['tables'] === 'string' ? one['tables'] : '';
        return {
          id: `channel-${index}`,
          label: `Tables ${tables}`,
          path: ['channelConfigs', index, 'config'],
        };
      })
    : isFields(own)
      ? Object.keys(own).map((tables) => ({
          id: `channel-${tables}`,
          label: `Tables ${tables}`,
          path: ['channelConfigs', tables],
        }))
      : [];
  const hasOne = isFields(content) && content['config'] !== undefined;
  return hasOne || patterns.length === 0
    ? [
        { id: 'all', label: patterns.length === 0 ? 'All tables' : 'All other tables', path: ['config'] },
        ...patterns,
      ]
    : patterns;
}

export function valueAt(content: Json | undefined, path: JsonPath): Json | undefined {
  let value = content;
  for (const step of path) {
    if (typeof step === 'number') value = Array.isArray(value) ? (value as readonly Json[])[step] : undefined;
    else value = isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** The content with another value at a path; objects on the way are made. Undefined takes the value away. */
export function withValue(content: Json | undefined, path: JsonPath, value: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value ?? null;
  if (typeof step === 'number') {
    const list = Array.isArray(content) ? [...(content as readonly Json[])] : [];
    list[step] = withValue(list[step], rest, value);
    return list;
  }
  const fields: Fields = isFields(content) ? content : {};
  if (rest.length === 0 && value === undefined)
    return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== step));
  return { ...fields, [step]: withValue(fields[step], rest, value) };
}

/** Where the parameters of a table stand: under the first part of its path that is not `raw`, else at the top. */
export function parameterPath(table: string): JsonPath {
  const channel = table.split('/').find((part) => part !== '' && part !== 'raw');
  return channel === undefined ? ['database'] : ['database', channel];
}

/** A parameter that a chain looks up. */
export interface LookedUp {
  /** `db.pz.tau`. */
  readonly name: string;
  /** The processor's own value for it. */
  readonly fallback: Json | undefined;
  /** Where that value stands in the chain. */
  readonly fallbackPath: JsonPath | undefined;
}

const lookUp = /(?<![\w.])db(?:\.[A-Za-z_]\w*)+/g;

/** Every parameter that a chain looks up, once, by name. */
export function lookedUpBy(chain: Json | undefined): LookedUp[] {
  const processors = isFields(chain) ? (chain['processors'] ?? chain) : undefined;
  const found = new Map<string, LookedUp>();
  for (const [key, recipe] of Object.entries(isFields(processors) ? processors : {})) {
    const defaults = isFields(recipe) && isFields(recipe['defaults']) ? recipe['defaults'] : {};
    const texts = isFields(recipe) ? [recipe['function'], recipe['args'], recipe['init_args']] : [recipe];
    for (const [name] of JSON.stringify(texts).matchAll(lookUp)) {
      const fallback = defaults[name];
      if (found.get(name)?.fallback !== undefined) continue;
      const fallbackPath = fallback === undefined ? undefined : ['processors', key, 'defaults', name];
      found.set(name, { name, fallback, fallbackPath });
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** What a person wrote for a parameter: a number, a list or a truth value where it reads as one, else a text. */
export function parameterValue(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return isFields(value) ? text : value;
  } catch {
    return text;
  }
}

export function parameterText(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a new chain begins with: the extremes of the waveform. */
export const firstContent: Json = {
  config: {
    outputs: ['wf_max', 'tp_max'],
    processors: {
      'tp_min, tp_max, wf_min, wf_max': {
        description: 'Extremes of the waveform',
        function: 'dspeed.processors.min_max',
        args: ['waveform', 'tp_min', 'tp_max', 'wf_min', 'wf_max'],
        unit: ['ns', 'ns', 'ADC', 'ADC'],
      },
    },
  },
};
