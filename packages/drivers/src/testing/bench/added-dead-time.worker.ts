import { parentPort, workerData } from 'node:worker_threads';
import { addedDeadTime } from './added-dead-time.js';

const { seconds, polling } = workerData as { seconds: number; polling: 'sparing' | 'eager' };
parentPort?.postMessage(await addedDeadTime(seconds, polling));
