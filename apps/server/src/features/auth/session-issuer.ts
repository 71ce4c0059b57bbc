import { Injectable } from '@nestjs/common';
import { Authenticator } from '../../platform/auth/authenticator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { csrfTokenOf, hashSecret, newSecret } from '../../platform/auth/secrets.js';
import { sessionCookie, sessionCookieName, sessionIdleMs } from '../../platform/auth/session-cookie.js';
import { requestContext } from '../../platform/http/request-context.js';
import { AuthRepository } from './auth.repository.js';

/** Begins sessions: the secret goes into the cookie, its hash into the database. */
@Injectable()
export class SessionIssuer {
  constructor(
    private readonly repository: AuthRepository,
    private readonly authenticator: Authenticator,
  ) {}

  async issue(userId: string): Promise<string> {
    const { address, secure, setCookie } = requestContext();
    const secret = newSecret();
    await this.repository.addSession({
      userId,
      address,
      secretHash: hashSecret(secret),
      csrfHash: hashSecret(csrfTokenOf(secret)),
      expiresAt: new Date(Date.now() + sessionIdleMs),
    });
    setCookie(sessionCookie(secret, secure));
    return secret;
  }

  principal(secret: string): Promise<Principal | null> {
    return this.authenticator.authenticate({ cookie: `${sessionCookieName(false)}=${secret}` });
  }
}
