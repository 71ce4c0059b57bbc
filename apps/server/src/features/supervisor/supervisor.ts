import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeFallbackFolder } from '@countroom/bus';
import type { AppConfig } from '../../platform/config/app-config.js';
import { childEnvironment } from '../../platform/config/load-config.js';
import { migrate } from '../../platform/database/migrations/migrate.js';
import { NotificationListener } from '../../platform/database/notification-listener.js';
import type { Log } from '../../platform/logging/create-log.js';
import { DatabaseHost } from './database-host.js';
import { HungAlarms } from './hung-alarms.js';
import { heartbeatMs, InstanceFile } from './instance-file.js';
import { waitForLeftovers } from './leftovers.js';
import { openLogFile, rotateLogs } from './log-files.js';
import { ManagedProcess, type ProcessHooks, type ProcessSpec } from './managed-process.js';
import { type ProcessPlan, processPlan } from './process-plan.js';
import { SupervisorRepository } from './supervisor.repository.js';

export interface SupervisorOptions {
  readonly config: AppConfig;
  readonly log: Log;
  /** Tells the person in front of the terminal how far the start or the stop is. */
  readonly say: (line: string) => void;
  /** Other programs in place of the real ones, for tests. */
  readonly plan?: ((config: AppConfig, environment: NodeJS.ProcessEnv) => ProcessPlan) | undefined;
  /** Output of the children on this process's own output instead of in files. */
  readonly inheritOutput?: boolean;
}

const leftoverDeadlineMs = 100_000;
const acquisitionPatienceMs = 20_000;
const rotationMs = 60_000;
const pulseMs = 1_000;

/** Starts everything in order, keeps it running, and stops it in order. */
export class Supervisor {
  private instance: InstanceFile | undefined;
  private database: DatabaseHost | undefined;
  private repository: SupervisorRepository | undefined;
  private listener: NotificationListener | undefined;
  private api: ManagedProcess | undefined;
  private workers: ManagedProcess[] = [];
  private readonly acquisition = new Map<string, ManagedProcess>();
  private readonly timers: NodeJS.Timeout[] = [];
  private looking: Promise<void> = Promise.resolve();
  private begun: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;

  constructor(private readonly options: SupervisorOptions) {}

