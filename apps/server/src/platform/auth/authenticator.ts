import type { IncomingHttpHeaders } from 'node:http';
import { AppError, type Role } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { checkHost, checkOrigin } from '../http/security/origin-check.js';
import { CredentialsRepository } from './credentials.repository.js';
import { grantsAllow, type Principal } from './principal.js';
import { apiTokenPrefix, csrfTokenOf, hashSecret, sameText } from './secrets.js';
import { sessionSecretOf } from './session-cookie.js';

/** Everybody, while log-in is switched off on a machine that only its own people reach. */
export const nobodyAsked: Principal = Object.freeze({
  userId: '00000000-0000-0000-0000-000000000000',
  name: 'local',
  fullName: 'Log-in is off',
  proof: 'off',
  credentialId: null,
  expiresAt: null,
  grants: [{ role: 'administrator', detector: null }],
  limits: null,
} satisfies Principal);

/** Finds out who is asking. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly config: AppConfig,
    private readonly credentials: CredentialsRepository,
  ) {}

  /** Null for nobody. Throws `auth.required` for an API token that is not, or no longer, valid. */
  async authenticate(headers: IncomingHttpHeaders): Promise<Principal | null> {
    if (this.config.auth === 'off') return nobodyAsked;
    if (headers.authorization !== undefined) return this.byToken(headers.authorization);
    const secret = sessionSecretOf(headers.cookie);
    if (secret === undefined) return null;
    return (await this.credentials.findSession(hashSecret(secret)))?.principal ?? null;
  }

  /** Whether a person, who does not ask now, may act in a role for a detector as things stand. */
  async mayAct(name: string, role: Role, detector: string): Promise<boolean> {
    if (this.config.auth === 'off') return true;
    return grantsAllow(await this.credentials.grantsOf(name), role, detector);
  }

  /** For the live socket: who connects, from a page of ours. Throws an AppError that says why not. */
  async authenticateSocket(headers: IncomingHttpHeaders): Promise<Principal> {
    checkHost(this.config, headers);
    checkOrigin(this.config, headers);
    const principal = await this.authenticate(headers);
    if (principal === null) throw new AppError('auth.required', 'Log in first.');
    return principal;
  }

  /** A cookie is sent by the browser whoever asks; the header proves that the page asking is ours. */
  checkCsrf(principal: Principal, headers: IncomingHttpHeaders): void {
    if (principal.proof !== 'session') return;
    const secret = sessionSecretOf(headers.cookie);
    const given = headers['x-csrf-token'];
    if (secret !== undefined && typeof given === 'string' && sameText(given, csrfTokenOf(secret))) return;
    throw new AppError(
      'auth.forbidden',
      'The header x-csrf-token is missing or belongs to another session; reload the page.',
    );
  }

  private async byToken(authorization: string): Promise<Principal> {
    const secret = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    const principal =
      secret?.startsWith(apiTokenPrefix) === true
        ? await this.credentials.findToken(hashSecret(secret))
        : null;
    if (principal !== null) return principal;
    throw new AppError('auth.required', 'The API token is unknown, revoked or expired; make a new one.');
  }
}
