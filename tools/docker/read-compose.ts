import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The parser of the command line; tools have no dependencies of their own. */
const { parse } = createRequire(new URL('../../apps/cli/package.json', import.meta.url))('yaml') as {
  readonly parse: (text: string, options: { merge: boolean }) => unknown;
};

export interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: string[];
  readonly environment?: Record<string, unknown>;
  readonly healthcheck?: { readonly test: string[] };
  readonly volumes?: string[];
  readonly ports?: string[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly restart?: string;
}

export interface Compose {
  readonly services: Record<string, Service>;
  readonly volumes?: Record<string, unknown>;
}

/** A compose file with its anchors and merge keys resolved, as Compose does it. */
export function readCompose(file: string): Compose {
  return parse(readFileSync(file, 'utf8'), { merge: true }) as Compose;
}
