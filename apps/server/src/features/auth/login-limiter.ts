import { AppError } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { AuthRepository } from './auth.repository.js';

const windowMs = 15 * 60_000;
const mostPerName = 10;
const mostPerAddress = 40;

export interface LoginAttempt {
  readonly ids: readonly bigint[];
  readonly name: string;
}

/** Limits wrong passwords per name and per address within a sliding quarter of an hour. */
@Injectable()
export class LoginLimiter {
  constructor(private readonly repository: AuthRepository) {}

  /** Throws `auth.too-many-attempts` when there were too many; a refused attempt itself does not count. */
  async begin(name: string, address: string): Promise<LoginAttempt> {
    const byName = `name:${name.toLowerCase()}`;
    const byAddress = `address:${address}`;
    const since = new Date(Date.now() - windowMs);
    const { ids, counts } = await this.repository.addAttempts([byName, byAddress], since);
    if ((counts.get(byName) ?? 0) > mostPerName || (counts.get(byAddress) ?? 0) > mostPerAddress) {
      await this.repository.removeAttempts(ids);
      throw new AppError(
        'auth.too-many-attempts',
        'Too many failed log-ins with this name or from this address. Wait 15 minutes, or ask an administrator to set a new password.',
      );
    }
    return { ids, name: byName };
  }

  async succeeded(attempt: LoginAttempt): Promise<void> {
    await this.repository.removeAttempts(attempt.ids);
    await this.repository.removeAttemptsOf(attempt.name);
    await this.repository.removeAttemptsBefore(new Date(Date.now() - windowMs));
  }
}
