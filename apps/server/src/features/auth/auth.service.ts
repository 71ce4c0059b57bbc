import { AppError, type endpoints, type ResponseOf } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { Authenticator } from '../../platform/auth/authenticator.js';
import { hashPassword, isOutdated, verifyPassword } from '../../platform/auth/password.js';
import { grantsInForce, type Principal } from '../../platform/auth/principal.js';
import { csrfTokenOf } from '../../platform/auth/secrets.js';
import { endedSessionCookie, sessionSecretOf } from '../../platform/auth/session-cookie.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { requestContext } from '../../platform/http/request-context.js';
import { productVersion } from '../system/product-version.js';
import { AuthRepository, type LoginUser } from './auth.repository.js';
import { LoginLimiter } from './login-limiter.js';
import { SessionIssuer } from './session-issuer.js';

type Session = ResponseOf<typeof endpoints.auth.session>;

@Injectable()
export class AuthService {
  constructor(
    private readonly config: AppConfig,
    private readonly authenticator: Authenticator,
    private readonly repository: AuthRepository,
    private readonly limiter: LoginLimiter,
    private readonly issuer: SessionIssuer,
  ) {}

  /** An invalid API token is an error here too; no session at all is not. */
  async session(): Promise<Session> {
    const { headers } = requestContext();
    const principal = await this.authenticator.authenticate(headers);
    return this.describe(principal, sessionSecretOf(headers.cookie));
  }

  async login(credentials: { name: string; password: string }): Promise<Session> {
    if (this.config.auth === 'off') return this.session();
    noteAudit({ actor: credentials.name, target: `user ${credentials.name}` });
    const user = await this.verify(credentials);
    const secret = await this.issuer.issue(user.id);
    const principal = await this.issuer.principal(secret);
    return this.describe(principal, secret);
  }

  async logout(principal: Principal): Promise<undefined> {
    const session = sessionOf(principal, 'log out');
    noteAudit({ target: `user ${principal.name}`, after: null });
    await this.repository.endSession(session);
    const { secure, setCookie } = requestContext();
    setCookie(endedSessionCookie(secure));
    return undefined;
  }

  async changePassword(principal: Principal, body: { current: string; next: string }): Promise<undefined> {
    const session = sessionOf(principal, 'change the password');
    noteAudit({ target: `user ${principal.name}`, after: 'password' });
    await this.verify({ name: principal.name, password: body.current });
    await this.repository.setPassword(principal.userId, await hashPassword(body.next), session);
    return undefined;
  }

  private async verify({ name, password }: { name: string; password: string }): Promise<LoginUser> {
    const attempt = await this.limiter.begin(name, requestContext().address);
    const user = await this.repository.findByName(name);
    const right = await verifyPassword(password, user?.passwordHash ?? null);
    if (!right || user === null || user.disabled) {
      throw new AppError('auth.failed', 'Name or password is wrong, or the user is disabled.');
    }
    await this.limiter.succeeded(attempt);
    if (user.passwordHash !== null && isOutdated(user.passwordHash)) {
      await this.repository.storeHash(user.id, await hashPassword(password));
    }
    return user;
  }

  private async describe(principal: Principal | null, secret: string | undefined): Promise<Session> {
    const setupNeeded = this.config.auth === 'on' && !(await this.repository.hasAdministrator());
    return {
      auth: this.config.auth,
      setupNeeded,
      user:
        principal === null
          ? null
          : {
              id: principal.userId,
              name: principal.name,
              fullName: principal.fullName,
              grants: grantsInForce(principal),
            },
      expiresAt: principal?.expiresAt?.toISOString() ?? null,
      csrfToken: principal?.proof === 'session' && secret !== undefined ? csrfTokenOf(secret) : null,
      version: productVersion,
    };
  }
}

function sessionOf(principal: Principal, what: string): string {
  if (principal.proof === 'session' && principal.credentialId !== null) return principal.credentialId;
  throw new AppError('auth.forbidden', `Only a person who logged in can ${what}.`);
}
