import { existsSync } from 'node:fs';
import { createApiClient } from '@countroom/client';
import { endpoints, jsonObject, type ParameterSetInfo } from '@countroom/contracts';
import {
  diffTrees,
  formatTimestamp,
  leavesOf,
  type ParameterTree,
  parseTimestamp,
  readValidityFile,
  resolveParameters,
  valuesOfChannel,
} from '@countroom/parameters';
import { report } from '../terminal/report.js';
import { textTable } from '../terminal/text-table.js';
import { UsageError } from '../terminal/usage-error.js';
import type { MomentOptions, ParameterOptions } from './parameters.command.js';
import { serverAddress } from './server-address.js';
import { readValidityDocuments, type ValidityDocuments, writeValidityDocuments } from './validity-folder.js';

type Api = ReturnType<typeof createApiClient>;

/** Sets of the server. */
export async function listSets(options: ParameterOptions): Promise<void> {
  const { detector } = options;
  const query = detector === undefined ? {} : { detector };
  const sets = await apiOf(options).call(endpoints.parameters.sets, { query });
  const rows = sets.map((set) => [
    set.name,
    set.detector ?? 'every detector',
    String(set.versions),
    String(set.proposed),
    set.channels.slice(0, 4).join(' ') + (set.channels.length > 4 ? ' …' : ''),
  ]);
  const text =
    rows.length === 0
      ? 'no parameters yet'
      : textTable(['set', 'of', 'versions', 'proposed', 'channels'], rows);
  report({ ok: true, sets }, text, options);
}

/** Values that hold. */
export async function showValues(source: string, options: MomentOptions): Promise<void> {
  const { values, from } = await valuesOf(source, options);
  const lines = leavesOf(values).map(({ path, value }) => [path.join('.'), JSON.stringify(value)]);
  const text = lines.length === 0 ? 'no values hold' : textTable(['', ''], lines);
  report(
    { ok: true, values, versions: from },
    [text, ...from.map((one) => `from ${one}`)].join('\n'),
    options,
  );
}

/** Reads a validity file and its documents, and sends them to the server. */
export async function importFile(
  file: string,
  options: ParameterOptions & { readonly set: string; readonly note?: string; readonly check?: boolean },
): Promise<void> {
  const folder = await readValidityDocuments(file);
  const entries = readValidityFile(folder.validity, folder.documents);
  const documents = Object.keys(folder.documents);
  if (options.check === true) {
    const text = entries.map(
      ({ validFrom, mode, document, category, content }) =>
        `${formatTimestamp(validFrom)}  ${mode}  ${document}  ${category}  ${Object.keys(content).join(' ')}`,
    );
    report(
      { ok: true, entries, documents },
      [...text, `${entries.length} entries, ${documents.length} documents`].join('\n'),
      options,
    );
    return;
  }
  const { set, note = '', detector = null } = options;
  const body = { set, detector, note, validity: folder.validity, documents: jsonDocuments(folder.documents) };
  const done = await apiOf(options).call(endpoints.parameters.import, { body });
  report(
    { ok: true, set, ...done },
    `${set}: ${done.added} versions added, ${done.known} known already`,
    options,
  );
}

/** Writes the approved versions of a set to a folder. */
export async function exportSet(
  name: string,
  options: ParameterOptions & {
    readonly out: string;
    readonly format: 'yaml' | 'json' | 'jsonl';
    readonly overwrite?: boolean;
  },
): Promise<void> {
  const api = apiOf(options);
  const { id } = await setNamed(api, name, options.detector);
  const { format } = options;
  const folder = await api.call(endpoints.parameters.export, { params: { id }, query: { format } });
  const files = await writeValidityDocuments({ ...folder, format }, options);
  report({ ok: true, set: name, files }, `${options.out}: ${files.length} files`, options);
}

