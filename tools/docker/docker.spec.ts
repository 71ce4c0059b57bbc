import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { faultsOf, isPinned, type Known } from './check-compose.js';
import { type Compose, readCompose } from './read-compose.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const composeFiles = readdirSync(join(root, 'docker')).filter((name) => name.endsWith('.yaml'));
const hasCompose = spawnSync('docker-compose', ['version']).status === 0;

// Both files are made from the code, and tests elsewhere hold them to it.
const known: Known = {
  variables: new Set([...read('.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name = '']) => name)),
  options: new Set(
    read('docs/reference/command-line.md')
      .match(/## countroom up\n[^#]*/)?.[0]
      .match(/--[a-z-]+/g),
  ),
};

describe.each(composeFiles)('docker/%s', (name) => {
  const file = join(root, 'docker', name);

  it('keeps the rules of compose files and of Countroom', () => {
    expect(faultsOf(readCompose(file), known)).toEqual([]);
  });

  it('builds from files that are there', () => {
    const builds = Object.values(readCompose(file).services).flatMap(({ build }) => build ?? []);
    expect(builds).not.toEqual([]);
    for (const { context, dockerfile } of builds) {
      expect(existsSync(join(dirname(file), context, dockerfile))).toBe(true);
    }
  });

  it.skipIf(!hasCompose)('is accepted by docker-compose (skipped where that is not installed)', () => {
    const { status, stderr } = spawnSync('docker-compose', ['-f', file, 'config', '-q'], {
      encoding: 'utf8',
      env: { ...process.env, POSTGRES_PASSWORD: 'x' },
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });
});

describe('the check of compose files', () => {
  const good: Compose = readCompose(join(root, 'docker/compose.cluster.yaml'));
  const { api, postgres, worker } = good.services;

  it.each<[string, Compose['services'][string], RegExp]>([
    ['a port that is open to the world', { ...api, ports: ['8420:8420'] }, /is open to other machines/],
    ['an image without a version', { ...api, image: 'countroom:latest' }, /names no version/],
    ['a volume that nobody declares', { ...api, volumes: ['lost:/data'] }, /lost is not declared/],
    ['a variable that nobody reads', { ...api, environment: { COUNTROOM_PROT: '1' } }, /COUNTROOM_PROT/],
    ['an option that "up" does not have', { ...worker, command: ['up', '--role', 'api'] }, /has no --role/],
    [
      'another service',
      { ...api, depends_on: { mysql: { condition: 'service_healthy' } } },
      /no service mysql/,
    ],
    ['a server without a healthcheck', { image: postgres?.image ?? '' }, /healthcheck: missing/],
  ])('finds %s', (_, service, fault) => {
    const faults = faultsOf({ ...good, services: { ...good.services, api: service } }, known);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });
});

describe('docker/Dockerfile', () => {
  const instructions = read('docker/Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => ({ name: line.split(' ', 1)[0] ?? '', text: line.slice(line.indexOf(' ') + 1).trim() }));
  const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
  const last = (name: string): string | undefined => lastStage.findLast((one) => one.name === name)?.text;

  it('begins with images of a stated version, new enough for Countroom', () => {
    const images = instructions.filter(({ name }) => name === 'FROM').map(({ text }) => text.split(' ')[0]);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      expect(isPinned(image), image).toBe(true);
      expect(Number(/^node:(\d+)/.exec(image ?? '')?.[1])).toBeGreaterThanOrEqual(20);
    }
  });

  it('runs as an account that is not root', () => {
    expect(last('USER')).toBe('node');
  });

  it('runs the same command as everybody', () => {
    expect(instructions).toContainEqual({ name: 'RUN', text: './countroom build' });
    expect(last('ENTRYPOINT')).toBe('["countroom"]');
    const [command, ...options] = JSON.parse(last('CMD') ?? '[]') as string[];
    expect(command).toBe('up');
    for (const option of options) expect(known.options).toContain(option);
  });

  it('says how to see that it is well', () => {
    expect(last('HEALTHCHECK')).toContain('CMD ["countroom", "status"]');
    expect(read('docs/reference/command-line.md')).toContain('## countroom status');
  });

  it('sets only variables that Countroom reads', () => {
    const names = [...(last('ENV') ?? '').matchAll(/(\w+)=/g)].map(([, name = '']) => name);
    expect(names.filter((name) => name !== 'NODE_ENV' && !known.variables.has(name))).toEqual([]);
  });

  it('copies every package.json that npm needs before the sources', () => {
    const copied = instructions.filter(({ name }) => name === 'COPY').map(({ text }) => text);
    for (const app of readdirSync(join(root, 'apps'))) {
      if (!existsSync(join(root, 'apps', app, 'package.json'))) continue;
      expect(copied).toContain(`apps/${app}/package.json apps/${app}/`);
    }
  });
});

describe('.dockerignore', () => {
  const lines = read('.dockerignore').split('\n');

  it.each(['**/node_modules', '**/.git', '**/dist', 'data', '.env'])(
    'keeps %s out of the image',
    (pattern) => {
      expect(lines).toContain(pattern);
    },
  );
});
