import type { AddressInfo } from 'node:net';
import { createApi } from './create-api.js';
import { SetupLink } from './features/auth/setup-link.js';
import { DemoService } from './features/demo/demo.service.js';
import { baseAddress } from './platform/http/base-address.js';
import { openDashboard } from './platform/http/pages/dashboard.js';
import { runProcess } from './platform/process/run-process.js';

/** Answers that are under way get this long when the process stops. */
const drainMs = 5_000;

await runProcess('api', async (config, log) => {
  const dashboard = await openDashboard();
  const app = await createApi({ config, log, options: { answersMustFit: false }, dashboard });
  await app.get(DemoService).seed();
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo;

  // Below a supervisor that one prints the link.
  if (process.send === undefined) {
    const link = await app.get(SetupLink).create(port);
    if (link !== undefined) process.stdout.write(`Set the first password here: ${link}\n`);
  }
  return {
    address: baseAddress(config, port),
    close: async () => {
      const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), drainMs).unref();
      await app.close();
      clearTimeout(cut);
      await dashboard.close();
    },
  };
});
