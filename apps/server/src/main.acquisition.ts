import { parseArgs } from 'node:util';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { AcquisitionModule } from './features/acquisition/acquisition.module.js';
import { AcquisitionService } from './features/acquisition/acquisition.service.js';
import { NestLog } from './platform/logging/nest-log.js';
import { runProcess } from './platform/process/run-process.js';

const { values } = parseArgs({ options: { detector: { type: 'string' } } });
const detector = values.detector ?? '';

await runProcess(`acquisition ${detector}`, async (config, log) => {
  if (detector === '') throw new Error('Which detector? Usage: main.acquisition.js --detector NAME');
  const options = new NestApplicationContextOptions();
  options.logger = new NestLog(log);
  options.abortOnError = false;
  const app = await NestFactory.createApplicationContext(AcquisitionModule.forRoot(config), options);
  const acquisition = app.get(AcquisitionService);
  const close = async (): Promise<void> => {
    await acquisition.stop();
    await app.close();
  };
  acquisition.onFatal = () => void close().finally(() => process.exit(1));
  await acquisition.start(detector);
  return { close };
});
