import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type AcquisitionReport,
  type CommandEvent,
  canonicalJson,
  type DetectorConfiguration,
  detectorConfiguration,
  type RunCommandName,
} from '@countroom/contracts';
import { goalOf } from '@countroom/run-model';
import { Logger } from '@nestjs/common';
import { childEnvironment, parseConfig } from '../../../platform/config/load-config.js';
import { PrismaService } from '../../../platform/database/prisma.service.js';
import { waitFor } from '../../../platform/testing/wait-for.js';

const entry = fileURLToPath(new URL('../../../../dist/main.acquisition.js', import.meta.url));

/** A small fast detector: two sources of two channels. */
export function simulatedDetector(changes: Partial<DetectorConfiguration> = {}): DetectorConfiguration {
  const source = (name: string, first: number) => ({
    name,
    driver: 'simulated-digitizer',
    config: {
      seed: first + 1,
      recordSamples: 256,
      preTriggerSamples: 100,
      channels: [first, first + 1].map((channel) => ({ channel, rateHz: 200 })),
    },
  });
  return detectorConfiguration.parse({
    sources: [source('left', 0), source('right', 2)],
    ring: { slots: 64, slotBytes: 65_536 },
    spool: { minimumFreeBytes: 0 },
    ...changes,
  });
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'cr-acq-'));
}

/** A detector in a database, and the acquisition processes that a test starts for it. */
export class DetectorFixture {
  readonly prisma: PrismaService;
  readonly children: ChildProcess[] = [];
  detectorId = '';
  output = '';

  constructor(
    readonly databaseUrl: string,
    readonly folder = temporaryFolder(),
    readonly name = 'demo',
  ) {
    // A test that stops its database knows that the connection is lost.
    Logger.overrideLogger(['fatal']);
    this.prisma = new PrismaService(parseConfig({ DATABASE_URL: databaseUrl }));
  }

  get storeFolder(): string {
    return join(this.folder, 'files');
  }

  async create(content: DetectorConfiguration = simulatedDetector()): Promise<void> {
    const detector = await this.prisma.detector.create({ data: { name: this.name, kind: 'live' } });
    this.detectorId = detector.id;
    await this.prisma.detectorGoal.create({ data: { detectorId: detector.id } });
    await this.prisma.baton.create({ data: { detectorId: detector.id, token: 1n, holderName: 'ada' } });
    await this.configure(content);
  }

  /** Makes a new configuration version the active one. */
  async configure(content: DetectorConfiguration): Promise<void> {
    const detectorId = this.detectorId;
    const configuration =
      (await this.prisma.configuration.findFirst({ where: { detectorId, name: 'physics' } })) ??
      (await this.prisma.configuration.create({ data: { kind: 'detector', name: 'physics', detectorId } }));
    const version =
      1 + (await this.prisma.configurationVersion.count({ where: { configurationId: configuration.id } }));
    const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
    const row =
      (await this.prisma.configurationVersion.findFirst({
        where: { configurationId: configuration.id, hash },
      })) ??
      (await this.prisma.configurationVersion.create({
        data: { configurationId: configuration.id, version, hash, content: content, author: 'ada' },
      }));
    await this.prisma.detector.update({
      where: { id: detectorId },
      data: { configurationVersionId: row.id },
    });
  }

