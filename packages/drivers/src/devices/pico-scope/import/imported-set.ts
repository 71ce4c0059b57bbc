import type { Finding } from '../settings/finding.js';
import type { ImportLine } from './import-report.js';

/** A file of a set: its name as the top file has it, or with folders before it. */
export interface SettingsFile {
  readonly name: string;
  readonly text: string;
}

/** What became of one file of a set. */
export interface ImportedPart {
  readonly file: string;
  readonly role:
    | 'top'
    | 'scope'
    | 'PicoLog'
    | 'sensors'
    | 'recording'
    | 'buffer manager'
    | 'pulse filter'
    | 'logger'
    | 'not taken over';
  readonly lines: readonly ImportLine[];
  /** Places are those in the content. */
  readonly findings: readonly Finding[];
}

/** A source of an imported detector. */
export interface ImportedSource {
  readonly name: string;
  readonly driver: 'picoscope' | 'picolog' | 'sensors' | 'replay';
  readonly simulated: boolean;
  readonly config: object;
}

/** A set of settings files as the content of one detector configuration. */
export interface ImportedSet {
  readonly content: {
    readonly sources: readonly ImportedSource[];
    readonly lamps?: { readonly runPin?: number; readonly readoutPin?: number };
    readonly ring?: { readonly slots: number };
    readonly consumers: readonly {
      name: string;
      input: string;
      kind: string;
      config: object;
      keep: boolean;
    }[];
  };
  readonly parts: readonly ImportedPart[];
}
