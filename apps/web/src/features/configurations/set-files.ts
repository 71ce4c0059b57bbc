import { maxSettingsFiles, maxSettingsLength } from '@countroom/contracts';

/** What is known of a file before it is read. */
export interface ChosenFile {
  readonly name: string;
  readonly size: number;
}

/** Why files are no set of settings, each fault in a line; empty when they may be one. */
export function setFaults(files: readonly ChosenFile[]): string[] {
  const names = files.map(({ name }) => name);
  return [
    ...(files.length > maxSettingsFiles
      ? [
          `${files.length} files are more than a set has: at most ${maxSettingsFiles}. Leave out what is no settings.`,
        ]
      : []),
    // Each character is one byte at least.
    ...files
      .filter(({ size }) => size > maxSettingsLength)
      .map(({ name }) => `${name} is too large for a settings file: at most 64 KiB.`),
    ...[...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map(
      (name) => `There are two files ${name}: a top file could not tell them apart.`,
    ),
  ];
}

/** The files of a set with those chosen now: a file of the same name takes the place of the one before. */
export function withFiles<F extends ChosenFile>(before: readonly F[], chosen: readonly F[]): F[] {
  return [...before.filter(({ name }) => !chosen.some((one) => one.name === name)), ...chosen];
}
