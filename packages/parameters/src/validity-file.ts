import { canonicalJson } from '@countroom/contracts/canonical-json';
import { parseJson } from '@countroom/contracts/json-text';
import { parse, stringify } from 'yaml';
import { formatTimestamp, parseTimestamp } from './timestamp.js';
import { isTree, oddNumber, type ParameterTree } from './tree.js';
import { everyCategory, inOrder, type ParameterEntry, type ValidityMode } from './validity.js';

/** How a file is written: `yaml` and `json` hold one list, `jsonl` one object per line. */
export type ValidityFormat = 'yaml' | 'json' | 'jsonl';

/** A validity file and the documents beside it, by name. */
export interface ValidityFolder {
  readonly validity: string;
  readonly documents: Readonly<Record<string, ParameterTree>>;
}

/** An entry of a file: it has no version yet, its place in the list is its order. */
export type ImportedEntry = Omit<ParameterEntry, 'version'>;

/** A fault of a validity file: which entry (from 1; 0: the whole file) and what is wrong with it. */
export class ValidityFileError extends Error {
  override readonly name = 'ValidityFileError';
  /** @param entry place in the list, from 1; 0 for the whole file */
  constructor(
    readonly entry: number,
    fault: string,
  ) {
    super(entry === 0 ? fault : `entry ${entry}: ${fault}`);
  }
}

const modes: readonly ValidityMode[] = ['append', 'reset', 'replace', 'remove'];
const known = ['valid_from', 'valid_to', 'apply', 'mode', 'category', 'runs', 'select'];

/**
 * Reads a LEGEND-style validity file: a list (YAML or JSON) or lines (JSON) of `valid_from`, `apply` (names of
 * documents), and perhaps `mode`, `category` (one or several), `valid_to` and `runs` (first and last). The first entry
 * of a category begins anew. `replace` names the old document and then the new one. An entry that applies several
 * documents gives one entry each. `documents` has the contents by name, as they are in `apply`.
 * Throws a ValidityFileError that names the entry.
 */
export function readValidityFile(
  text: string,
  documents: Readonly<Record<string, ParameterTree>>,
): ImportedEntry[] {
  const seen = new Set<string>();
  return parseList(text).flatMap((line, index) => readLine(line, index + 1, documents, seen));
}

/** Names of all documents whose values a validity file takes, in order; so that they can be read before it. */
export function documentsOf(text: string): string[] {
  const names = parseList(text).flatMap((line) => {
    if (!isTree(line) || line['mode'] === 'remove') return [];
    return toList(line['apply']).slice(line['mode'] === 'replace' ? 1 : 0);
  });
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

/**
 * The values of a document, from the text of its file: JSON where its name ends so, else YAML.
 * Throws a ValidityFileError that names the document.
 */
export function readDocument(name: string, text: string): ParameterTree {
  let content: unknown;
  try {
    content = name.endsWith('.json') ? parseJson(text) : (parse(text) as unknown);
  } catch (cause) {
    const fault = cause instanceof Error ? cause.message : String(cause);
    throw new ValidityFileError(0, `${name} cannot be read: ${fault}`);
  }
  if (!isTree(content)) throw new ValidityFileError(0, `${name} holds no values by name`);
  const odd = oddNumber(content);
  if (odd !== undefined)
    throw new ValidityFileError(0, `${name}: ${odd.path} is ${odd.value}, which JSON cannot say; write null`);
  return content;
}

function parseList(text: string): unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return [];
  if (lines.every((line) => line.trim().startsWith('{'))) {
    const parsed = lines.map(tryJson);
    if (parsed.every((line) => line !== undefined)) return parsed;
  }
  let list: unknown;
  try {
    list = parse(text) as unknown;
  } catch (cause) {
    const fault = cause instanceof Error ? cause.message : String(cause);
    throw new ValidityFileError(0, `the file is not valid YAML or JSON: ${fault}`);
  }
  if (!Array.isArray(list)) throw new ValidityFileError(0, 'the file must hold a list of entries');
  return list;
}

function tryJson(line: string): unknown {
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
}

