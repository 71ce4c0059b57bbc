import type { MessagePort } from 'node:worker_threads';
import { systemClock } from './clock.js';
import type { CommandResult } from './command.js';
import { parseConfig, parseWith } from './configuration.js';
import type { DriverContext } from './driver.js';
import type { DriverDefinition } from './driver-definition.js';
import { DriverError, errorFacts } from './errors.js';
import type { DriverRegistry } from './registry.js';
import { SignalPoller } from './signal-poller.js';
import type {
  SourceCall,
  SourceCalls,
  SourceMessage,
  SourceRequest,
  SourceSetup,
} from './source-protocol.js';
import { SourceRunner } from './source-runner.js';

/** Looks for signals that are due this often, ms. */
const pollMs = 50;

/** Time for ending a run that is still going on when the source is closed, ms. */
const closingMs = 500;

type Handlers = {
  [C in SourceCall]: (argument: SourceCalls[C]['argument'], id: number) => Promise<SourceCalls[C]['result']>;
};

/** Makes a driver in this thread and answers its owner's calls until `close`. */
export async function serveSource(setup: SourceSetup, port: MessagePort): Promise<void> {
  const tell = (message: SourceMessage): void => port.postMessage(message);
  const context: DriverContext = {
    source: setup.source,
    clock: systemClock,
    log: (level, message) => tell({ type: 'log', level, message }),
  };
  try {
    const definition = await definitionOf(setup.kind, setup.registryModule);
    const config = parseConfig(definition, setup.config);
    const driver = setup.simulate
      ? await definition.createSimulator(config, context)
      : await definition.create(config, context);
    const runner = new SourceRunner(driver, context, definition.capabilities.pushes, {
      status: (status) => tell({ type: 'status', status }),
      fault: (error) => tell({ type: 'fault', error }),
    });
    const signals = new SignalPoller(
      definition.signals(config),
      (task) => runner.exclusively(task),
      context.clock,
    );
    serve(port, { definition, runner, signals, tell });
    tell({ type: 'ready', signals: signals.definitions });
  } catch (thrown) {
    tell({ type: 'failed', error: errorFacts(thrown, setup.source) });
    port.close();
  }
}

/** Loads a kind and no other; the whole registry only to say what is known. */
async function definitionOf(kind: string, address: string | undefined): Promise<DriverDefinition> {
  if (address === undefined) {
    const { deviceModules } = await import('../devices/device-modules.js');
    if (Object.hasOwn(deviceModules, kind)) return deviceModules[kind]!();
  }
  const module = (await import(address ?? '../devices/device-registry.js')) as { registry: DriverRegistry };
  return module.registry.get(kind);
}

interface Served {
  readonly definition: DriverDefinition;
  readonly runner: SourceRunner;
  readonly signals: SignalPoller;
  readonly tell: (message: SourceMessage) => void;
}

function serve(port: MessagePort, { definition, runner, signals, tell }: Served): void {
  const running = new Map<number, AbortController>();
  const timer = setInterval(() => void poll(), pollMs);
  let polling = false;

  async function poll(): Promise<void> {
    if (polling) return;
    polling = true;
    const readings = await signals.readDue(performance.now());
    polling = false;
    if (readings.length > 0) tell({ type: 'signals', readings });
  }

  async function runCommand(id: number, name: string, given: unknown): Promise<CommandResult> {
    const command = Object.hasOwn(definition.commands, name) ? definition.commands[name] : undefined;
    if (command === undefined) {
      const known = Object.keys(definition.commands).join(', ');
      throw new DriverError(
        'unknown-command',
        name,
        `${definition.kind} has no command ${name}; known are: ${known}`,
      );
    }
    if (!command.allowedIn.includes(runner.state)) {
      const states = command.allowedIn.join(' or ');
      throw new DriverError(
        'wrong-state',
        name,
        `the source is ${runner.state}; ${name} is allowed in ${states}`,
      );
    }
    const parameters: unknown = parseWith(
      command.parameters,
      given,
      'bad-parameters',
      `parameters of ${name}`,
    );
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const progress = (fraction: number, message: string): void =>
        tell({ type: 'progress', id, progress: { fraction, message } });
      const result = await command.run(runner.device, parameters, { signal: abort.signal, progress });
      if (abort.signal.aborted) throw new DriverError('cancelled', name, `${name} was cancelled`);
      return result;
    } catch (thrown) {
      if (abort.signal.aborted)
        throw new DriverError('cancelled', name, `${name} was cancelled`, { cause: thrown });
      throw thrown;
    } finally {
      running.delete(id);
    }
  }

  const done = (work: Promise<void>): Promise<null> => work.then(() => null);
  const handlers: Handlers = {
    prepare: ({ run, ring }) => runner.prepare(run, ring),
    start: () => done(runner.start()),
    pause: () => done(runner.pause()),
    resume: () => done(runner.resume()),
    stop: ({ deadlineMs }) => {
      for (const abort of running.values()) abort.abort();
      return runner.stop(deadlineMs);
    },
    readSignals: () => signals.readAll(),
    writeSignal: ({ name, value }) => signals.write(name, value),
    runCommand: ({ name, parameters }, id) => runCommand(id, name, parameters),
    close: async () => {
      for (const abort of running.values()) abort.abort();
      clearInterval(timer);
      if (runner.state !== 'idle') await runner.stop(closingMs).catch(() => undefined);
      await runner.exclusively((driver) => driver.close());
      setImmediate(() => port.close());
      return null;
    },
  };

  async function answer(request: Exclude<SourceRequest, { call: 'cancel' }>): Promise<void> {
    const { id, call } = request;
    try {
      const handler = handlers[call] as (argument: unknown, id: number) => Promise<unknown>;
      tell({ type: 'answer', id, value: await handler(request.argument, id) });
    } catch (thrown) {
      tell({ type: 'refusal', id, error: errorFacts(thrown, call) });
    }
  }

  port.on('message', (request: SourceRequest) => {
    if (request.call === 'cancel') running.get(request.id)?.abort();
    else void answer(request);
  });
}
