import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../config/load-config.js';
import type { PrismaService } from '../database/prisma.service.js';
import { HealthService } from './health.service.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'countroom-health-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function service(query: () => Promise<unknown>): HealthService {
  const prisma = { $queryRaw: query } as unknown as PrismaService;
  return new HealthService(parseConfig({ COUNTROOM_DATA: folder }), prisma);
}

describe('HealthService', () => {
  it('is ready when every check passes', async () => {
    expect(await service(() => Promise.resolve([])).readiness()).toEqual({
      status: 'ok',
      checks: [
        { name: 'database', ok: true, message: '' },
        { name: 'data folder', ok: true, message: '' },
      ],
    });
  });

  it('names what is away, and tells nothing secret of it', async () => {
    const refused = Object.assign(new Error('postgresql://me:secret@host'), { code: 'ECONNREFUSED' });
    const health = service(() => Promise.reject(refused));
    rmSync(folder, { recursive: true });
    const { status, checks } = await health.readiness();
    expect(status).toBe('unavailable');
    expect(checks).toEqual([
      { name: 'database', ok: false, message: 'ECONNREFUSED' },
      { name: 'data folder', ok: false, message: 'ENOENT' },
    ]);
  });

  it('includes what features register', async () => {
    const health = service(() => Promise.resolve([]));
    health.register('bus', () => Promise.reject(new Error('x')));
    expect((await health.readiness()).checks.at(-1)).toEqual({ name: 'bus', ok: false, message: 'failed' });
  });
});
