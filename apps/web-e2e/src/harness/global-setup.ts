import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { System } from './system.js';
import { pictureFolder } from './workspace.js';

/** Where the system of this run of the tests is. */
export interface SharedSystem {
  readonly address: string;
  readonly dataFolder: string;
  readonly setupLink: string;
}

declare module 'vitest' {
  // What globalSetup hands to the test files.
  interface ProvidedContext {
    readonly system: SharedSystem;
    /** Where this project puts its pictures. */
    readonly pictures: string;
  }
}

/** Starts one system for all files, whose pictures take the place of the last ones; what is returned stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const pictures = join(pictureFolder, project.name);
  rmSync(pictures, { recursive: true, force: true });
  project.provide('pictures', pictures);
  const system = await System.start();
  if (system.setupLink === undefined) throw new Error(`A fresh system prints a link: ${system.output}`);
  project.provide('system', {
    address: system.address,
    dataFolder: system.dataFolder,
    setupLink: system.setupLink,
  });
  return () => system.dispose();
}
