import type { DatasetInfo, LogEntry, RunDetail } from '@countroom/contracts';
import { stringify } from 'yaml';

/** A configuration that a run was taken with, or one of its jobs worked with. */
export interface UsedConfiguration {
  readonly name: string | null;
  readonly version: number | null;
  readonly hash: string | null;
  readonly content: unknown;
}
export interface UsedByJob extends UsedConfiguration {
  readonly id: string;
  readonly stage: string;
  readonly status: string;
}

/** What may stand in a name of a file on every system. */
function plain(text: string): string {
  const cleaned = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return cleaned.slice(0, 60);
}

/** `<tag>_<yymmdd-HHMM>`, UTC, as picoCosmo names its run directories; a run without a tag goes by its number. */
export function folderName(run: Pick<RunDetail, 'tags' | 'detector' | 'number' | 'startedAt'>): string {
  const tag = plain(run.tags[0] ?? '') || `${plain(run.detector)}-${run.number}`;
  if (run.startedAt === null) return tag;
  const [, year = '', month = '', day = '', hour = '', minute = ''] =
    /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(run.startedAt) ?? [];
  return `${tag}_${year}${month}${day}-${hour}${minute}`;
}

/** A value as YAML that a person can read; what a reader needs to know of it in comments above. */
export function yamlText(about: string, value: unknown): string {
  const comment = about
    .split('\n')
    .map((line) => `# ${line}\n`)
    .join('');
  return comment + stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** The run without what has files of its own. */
export function runText(run: RunDetail): string {
  const jobs = run.jobs.map(({ id, stage, status, createdAt, endedAt, error, outputDatasetId }) => ({
    id,
    stage,
    status,
    createdAt,
    endedAt,
    error,
    outputDatasetId,
  }));
  const facts = { ...without(run, 'configuration', 'datasets'), jobs };
  return yamlText(`Run ${run.number} of ${run.detector}. Times are UTC, counters are exact.`, facts);
}

function without(value: object, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

export function configurationText({ name, version, hash, content }: UsedConfiguration): string {
  const about = [
    name === null ? 'Without a name' : `${name}${version === null ? '' : `, version ${version}`}`,
    ...(hash === null ? [] : [`SHA-256 of its canonical JSON: ${hash}`]),
  ];
  return yamlText(about.join('\n'), content);
}

/** One file of a job's configuration; its id keeps two jobs of one stage apart. */
export function jobFile({ id, stage }: Pick<UsedByJob, 'id' | 'stage'>): string {
  return `configuration/jobs/${plain(stage)}-${plain(id)}.yaml`;
}

export function datasetsText(datasets: readonly DatasetInfo[]): string {
  return yamlText(
    'Data sets of the run. Of those of format text and picture copies are below results/; the others are not in this folder: each is at its path below its store.\nA checksum names its method; the lineage says what a data set was made of, and with which settings.',
    datasets.map((dataset) => without(dataset, 'report')),
  );
}

export function logLine({ at, level, author, text }: LogEntry): string {
  return `${at}  ${level.padEnd(7)}  ${author}: ${text.replaceAll('\n', '\n    ')}\n`;
}

export function readmeText(run: RunDetail, madeAt: string): string {
  return `Run ${run.number} of ${run.detector}, written by Countroom on ${madeAt}.

run.yaml                      what, when, by whom, how it ended; counters of every source
run.log                       everything that people and the system said of it, oldest first
configuration/detector.yaml   what was asked for when the run began
configuration/resolved.yaml   what the devices made of it, as it stands in the raw file
configuration/jobs/           settings of every step of processing
results/                      files that consumers wrote during the run, a folder for each
datasets.yaml                 data sets of the run: where they are, checksums, lineage
SHA256SUMS                    checksums of all files in this folder (sha256sum --check SHA256SUMS)
${run.endedAt === null ? '\nThe run had not ended when this was written: counters and results are those of that moment.\n' : ''}`;
}
