import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { workerEntry } from '../worker-entry.js';
import type { ConsumerMessage, ConsumerSetup } from './consumer-protocol.js';

/** What a thread tells its host; `gone` comes last and once. */
export interface ThreadEvents {
  message(message: ConsumerMessage): void;
  gone(reason: string): void;
}

/** The thread of a consumer. */
export interface ConsumerThread {
  /** Ends it at once, whatever it does. */
  stop(): void;
}

/**
 * Starts the thread of a consumer: without the environment of the process, without native add-ons (which could take the
 * process down when the thread is ended from outside), with a limited heap, its output as lines of its log.
 */
export function startConsumerThread(setup: ConsumerSetup, events: ThreadEvents): ConsumerThread {
  const { name, memoryMb } = setup.settings;
  const worker = new Worker(workerEntry('./consumer.worker.js', import.meta.url), {
    workerData: setup,
    name: `consumer ${name}`,
    env: {},
    execArgv: ['--no-addons'],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    stdout: true,
    stderr: true,
  });
  let reason = 'its thread ended without a word';
  worker.on('message', (message: ConsumerMessage) => {
    if (message.type === 'failed') reason = message.error.message;
    events.message(message);
  });
  worker.on('error', (error) => {
    reason = error.message;
  });
  worker.on('exit', (code) => events.gone(code === 0 ? reason : `${reason} (exit code ${code})`));
  const follow = (stream: NodeJS.ReadableStream, level: 'info' | 'warn'): void => {
    createInterface({ input: stream }).on('line', (line) => {
      events.message({ type: 'log', level, message: line.slice(0, 2000) });
    });
  };
  follow(worker.stdout, 'info');
  follow(worker.stderr, 'warn');
  return { stop: () => void worker.terminate() };
}