  /** Starts a process; does not wait until it owns the detector. */
  spawn(environment: Record<string, string> = {}): ChildProcess {
    const child = fork(entry, ['--detector', this.name], {
      env: childEnvironment({
        DATABASE_URL: this.databaseUrl,
        COUNTROOM_DATA: this.folder,
        COUNTROOM_BUS_FOLDER: join(this.folder, 'bus'),
        COUNTROOM_DISK_RESERVE_GIB: '0',
        COUNTROOM_LOG_LEVEL: 'debug',
        ...environment,
      }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    child.stdout?.on('data', (text: Buffer) => (this.output += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (this.output += text.toString()));
    this.children.push(child);
    return child;
  }

  async start(environment: Record<string, string> = {}): Promise<ChildProcess> {
    const child = this.spawn(environment);
    await this.ready(child);
    return child;
  }

  async ready(child: ChildProcess): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: { type: string; message?: string }) => {
        if (message.type === 'ready') resolve();
        else reject(new Error(message.message));
      });
      child.once('exit', (code) =>
        reject(new Error(`acquisition ended with ${String(code)}:\n${this.output}`)),
      );
    });
  }

  /** What the api does when it accepts a command: intent and goal in one transaction. */
  async command(
    command: RunCommandName,
    options: { run?: object; batonToken?: bigint; reason?: string; key?: string } = {},
  ): Promise<string> {
    const { detectorId } = this;
    return this.prisma.$transaction(async (tx) => {
      const before = await tx.detectorGoal.findUniqueOrThrow({ where: { detectorId } });
      const goal = goalOf(command, { state: before.state as 'STOP', paused: before.paused });
      const { version } = await tx.detectorGoal.update({
        where: { detectorId },
        data: { ...goal, version: { increment: 1 } },
      });
      const { id } = await tx.intent.create({
        data: {
          detectorId,
          idempotencyKey: options.key ?? randomUUID(),
          command,
          payload: {
            run: { tags: [], comment: '', limits: {}, ...options.run },
            reason: options.reason ?? '',
          },
          goalVersion: version,
          batonToken: options.batonToken ?? 1n,
          by: 'ada',
        },
      });
      await tx.intentEvent.create({ data: { intentId: id, sequence: 0, kind: 'acknowledged' } });
      await tx.$executeRaw`SELECT pg_notify('intents', ${detectorId})`;
      return id;
    });
  }

  async sourceCommand(source: string, name: string, params: object): Promise<string> {
    const { id } = await this.prisma.intent.create({
      data: {
        detectorId: this.detectorId,
        idempotencyKey: randomUUID(),
        command: 'source-command',
        payload: { source, name, params },
        goalVersion: 0,
        batonToken: 1n,
        by: 'ada',
      },
    });
    await this.prisma.$executeRaw`SELECT pg_notify('intents', ${this.detectorId})`;
    return id;
  }

  /** The last event of a command, once it is over. */
  async outcomeOf(id: string): Promise<CommandEvent> {
    return waitFor(`the end of command ${id}\n${this.output.slice(-2000)}`, async () => {
      const rows = await this.prisma.intentEvent.findMany({
        where: { intentId: id },
        orderBy: { sequence: 'asc' },
      });
      const last = rows.at(-1);
      if (last === undefined || last.kind === 'acknowledged' || last.kind === 'progress') return undefined;
      return {
        ...last,
        at: last.at.toISOString(),
        kind: last.kind as 'completed',
        result: last.result as null,
      };
    });
  }

  async done(
    command: RunCommandName,
    options: Parameters<DetectorFixture['command']>[1] = {},
  ): Promise<CommandEvent> {
    return this.outcomeOf(await this.command(command, options));
  }

  async report(): Promise<AcquisitionReport | undefined> {
    const row = await this.prisma.detectorActual.findUnique({ where: { detectorId: this.detectorId } });
    return row === null ? undefined : (row.status as unknown as AcquisitionReport);
  }

  async reportWhere(
    what: string,
    condition: (report: AcquisitionReport) => boolean,
  ): Promise<AcquisitionReport> {
    return waitFor(what, async () => {
      const report = await this.report().catch(() => undefined);
      return report !== undefined && condition(report) ? report : undefined;
    });
  }

  /** With its raw file in front of what consumers made. */
  async run(number: number) {
    const run = await this.prisma.run.findFirst({
      where: { detectorId: this.detectorId, number },
      include: { datasets: true },
    });
    run?.datasets.sort((a, b) => Number(b.dataKind === 'raw') - Number(a.dataKind === 'raw'));
    return run;
  }

  /** The run, once its raw file is registered. */
  async packedRun(number: number) {
    return waitFor(`run ${number} packed\n${this.output.slice(-3000)}`, async () => {
      const run = await this.run(number);
      return run?.spoolPath === null && run.datasets[0]?.dataKind === 'raw' ? run : undefined;
    });
  }

  /** SIGTERM and wait. */
  async stop(child: ChildProcess): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return ended;
  }

  async kill(child: ChildProcess): Promise<void> {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await ended;
  }

  /** `release` runs before the folder is removed. */
  async close(release: () => void = () => undefined): Promise<void> {
    for (const child of this.children) {
      if (child.exitCode === null && child.signalCode === null) await this.kill(child);
    }
    await this.prisma.$disconnect();
    release();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
