import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { SourceSetup } from './source-protocol.js';
import { serveSource } from './source-server.js';

const port: MessagePort | null = parentPort;
if (port !== null) await serveSource(workerData as SourceSetup, port);
