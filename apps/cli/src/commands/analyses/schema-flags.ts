import { parseJson } from '@countroom/contracts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isRecord } from '../../terminal/records.js';

/** What JSON Schema says of one option of a stage, as far as flags need it. */
export interface OptionSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly items?: OptionSchema;
  readonly properties?: Readonly<Record<string, OptionSchema>>;
}

/** A flag for one option: where its value belongs, and how it comes from text. */
interface Flag {
  readonly path: readonly string[];
  readonly option: Option;
}

/** Options whose flags have names that people know from elsewhere. */
const known: Readonly<Record<string, { readonly flags: string; readonly parse: (text: string) => unknown }>> =
  {
    tables: { flags: '-t, --table <path>', parse: (text) => text },
    lines: { flags: '--line <keV[:reach]>', parse: gammaLine },
  };

/** Adds a flag for every option of a schema to a command. */
export function addFlags(command: Command, schema: OptionSchema): void {
  for (const { option } of flagsOf(schema)) command.addOption(option);
}

/** The options that flags stand for, as the schema has them: those that were given. */
export function optionsOf(
  schema: OptionSchema,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const { path, option } of flagsOf(schema)) {
    const value = given[option.attributeName()];
    if (value !== undefined) put(options, path, value);
  }
  return options;
}

function put(options: Record<string, unknown>, [name, ...deeper]: readonly string[], value: unknown): void {
  if (deeper.length > 0) {
    const part = isRecord(options[name!]) ? options[name!] : {};
    put(part as Record<string, unknown>, deeper, value);
    options[name!] = part;
    return;
  }
  // A flag for a part as a whole means its defaults.
  if (!isRecord(options[name!])) options[name!] = value;
}

function flagsOf(schema: OptionSchema, above: readonly string[] = []): Flag[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]): Flag[] => {
    const path = [...above, name];
    if (part.type !== 'object' || part.properties === undefined)
      return [{ path, option: flagOf(path, part) }];
    const whole = new Option(`--${flagName(path)}`, textOf(part, false)).argParser(() => ({}));
    return [{ path, option: whole.preset({}) }, ...flagsOf(part, path)];
  });
}

function flagOf(path: readonly string[], part: OptionSchema): Option {
  const name = flagName(path);
  const text = textOf(part, true);
  const special = path.length === 1 ? known[path[0]!] : undefined;
  if (special !== undefined) return several(new Option(special.flags, text), special.parse);
  switch (part.type) {
    case 'boolean':
      return part.default === true
        ? new Option(`--no-${name}`, text).default(undefined)
        : new Option(`--${name}`, text);
    case 'number':
    case 'integer':
      return new Option(`--${name} <${part.unit ?? 'n'}>`, text).argParser(numberFrom);
    case 'array': {
      const { type } = part.items ?? {};
      if (type === 'number' || type === 'integer')
        return several(new Option(`--${name} <n>`, text), numberFrom);
      if (type === 'string') return several(new Option(`--${name} <text>`, text), (one) => one);
      return several(new Option(`--${name} <json>`, text), jsonFrom);
    }
    case 'object':
      return new Option(`--${name} <json>`, text).argParser(jsonFrom);
    default: {
      const option = new Option(`--${name} <text>`, text);
      return part.enum === undefined ? option : option.choices(part.enum);
    }
  }
}

function several(option: Option, parse: (text: string) => unknown): Option {
  option.description += ' (may be given several times)';
  return option.argParser((text: string, before: unknown[] | undefined) => [...(before ?? []), parse(text)]);
}

function flagName(path: readonly string[]): string {
  return path.map((part) => part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)).join('-');
}

function textOf({ title = '', description, default: usual }: OptionSchema, withDefault: boolean): string {
  const plain = typeof usual === 'string' || typeof usual === 'number';
  const list = Array.isArray(usual) && usual.length > 0 ? usual.join(', ') : undefined;
  const shown = withDefault ? (plain ? String(usual) : list) : undefined;
  return `${title}${description === undefined ? '' : `: ${description}`}${shown === undefined ? '' : ` (default: ${shown})`}`;
}

function numberFrom(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

function jsonFrom(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new InvalidArgumentError(
      `It must be JSON (${cause instanceof Error ? cause.message : String(cause)}); long ones go into a file for --options.`,
    );
  }
}

function gammaLine(text: string): object {
  const found = /^([\d.]+)(?::([\d.]+))?$/.exec(text);
  const [energy, reach] = [Number(found?.[1]), Number(found?.[2] ?? 20)];
  if (!(energy > 0) || !(reach > 0)) throw new InvalidArgumentError('It must be keV, or keV:reach.');
  return { energy, below: reach, above: reach };
}
