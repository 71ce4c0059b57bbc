import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../terminal/usage-error.js';
import { workspace } from './child.js';

const defaultAddress = 'http://127.0.0.1:8420';

/** Where the server is: what was asked for, else what runs with the data folder, else the usual address. */
export function serverAddress(given: { readonly url?: string; readonly data?: string }): string {
  const { env } = process;
  const named = given.url ?? (given.data === undefined ? env['COUNTROOM_URL'] : undefined);
  if (named !== undefined) {
    if (!URL.canParse(named) || !/^https?:$/.test(new URL(named).protocol)) {
      throw new UsageError(`${named} is no http or https address`);
    }
    return named.replace(/\/+$/, '');
  }
  const folder = resolve(given.data ?? env['COUNTROOM_DATA'] ?? join(workspace, 'data'));
  return addressIn(folder) ?? defaultAddress;
}

function addressIn(folder: string): string | undefined {
  const file = join(folder, 'countroom.lock');
  if (!existsSync(file)) return undefined;
  try {
    const { address } = JSON.parse(readFileSync(file, 'utf8')) as { address?: unknown };
    return typeof address === 'string' ? address : undefined;
  } catch {
    return undefined;
  }
}
