import { access, constants } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResponseOf, systemEndpoints } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { PrismaService } from '../database/prisma.service.js';

type Readiness = ResponseOf<typeof systemEndpoints.ready>;
type Check = () => Promise<unknown>;

const checkDeadlineMs = 2_000;

/** Whether what this process needs answers. Features add checks of their own. */
@Injectable()
export class HealthService {
  private readonly checks = new Map<string, Check>();

  constructor(config: AppConfig, prisma: PrismaService) {
    this.register('database', () => prisma.$queryRaw`SELECT 1`);
    this.register('data folder', () => access(config.dataFolder, constants.R_OK | constants.W_OK));
  }

  /** The check passes when its promise resolves within two seconds. */
  register(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  async readiness(): Promise<Readiness> {
    const checks = await Promise.all(
      [...this.checks].map(async ([name, check]) => ({ name, ...(await outcome(check)) })),
    );
    return { status: checks.every(({ ok }) => ok) ? 'ok' : 'unavailable', checks };
  }
}

async function outcome(check: Check): Promise<{ ok: boolean; message: string }> {
  const deadline = new AbortController();
  try {
    const late = sleep(checkDeadlineMs, 'late', { signal: deadline.signal, ref: false });
    const result = await Promise.race([check(), late]);
    return result === 'late'
      ? { ok: false, message: `no answer within ${checkDeadlineMs} ms` }
      : { ok: true, message: '' };
  } catch (error) {
    // Public endpoint: the log has the details.
    const code = (error as { code?: unknown }).code;
    return { ok: false, message: typeof code === 'string' ? code : 'failed' };
  } finally {
    deadline.abort();
  }
}
