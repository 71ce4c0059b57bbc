import {
  AppError,
  type endpoints,
  type InputOf,
  jsonObject,
  type ScopeImport,
  type SettingsSet,
} from '@countroom/contracts';
import { importScope, importSet, readSettings, type Settings, SettingsError } from '@countroom/drivers';

type ImportRequest = InputOf<typeof endpoints.configurations.scopeImport>['body'];
type SetRequest = InputOf<typeof endpoints.configurations.setImport>['body'];

/** Content of a detector's configuration out of a whole set of settings files. Throws `input.invalid`. */
export function importSettingsSet({ files }: SetRequest): SettingsSet {
  const { content, parts } = readable(() => importSet(files));
  return {
    content: jsonObject.parse(content),
    parts: parts.map(({ lines, findings, ...part }) => ({
      ...part,
      lines: [...lines],
      findings: [...findings],
    })),
  };
}

/** The configuration of a source out of an older program's settings file. Throws `input.invalid`. */
export function importScopeFile({ file, text, program }: ImportRequest): ScopeImport {
  const settings = settingsOf(text, file);
  const device: unknown = [settings['DeviceFile']].flat()[0];
  if (typeof device === 'string') {
    throw new AppError(
      'input.invalid',
      `${file} only names the file with the scope's settings: take ${device} instead.`,
    );
  }
  const { config, lines, findings } = importScope(settings, program);
  return { config: jsonObject.parse(config), lines: [...lines], findings: [...findings] };
}

function settingsOf(text: string, file: string): Settings {
  return readable(() => readSettings(text, file));
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof SettingsError)) throw cause;
    throw new AppError('input.invalid', `${cause.message}.`, { cause });
  }
}
