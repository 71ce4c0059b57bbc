import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { workspaceRoot } from '../../config/workspace-root.js';

export interface Dashboard {
  /** Answers every request that is not for the API or the live socket. */
  handle(request: Request, response: Response, next: NextFunction): void;
  close(): Promise<void>;
}

/** Not written into the import: its type declarations would change the types of the whole server. */
const pageRenderer: string = 'next';
const ownPaths = /^\/(api|socket\.io)(\/|$)/;
export const dashboardFolder = join(workspaceRoot, 'apps', 'web');

/** The built dashboard on the api's own origin; a page that says how to build it when it is not there. */
export async function openDashboard(folder = dashboardFolder): Promise<Dashboard> {
  if (!existsSync(join(folder, '.next', 'BUILD_ID'))) return missingDashboard();
  const { default: next } = (await import(pageRenderer)) as { default: NextFactory };
  const application = next({ dev: false, dir: folder, quiet: true });
  await application.prepare();
  const answer = application.getRequestHandler();
  const log = new Logger('dashboard');
  return {
    handle: (request, response, pass) => {
      if (ownPaths.test(request.path)) {
        pass();
        return;
      }
      answer(request, response).catch((error: unknown) => {
        log.error(`page ${request.path} failed`, error);
        pass(error);
      });
    },
    close: () => application.close(),
  };
}

/** What is used here of the page renderer; its own types describe its bundler entry. */
type NextFactory = (options: { dev: boolean; dir: string; quiet: boolean }) => {
  prepare(): Promise<void>;
  getRequestHandler(): (request: Request, response: Response) => Promise<void>;
  close(): Promise<void>;
};

const missingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Countroom</title>
<h1>The dashboard is not built</h1>
<p>The server runs, but its pages are not there yet. Build them with <code>npx nx build web</code>,
or start with <code>./countroom up</code>, which builds what is missing. Then restart the server.</p>
<p>The API answers already: <a href="/api/docs">its documentation</a>.</p>
</html>
`;

function missingDashboard(): Dashboard {
  return {
    handle: (request, response, pass) => {
      if (ownPaths.test(request.path)) pass();
      else response.status(503).type('html').send(missingPage);
    },
    close: () => Promise.resolve(),
  };
}
