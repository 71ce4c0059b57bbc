import { parseDocument, type ScalarTag, type YAMLParseError } from 'yaml';

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
  const bare = withoutComments(stripped);
  const value = /^\s*[{[]/.test(bare) ? fromJson(stripped, bare, file) : fromYaml(stripped, file);
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new SettingsError(`${file} holds no settings: a list of "key: value" is needed`);
  }
  if (!isTree(value)) {
    throw new SettingsError(`${file} holds settings that refer to themselves, or are nested too deeply`);
  }
  return value as Settings;
}

/** JSON in the strict sense, else YAML, whose numbers have more spellings; its comments need a blank before them. */
function fromJson(text: string, bare: string, file: string): unknown {
  try {
    return JSON.parse(bare);
  } catch {
    try {
      return fromYaml(text, file);
    } catch (thrown) {
      try {
        return fromYaml(bare, file);
      } catch {
        throw thrown;
      }
    }
  }
}

/** What numbers look like that begin with 0 and are octal in YAML 1.1: left as text, so that their reader can tell. */
const octal: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  test: /^[-+]?0[0-7_]+$/,
  resolve: (text) => text,
};

function fromYaml(text: string, file: string): unknown {
  const document = parseDocument(text, {
    uniqueKeys: false,
    prettyErrors: true,
    merge: true,
    logLevel: 'error',
    customTags: (tags) => [octal, ...tags],
  });
  const fault = document.errors[0];
  if (fault !== undefined) throw new SettingsError(`${file} ${faultText(fault)}`);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(`${file} cannot be read as YAML: ${why}`, { cause });
  }
}

/** A fault of a document for a person: the library speaks to programmers here and there. */
function faultText({ code, message }: Pick<YAMLParseError, 'code' | 'message'>): string {
  const [said = ''] = message.split('\n');
  const where = /at line \d+, column \d+/.exec(said)?.[0] ?? '';
  if (code === 'MULTIPLE_DOCS')
    return `holds several documents: leave one, and take out what begins with --- ${where}`;
  if (/call stack/i.test(said)) return `is nested too deeply to be settings ${where}`;
  return `cannot be read as YAML: ${said.replace(/:$/, '')}`;
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
