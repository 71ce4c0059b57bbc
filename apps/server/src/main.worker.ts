import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './features/jobs/worker.module.js';
import { NestLog } from './platform/logging/nest-log.js';
import { giveWay } from './platform/process/give-way.js';
import { runProcess } from './platform/process/run-process.js';

// Data taking goes first: where both want a core, jobs get a quarter of it.
giveWay(5);

await runProcess('worker', async (config, log) => {
  const options = new NestApplicationContextOptions();
  options.logger = new NestLog(log);
  options.abortOnError = false;
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config, log), options);
  return { close: () => app.close() };
});
