import { fileURLToPath } from 'node:url';

/** Folder of the checkout; the same from src/ (tests) and from dist/. */
export const workspaceRoot = fileURLToPath(new URL('../../../../../', import.meta.url));
