import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { JobQueue } from '../queues/job-queue.js';

/** Prometheus metrics of this process. Features register theirs with `registry`. */
@Injectable()
export class MetricsService {
  readonly registry = new Registry();
  private readonly requests: Histogram<'endpoint' | 'status'>;

  constructor(queue: JobQueue) {
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      name: 'countroom_http_request_seconds',
      help: 'Time from request to the end of the answer, by declared endpoint and status code',
      labelNames: ['endpoint', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers: [this.registry],
    });
    new Gauge({
      name: 'countroom_queue_jobs',
      help: 'Jobs in the queue by name and state',
      labelNames: ['name', 'state'],
      registers: [this.registry],
      async collect() {
        // A queue that is away leaves a gap in its own series only.
        const counts = await queue.counts().catch(() => []);
        this.reset();
        for (const { name, waiting, active, failed } of counts) {
          this.set({ name, state: 'waiting' }, waiting);
          this.set({ name, state: 'active' }, active);
          this.set({ name, state: 'failed' }, failed);
        }
      },
    });
  }

  countRequest(endpoint: string, status: number, seconds: number): void {
    this.requests.observe({ endpoint, status }, seconds);
  }
}
