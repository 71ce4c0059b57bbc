import { AppError, type endpoints, type InputOf, jsonObject, type ScopeImport } from '@countroom/contracts';
import { importScope, readSettings, type Settings, SettingsError } from '@countroom/drivers';

type ImportRequest = InputOf<typeof endpoints.configurations.scopeImport>['body'];

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
  try {
    return readSettings(text, file);
  } catch (cause) {
    if (!(cause instanceof SettingsError)) throw cause;
    throw new AppError('input.invalid', `${cause.message}.`, { cause });
  }
}
