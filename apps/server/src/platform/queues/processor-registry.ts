import { type QueueJobName, queueJobs } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import type { JobProcessor } from './job-queue.js';

/** The processors of this worker process: exactly one for each job name. */
@Injectable()
export class ProcessorRegistry {
  private readonly processors = new Map<QueueJobName, JobProcessor>();

  register<N extends QueueJobName>(processor: JobProcessor<N>): void {
    const name = processor.jobName;
    if (!(name in queueJobs)) {
      throw new Error(
        `A processor is registered for "${name}", which is no job name (${Object.keys(queueJobs).join(', ')}).`,
      );
    }
    if (this.processors.has(name))
      throw new Error(`Two processors are registered for the job name "${name}".`);
    this.processors.set(name, processor);
  }

  /** All of them; fails when a job name has none. */
  complete(): readonly JobProcessor[] {
    const missing = (Object.keys(queueJobs) as QueueJobName[]).filter((name) => !this.processors.has(name));
    if (missing.length > 0)
      throw new Error(`No processor is registered for ${missing.map((name) => `"${name}"`).join(', ')}.`);
    return [...this.processors.values()];
  }
}
