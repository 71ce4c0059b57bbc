import { AppError, type endpoints, type ResponseOf } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { hashPassword } from '../../platform/auth/password.js';
import { hashSecret, newSecret } from '../../platform/auth/secrets.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { requestContext } from '../../platform/http/request-context.js';
import { AuthRepository } from './auth.repository.js';
import { AuthService } from './auth.service.js';
import { LoginLimiter } from './login-limiter.js';

const lifetimeMs = 15 * 60_000;

/** The way in while there is no administrator: a link that only the person who started the server sees. */
@Injectable()
export class SetupService {
  constructor(
    private readonly config: AppConfig,
    private readonly repository: AuthRepository,
    private readonly limiter: LoginLimiter,
    private readonly auth: AuthService,
  ) {}

  /** A new single-use token, good for 15 minutes; older ones end. Null when an administrator exists. */
  async createSetupToken(): Promise<string | null> {
    if (this.config.auth === 'off' || (await this.repository.hasAdministrator())) return null;
    const secret = newSecret();
    await this.repository.addSetupToken(hashSecret(secret), new Date(Date.now() + lifetimeMs));
    return secret;
  }

  async createAdministrator(body: {
    token: string;
    name: string;
    password: string;
  }): Promise<ResponseOf<typeof endpoints.auth.setup>> {
    const { name, password, token } = body;
    const attempt = await this.limiter.begin('(setup)', requestContext().address);
    const id = await this.repository.createAdministrator(hashSecret(token), {
      name,
      passwordHash: await hashPassword(password),
    });
    if (id === null) {
      throw new AppError(
        'auth.failed',
        'The link has expired or was used already. Restart the server for a new one, or log in if there is an administrator.',
      );
    }
    await this.limiter.succeeded(attempt);
    noteAudit({ actor: name, target: `user ${name}`, after: { name, role: 'administrator' } });
    return this.auth.login({ name, password });
  }
}
