import { parseCookie, stringifySetCookie } from 'cookie';

/** Longest life of a session however much it is used, and how long it lives unused. */
export const sessionLifetimeMs = 7 * 24 * 3_600_000;
export const sessionIdleMs = 12 * 3_600_000;

/** Behind https the name's prefix keeps other hosts of the domain from setting it. */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-countroom_session' : 'countroom_session';
}

export function sessionCookie(secret: string, secure: boolean): string {
  return write(secret, secure, sessionLifetimeMs / 1000);
}

export function endedSessionCookie(secure: boolean): string {
  return write('', secure, 0);
}

export function sessionSecretOf(cookieHeader: string | undefined): string | undefined {
  if (cookieHeader === undefined) return undefined;
  const cookies = parseCookie(cookieHeader);
  const secret = cookies[sessionCookieName(true)] ?? cookies[sessionCookieName(false)];
  return secret === '' ? undefined : secret;
}

function write(value: string, secure: boolean, maxAge: number): string {
  const name = sessionCookieName(secure);
  return stringifySetCookie({ name, value, httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge });
}