  /** Resolves when everything is ready. When something fails, all that was started is stopped again. */
  async start(): Promise<void> {
    this.begun = this.startAll();
    try {
      await this.begun;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Address of the web page; undefined when the api runs elsewhere. */
  get address(): string | undefined {
    return this.api?.address;
  }

  /** Link for the first administrator while there is no user yet. */
  async setupLink(): Promise<string | undefined> {
    const { config } = this.options;
    if (this.address === undefined || this.repository === undefined || config.auth === 'off')
      return undefined;
    if (await this.repository.hasUsers()) return undefined;
    const token = await this.repository.createSetupToken();
    return `${config.publicUrl ?? this.address}/setup#token=${token}`.replace(/([^:])\/\//, '$1/');
  }

  /** Acquisition first, so that runs are closed while everything they need is there; the database last. */
  stop(): Promise<void> {
    this.stopped ??= this.stopAll();
    return this.stopped;
  }

  /** For a person who does not want to wait: what was written stays, nothing is closed. */
  async killChildren(): Promise<void> {
    for (const child of this.children()) child.kill();
    await this.database?.stop();
    this.removeSockets();
    this.instance?.release();
  }

  private async claimDataFolder(): Promise<void> {
    const { config, log } = this.options;
    const { file, left } = InstanceFile.claim(config.dataFolder);
    this.instance = file;
    this.timers.push(setInterval(() => this.record(), heartbeatMs));
    this.timers.push(setInterval(() => rotateLogs(config.logFolder), rotationMs));
    for (const name of await waitForLeftovers(left, leftoverDeadlineMs)) {
      log.warn({ name }, 'left over from a killed supervisor and hanging; killed');
    }
    for (const folder of Object.values(config.stores)) mkdirSync(folder, { recursive: true });
    mkdirSync(config.importFolder, { recursive: true });
  }

  private checkNotStopping(): void {
    if (this.stopped !== undefined) throw new Error('Stopped before everything was started.');
  }

  private async startDatabase(): Promise<string> {
    this.options.say('starting the database');
    this.database = await DatabaseHost.start(this.options.config.dataFolder, this.options.log);
    return this.database.url;
  }

  private async startAll(): Promise<void> {
    const { config, log, say } = this.options;
    await this.claimDataFolder();
    const databaseUrl = config.databaseUrl ?? (await this.startDatabase());
    const { applied } = await migrate(databaseUrl);
    if (applied.length > 0) log.info({ applied }, 'database brought up to date');
    this.repository = new SupervisorRepository(databaseUrl);
    const alarms = new HungAlarms(this.repository, log);
    this.timers.push(setInterval(() => this.checkPulses(alarms), pulseMs));
    this.checkNotStopping();

    const environment = childEnvironment({
      DATABASE_URL: databaseUrl,
      COUNTROOM_DATA: config.dataFolder,
      COUNTROOM_DETACHED: undefined,
    });
    const plan = (this.options.plan ?? processPlan)(config, environment);
    this.api = plan.api === undefined ? undefined : this.manage(plan.api);
    this.workers = plan.workers.map((spec) => this.manage(spec));
    if (this.api !== undefined) say('starting the web page and API');
    if (this.workers.length > 0)
      say(`starting ${this.workers.length === 1 ? 'a worker' : `${this.workers.length} workers`}`);
    // They do not need each other. Acquisition comes behind: the api makes the first detector.
    await Promise.all([this.api?.start(), ...this.workers.map((worker) => worker.start())]);
    this.checkNotStopping();
    if (plan.acquisition !== undefined) await this.followDetectors(databaseUrl, plan.acquisition);
    this.checkNotStopping();
    this.record();
  }

  private async followDetectors(
    databaseUrl: string,
    specFor: (detector: string) => ProcessSpec,
  ): Promise<void> {
    const { log } = this.options;
    this.listener = new NotificationListener({
      databaseUrl,
      onError: (error) => log.warn({ err: error }, 'notification connection'),
    });
    await this.look(specFor);
    this.listener.subscribe('detectors', () => {
      this.looking = this.looking
        .then(() => this.look(specFor))
        .catch((error: unknown) => log.warn({ err: error }, 'the list of detectors could not be read'));
    });
    // Whoever reads that everything runs may start a run; a detector that does not come up keeps nobody waiting for long.
    const tried = Promise.all([...this.acquisition.values()].map((child) => child.tried));
    await Promise.race([tried, sleep(acquisitionPatienceMs, undefined, { ref: false })]);
  }

  /** Compares what runs with what is configured. */
  private async look(specFor: (detector: string) => ProcessSpec): Promise<void> {
    const { config, log, say } = this.options;
    if (this.repository === undefined || this.stopped !== undefined) return;
    const configured = await this.repository.liveDetectors();
    const wanted = new Set(configured.filter((name) => config.detectors?.includes(name) ?? true));
    for (const detector of wanted) {
      if (this.acquisition.has(detector)) continue;
      say(`starting the acquisition of ${detector}`);
      const { repository } = this;
      // A hung process that holds a run may still record: whether to end it is for people to say.
      const child = this.manage({ ...specFor(detector), mayRestart: () => repository.isIdle(detector) });
      this.acquisition.set(detector, child);
      child.keepStarting();
    }
    for (const [detector, child] of [...this.acquisition]) {
      if (wanted.has(detector)) continue;
      log.info({ detector }, 'detector is not configured any more; its acquisition stops');
      await child.stop();
      this.acquisition.delete(detector);
      this.record();
    }
  }

  /** Of acquisition that does not answer the api tells people: it waits for its reports. */
  private checkPulses(alarms: HungAlarms): void {
    if (this.stopped !== undefined) return;
    for (const child of this.children()) {
      child.checkPulse(performance.now()).catch((error: unknown) => {
        this.options.log.error({ err: error, name: child.spec.name }, 'the pulse could not be checked');
      });
    }
    const silent = [...this.workers, ...(this.api === undefined ? [] : [this.api])]
      .filter(({ state }) => state === 'silent')
      .map(({ spec }) => spec.name);
    void alarms.tell(silent);
  }

  private manage(spec: ProcessSpec): ManagedProcess {
    const { config, log, inheritOutput } = this.options;
    const hooks: ProcessHooks = {
      log,
      output: (name) => (inheritOutput === true ? 'inherit' : openLogFile(config.logFolder, name)),
      whereLogged: (name) =>
        inheritOutput === true ? 'its lines above' : join(config.logFolder, `${name}.log`),
      onChange: () => this.record(),
    };
    return new ManagedProcess(spec, hooks);
  }

  private async stopAll(): Promise<void> {
    const { say } = this.options;
    for (const child of this.children()) child.giveUpStarting();
    await this.begun.catch(() => undefined);
    await this.looking;
    await this.listener?.close();
    if (this.acquisition.size > 0) say('closing runs and stopping acquisition');
    await Promise.all([...this.acquisition.values()].map((child) => child.stop()));
    if (this.workers.length > 0) say('stopping workers');
    await Promise.all(this.workers.map((child) => child.stop()));
    if (this.api !== undefined) say('stopping the web page and API');
    await this.api?.stop();
    if (this.database !== undefined) say('stopping the database');
    await this.database?.stop();
    for (const timer of this.timers) clearInterval(timer);
    this.removeSockets();
    this.instance?.release();
  }

  /** Those of a supervisor that was killed go with the next one on its data folder: the place is the same. */
  private removeSockets(): void {
    const { folder, isOwn } = this.options.config.bus;
    removeFallbackFolder(folder);
    if (isOwn) rmSync(folder, { recursive: true, force: true });
  }

  private children(): ManagedProcess[] {
    return [...this.acquisition.values(), ...this.workers, ...(this.api === undefined ? [] : [this.api])];
  }

  private record(): void {
    this.instance?.update({
      address: this.address ?? null,
      processes: this.children().map((child) => child.facts()),
    });
  }
}