function readLine(
  line: unknown,
  place: number,
  documents: Readonly<Record<string, ParameterTree>>,
  seen: Set<string>,
): ImportedEntry[] {
  const fail = (fault: string): never => {
    throw new ValidityFileError(place, fault);
  };
  if (!isTree(line)) return fail('must be an object with valid_from and apply');
  const strange = Object.keys(line).find((key) => !known.includes(key));
  if (strange !== undefined) return fail(`has ${strange}; known are ${known.join(', ')}`);
  const momentOf = (name: string): number => {
    const value = line[name];
    if (value === undefined) return fail(`has no ${name}; write it like 20230318T012144Z`);
    const moment = typeof value === 'string' ? parseTimestamp(value) : undefined;
    return moment ?? fail(`${name} is ${JSON.stringify(value)}; write it like 20230318T012144Z`);
  };
  const texts = (name: string): string[] => {
    const list = toList(line[name]);
    return list.every((item) => typeof item === 'string') ? list : fail(`${name} must hold names`);
  };
  const validFrom = momentOf('valid_from');
  const validTo = line['valid_to'] === undefined ? null : momentOf('valid_to');
  if (validTo !== null && validTo <= validFrom) return fail('valid_to must be after valid_from');
  const given = line['mode'] ?? 'append';
  const mode =
    modes.find((one) => one === given) ??
    fail(`mode is ${JSON.stringify(given)}; known are ${modes.join(', ')}`);
  const apply = texts('apply');
  if (apply.length === 0) return fail('apply names no document');
  if (mode === 'replace' && apply.length !== 2)
    return fail('replace takes two documents: the old one and the new one');
  const written = texts('category').concat(texts('select'));
  const categories = written.length === 0 ? [everyCategory] : written;
  const odd = categories.find((name) => !/^[A-Za-z0-9_-]{1,32}$/.test(name));
  if (odd !== undefined)
    return fail(`category is ${JSON.stringify(odd)}; it takes up to 32 letters, digits, - and _`);
  const [firstRun, lastRun] = runsOf(line['runs'], fail);
  return categories.flatMap((category) => {
    const first = !seen.has(category);
    seen.add(category);
    const common = { category, validFrom, validTo, firstRun, lastRun };
    const contentOf = (name: string): ParameterTree => {
      const content = Object.hasOwn(documents, name)
        ? documents[name]!
        : fail(`there is no document ${name}`);
      const strange = oddNumber(content);
      if (strange === undefined) return content;
      return fail(
        `${name}: ${strange.path} is ${strange.value}, which JSON cannot say; write null, or leave it out`,
      );
    };
    if (mode === 'remove') return [{ ...common, mode, document: apply[0]!, targets: apply, content: {} }];
    if (mode === 'replace') {
      const [old, fresh] = apply as [string, string];
      return [{ ...common, mode, document: fresh, targets: [old], content: contentOf(fresh) }];
    }
    return apply.map((document, index): ImportedEntry => {
      const begins = index === 0 && (mode === 'reset' || first);
      return {
        ...common,
        mode: begins ? 'reset' : 'append',
        document,
        targets: [],
        content: contentOf(document),
      };
    });
  });
}

function toList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function runsOf(value: unknown, fail: (fault: string) => never): [number | null, number | null] {
  if (value === undefined) return [null, null];
  const list = toList(value);
  const isRun = (run: unknown): run is number | null =>
    run === null || (Number.isSafeInteger(run) && Number(run) >= 0);
  const [first, last = first] = list;
  if (list.length === 0 || list.length > 2 || !isRun(first) || !isRun(last))
    return fail('runs must be one number or [first, last]');
  if (first !== null && last !== null && last < first)
    return fail(`runs are [${first}, ${last}]; the first must not be above the last`);
  return [first, last];
}

/**
 * Writes entries as a validity file and its documents. Entries of one document name with different contents get names of
 * their own (`name.v7`), so that nothing is lost. Reading the result back gives the same values for every question.
 */
export function writeValidityFile(
  entries: readonly ParameterEntry[],
  format: ValidityFormat,
): ValidityFolder {
  const documents: Record<string, ParameterTree> = {};
  const names = new Map<string, string[]>();
  const lines = inOrder(entries).flatMap((entry) => {
    const when = {
      valid_from: formatTimestamp(entry.validFrom),
      ...(entry.validTo === null ? {} : { valid_to: formatTimestamp(entry.validTo) }),
      ...(entry.category === everyCategory ? {} : { category: entry.category }),
      ...(entry.firstRun === null && entry.lastRun === null ? {} : { runs: [entry.firstRun, entry.lastRun] }),
    };
    const old = entry.targets.flatMap((target) => names.get(target) ?? [target]);
    if (entry.mode === 'remove') return [{ ...when, mode: 'remove', apply: old }];
    const name = keep(entry, documents);
    const known = names.get(entry.document) ?? [];
    if (!known.includes(name)) names.set(entry.document, [...known, name]);
    if (entry.mode !== 'replace') return [{ ...when, mode: entry.mode, apply: [name] }];
    if (old.length === 1) return [{ ...when, mode: 'replace', apply: [old[0]!, name] }];
    const removal = old.length === 0 ? [] : [{ ...when, mode: 'remove', apply: old }];
    return [...removal, { ...when, mode: 'append', apply: [name] }];
  });
  return { validity: formatLines(lines, format), documents };
}

/** Puts the content under the document's name, or one with the version behind it when that is taken. */
function keep(
  { document, version, content }: ParameterEntry,
  documents: Record<string, ParameterTree>,
): string {
  const before = Object.hasOwn(documents, document) ? documents[document] : undefined;
  const isFree = before === undefined || canonicalJson(before) === canonicalJson(content);
  const name = isFree ? document : `${document}.v${version}`;
  documents[name] = content;
  return name;
}

function formatLines(lines: readonly object[], format: ValidityFormat): string {
  if (format === 'jsonl') return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return format === 'json' ? `${JSON.stringify(lines, null, 2)}\n` : stringify(lines);
}