/** What differs. */
export async function diffValues(before: string, after: string, options: MomentOptions): Promise<void> {
  const [left, right] = await Promise.all([valuesOf(before, options), valuesOf(after, options)]);
  const changes = diffTrees(left.values, right.values);
  const lines = changes.map(({ path, before: old, after: fresh }) => [
    path.join('.'),
    old === undefined ? '' : JSON.stringify(old),
    fresh === undefined ? '' : JSON.stringify(fresh),
  ]);
  const text = lines.length === 0 ? 'the same values' : textTable(['', before, after], lines);
  report({ ok: true, same: changes.length === 0, changes }, text, options);
}

function apiOf(options: ParameterOptions): Api {
  const token = process.env['COUNTROOM_TOKEN'];
  return createApiClient({ baseUrl: serverAddress(options), ...(token === undefined ? {} : { token }) });
}

async function setNamed(api: Api, name: string, detector: string | undefined): Promise<ParameterSetInfo> {
  const sets = await api.call(endpoints.parameters.sets, {
    query: detector === undefined ? {} : { detector },
  });
  const found = sets.find((set) => set.name === name && set.detector === (detector ?? null));
  if (found !== undefined) return found;
  throw unknownSet(name, detector, sets);
}

function unknownSet(
  name: string,
  detector: string | undefined,
  sets: readonly ParameterSetInfo[],
): UsageError {
  const known = sets.map((set) => `${set.name} (${set.detector ?? 'every detector'})`).join(', ') || 'none';
  return new UsageError(`there is no set ${name} of ${detector ?? 'every detector'}; there are ${known}`);
}

/** Values of `set`, `file`, `set@7` or `set@moment`, and where they come from. */
async function valuesOf(
  source: string,
  options: MomentOptions,
): Promise<{ values: ParameterTree; from: readonly string[] }> {
  const cut = existsSync(source) ? -1 : source.lastIndexOf('@');
  const name = cut < 0 ? source : source.slice(0, cut);
  const when = cut < 0 ? undefined : source.slice(cut + 1);
  const ofRun = when === undefined ? options.run : /^\d{1,7}$/.test(when) ? Number(when) : undefined;
  const moment = momentOf(when !== undefined && ofRun === undefined ? when : options.at);
  const { category, channel, detector } = options;
  if (existsSync(name) || /\.(ya?ml|jsonl?)$/i.test(name)) {
    const { validity, documents } = await readValidityDocuments(name);
    const entries = readValidityFile(validity, documents).map((entry, version) => ({ ...entry, version }));
    const all = resolveParameters(entries, {
      at: moment ?? Date.now(),
      ...(ofRun === undefined ? {} : { run: ofRun }),
      ...(category === undefined ? {} : { category }),
    });
    return { values: channel === undefined ? all : valuesOfChannel(all, channel), from: [name] };
  }
  const api = apiOf(options);
  const found = await api.call(endpoints.parameters.resolve, {
    query: {
      set: name,
      ...(detector === undefined ? {} : { detector }),
      ...(ofRun === undefined ? {} : { run: String(ofRun) }),
      ...(moment === undefined ? {} : { at: new Date(moment).toISOString() }),
      ...(category === undefined ? {} : { category }),
      ...(channel === undefined ? {} : { channel }),
    },
  });
  if (found.versions.length === 0) {
    const query = detector === undefined ? {} : { detector };
    const sets = await api.call(endpoints.parameters.sets, { query });
    if (!sets.some((set) => set.name === name)) throw unknownSet(name, detector, sets);
  }
  const from = found.versions.map(
    ({ version, document, detector: of }) =>
      `version ${version}, ${document}${of === null ? '' : `, of ${of}`}`,
  );
  return { values: found.values, from };
}

function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const moment = parseTimestamp(text) ?? Date.parse(text);
  if (Number.isNaN(moment)) throw new UsageError(`${text} is no moment such as 2026-01-31T12:00:00Z`);
  return moment;
}

function jsonDocuments(
  documents: ValidityDocuments['documents'],
): Record<string, ReturnType<typeof jsonObject.parse>> {
  return Object.fromEntries(
    Object.entries(documents).map(([name, content]) => [name, jsonObject.parse(content)]),
  );
}
