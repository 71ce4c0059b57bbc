import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { localAddress } from '@countroom/bus';
import pg from 'pg';
import { runProcess } from '../process/run-process.js';

/**
 * Stands in for api, worker or acquisition: writes what happens to it into `events` of the data folder, and
 * needs the database while it closes, as the real ones do.
 */
const [name = '', mode = ''] = process.argv.slice(2);

await runProcess(name, async (config) => {
  const note = (text: string): void => appendFileSync(join(config.dataFolder, 'events'), `${name} ${text}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => note(signal));
  note(`started ${process.pid}`);
  writeFileSync(localAddress(config.bus.folder, name).slice('ipc://'.length), '');
  if (mode === 'fail') throw new Error('the cable is not plugged in');
  if (mode === 'exit') process.exit(3);
  if (mode === 'never-ready') await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  const server = createServer((_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(name === 'api' ? config.port : 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: config.databaseUrl });
    await client.connect();
    await client.query('SELECT 1');
    await client.end();
    note('closed');
  };
  return name === 'api' ? { address: `http://127.0.0.1:${port}`, close } : { close };
});
