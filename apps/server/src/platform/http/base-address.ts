import type { AppConfig } from '../config/app-config.js';

/** Address that a person on this machine opens, or the public one behind a proxy; without a slash at its end. */
export function baseAddress(
  { publicUrl, host }: Pick<AppConfig, 'publicUrl' | 'host'>,
  port: number,
): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
