import { type ProblemIssue, type ScopePreview } from '@countroom/contracts';
import type { Json } from '../../lib/form/schema-node';
import { plain, si } from '../../lib/format/numbers';

/** A source of a detector's configuration that a PicoScope stands behind. */
export interface ScopeSource {
  readonly index: number;
  readonly name: string;
  readonly config: Readonly<Record<string, Json>>;
}

type Fields = Readonly<Record<string, Json>>;

function isObject(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sourcesOf(content: Json): readonly Json[] {
  const sources = isObject(content) ? content['sources'] : undefined;
  return Array.isArray(sources) ? (sources as readonly Json[]) : [];
}

/** The PicoScopes of a configuration that may be half written. */
export function scopeSources(content: Json): ScopeSource[] {
  return sourcesOf(content).flatMap((source, index) => {
    if (!isObject(source) || source['driver'] !== 'picoscope') return [];
    const { name, config } = source;
    return [
      {
        index,
        name: typeof name === 'string' ? name : `source ${index + 1}`,
        config: isObject(config) ? config : {},
      },
    ];
  });
}

/** The same content with the settings of one source replaced. */
export function withConfig(content: Json, index: number, config: Json): Json {
  if (!isObject(content)) return content;
  const sources = sourcesOf(content).map((source, at) =>
    at === index && isObject(source) ? { ...source, config } : source,
  );
  return { ...content, sources };
}

/** Errors of a preview as faults of the form's fields; warnings keep nobody from saving and stay out. */
export function findingIssues(index: number, findings: ScopePreview['findings']): ProblemIssue[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({
      path: `sources.${index}.config${finding.place === '' ? '' : '.'}${finding.place}`,
      message: remedyText(finding),
    }));
}

/** What the device makes of settings, and what is worth knowing of them, for the fields of the form. */
export function previewNotes(index: number, { values, findings }: ScopePreview): [string, string][] {
  const notes = new Map<string, string[]>();
  const add = (place: string, text: string): void => {
    if (place !== '') notes.set(place, [...(notes.get(place) ?? []), text]);
  };
  for (const { place, title, unit, resolved } of values) {
    if (resolved === null) continue;
    // What follows from a setting has its name: the first one is the setting itself.
    const what = notes.has(place) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}:` : 'the device takes';
    add(place, `${what} ${valueText(resolved, unit)}`);
  }
  for (const finding of findings) if (finding.severity === 'warning') add(finding.place, remedyText(finding));
  return [...notes].map(([place, texts]) => [`sources.${index}.config.${place}`, texts.join('; ')]);
}

/** Each fault once: forms and devices may find the same, the device with a remedy behind it. */
export function unique(issues: readonly ProblemIssue[]): ProblemIssue[] {
  const seen = new Map<string, string[]>();
  return issues.filter(({ path, message }) => {
    const known = seen.get(path) ?? [];
    if (known.some((text) => message === text || message.startsWith(`${text}; `))) return false;
    seen.set(path, [...known, message]);
    return true;
  });
}

export function remedyText({ problem, remedy, nearest }: ScopePreview['findings'][number]): string {
  return `${problem}; ${remedy}${nearest === undefined ? '' : ` (nearest: ${nearest})`}`;
}

export function valueText(value: number | null, unit: string): string {
  if (value === null) return '–';
  if (unit === '') return plain(value);
  // Six digits tell a rounded threshold apart; zeros behind the point tell nothing.
  return si(value, unit, 6).replace(/\.0+(?=\D)|(\.\d*?[1-9])0+(?=\D)/, '$1');
}
