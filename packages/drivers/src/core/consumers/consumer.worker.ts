import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { DriverError, errorFacts } from '../errors.js';
import { Ring } from '../ring/ring.js';
import { builtinConsumer } from './builtin/builtin-consumers.js';
import { consumeUntilClosed } from './consumer-loop.js';
import type { CreateConsumer } from './consumer-module.api.js';
import type { ConsumerMessage, ConsumerSetup } from './consumer-protocol.js';

/* The thread of one consumer. Whatever the code of a user does here ends this thread at most. */
const setup = workerData as ConsumerSetup;
const { settings } = setup;
const port: MessagePort | null = parentPort;
const tell = (message: ConsumerMessage): void => port?.postMessage(message);

async function load(): Promise<CreateConsumer> {
  if (setup.module === null) return builtinConsumer(settings.kind).create;
  const module = (await import(setup.module)) as { createConsumer?: unknown; default?: unknown };
  const create = module.createConsumer ?? module.default;
  if (typeof create === 'function') return create as CreateConsumer;
  throw new DriverError(
    'consumer',
    settings.name,
    `${settings.module ?? setup.module} exports no function createConsumer (nor one by default)`,
  );
}

try {
  const ring = Ring.open(setup.ring);
  const taker = settings.threads > 1 ? ring.member(setup.consumer) : ring.consumer(setup.consumer);
  const output = setup.output === null ? undefined : Ring.open(setup.output).producer({ shared: true });
  await consumeUntilClosed(await load(), taker, output, setup, tell);
  tell({ type: 'ended' });
} catch (thrown) {
  const facts = errorFacts(thrown, settings.name);
  tell({ type: 'failed', error: thrown instanceof DriverError ? facts : { ...facts, code: 'consumer' } });
}
