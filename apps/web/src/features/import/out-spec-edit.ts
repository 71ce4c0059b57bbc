import type { ProblemIssue, RecordingSummary } from '@countroom/contracts';
import type { Json } from '../../lib/form/schema-node';

type JsonObject = Readonly<Record<string, Json>>;

/** A group of an output specification, with its place. Everything that the form does not know stays in `content`. */
export interface Group {
  readonly decoder: string;
  readonly name: string;
  readonly content: JsonObject;
}

/** Groups of a specification, in their order; what is no group is left to the JSON view. */
export function groupsOf(spec: Json): readonly Group[] {
  return Object.entries(objectOf(spec)).flatMap(([decoder, groups]) =>
    Object.entries(objectOf(groups)).map(([name, content]) => ({
      decoder,
      name,
      content: objectOf(content),
    })),
  );
}

/** The specification of groups; of two groups of one decoder with the same name the later one is given another name. */
export function specOf(groups: readonly Group[]): Json {
  const spec: Record<string, Record<string, Json>> = {};
  for (const { decoder, name, content } of groups) {
    const found = (spec[decoder] ??= {});
    let free = name;
    for (let count = 2; Object.hasOwn(found, free); count += 1) free = `${name}_${count}`;
    found[free] = { ...content };
  }
  return spec;
}

/** `1-5, 9, fcid_*` of a key list. */
export function keysText(list: Json | undefined): string {
  if (!Array.isArray(list)) return '';
  return list
    .map((entry) =>
      Array.isArray(entry)
        ? entry.map(String).join('-')
        : typeof entry === 'string' || typeof entry === 'number'
          ? String(entry)
          : JSON.stringify(entry),
    )
    .join(', ');
}

/** A key list as it is written in a line: numbers, ranges `1-5`, names and patterns, with commas or spaces between them. */
export function keysOf(text: string): Json[] {
  return text
    .split(/[,\s]+/)
    .filter((part) => part !== '')
    .map((part): Json => {
      const range = /^(\d+)[-…](\d+)$/.exec(part);
      if (range !== null) return [Number(range[1]), Number(range[2])];
      return /^\d+$/.test(part) && Number.isSafeInteger(Number(part)) ? Number(part) : part;
    });
}

/** A step of the processing of a group; undefined when there is none. */
export function stepOf({ content }: Group, step: string): Json | undefined {
  const steps = objectOf(content['proc_spec']);
  return Object.hasOwn(steps, step) ? steps[step] : undefined;
}

/** A group with one of its fields; undefined takes it away. */
export function withField(group: Group, field: string, value: Json | undefined): Group {
  const content = Object.fromEntries(Object.entries(group.content).filter(([name]) => name !== field));
  return { ...group, content: value === undefined ? content : { ...content, [field]: value } };
}

/** A group with a step of its processing; undefined takes it away. */
export function withStep(group: Group, step: string, value: Json | undefined): Group {
  const before = objectOf(group.content['proc_spec']);
  const steps = Object.fromEntries(Object.entries(before).filter(([name]) => name !== step));
  const next = value === undefined ? steps : { ...steps, [step]: value };
  return withField(group, 'proc_spec', Object.keys(next).length === 0 ? undefined : next);
}

/** Faults that belong to a group: their place within it, empty for the group itself, and what is wrong. */
export function issuesOfGroup(
  issues: readonly ProblemIssue[],
  { decoder, name }: Pick<Group, 'decoder' | 'name'>,
): readonly ProblemIssue[] {
  const place = `body.config.outSpec.${decoder}.${name}`;
  return issues.flatMap(({ path, message }) =>
    path === place || path.startsWith(`${place}.`) ? [{ path: path.slice(place.length + 1), message }] : [],
  );
}

/** Layouts to begin with. */
export type Layout = 'default' | 'channels' | 'own';

/**
 * A table for every key of the streams that have several and come with waveforms, `ch0000001/raw`; what else there is, in tables by its
 * own name.
 */
export function channelLayout(summary: Pick<RecordingSummary, 'streams'>): Json {
  const withWaveforms = summary.streams.filter(({ columns }) =>
    columns.some(({ name }) => name === 'waveform/values'),
  );
  const decoders = [...new Set(withWaveforms.map(({ decoder }) => decoder))];
  const rest = summary.streams.some(({ decoder }) => !decoders.includes(decoder));
  const numeric = (decoder: string): boolean =>
    withWaveforms.every(
      (stream) => stream.decoder !== decoder || stream.keys.every(({ key }) => typeof key === 'number'),
    );
  return specOf([
    ...decoders.map((decoder) => ({
      decoder,
      name: numeric(decoder) ? 'ch{key:07d}' : '{key}',
      content: { key_list: ['*'], out_name: '{name}/raw' },
    })),
    ...(rest ? [{ decoder: '*', name: '{name}', content: { key_list: ['*'] } }] : []),
  ]);
}

/** A new group for what a decoder still has. */
export function newGroup(summary: Pick<RecordingSummary, 'streams'>, groups: readonly Group[]): Group {
  const taken = new Set(groups.map(({ decoder }) => decoder));
  // Most come for the events.
  const byRows = [...summary.streams].sort((one, other) => other.rows - one.rows);
  const free = byRows.find(({ decoder }) => !taken.has(decoder));
  const decoder = free?.decoder ?? byRows[0]?.decoder ?? '*';
  const others = groups.filter((group) => group.decoder === decoder);
  const hasRest = others.some(({ content }) => keysText(content['key_list']).split(', ').includes('*'));
  const names = new Set(others.map(({ name }) => name));
  let name = free?.table ?? 'group';
  for (let count = 2; names.has(name); count += 1) name = `group_${count}`;
  return { decoder, name, content: { key_list: hasRest ? [] : ['*'] } };
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
