import { z } from 'zod';
import { jsonObject } from './common.js';

/** Most characters of settings that are looked at: of a source's configuration as JSON, of a settings file. */
export const maxSettingsLength = 65_536;

/** Something about a setting that a person has to know; `error`: the device is not set up with it. */
export const settingFinding = z
  .strictObject({
    /** Path of the key: `channels.1.rangeV`; empty: the whole. */
    place: z.string(),
    severity: z.enum(['error', 'warning']),
    problem: z.string(),
    remedy: z.string(),
    /** Nearest value that is accepted, when there is one. */
    nearest: z.union([z.number(), z.string()]).optional(),
  })
  .meta({ id: 'SettingFinding' });
export type SettingFinding = z.infer<typeof settingFinding>;

/** What becomes of the settings of a PicoScope: requested next to resolved values, and every finding. */
export const scopePreview = z
  .strictObject({
    /** The model that the values hold for; null when the settings have not the right shape. */
    model: z.string().nullable(),
    values: z.array(
      z.strictObject({
        place: z.string(),
        title: z.string(),
        unit: z.string(),
        requested: z.number().nullable(),
        resolved: z.number().nullable(),
      }),
    ),
    findings: z.array(settingFinding),
  })
  .meta({ id: 'ScopePreview' });
export type ScopePreview = z.infer<typeof scopePreview>;

/** A source's configuration, of at most `maxSettingsLength` characters. */
export const scopePreviewRequest = z.strictObject({
  config: jsonObject.refine(
    (config) => JSON.stringify(config).length <= maxSettingsLength,
    `more than ${maxSettingsLength} characters`,
  ),
});

/** A settings file of an older program; `program`: whose defaults hold for keys that are not there. */
export const scopeImportRequest = z.strictObject({
  file: z.string().min(1).max(255),
  text: z.string().max(maxSettingsLength),
  program: z.enum(['picodaq', 'picocosmo']).default('picodaq'),
});

/** Most files of a set of settings. */
export const maxSettingsFiles = 16;

/** A whole set of settings files of an older program: the top file and all that it names. */
export const settingsSetRequest = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(255), text: z.string().max(maxSettingsLength) }))
    .min(1)
    .max(maxSettingsFiles),
});

const settingLine = z.strictObject({
  key: z.string(),
  outcome: z.enum(['taken', 'changed', 'ignored', 'missing', 'refused']),
  message: z.string(),
});

/** An imported set: the content of one configuration of a detector, and what became of every key of every file. */
export const settingsSet = z
  .strictObject({
    content: jsonObject,
    parts: z.array(
      z.strictObject({
        file: z.string(),
        role: z.enum([
          'top',
          'scope',
          'PicoLog',
          'sensors',
          'recording',
          'buffer manager',
          'pulse filter',
          'logger',
          'not taken over',
        ]),
        lines: z.array(settingLine),
        /** Their places are those in the content. */
        findings: z.array(settingFinding),
      }),
    ),
  })
  .meta({ id: 'SettingsSet' });
export type SettingsSet = z.infer<typeof settingsSet>;

/** An imported settings file: the configuration of a source, and what became of every key. */
export const scopeImport = z
  .strictObject({
    config: jsonObject,
    lines: z.array(settingLine),
    findings: z.array(settingFinding),
  })
  .meta({ id: 'ScopeImport' });
export type ScopeImport = z.infer<typeof scopeImport>;
