import { type QueueJobName, queueJobs } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import type { JobProcessor } from './job-queue.js';
import { ProcessorRegistry } from './processor-registry.js';

const names = Object.keys(queueJobs) as QueueJobName[];
const processorFor = (jobName: string): JobProcessor => ({
  jobName: jobName as QueueJobName,
  process: () => Promise.resolve(),
  abandoned: () => Promise.resolve(),
});

describe('ProcessorRegistry', () => {
  it('is complete with one processor per job name', () => {
    const registry = new ProcessorRegistry();
    for (const name of names) registry.register(processorFor(name));
    expect(registry.complete().map((processor) => processor.jobName)).toEqual(names);
  });

  it('names what has no processor', () => {
    expect(() => new ProcessorRegistry().complete()).toThrow(`No processor is registered for "${names[0]}"`);
  });

  it('refuses a second one, and one for an unknown name', () => {
    const registry = new ProcessorRegistry();
    registry.register(processorFor(names[0]!));
    expect(() => registry.register(processorFor(names[0]!))).toThrow(/Two processors/);
    expect(() => registry.register(processorFor('cook'))).toThrow(/"cook", which is no job name/);
  });
});
