import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

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
