import { parseDocument } from 'yaml';

/** Settings as they stood in a file. */
export type Settings = Readonly<Record<string, unknown>>;

/** A settings file that is none; for a person. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads a settings file of the older programs: YAML, JSON, or JSON with `#` comments to the end of a line.
 * Throws a SettingsError that names the file and the line.
 */
export function readSettings(text: string, file: string): Settings {
  const stripped = text.replace(/^\uFEFF/, '');
  const value = /^\s*[{[]/.test(withoutComments(stripped))
    ? fromJson(stripped, file)
    : fromYaml(stripped, file);
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new SettingsError(`${file} holds no settings: a list of "key: value" is needed`);
  }
  if (!isTree(value)) {
    throw new SettingsError(`${file} holds settings that refer to themselves, or are nested too deeply`);
  }
  return value as Settings;
}

function fromJson(text: string, file: string): unknown {
  try {
    return JSON.parse(withoutComments(text));
  } catch {
    return fromYaml(text, file);
  }
}

function fromYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: true });
  const fault = document.errors[0];
  if (fault !== undefined) {
    throw new SettingsError(`${file} cannot be read as YAML: ${fault.message.split('\n')[0] ?? ''}`);
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(`${file} cannot be read as YAML: ${why}`, { cause });
  }
}

/** False for what refers to itself, or is nested too deeply to be walked. */
function isTree(value: object): boolean {
  try {
    return typeof JSON.stringify(value) === 'string';
  } catch {
    return false;
  }
}

/** Drops `#` and what follows on a line, unless it stands within quotes. */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      let quoted = false;
      for (let i = 0; i < line.length; i++) {
        if (line[i] === '"' && line[i - 1] !== '\\') quoted = !quoted;
        else if (line[i] === '#' && !quoted) return line.slice(0, i);
      }
      return line;
    })
    .join('\n');
}
