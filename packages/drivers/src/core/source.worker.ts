import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { serveSource } from './source-server.js';
import type { SourceSetup } from './source-protocol.js';

const port: MessagePort | null = parentPort;
if (port !== null) await serveSource(workerData as SourceSetup, port);
