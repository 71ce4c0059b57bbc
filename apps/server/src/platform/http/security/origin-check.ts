import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@countroom/contracts';
import { isLoopback } from '../../config/load-config.js';

export interface OwnAddress {
  /** Address that the server listens on. */
  readonly host: string;
  readonly publicUrl: string | undefined;
}

/**
 * Refuses names that are not ours while we listen on the loopback address only: a foreign page could otherwise
 * make its own name point here and read what only this machine may see.
 */
export function checkHost(own: OwnAddress, headers: IncomingHttpHeaders): void {
  if (!isLoopback(own.host)) return;
  const name = hostName(headers.host);
  if (name !== undefined && (isLoopback(name) || name === publicName(own))) return;
  throw new AppError(
    'auth.forbidden',
    `This server answers on this machine only, not as "${headers.host ?? ''}". Open it as http://127.0.0.1, or set COUNTROOM_PUBLIC_URL.`,
  );
}

/** Refuses calls that a page of another origin makes. Programs other than browsers send no Origin. */
export function checkOrigin(own: OwnAddress, headers: IncomingHttpHeaders): void {
  const { origin } = headers;
  if (origin === undefined) {
    if (headers['sec-fetch-site'] === 'cross-site') throw foreign('another site');
    return;
  }
  if (!URL.canParse(origin)) throw foreign(origin);
  const { host } = new URL(origin);
  if (host === headers.host || (own.publicUrl !== undefined && host === new URL(own.publicUrl).host)) return;
  throw foreign(origin);
}

function foreign(origin: string): AppError {
  return new AppError(
    'auth.forbidden',
    `The call comes from a page of ${origin}, which may not steer this server. Behind a proxy, set COUNTROOM_PUBLIC_URL to the address that browsers use.`,
  );
}

function hostName(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
}

function publicName(own: OwnAddress): string | undefined {
  return own.publicUrl === undefined ? undefined : new URL(own.publicUrl).hostname;
}
